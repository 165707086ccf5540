"""Who waits before whom, what suits them, and how long they have to answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.notices import Notice, ask_again_at

from ..model import Branch, News, Ranked, Slot, Stage, Waiting, Wish
from .reminders import morning
from .words import told_at

# An entry is for a week at most, and one customer has so many; after so many offers that were not taken it is over.
MOST_DAYS, MOST_WAITING, MOST_OFFERS = 7, 5, 3
# How long an offer is good for, counted from when its word goes out; nobody is offered what leaves less than the other.
OFFERED_FOR, AT_LEAST = timedelta(hours=2), timedelta(minutes=30)
# What no event tells of, such as shares that are released, is found within that.
LOOK_AGAIN = timedelta(minutes=15)
SUPPORT, FEWER_OFFERS, EARLIER = "needs_support", "fewer_offers", "joined_earlier"


def check_wish(wish: Wish, branch: Branch, now: datetime) -> None:
    """Raise Invalid for days nobody can wait for: over, in the wrong order, too many, beyond what can be booked."""
    today = branch.local_day(now)
    if wish.first < today:
        raise Invalid.field("first", "too_early")
    if wish.last < wish.first:
        raise Invalid.field("last", "too_early")
    if wish.last - wish.first >= timedelta(days=MOST_DAYS) or wish.last > today + timedelta(days=branch.horizon):
        raise Invalid.field("last", "too_late")


def waiting_order(waiting: Waiting) -> tuple[int, bool, str]:
    """Sort by how few offers somebody had, then by who needs support, then by when they joined: ids sort by that."""
    return len(waiting.not_taken), not waiting.wish.support_needs, waiting.id


def ranked(waiting: Iterable[Waiting]) -> Iterator[Ranked]:
    """Give entries in the order in which they are offered what comes free, each with why it is behind the one before."""
    order = sorted(waiting, key=waiting_order)
    reasons = ["", *(_behind(before, after) for before, after in pairwise(order))]
    for place, (each, reason) in enumerate(zip(order, reasons, strict=False), 1):
        yield Ranked(each, place, reason)


def _behind(before: Waiting, after: Waiting) -> str:
    one, other = waiting_order(before), waiting_order(after)
    return FEWER_OFFERS if one[0] != other[0] else SUPPORT if one[1] != other[1] else EARLIER


def suiting(waiting: Waiting, slots: Iterable[Slot], branch: Branch, now: datetime) -> tuple[Slot, datetime] | None:
    """Give the first free time that suits somebody, and until when it can be offered to them; None if there is none."""
    for slot in slots:
        until = offered_until(branch, slot.starts_at, now)
        local = slot.starts_at.astimezone(branch.zone).time()
        if until is not None and waiting.wish.part.suits(local) and slot.starts_at not in waiting.not_taken:
            return slot, until
    return None


def offered_until(branch: Branch, starts_at: datetime, now: datetime) -> datetime | None:
    """Tell until when a time may be offered, in whole seconds; None if whoever is told has too little time to answer.

    Nobody is woken: at night the time is held, and they are told in the morning.
    """
    told = morning(branch.timezone, now)
    until = min(told + OFFERED_FOR, starts_at - timedelta(minutes=branch.lead))
    return until if until - told >= AT_LEAST else None


def after_refusal(waiting: Waiting, starts_at: datetime) -> Waiting:
    """Give an entry that has not taken its offer: it waits again behind those with fewer offers, or has had enough."""
    had = (*waiting.not_taken, starts_at)
    stage = Stage.WAITING if len(had) < MOST_OFFERS else Stage.REFUSED
    return replace(waiting.moved(stage), not_taken=had)


def waiting_due(waiting: Waiting) -> Waiting:
    """Give an entry with the next instant at which something is to be done about it."""
    due = [ask_again_at(notice) for notice in waiting.notices]
    due += [waiting.offer.until] if waiting.offer else []
    due += [waiting.over_at] if waiting.open else []
    return replace(waiting, due_at=min(due, default=None))


def waiting_word(waiting: Waiting, what: News, now: datetime) -> Notice:
    """Make the word somebody is owed, at once or in the morning; what it says of an offer is fixed with it."""
    asked = now if what is News.JOINED else morning(waiting.timezone, now)
    facts = {}
    if waiting.offer is not None:
        instants = {"starts": waiting.offer.visit.starts_at, "until": waiting.offer.until}
        facts = {name: told_at(at, waiting.timezone) for name, at in instants.items()}
    return Notice(f"{what}/{waiting.version}", what.value, "customer", asked, tries=0, facts=facts)


def waiting_facts(waiting: Waiting, branch: Branch | None) -> dict[str, str]:
    """Give what each text says of an entry: the branch in every language, and the days."""
    wish = waiting.wish
    days = wish.first.isoformat() if wish.first == wish.last else f"{wish.first.isoformat()} – {wish.last.isoformat()}"
    facts = {"days": days}
    for language in ("en", "zh-CN"):
        facts[f"branch:{language}"] = branch.name.get(language, branch.id) if branch else wish.branch
    return facts


def ahead(passed: Sequence[tuple[str, str]], most: int = 50) -> tuple[dict[str, str], ...]:
    """Write who was before somebody, and why the time was not theirs; the nearest, if they are many."""
    return tuple({"waiting": id_, "because": why} for id_, why in passed[-most:])
