"""What reports may know of a complaint's process: codes, sums and days, never a word that people wrote."""

from collections.abc import Mapping
from typing import Any


def told(process: Mapping[str, Any]) -> dict[str, Any]:
    """Say cause, outcome, and redress with the day it was paid; without what is not known yet.

    A decision that waits for approval, or was sent back, is none yet.
    """
    decision = process.get("decision", {})
    settled = decision and (not process.get("approval_for") or process.get("approval"))
    found = {"cause": process.get("classification", {}).get("cause", "")}
    if settled:
        redress = decision.get("redress") or {}
        found |= {
            "outcome": decision["outcome"],
            "redress": [redress["amount"], redress["currency"]] if redress else [],
            "paid": str(process.get("paid", {}).get("on", "")),
        }
    return {name: value for name, value in found.items() if value}
