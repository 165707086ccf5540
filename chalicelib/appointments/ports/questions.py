"""What appointments ask of other capabilities."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from chalicelib.kernel.calls import Call

from ..model import Sent


class Witnessed(Protocol):
    """A document that proves who somebody is."""

    @property
    def kind(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def by_two(self) -> bool: ...


class Witnesses(Protocol):
    """Asks documents what was seen for a visit."""

    def witnessed(self, visit: str, on: date) -> Witnessed | None:
        """Give what was verified for a visit on a day; None if nothing was."""


class Units(Protocol):
    """Asks identity which units there are, and their time zones."""

    def zones(self) -> Mapping[str, str]: ...

    def below(self, unit: str) -> frozenset[str]:
        """Give a unit and all under it; empty for one that is not known."""


class Customers(Protocol):
    """Asks identity who a customer is; a phone number nobody has used yet makes one."""

    def known(self, id_: str) -> str: ...

    def by_phone(self, phone: str, call: Call) -> str: ...

    def found_by_phone(self, phone: str) -> str:
        """Give the customer of a phone number, or an empty text; raises PhoneInvalid."""


class Files(Protocol):
    """Asks attachments what was sent in."""

    def of(self, id_: str) -> Sequence[Sent]:
        """Give every file of a visit, whatever became of it."""


class Devices(Protocol):
    """Asks kiosks where a device stands."""

    def branch_of(self, device: str) -> str:
        """Give its branch; empty for one that is not there, or may do nothing."""
