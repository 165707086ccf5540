"""What complaints need from tickets and from identity."""

from collections.abc import Callable, Sequence
from typing import Protocol

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event
from chalicelib.tickets.model import Ticket


class Cases(Protocol):
    """Registers and changes tickets; each is one transaction with its records."""

    def add(self, ticket: Ticket, happened: Sequence[Event], call: Call) -> Ticket:
        """Store a new one; raises Changed if its number is taken."""

    def change(
        self, id_: str, act: Act, call: Call, change: Callable[[Ticket], tuple[Ticket, Sequence[Event]]]
    ) -> Ticket: ...

    def reach(self, id_: str, act: Act, call: Call) -> Ticket: ...


class Owners(Protocol):
    """Chooses who owns a new ticket; empty if there is nobody."""

    def owner_for(self, ticket: Ticket) -> str: ...


class Met(Protocol):
    """Says which clocks a change has met."""

    def met(self, before: Ticket, after: Ticket) -> list[Event]: ...


class Handling(Protocol):
    """What a unit says about how its cases are handled: `(timezone, calendar, regimes, parent, language)`."""

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]: ...


class Complainants(Protocol):
    """Asks identity who a customer is; a phone number nobody has used yet makes one."""

    def known(self, id_: str) -> str:
        """Give the id back if there is such a customer, else an empty text."""

    def by_phone(self, phone: str, call: Call) -> str:
        """Give the id of the customer who is reached at a number; raises PhoneInvalid."""
