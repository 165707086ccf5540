"""Where a visit stands."""

from enum import StrEnum


class Status(StrEnum):
    """From the booking to the end of the visit; a walk-in begins as checked in."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    CALLED = "called"
    SERVING = "serving"
    PARKED = "parked"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


# A call that nobody follows goes back to the queue, or is put aside; so does a visit that has to wait for something. Who was
# thought not to come, and came after all, is checked in.
NEXT: dict[str, frozenset[str]] = {
    Status.BOOKED: frozenset({Status.CHECKED_IN, Status.NO_SHOW, Status.CANCELLED}),
    Status.CHECKED_IN: frozenset({Status.CALLED, Status.PARKED, Status.NO_SHOW, Status.CANCELLED}),
    Status.CALLED: frozenset({Status.CHECKED_IN, Status.SERVING, Status.PARKED, Status.NO_SHOW}),
    Status.SERVING: frozenset({Status.CHECKED_IN, Status.PARKED, Status.DONE}),
    Status.PARKED: frozenset({Status.CHECKED_IN, Status.CALLED, Status.NO_SHOW, Status.CANCELLED}),
    Status.DONE: frozenset(),
    Status.NO_SHOW: frozenset({Status.CHECKED_IN}),
    Status.CANCELLED: frozenset(),
}
