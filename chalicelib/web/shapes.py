"""The base classes of request and response bodies."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from chalicelib.kernel.clock import aware, text
from chalicelib.kernel.discretion import discreet

T = TypeVar("T")


class Body(BaseModel):
    """What a client sends: a field nobody knows is refused, text is trimmed, and card numbers in it are masked.

    `exact` names fields that are no prose and have to stay as they are, digit by digit.
    """

    # A cold start builds the models that its request needs, not those of all routes.
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True, defer_build=True)
    exact: ClassVar[frozenset[str]] = frozenset()

    @field_validator("*")
    @classmethod
    def _masked(cls, value: Any, field: ValidationInfo) -> Any:
        return value if field.field_name in cls.exact else _masked(value)


def _masked(value: Any) -> Any:
    """Mask texts and what holds texts; bodies within a body have seen to themselves, and an enum is no prose."""
    if type(value) is str:
        return discreet(value)
    if type(value) is list:
        return [_masked(one) for one in value]
    if type(value) is dict:
        return {name: _masked(one) for name, one in value.items()}
    return value


class Out(BaseModel):
    """What we answer."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        """Name the fields that hold tokens, as `{field: (purpose, id)}`: they are made anew when an answer is replayed."""
        return {}


class Versioned(Out):
    """A single thing that changes: its version is also its ETag."""

    version: int = Field(examples=[3])


class Listing(Out, Generic[T]):
    """One page."""

    items: list[T]
    next_cursor: str | None = Field(examples=["Zk9xQmN2c1h0T3BMdw"])


_SCHEMA: dict[str, Any] = {"type": "string", "format": "date-time", "examples": ["2026-11-23T08:30:00.000Z"]}

# A moment in an answer: RFC 3339 in UTC with Z.
Moment = Annotated[datetime, PlainSerializer(text, return_type=str), WithJsonSchema(_SCHEMA)]

# Calendars and ids count from there; what lies outside is a slip of the pen, and arithmetic breaks at year 1 and 9999.
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


def _given(moment: datetime) -> datetime:
    if moment.tzinfo is None or not _FIRST <= moment < _LAST:
        raise ValueError("a moment needs a time zone, and has to lie in our age")
    return aware(moment)


# A moment in a request: any offset, but never none.
GivenMoment = Annotated[datetime, AfterValidator(_given), WithJsonSchema(_SCHEMA)]
