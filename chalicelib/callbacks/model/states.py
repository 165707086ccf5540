"""Where a promised call stands, and what came of a try."""

from enum import StrEnum


class Status(StrEnum):
    """From the promise to its end; `resting` is the time between two tries."""

    PROMISED = "promised"
    READY = "ready"
    LEASED = "leased"
    RESTING = "resting"
    KEPT = "kept"
    UNREACHED = "unreached"
    BROKEN = "broken"
    DECLINED = "declined"
    CANCELLED = "cancelled"


_LEFT = frozenset({Status.CANCELLED, Status.UNREACHED, Status.BROKEN, Status.DECLINED})
# A lease that is given up or runs out leads back to the line. A promise that nobody tried to keep is broken; one that was tried
# in vain is unreached.
NEXT: dict[str, frozenset[str]] = {
    Status.PROMISED: frozenset({Status.READY, Status.PROMISED, Status.RESTING, *_LEFT}),
    Status.READY: frozenset({Status.LEASED, Status.RESTING, Status.PROMISED, *_LEFT}),
    Status.LEASED: frozenset({Status.READY, Status.RESTING, Status.KEPT, Status.UNREACHED, Status.DECLINED}),
    Status.RESTING: frozenset({Status.READY, Status.RESTING, Status.PROMISED, *_LEFT}),
    **{end: frozenset() for end in (Status.KEPT, *_LEFT)},
}
OPEN = frozenset({Status.PROMISED, Status.READY, Status.LEASED, Status.RESTING})
# Where nobody has it in hand, so that it may be moved, cancelled or ended.
FREE = OPEN - {Status.LEASED}


class Outcome(StrEnum):
    """What came of a try. `unknown`: the agent was lost after the call may have rung, so it counts as one."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    VOICEMAIL = "voicemail"
    WRONG_NUMBER = "wrong_number"
    REFUSED = "refused"
    AGENT_NOT_READY = "agent_not_ready"
    UNKNOWN = "unknown"


class Asker(StrEnum):
    """Who wanted the call."""

    CUSTOMER = "customer"
    STAFF = "staff"
    SYSTEM = "system"
