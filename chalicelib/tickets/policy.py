"""Which regimes apply, who is warned at which level, who owns what, and when something is to be done next."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chalicelib.sla.packs import Packs
from chalicelib.sla.rules import Pack
from chalicelib.sla.thresholds import PauseRules

from .model import Channel, ClockFacts, Need, Notice, Reason, Severity, SupportNeeds, Ticket

# Kinds of rules at whose end something is done, instead of a breach being told.
ACTING = frozenset({"accept", "silence"})

# Longer than any queue of ours keeps a message in flight; then twice as long each time, at most a day.
ASK_AGAIN = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=24)

# Kinds of rules that run on when a ticket is reopened.
REOPENED = frozenset({"final", "update"})
REOPEN_WINDOW = timedelta(days=30)
NEEDS_REVIEW = timedelta(days=365)


def ask_again_at(notice: Notice) -> datetime:
    """Tell when a word that nobody has taken over is asked for, or asked for again."""
    if notice.tries == 0:
        return notice.asked_at
    return notice.asked_at + min(ASK_AGAIN * (1 << min(notice.tries - 1, 8)), LONGEST_WAIT)


def scheduled(ticket: Ticket, packs: Packs, as_of: datetime) -> Ticket:
    """Give the ticket with the next instant at which something is to be done, and the nearest due time for the desk."""
    running = [(facts, facts.clock(packs)) for facts in ticket.clocks if not facts.over]
    instants = [at for facts, clock in running for _, at in facts.owed(clock, as_of, ACTING)]
    instants += [ask_again_at(notice) for notice in ticket.notices]
    instants += [wait.until for wait in ticket.waits if wait.until is not None]
    nearest = min((clock.due(as_of).at for _, clock in running if clock.rule.binding), default=None)
    return replace(ticket, due_at=min(instants, default=None), desk_due=nearest)


def choose_owner(candidates: Collection[str], ticket_id: str) -> str:
    """Choose an owner evenly and repeatably, by the id of the ticket; empty if there is nobody."""
    if not candidates:
        return ""
    ordered = sorted(candidates)
    return ordered[int(hashlib.sha256(ticket_id.encode()).hexdigest(), 16) % len(ordered)]


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
