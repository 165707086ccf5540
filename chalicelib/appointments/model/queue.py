"""The day itself: who came, where they stand, and what they were told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from .catalogue import Branch
from .states import Status

# Under this key the customer is told once that their turn is near.
COME_NOW = "come_now"
# And under this one that they were expected and did not come.
MISSED = "missed"


class Line(StrEnum):
    """How somebody came: booked and in time, booked and late, or without a booking."""

    BOOKED = "booked"
    LATE = "late"
    WALK_IN = "walk_in"


class Because(StrEnum):
    """Why a visit ended without being served: never came, did not follow a call, was still there when the day ended."""

    NOT_COME = "not_come"
    NOT_FOLLOWED = "not_followed"
    LEFT = "left"


@dataclass(frozen=True)
class Proof:
    """What a clerk saw of an identity document: its kind, whether it fits the booking, and a digest; never a picture.

    `by_two` if a second person looked too, each for themselves.
    """

    kind: str
    matches: bool
    sha256: str
    by_two: bool = False


@dataclass(frozen=True)
class Present:
    """A visit at which a document may be looked at today; `by_two` if two people have to."""

    id: str
    customer: str
    unit: str
    branch: str
    today: date
    by_two: bool


@dataclass(frozen=True)
class Wait:
    """A place in the queue of a pool, the first being 1, and the range of minutes until the call."""

    place: int
    optimistic: int
    normal: int


@dataclass(frozen=True)
class Turn:
    """Where somebody who came stands.

    `ticket` is the short number of the display, and says nothing of who it is. `counts_since` is the instant that decides
    the order, the earliest first; it never changes. `counter` is where they are called to, or sent to. `called_at` is when
    they were called first. `wait` is what they were told when they came. `look_at` is when to look whether to tell them
    that their turn is near; None where nobody is to be told, or was. `note` is the name under which a kiosk noted that they
    came, if one did.
    """

    ticket: str
    line: Line
    arrived_at: datetime
    counts_since: datetime
    pool: str
    wait: Wait | None = None
    needs_support: bool = False
    counter: str = ""
    calls: int = 0
    called_at: datetime | None = None
    served_at: datetime | None = None
    ended_at: datetime | None = None
    proof: Proof | None = None
    look_at: datetime | None = None
    note: str = ""

    @property
    def number(self) -> int:
        """The number of the ticket, without its letter: of the day, nobody else has it."""
        return int(self.ticket[1:])

    def waiting_again(self, **but: str) -> "Turn":
        """Give it back in the queue, at the place it had; nobody has called it since."""
        return replace(self, **{"calls": 0, "served_at": None, "counter": "", **but})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Entry:
    """An appointment as the queue sees it: no customer, no name; `turn` is None until they come.

    `ends_at` is when the visit was to end that began in time, earlier where documents were accepted before.
    """

    id: str
    number: str
    status: Status
    services: tuple[str, ...]
    starts_at: datetime
    version: int
    turn: Turn | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """Somebody who waits, and their place in the queue of their pool."""

    entry: Entry
    turn: Turn
    place: int


@dataclass(frozen=True)
class Hall:
    """Everybody of one branch on one local day, as of an instant; `waiting` in the order in which they are called."""

    branch: Branch
    as_of: datetime
    waiting: tuple[Standing, ...]
    called: tuple[Entry, ...]
    serving: tuple[Entry, ...]
    parked: tuple[Entry, ...]
    expected: tuple[Entry, ...]

    @property
    def busy(self) -> Sequence[Entry]:
        """Give whoever a counter is occupied with."""
        return (*self.called, *self.serving)


@dataclass(frozen=True)
class Printout:
    """Short numbers that are to be printed, in order, as of an instant; `last` is the one to go on after."""

    branch: str
    day: date
    as_of: datetime
    turns: tuple[Turn, ...]
    last: int


@dataclass(frozen=True)
class Reason:
    """Why somebody counts since when they do, and how many minutes that gave them."""

    code: str
    minutes: int


@dataclass(frozen=True)
class Compared:
    """Who is called before whom, and by what it was decided: how long they count, who came first, or the number."""

    first: Standing
    second: Standing
    because: str


@dataclass(frozen=True)
class Who:
    """Who stands there: by the code of their booking, by its number, or by phone."""

    code: str = ""
    number: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Guest:
    """Somebody who is booked and has not come, as a kiosk has to know them: by number and check-in code, and no name."""

    number: str
    code: str
    starts_at: datetime


@dataclass(frozen=True)
class Came:
    """What became of somebody who came to a kiosk, in one word; `facts` are those of the refusal, if it was one."""

    outcome: str
    ticket: str = ""
    line: str = ""
    wait: Wait | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
