"""What a decision must contain, who may approve what, and how grave a complaint is."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from chalicelib.kernel.actors import Role
from chalicelib.kernel.money import Money
from chalicelib.sla.escalation import EscalationPolicy
from chalicelib.sla.packs import Packs
from chalicelib.sla.rules import Step

from .model import Outcome

# The blocks of a decision that people write; the others, the rights, are added from the pack.
WRITTEN = {"findings": "findings", "basis_and_reasons": "reasons", "outcome": "outcome"}
RIGHT = "right."
# Order 2020-3 Art.20: within thirty days of the decision the customer may ask the unit above for a review.
REVIEW_WINDOW = timedelta(days=30)
# Steps that the text wants approved above the unit; every other one is approved by a supervisor of the unit.
ABOVE = frozenset({"superior_or_hq_senior_manager", "head_of_complaint_handling"})


def must_tell(packs: Packs, refs: Iterable[str]) -> list[str]:
    """List what the final rules of the pinned packs say a decision must tell, without doubles, in order."""
    codes: dict[str, None] = {}
    for ref in refs:
        for rule in packs.get(ref).rules:
            if rule.enabled and rule.kind == "final":
                codes |= dict.fromkeys(rule.must_tell)
    return list(codes)


def missing_blocks(required: Iterable[str], findings: str, reasons: str) -> list[str]:
    """List the blocks people have to write and did not; findings and reasons are always wanted."""
    given = {"findings": findings.strip(), "reasons": reasons.strip(), "outcome": "given"}
    wanted = {"findings", "reasons"} | {WRITTEN[code] for code in required if code in WRITTEN}
    return sorted(name for name in wanted if not given[name])


def rights(required: Iterable[str]) -> tuple[str, ...]:
    """Pick the rights out of what must be told."""
    return tuple(code for code in required if code.startswith(RIGHT))


def within_limit(rules: EscalationPolicy, roles: Iterable[Role], redress: Mapping[str, Any] | None) -> bool:
    """Tell whether somebody of these roles may grant this redress alone; compliance may grant any."""
    if redress is None or Role.COMPLIANCE in roles:
        return True
    limits = (rules.redress.get(role, {}).get(redress["currency"], 0) for role in roles)
    return int(redress["amount"]) <= max(limits, default=0)


def approval_reasons(
    rules: EscalationPolicy,
    outcome: Outcome,
    regulatory: bool,
    roles: Iterable[Role],
    redress: Mapping[str, Any] | None,
) -> tuple[str, ...]:
    """Say why a decision needs an independent approver; empty if it needs none."""
    reasons = []
    if outcome in (Outcome.REJECTED, Outcome.PARTLY):
        reasons.append(f"outcome_{outcome}")
    if regulatory:
        reasons.append("regulatory_impact")
    if not within_limit(rules, roles, redress):
        reasons.append("redress_limit")
    return tuple(reasons)


def major_reasons(rules: EscalationPolicy, process: Mapping[str, Any], needs: Iterable[str]) -> tuple[str, ...]:
    """Say why a complaint is a major one: its amount, the media, how many complain, or that a minor is harmed."""
    amount = Money(**process["amount"]) if process.get("amount") else None
    return rules.major.alarms(
        amount,
        complainants=int(process.get("group_size", 1)),
        media=bool(process.get("media")),
        minor="minor" in needs,
    )


def may_approve_step(step: Step, roles: Iterable[Role], *, above: bool) -> bool:
    """Tell whether somebody may approve an extension; `above` says that they work above the unit of the case."""
    roles = frozenset(roles)
    if step.approval in ABOVE:
        return Role.COMPLIANCE in roles or (Role.SUPERVISOR in roles and above)
    return bool(roles & {Role.SUPERVISOR, Role.COMPLIANCE})
