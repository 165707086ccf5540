"""What others may know of a complaint's process: reports codes, sums and days, canned answers what the customer reads."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.money import Money


def facts(process: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a canned answer may tell the customer; of a decision nothing that is not settled yet."""
    amount, decision = process.get("amount"), process.get("decision", {})
    return {"amount": Money(**amount) if amount else None} | (decision_facts(decision) if _settled(process) else {})


def decision_facts(decision: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a canned answer may tell of a decision."""
    redress = decision.get("redress")
    told_as_it_is = {name: decision[name] for name in ("outcome", "findings", "reasons")}
    return told_as_it_is | {"redress": Money(**redress) if redress else None, "remedies": decision.get("rights", ())}


def _settled(process: Mapping[str, Any]) -> bool:
    """A decision that waits for approval, or was sent back, is none yet."""
    return bool(process.get("decision") and (not process.get("approval_for") or process.get("approval")))


def told(process: Mapping[str, Any]) -> dict[str, Any]:
    """Say cause, outcome, and redress with the day it was paid; without what is not known yet."""
    decision = process.get("decision", {})
    found = {"cause": process.get("classification", {}).get("cause", "")}
    if _settled(process):
        redress = decision.get("redress") or {}
        found |= {
            "outcome": decision["outcome"],
            "redress": [redress["amount"], redress["currency"]] if redress else [],
            "paid": str(process.get("paid", {}).get("on", "")),
        }
    return {name: value for name, value in found.items() if value}
