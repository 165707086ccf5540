"""Which regimes apply, who is warned at which level, who owns what, and when something is to be done next."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.kernel.clock import text
from chalicelib.kernel.notices import ask_again_at
from chalicelib.sla.clocks import Clock
from chalicelib.sla.packs import Packs
from chalicelib.sla.rules import Pack
from chalicelib.sla.thresholds import PauseRules, Recipient

from .model import BREACH, Channel, ClockFacts, Need, Reason, Severity, SupportNeeds, Ticket

# Kinds of rules at whose end something is done, instead of a breach being told.
ACTING = frozenset({"accept", "silence"})

# In a key, to whom, and of which task: as a notice says it.
Told = tuple[str, str, int | None]
# Between units, who is above the one is no judge of the other: instead the owner of the ticket hears of it.
_TOLD_OF_TASK: Mapping[Recipient, tuple[str, ...]] = {
    Recipient.OWNER: ("owner",),
    Recipient.LEAD: ("lead",),
    Recipient.HEAD: ("asker",),
    Recipient.COMPLIANCE: ("owner", "lead", "asker"),
}

# Kinds of rules that run on when a ticket is reopened.
REOPENED = frozenset({"final", "update"})
REOPEN_WINDOW = timedelta(days=30)
NEEDS_REVIEW = timedelta(days=365)


def scheduled(ticket: Ticket, packs: Packs, as_of: datetime, told: Mapping[str, Any] | None = None) -> Ticket:
    """Give the ticket with the next instant at which something is to be done, the nearest due time for the desk, and its
    outline for reports, with what its kind of ticket has `told` of itself.
    """
    derived = [(facts, facts.clock(packs)) for facts in ticket.clocks]
    instants = [at for facts, clock in derived if not facts.over for _, at in facts.owed(clock, as_of, ACTING)]
    instants += [ask_again_at(notice) for notice in ticket.notices]
    instants += [wait.until for wait in ticket.waits if wait.until is not None]
    # A task's time is its unit's, in a queue of its own; here only what is to be done about it counts.
    derived = [(facts, clock) for facts, clock in derived if not facts.about]
    running = {it.id: clock.due(as_of).at for it, clock in derived if not it.over and clock.rule.binding}
    nearest = min(running.values(), default=None) if ticket.open else None
    outline = _outline(ticket, derived, running, as_of) | dict(told or {})
    return replace(ticket, due_at=min(instants, default=None), desk_due=nearest, outline=outline)


def _outline(
    ticket: Ticket, derived: Sequence[tuple[ClockFacts, Clock]], running: Mapping[str, datetime], as_of: datetime
) -> dict[str, Any]:
    """Say what reports want to know of a ticket, without what is empty: each byte is kept twice.

    `clocks` are when the running ones are due, `missed` those over or running that were too late, `answered` is when the
    first final clock of them was met.
    """
    answered = [it.met_at for it, clock in derived if it.met_at and clock.rule.kind == "final"]
    missed = [it.id for it, clock in derived if _late(it, clock, as_of)]
    found = {
        "product": ticket.product,
        "clocks": {id_: text(at) for id_, at in running.items()} if ticket.open else {},
        "missed": missed,
        "answered": text(min(answered)) if answered else "",
        "flags": list(ticket.flags),
        "extensions": sum(len(it.extensions) for it in ticket.clocks),
    }
    return {name: value for name, value in found.items() if value}


def _late(facts: ClockFacts, clock: Clock, as_of: datetime) -> bool:
    """Tell whether a clock was too late when it was met or stopped; one that runs may become so without being written."""
    if not clock.rule.binding:
        return False
    ended = facts.met_at or facts.stopped_at
    return BREACH in facts.warned or (ended is not None and clock.due(as_of).at <= ended)


def told(recipients: Sequence[Recipient], facts: ClockFacts) -> list[Told]:
    """Say who hears of a level of a clock; of one of a task also whose ticket it is, and nobody above its unit's lead."""
    if not facts.about:
        return [(to.value, to.value, None) for to in recipients]
    found = dict.fromkeys(name for to in recipients for name in _TOLD_OF_TASK[to])
    return [(name, "owner", None) if name == "asker" else (name, name, int(facts.about)) for name in found]


def choose_owner(
    candidates: Collection[str], ticket_id: str, loads: Mapping[str, int], capacities: Mapping[str, float]
) -> str:
    """Choose who has the least to do for their capacity once this ticket is theirs too; empty if there is nobody.

    Where two have the same to do, the id of the ticket decides: evenly, and the same each time.
    """

    def burden(who: str) -> tuple[float, str]:
        share = (loads.get(who, 0) + 1) / capacities.get(who, 1.0)
        return share, hashlib.sha256(f"{ticket_id}/{who}".encode()).hexdigest()

    return min(candidates, key=burden, default="")


def regimes(
    packs: Packs, wanted: Sequence[str], product: str, channel: Channel, received_at: datetime, timezone: str
) -> list[Pack]:
    """Give the packs in force on the local day of receipt that cover product and channel; a case keeps these versions."""
    day = received_at.astimezone(ZoneInfo(timezone)).date()
    found = [_version(packs, pack_id, day) for pack_id in wanted]
    return [pack for pack in found if pack.applies_to(product or None, channel.value)]


def _version(packs: Packs, pack_id: str, day: date) -> Pack:
    """Give the version in force on a day, or the first one for a day before all of them: some clock must run."""
    versions = packs.versions(pack_id)
    if versions and day < versions[0].effective_from:
        return versions[0]
    return packs.in_force(pack_id, day)


def priority(needs: SupportNeeds | None, severity: Severity) -> str:
    """Give how soon somebody should look: needs raise it, and how grave it is raises it more."""
    if severity in (Severity.MAJOR, Severity.CRITICAL):
        return "urgent"
    return "normal" if needs is None else "high"


def needs_kept(kinds: Sequence[Need], now: datetime, timezone: str) -> SupportNeeds | None:
    """Keep needs the customer has told us, for a year at most before they are looked at again (FG21/1)."""
    if not kinds:
        return None
    return SupportNeeds(tuple(sorted(set(kinds))), now, (now.astimezone(ZoneInfo(timezone)) + NEEDS_REVIEW).date())


def pause_flags(clock: ClockFacts, reason: Reason, pauses: PauseRules, packs: Packs, now: datetime) -> tuple[str, ...]:
    """Name what looks like an abuse in pausing this clock now."""
    derived = clock.clock(packs)
    late = derived.due(now).reached(pauses.late_percent) <= now
    return tuple(pauses.misuses(reason, clock.pauses, 100 if late else 0))
