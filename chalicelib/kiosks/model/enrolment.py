"""How a device becomes a kiosk: a code typed once, then a key that never leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol

from chalicelib.kernel.errors import Invalid, NotSignedIn

if TYPE_CHECKING:
    from .kiosk import Kiosk

# The purpose under which a code is made from the id of its enrolment.
CODE_TOKEN = "enrolment"  # noqa: S105 - a name, not a secret


class EnrolmentInvalid(Invalid):
    """The code is unknown, used, expired, replaced by a newer one, or was tried too often; which, nobody is told."""

    code = "enrolment_invalid"
    such_as: ClassVar[Mapping[str, object]] = {}


class ProofInvalid(NotSignedIn):
    """The statement was not signed just now by the key of this kiosk, for this purpose, or was used before."""

    code = "proof_invalid"


@dataclass(frozen=True)
class Enrolment:
    """A code that waits to be typed; it is not stored, but made from `id`. Tries are counted before they are compared."""

    id: str
    handle: str
    kiosk: str
    expires_at: datetime
    attempts: int = 0


@dataclass(frozen=True)
class Registered:
    """A kiosk with the enrolment whose code is shown now, and never again."""

    kiosk: "Kiosk"
    enrolment: Enrolment


class Claims(Protocol):
    """What a kiosk stated under its key: the name of this one statement, and until when it may be used."""

    @property
    def jti(self) -> str: ...
    @property
    def expires_at(self) -> datetime: ...
