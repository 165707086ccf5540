"""When something is to be done about a callback next, and which word is of use."""

from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.kernel.notices import ask_again_at

from ..model import FREE, Asker, Callback, Purpose, Status

# Who is called is told so that long before, with the word by which they know that it is us.
HEADS_UP = timedelta(minutes=15)


def scheduled(callback: Callback) -> Callback:
    """Give it with the next instant at which something is to be done about it."""
    instants = (
        ready_at(callback),
        heads_up_at(callback),
        late_at(callback),
        lapses_at(callback),
        over_at(callback),
        callback.ended_at if callback.owes_ticket or callback.owes_recovery else None,
        *map(ask_again_at, callback.notices),
    )
    return replace(callback, due_at=min((at for at in instants if at is not None), default=None))


def ready_at(callback: Callback) -> datetime | None:
    """Tell when it becomes callable, if it waits for that."""
    if callback.status is Status.PROMISED:
        return callback.next_at or callback.starts_at
    return callback.next_at if callback.status is Status.RESTING else None


def heads_up_at(callback: Callback) -> datetime | None:
    """Tell when the customer is told that they will be called; not who has just been answered so, and not twice."""
    at = callback.starts_at - HEADS_UP
    answered = callback.by is Asker.CUSTOMER and at <= callback.asked_at
    return at if callback.status is Status.PROMISED and not callback.announced and not answered else None


def late_at(callback: Callback) -> datetime | None:
    """Tell when a promise is late: its time is over and nobody has tried; nobody waits for a campaign."""
    waits = callback.status in FREE and not callback.late and not callback.tries
    waits = waits and callback.purpose is not Purpose.CAMPAIGN
    return callback.ends_at if waits else None


def lapses_at(callback: Callback) -> datetime | None:
    """Tell when the agent who has it in hand loses it."""
    return callback.lease_until if callback.status is Status.LEASED else None


def over_at(callback: Callback) -> datetime | None:
    """Tell when it is given up, if it is in nobody's hand."""
    return callback.expires_at if callback.status in FREE else None
