"""How codes stand, for compliance and for whoever administers."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.web import Api, Out, Path, call
from chalicelib.web.shapes import Moment

from ..model import Closing

desk = Api("Operations", door="desk")

Name = Annotated[str, Path(max_length=40, pattern="^[a-z0-9_]+$")]


class ClosingOut(Out):
    """What no code is sent to, or was not until now: of so many texts so few were typed, or the day's money is spent."""

    name: str = Field(examples=["prefix_8613800"])
    why: Literal["conversion", "spend", "fraud"]
    closed_at: Moment
    until: Moment
    texts: int = Field(examples=[30])
    proven: int = Field(examples=[2])


class DestinationOut(Out):
    """A dial code that is open: what was spent there on this day, and what may be; money in minor units."""

    dial: str = Field(examples=["86"])
    texts: int = Field(examples=[120])
    spent: int = Field(examples=[600])
    daily_texts: int = Field(examples=[20000])
    daily_spend: int = Field(examples=[100000])


class CodesOut(Out):
    """How codes stand on a UTC day."""

    date: str = Field(examples=["2026-11-23"])
    currency: str = Field(examples=["CNY"])
    spent: int = Field(examples=[600])
    daily_spend: int = Field(examples=[200000])
    destinations: list[DestinationOut]
    closed: list[ClosingOut]


def _closing(closing: Closing) -> ClosingOut:
    return ClosingOut(
        name=closing.name,
        why=closing.why.value,
        closed_at=closing.closed_at,
        until=closing.until,
        texts=closing.texts,
        proven=closing.proven,
    )


@desk.get("/v1/desk/operations/codes", Act.CODES_READ)
def codes_standing() -> CodesOut:
    """Tell where codes may go, what is closed, and what the day has cost so far."""
    found = services().closings.overview(call())
    destinations = [
        DestinationOut(
            dial=dial,
            texts=found.texts.get(dial, 0),
            spent=found.by_dial.get(dial, 0),
            daily_texts=one.daily_texts,
            daily_spend=one.daily_spend,
        )
        for dial, one in sorted(found.reach.destinations.items())
    ]
    reach, closed = found.reach, [_closing(one) for one in found.closed]
    return CodesOut(
        date=found.date,
        currency=reach.currency,
        spent=found.spent,
        daily_spend=reach.daily_spend,
        destinations=destinations,
        closed=closed,
    )


@desk.post("/v1/desk/operations/codes/{name}/reopen", Act.CODES_REOPEN, refusals=(NotAllowedNow,))
def reopen_codes(name: Name) -> ClosingOut:
    """Let codes go to a prefix or dial code again, before its time is over."""
    return _closing(services().closings.reopen(name, call(_closing)))
