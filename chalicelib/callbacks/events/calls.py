"""What happened to promised calls; what agents note is told by its hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class CallbackPromised(Event):
    """A call is promised between two instants; `by` says who wanted it, `ticket` what it is about."""

    NAME: ClassVar[str] = "callback.promised"
    callback: str
    number: str
    unit: str
    purpose: str
    starts_at: datetime
    ends_at: datetime
    by: str
    ticket: str


@dataclass(frozen=True)
class CallbackMoved(Event):
    """It is promised for another time."""

    NAME: ClassVar[str] = "callback.moved"
    callback: str
    starts_at: datetime
    ends_at: datetime
    before: datetime


@dataclass(frozen=True)
class CallbackCancelled(Event):
    """It is not wanted any more; `by` says who said so."""

    NAME: ClassVar[str] = "callback.cancelled"
    callback: str
    by: str


@dataclass(frozen=True)
class CallbackReady(Event):
    """Its time has come: it stands in the line, counting since `place`."""

    NAME: ClassVar[str] = "callback.ready"
    callback: str
    place: datetime


@dataclass(frozen=True)
class CallbackPutOff(Event):
    """Nobody may call there before an instant; `why` says hours or budget."""

    NAME: ClassVar[str] = "callback.put_off"
    callback: str
    why: str
    until: datetime


@dataclass(frozen=True)
class CallbackLeased(Event):
    """An agent has it in hand until an instant; one more call to that person is counted."""

    NAME: ClassVar[str] = "callback.leased"
    callback: str
    agent: str
    until: datetime


@dataclass(frozen=True)
class CallbackReturned(Event):
    """It is back in its place in the line; `why` says released or lapsed."""

    NAME: ClassVar[str] = "callback.returned"
    callback: str
    agent: str
    why: str


@dataclass(frozen=True)
class CallbackDialling(Event):
    """A try is claimed: from here on the telephony system may be asked, under `token` and no other name; never if `by_hand`."""

    NAME: ClassVar[str] = "callback.dialling"
    callback: str
    n: int
    token: str
    by_hand: bool = False


@dataclass(frozen=True)
class CallbackHeld(Event):
    """Somebody else may answer there, by a row of a table and a check of the number: the agent is told, and nothing rings."""

    NAME: ClassVar[str] = "callback.held"
    callback: str
    row: str
    table: str
    check: str
    agent: str


@dataclass(frozen=True)
class CallbackRung(Event):
    """The telephony system has taken the call."""

    NAME: ClassVar[str] = "callback.rung"
    callback: str
    n: int
    provider_id: str


@dataclass(frozen=True)
class CallbackTried(Event):
    """A try is over; `next_at` is when there is another one, `sha256` that of what the agent noted."""

    NAME: ClassVar[str] = "callback.tried"
    callback: str
    n: int
    outcome: str
    agent: str
    sha256: str
    next_at: datetime | None


@dataclass(frozen=True)
class CallbackKept(Event):
    """The customer was reached; `late` if nobody had tried in the promised time."""

    NAME: ClassVar[str] = "callback.kept"
    callback: str
    late: bool


@dataclass(frozen=True)
class CallbackUnreached(Event):
    """It was tried as often as promised; `why` says tries, expired or wrong_number. The customer is told by another channel."""

    NAME: ClassVar[str] = "callback.unreached"
    callback: str
    why: str
    notices: Words = ()


@dataclass(frozen=True)
class CallbackBroken(Event):
    """Nobody tried before it was too late."""

    NAME: ClassVar[str] = "callback.broken"
    callback: str
    notices: Words = ()


@dataclass(frozen=True)
class CallbackDeclined(Event):
    """It is not made: the customer refused, or does not want to be called for such things; `why` says which."""

    NAME: ClassVar[str] = "callback.declined"
    callback: str
    why: str


@dataclass(frozen=True)
class CallbackLate(Event):
    """The promised time is over and nobody has tried; it is tried all the same."""

    NAME: ClassVar[str] = "callback.late"
    callback: str
    notices: Words = ()


@dataclass(frozen=True)
class CallbackAnnounced(Event):
    """The customer is to be told that the call comes, and by which word they know it."""

    NAME: ClassVar[str] = "callback.announced"
    callback: str
    notices: Words = ()


@dataclass(frozen=True)
class CallbackWordRepeated(Event):
    """Word that was owed was not heard of, and is asked for again."""

    NAME: ClassVar[str] = "callback.word_repeated"
    callback: str
    notices: Words = ()


@dataclass(frozen=True)
class CallbackWordTaken(Event):
    """The word owed is on its way, and watched over elsewhere."""

    NAME: ClassVar[str] = "callback.word_taken"
    callback: str
    key: str


@dataclass(frozen=True)
class CallbackWordPutOff(Event):
    """The word owed must not go out before an instant, and is asked for again then."""

    NAME: ClassVar[str] = "callback.word_put_off"
    callback: str
    key: str
    until: datetime


@dataclass(frozen=True)
class CallbackTold(Event):
    """The ticket it is about knows how it ended."""

    NAME: ClassVar[str] = "callback.told"
    callback: str
    ticket: str
