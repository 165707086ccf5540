"""Who is warned at which level, who owns what, and when a lost word is asked for again."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.sla.packs import Packs

from .model import BREACH, Notice, Ticket

LEVELS = {50: "owner", 75: "lead", 90: "head", BREACH: "compliance"}

# Longer than any queue of ours keeps a message in flight; then twice as long each time, at most a day.
ASK_AGAIN = timedelta(minutes=10)
LONGEST_WAIT = timedelta(hours=24)


def ask_again_at(notice: Notice) -> datetime:
    """Tell when a word that nobody has taken over is asked for again."""
    return notice.asked_at + min(ASK_AGAIN * (1 << min(notice.tries - 1, 8)), LONGEST_WAIT)


def scheduled(ticket: Ticket, packs: Packs, as_of: datetime) -> Ticket:
    """Give the ticket with the next instant at which something is to be done, and the nearest due time for the desk."""
    instants = [at for clock in ticket.clocks for _, at in clock.due(packs, as_of)]
    instants += [ask_again_at(notice) for notice in ticket.notices]
    running = [clock.clock(packs).due(as_of).at for clock in ticket.clocks if not clock.over]
    return replace(ticket, due_at=min(instants, default=None), desk_due=min(running, default=None))


def choose_owner(candidates: Collection[str], ticket_id: str) -> str:
    """Choose an owner evenly and repeatably, by the id of the ticket; empty if there is nobody."""
    if not candidates:
        return ""
    ordered = sorted(candidates)
    return ordered[int(hashlib.sha256(ticket_id.encode()).hexdigest(), 16) % len(ordered)]


def level_of(percent: int) -> str:
    """Name who is told at a level; a level between two named ones belongs to the one below."""
    return LEVELS[max(known for known in LEVELS if known <= max(percent, min(LEVELS)))]
