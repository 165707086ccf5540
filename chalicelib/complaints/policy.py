"""Which regimes apply, what a decision must contain, and what is promised at receipt."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chalicelib.sla.packs import Packs
from chalicelib.sla.rules import Basis, Pack
from chalicelib.tickets.model import ClockFacts

# The blocks of a decision that people write; the others, the rights, are added from the pack.
WRITTEN = {"findings": "findings", "basis_and_reasons": "reasons", "outcome": "outcome"}
RIGHT = "right."


def regimes(packs: Packs, wanted: Sequence[str], product: str, received_at: datetime, timezone: str) -> list[Pack]:
    """Give the packs in force on the local day of receipt that cover the product; a case keeps these versions."""
    day = received_at.astimezone(ZoneInfo(timezone)).date()
    found = [_version(packs, pack_id, day) for pack_id in wanted]
    return [pack for pack in found if pack.applies_to(product or None)]


def _version(packs: Packs, pack_id: str, day: date) -> Pack:
    """Give the version in force on a day, or the first one for a day before all of them: some clock must run."""
    versions = packs.versions(pack_id)
    if versions and day < versions[0].effective_from:
        return versions[0]
    return packs.in_force(pack_id, day)


def clocks_at_receipt(pinned: Iterable[Pack], calendar: str, received_at: datetime) -> tuple[ClockFacts, ...]:
    """Start every clock that receipt starts; a rule that another pack's rule of the same name replaces runs once."""
    started: dict[str, ClockFacts] = {}
    for pack in pinned:
        for rule in pack.starting("received"):
            counted_on = calendar if pack.calendar == "unit" else pack.calendar
            started.setdefault(rule.id, ClockFacts(pack.ref, rule.id, counted_on, received_at))
    return tuple(started.values())


def answer_by(clocks: Iterable[ClockFacts], packs: Packs, as_of: datetime) -> str:
    """Give the last local day of the earliest final clock, for the acknowledgement; empty if there is none.

    What a regulator says comes first: our own targets are for us, and are promised only where nobody else has set one.
    """
    final = [clock for clock in (facts.clock(packs) for facts in clocks) if clock.rule.kind == "final"]
    outside = [clock for clock in final if clock.rule.basis is not Basis.HOUSE]
    return min((clock.due(as_of).date.isoformat() for clock in outside or final), default="")


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
