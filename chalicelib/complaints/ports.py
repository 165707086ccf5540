"""What complaints need from tickets and from identity."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event
from chalicelib.tickets.model import AnswerRef, Filing, Notice, Reason, Ticket

Changed = tuple[Ticket, Sequence[Event]]
Receiving = Callable[[Ticket, Notice], tuple[Ticket, list[Event]]]


class Cases(Protocol):
    """Reads and changes tickets; each change is one transaction with its records."""

    def change(self, id_: str, act: Act, call: Call, change: Callable[[Ticket], Changed]) -> Ticket: ...

    def reach(self, id_: str, act: Act, call: Call) -> Ticket: ...


class Intake(Protocol):
    """Registers what comes in."""

    def file(self, filing: Filing, call: Call, receiving: Receiving | None = None) -> Ticket: ...

    def log(self, filing: Filing, phone: str, call: Call, receiving: Receiving | None = None) -> Ticket: ...


class Owners(Protocol):
    """Chooses who owns a ticket, and lets nobody forget one."""

    def owner_for(self, ticket: Ticket, now: datetime) -> str: ...

    def given(self, ticket: Ticket, owner: str, backup: str, why: str, call: Call) -> tuple[Ticket, list[Event]]: ...

    def settled(
        self, ticket: Ticket, happened: list[Event], call: Call, *, anew: bool = False
    ) -> tuple[Ticket, list[Event]]: ...


class Resting(Protocol):
    """Lets a ticket wait, and its clocks stand."""

    def wait(self, id_: str, reason: Reason, until: datetime | None, clock: str, call: Call) -> Ticket: ...

    def resume(self, id_: str, reason: Reason, call: Call) -> Ticket: ...


class Worded(Protocol):
    """Words somebody approved, filled for a complaint; `ref` is `id@version`, `sha256` the digest of that version."""

    @property
    def text(self) -> str: ...
    @property
    def ref(self) -> str: ...
    @property
    def sha256(self) -> str: ...


class Wording(Protocol):
    """Asks for a canned answer in words that are approved and in force; raises a Refusal for any other."""

    def worded(
        self, ticket: Ticket, answer: AnswerRef, call: Call, more: Mapping[str, Any] | None = None
    ) -> Worded: ...


class Handling(Protocol):
    """What a unit says about how its cases are handled: `(timezone, calendar, regimes, parent, language)`."""

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]: ...
