"""When somebody may check in, what that makes of them, and when a visit is over without them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.sla.calendars import wall

from ..model import (
    Appointment,
    Assurance,
    Branch,
    Line,
    Service,
    Status,
    TooEarly,
    Turn,
    Wait,
    WrongBranch,
    WrongDay,
)
from .queue import counts_since

# Until then who is late comes as a walk-in with credit; afterwards the visit is over.
MISSED_AFTER = timedelta(minutes=60)
# The nearest in the queue of each pool are told to come.
NEAR = 2
# Who came longer ago was told no place: a kiosk noted it while it had no line.
JUST_NOW = timedelta(minutes=2)
_WITH_DOCUMENT = frozenset({Assurance.DOCUMENT, Assurance.DOCUMENT_BY_TWO})
_LOOK_AGAIN = timedelta(minutes=5)
# Who missed so many within so many days books for another day than today: a soft limit, never a ban.
MISSES, WITHIN = 3, timedelta(days=90)
_IN_THE_BRANCH = frozenset({Status.CHECKED_IN, Status.CALLED, Status.SERVING, Status.PARKED})


def check_arrival(appointment: Appointment, branch: Branch, now: datetime) -> None:
    """Raise unless somebody may check in here now: NotAllowedNow, WrongBranch, WrongDay, TooEarly.

    Who was marked as not having come may, as long as nobody would have been: staff was too quick, or a kiosk without a line.
    """
    appointment.moved(Status.CHECKED_IN, out_of=(Status.BOOKED, Status.NO_SHOW))
    gone = appointment.turn is not None or now >= appointment.starts_at + MISSED_AFTER
    if appointment.status == Status.NO_SHOW and gone:
        raise NotAllowedNow(state=appointment.status, allowed=[])
    starts = text(appointment.starts_at)
    if appointment.branch != branch.id:
        raise WrongBranch(branch=appointment.branch, starts_at=starts)
    if branch.local_day(appointment.starts_at) != branch.local_day(now):
        raise WrongDay(starts_at=starts)
    opens = appointment.starts_at - timedelta(minutes=branch.early)
    if now < opens:
        raise TooEarly(opens_at=text(opens))


def arrived(appointment: Appointment, branch: Branch, pool: str, ticket: str, now: datetime) -> Turn:
    """Give where somebody stands who comes now."""
    line = Line.WALK_IN
    if appointment.visit is not None:
        late = now > appointment.starts_at + timedelta(minutes=branch.late)
        line = Line.LATE if late else Line.BOOKED
    needs = bool(appointment.support_needs)
    since = counts_since(line, appointment.starts_at, now, needs_support=needs)
    return Turn(ticket, line, now, since, pool, needs_support=needs)


def told(turn: Turn, wait: Wait, now: datetime, *, reachable: bool) -> Turn:
    """Give somebody's place to them; it is looked after later whether they are to be told that their turn is near."""
    later = reachable and wait.place > NEAR
    return replace(turn, wait=wait, look_at=look_again(wait, now) if later else None)


def look_again(wait: Wait, now: datetime) -> datetime:
    """Tell when to look after somebody's place: half way to when they are called at best, in five minutes at the earliest."""
    return now + max(_LOOK_AGAIN, timedelta(minutes=wait.optimistic) / 2)


def lacks_document(appointment: Appointment, services: Iterable[Service]) -> bool:
    """Tell whether one of the services wants a document that nobody, or only one person, has seen to fit the booking."""
    proof = appointment.turn.proof if appointment.turn else None
    services = list(services)
    if proof is None or not proof.matches:
        return any(service.assurance in _WITH_DOCUMENT for service in services)
    return needs_two(services) and not proof.by_two


def needs_two(services: Iterable[Service]) -> bool:
    """Tell whether one of the services wants two people to look at a document."""
    return any(service.assurance == Assurance.DOCUMENT_BY_TWO for service in services)


def check_missing(appointment: Appointment, branch: Branch | None, now: datetime) -> None:
    """Raise TooEarly where somebody is booked and not late yet: they may still come in time."""
    opens = appointment.starts_at + timedelta(minutes=branch.late if branch else 0)
    if appointment.status == Status.BOOKED and now <= opens:
        raise TooEarly(opens_at=text(opens))


def over_at(appointment: Appointment) -> datetime | None:
    """Tell when a visit is over whatever happens: an hour after its start for who has not come, else with its local day."""
    if appointment.status == Status.BOOKED:
        return appointment.starts_at + MISSED_AFTER
    if appointment.status in _IN_THE_BRANCH:
        day = datetime.fromisoformat(appointment.day.partition("#")[2]).date()
        return wall(appointment.timezone, day + timedelta(days=1), time())
    return None


def counts_against(missed: Appointment) -> bool:
    """Tell whether it counts against a customer that they did not come.

    Never where they need support, nor where their branch could not receive them as agreed and they had not chosen yet.
    """
    return not missed.support_needs and not missed.may_choose


def limited_until(misses: Sequence[datetime]) -> datetime | None:
    """Tell until when somebody books for another day than today; None if they did not miss too many.

    `misses` are the starts of what they missed within the time that counts, in any order.
    """
    newest = sorted(misses, reverse=True)[:MISSES]
    return newest[-1] + WITHIN if len(newest) == MISSES else None
