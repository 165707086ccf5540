"""What kiosks need from outside."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from .model import Begun, Came, Claims, Enrolment, Expected, Handover, Kiosk


class Kiosks(Protocol):
    """The store of kiosks, enrolments and proofs."""

    def get(self, id_: str) -> Kiosk | None: ...

    def of_unit(self, unit: str, limit: int, start: Position | None) -> Page[Kiosk]:
        """Give the kiosks of a unit, in one query; as they were a moment ago."""

    def save(
        self, kiosk: Kiosk, records: Sequence[Record], stamp: Stamp | None, *beside: Any, more: Sequence[Record] = ()
    ) -> None:
        """Store a new version, or a new kiosk of version 0, with what others want written beside it.

        Raises Changed if it is not as it was read, or if one of the others' conditions does not hold.
        """

    def enrolling(self, enrolment: Enrolment, now: datetime) -> Any:
        """Give what keeps an enrolment, to be written beside its kiosk; its handle must be free by now."""

    def count_attempt(self, handle: str, most: int, now: datetime) -> Enrolment | None:
        """Count one attempt, at once, if there is such an enrolment, in force and not exhausted; else None."""

    def using(self, kiosk: str, claims: Claims) -> Any:
        """Give what notes that a statement was used, to be written beside its kiosk; it must not have been."""

    def used(self, kiosk: str, jti: str) -> bool: ...


class Handovers(Protocol):
    """The store of what was handed over."""

    def handover(self, id_: str) -> Handover | None: ...

    def offer(self, handover: Handover, records: Sequence[Record], stamp: Stamp | None) -> None: ...

    def take(self, handover: Handover, records: Sequence[Record], stamp: Stamp | None) -> None:
        """Store that it was taken; raises Changed if it was already."""


class Sessions(Protocol):
    """Asks identity for sessions; what has to be written for them goes into our transaction as it is given."""

    def device(self, device: str, unit: str, offers: frozenset[str], until: datetime, call: Call) -> Begun: ...

    def visit(
        self,
        grant: str,
        warning: tuple[str, int],
        device: tuple[str, frozenset[str]],
        lasting: tuple[datetime, timedelta],
        call: Call,
    ) -> Begun: ...

    def unspent(self, grant: str) -> None:
        """Raise GrantSpent if a grant has opened a session."""

    def ending(self, marks: Mapping[str, datetime]) -> Sequence[Any]: ...

    def in_force(self, mark: str, now: datetime) -> bool: ...


class Units(Protocol):
    """Asks identity which units there are."""

    def zones(self) -> Mapping[str, str]: ...


class Proofs(Protocol):
    """Checks what a kiosk signed."""

    def thumbprint(self, key: Mapping[str, str]) -> str:
        """Give the thumbprint of a public key (RFC 7638); raises Invalid for what is none."""

    def claims(self, proof: str, key: Mapping[str, str], device: str, now: datetime) -> Claims | None:
        """Give what was stated, or None if it is not this kiosk's, not signed by this key, not for us, or not of now."""


class Sealing(Protocol):
    """Encrypts what must not lie about; bound to the id of what it belongs to."""

    def seal(self, id_: str, plain: bytes, nonce: bytes) -> bytes: ...

    def opened(self, id_: str, sealed: bytes) -> bytes: ...


class Arrivals(Protocol):
    """Asks appointments who is expected, and tells it who came."""

    def expected(self, branch: str, day: date | None, call: Call) -> tuple[date, Sequence[Expected]]:
        """Give the local day asked for, today's if none is, and who is booked then and has not come."""

    def came(self, branch: str, who: tuple[str, str], at: datetime, note: str, call: Call) -> Came:
        """Check somebody in by number or code, as of an instant, and say what became of it; nothing is raised.

        The same `note` again gives the same word and changes nothing.
        """
