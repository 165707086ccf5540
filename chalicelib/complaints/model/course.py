"""What is done to a complaint on its way: classification, extensions, referral, closing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from chalicelib.kernel.errors import Conflict, Invalid


class ExtensionNotPossible(Conflict):
    """The clock has no such step, has run out, or has one that waits for approval; `steps` are those still possible."""

    code = "extension_not_possible"
    such_as: ClassVar[Mapping[str, object]] = {"steps": ["complex", "special"]}


class CodeUnknown(Invalid):
    """A code is not in the version of the regulator's list that is in force."""

    code = "code_unknown"


class Body(StrEnum):
    """To whom outside a complaint is referred."""

    OMBUDSMAN = "ombudsman"
    MEDIATION = "mediation"
    ARBITRATION = "arbitration"
    COURT = "court"
    REGULATOR = "regulator"
    OTHER_FIRM = "other_firm"


@dataclass(frozen=True)
class Classification:
    """What kind of complaint it is; `codes` are a regulator's own, as `{scheme@version: [code, ...]}`."""

    product: str
    cause: str
    severity: str
    regulatory_impact: bool
    codes: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Asked:
    """An extension somebody asked for; it counts from `approved_at`, once another person has approved it."""

    n: int
    clock: str
    step: str
    reason: str
    by: str
    at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None

    @property
    def open(self) -> bool:
        return not self.approved_by

    def approved(self, by: str, at: datetime) -> "Asked":
        """Give it approved."""
        return replace(self, approved_by=by, approved_at=at)

    def facts(self) -> dict[str, Any]:
        """Write it as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Correction:
    """What is done so that it does not happen again; it ends with a look at its effect, not before `look_on`."""

    what: str
    owner: str
    look_on: date


class ReviewWindowOver(Conflict):
    """A review may be asked for within thirty days of the decision, and once (Order 2020-3 Art.20)."""

    code = "review_window_over"
