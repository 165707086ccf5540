"""Who is called next, and why: the line of a unit, and what an agent may take from it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from ..model import Callback, Colleague, Purpose, Row

# Who needs more time or help counts as if they had waited that much longer; nobody starves, since it is bounded.
SUPPORT_CREDIT = timedelta(minutes=15)
# So long the agent who is to have it, and those who know the matter, have it to themselves.
KEPT_FOR = timedelta(minutes=10)
_MINUTE = timedelta(minutes=1)


# What nobody asked for gives way for so long to what somebody did, and no longer, so that it has its turn too.
YIELDS = timedelta(hours=4)


def place(callback: Callback, since: datetime) -> datetime:
    """Give the instant a callback counts since: when it was to be ready, moved back for who needs support.

    A campaign's counts as if it had come later.
    """
    credit = SUPPORT_CREDIT if callback.support_needs else timedelta()
    return since - credit + (YIELDS if callback.purpose is Purpose.CAMPAIGN else timedelta())


def suited(rows: Iterable[Row], me: Colleague, duty: Mapping[str, Colleague], now: datetime) -> list[Row]:
    """Give what an agent may take, in the order of the line."""
    return [row for row in rows if not withheld(row, me, duty, now)]


def withheld(row: Row, me: Colleague, duty: Mapping[str, Colleague], now: datetime) -> str:
    """Say why a callback is not for an agent now; empty if it is."""
    if row.about_staff == me.id:
        return "recused"
    if row.language not in me.languages and any(row.language in one.languages for one in duty.values()):
        return "language"
    if row.ready_at is None or now >= row.ready_at + KEPT_FOR:
        return ""
    if row.prefer and row.prefer != me.id and row.prefer in duty:
        return "same_agent"
    knows = any(row.topic in one.skills for one in duty.values())
    return "skill" if row.topic and knows and row.topic not in me.skills and row.prefer != me.id else ""


def because(row: Row, now: datetime) -> Sequence[tuple[str, int]]:
    """Explain a place in the line: what it counts since, in minutes, and what was added to it, or taken from it."""
    if row.place is None:
        return ()
    added = {
        "support": SUPPORT_CREDIT // _MINUTE if row.support else 0,
        "campaign": -(YIELDS // _MINUTE) if row.purpose == Purpose.CAMPAIGN else 0,
    }
    waited = (now - row.place) // _MINUTE - sum(added.values())
    return (("waited", max(0, waited)), *((why, minutes) for why, minutes in added.items() if minutes))
