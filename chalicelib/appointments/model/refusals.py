"""What is refused about appointments."""

from collections.abc import Mapping
from typing import ClassVar

from chalicelib.kernel.errors import Conflict, Gone, Invalid, TooMany


class SlotTaken(Conflict):
    """That time is given away; `alternatives` are the nearest that are not."""

    code = "slot_taken"
    such_as: ClassVar[Mapping[str, object]] = {
        "alternatives": ["2026-11-24T01:30:00.000Z", "2026-11-24T02:00:00.000Z", "2026-11-24T02:30:00.000Z"]
    }


class NotASlot(Invalid):
    """No visit can begin at that time; `closed_because` says why, as the list of slots does."""

    code = "not_a_slot"
    such_as: ClassVar[Mapping[str, object]] = {
        "closed_because": "closed",
        "alternatives": ["2026-11-24T01:30:00.000Z", "2026-11-24T02:00:00.000Z", "2026-11-24T02:30:00.000Z"],
    }


class NotBookable(Invalid):
    """Nobody comes to this branch for that service."""

    code = "not_bookable"
    such_as: ClassVar[Mapping[str, object]] = {}


class HoldExpired(Gone):
    """The time was held for a while, and that is over."""

    code = "hold_expired"


class HoldSpent(Conflict):
    """The hold was booked, or given back."""

    code = "hold_spent"


class TooManyOpen(Conflict):
    """One customer has at most so many appointments and holds at a time."""

    code = "too_many_open"
    such_as: ClassVar[Mapping[str, object]] = {"most": 3}


class TooLate(Invalid):
    """So shortly before its start it is neither moved nor cancelled online; `hours` is the rule of the service."""

    code = "too_late"
    such_as: ClassVar[Mapping[str, object]] = {"hours": 24, "until": "2026-11-23T01:30:00.000Z"}


class CellFixed(Conflict):
    """The grain of a branch's time never changes: what is booked is counted in it."""

    code = "cell_fixed"


class TooEarly(Conflict):
    """Nobody is expected yet: `opens_at` is when somebody may check in, or be marked as not having come."""

    code = "too_early"
    such_as: ClassVar[Mapping[str, object]] = {"opens_at": "2026-11-24T01:00:00.000Z"}


class WrongBranch(Conflict):
    """The visit is at another branch."""

    code = "wrong_branch"
    such_as: ClassVar[Mapping[str, object]] = {"branch": "shanghai-bund", "starts_at": "2026-11-24T01:30:00.000Z"}


class WrongDay(Conflict):
    """The visit is on another day."""

    code = "wrong_day"
    such_as: ClassVar[Mapping[str, object]] = {"starts_at": "2026-11-25T01:30:00.000Z"}


class NotBySelf(Conflict):
    """At this branch a clerk or a kiosk checks people in."""

    code = "not_by_self"


class DocumentNeeded(Conflict):
    """Whoever wants this service shows an identity document first, and it fits the booking."""

    code = "document_needed"


class CalledEnough(Conflict):
    """Nobody is called more often than so many times in a row."""

    code = "called_enough"
    such_as: ClassVar[Mapping[str, object]] = {"most": 3}


class NobodyWaiting(Conflict):
    """Nobody waits for this counter."""

    code = "nobody_waiting"


class DayBeforeOnly(Conflict):
    """Who was often booked and did not come books for another day than today; `until` is when that is over."""

    code = "day_before_only"
    such_as: ClassVar[Mapping[str, object]] = {"until": "2026-12-20T01:30:00.000Z"}


class HealthMissing(Invalid):
    """At that time everybody who comes has to declare how they are."""

    code = "health_declaration_missing"
    such_as: ClassVar[Mapping[str, object]] = {}


class WalkInsRefused(Conflict):
    """The branch receives nobody at present who has not booked."""

    code = "appointment_only"


class NothingOffered(Conflict):
    """There is nothing to accept: nothing was offered, or it was chosen otherwise since."""

    code = "nothing_offered"


class AlreadyWaiting(Conflict):
    """A customer waits once for a day at a branch; `waiting` is the entry there is."""

    code = "already_waiting"
    such_as: ClassVar[Mapping[str, object]] = {"waiting": "wtl_01M83255V069EDXC383WSXJHG7"}


class TooManyWaiting(Conflict):
    """One customer waits for at most so many visits at a time."""

    code = "too_many_waiting"
    such_as: ClassVar[Mapping[str, object]] = {"most": 5}


class TooManyHolds(TooMany):
    """So many times were held lately, by this customer or from this network, that the next one has to wait."""

    code = "too_many_holds"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 600}


class TooManySearches(TooMany):
    """From this network free times were asked for too often within a minute."""

    code = "too_many_searches"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 30}
