"""By which way a code goes, and when the next one has its turn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from ..model import Attempt, Channel, Reach, Verification, Way
from .numbers import SENDS, resend_after


def first_way(order: Sequence[Way], sent: Sequence[Attempt]) -> Way:
    """Choose the way of a text that somebody asks for: the next by SMS after the last one, and after all of them the first.

    A call is never asked for: it is what follows where texts do not arrive.
    """
    texts = [way for way in order if way.channel is Channel.SMS]
    used = [one.way for one in sent if one.channel is Channel.SMS]
    places = [place for place, way in enumerate(texts) if used and way.name == used[-1]]
    return texts[(places[0] + 1) % len(texts)] if places else texts[0]


def next_way(order: Sequence[Way], last: str) -> Way | None:
    """Give the way after one, or None; one that is in the order no longer has nothing after it."""
    names = [way.name for way in order]
    after = names.index(last) + 1 if last in names else len(names)
    return order[after] if after < len(order) else None


def underway(sent: Verification, way: Way, reach: Reach, dial: str, now: datetime) -> Verification:
    """Give a verification whose newest text goes this way, due for the next one if nothing is heard of it in time."""
    attempt = replace(sent.sent[-1], way=way.name, channel=way.channel)
    further = next_way(reach.order(dial), way.name)
    watched = bool(reach.patience and way.reports and further and (sent.sends < SENDS))
    due = now + timedelta(seconds=reach.patience) if watched else None
    return replace(sent, sent=(*sent.sent[:-1], attempt), due_at=due)


def more(sent: Verification, now: datetime) -> Verification:
    """Give a verification with one more text, of the same code and with the same end."""
    again = (*sent.sent, Attempt(Channel.SMS, now))
    return replace(sent, sent=again, resend_after=resend_after(now, len(again)))
