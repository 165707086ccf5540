"""Checking in at a kiosk: the list for when there is no network, and who came."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, Invalid, NotFound
from chalicelib.web import Api, Body, Listing, Out, Query, call
from chalicelib.web.shapes import GivenMoment, Moment

from ..model import Arrival, KioskDisabled, Offline, Settled, explained

arrivals = Api("Kiosks", door="kiosk")

_CODE = "apt_01M83255V069EDXC383WSXJHG7-wq0kA8mZ3vT1wq0kA8mZ3vT1wq0kA8mZ"
_DIGEST = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
Day = Annotated[date | None, Query()]


class LineOut(Out):
    """Somebody who is expected: HMAC-SHA-256 of the booking's number and of its check-in code under the salt, in hex."""

    number: str = _DIGEST
    code: str = _DIGEST
    starts_at: Moment


class OfflineOut(Out):
    """Whom to expect on a local day, without a name; `salt` is the key of the digests, in hex, and new with each list."""

    branch: str = Field(examples=["shanghai-bund"])
    day: date = Field(examples=["2026-11-24"])
    made_at: Moment
    salt: str = Field(examples=["5e" * 16])
    expected: list[LineOut]


class ArrivalIn(Body):
    """Somebody who came: by number or code, when by the kiosk's clock; `event` is the kiosk's own name for it, once used."""

    event: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", examples=["7f3a-0001"])
    at: GivenMoment
    number: str | None = Field(default=None, pattern=r"^[A-Za-z0-9-]{1,32}$", examples=[None])
    code: str | None = Field(default=None, min_length=1, max_length=200, examples=[_CODE])

    @model_validator(mode="after")
    def _one(self) -> "ArrivalIn":
        if (self.number is None) == (self.code is None):
            raise ValueError("exactly one of number and code")
        return self


class ArrivalsIn(Body):
    """Who came, in the order in which they did; at most fifty at a time."""

    arrivals: list[ArrivalIn] = Field(min_length=1, max_length=50)


class PlaceOut(Out):
    """A place in the queue, and the minutes until the call: at best, and as a rule."""

    place: int = Field(examples=[3])
    optimistic_minutes: int = Field(examples=[10])
    normal_minutes: int = Field(examples=[25])


class SettledOut(Out):
    """What became of one of them: in one word, and in words to show; `ticket` is the number on the display."""

    event: str = Field(examples=["7f3a-0001"])
    outcome: str = Field(examples=["checked_in"])
    explanation: dict[str, str] = Field(examples=[dict(explained("checked_in"))])
    ticket: str | None = Field(examples=["A012"])
    line: str | None = Field(examples=["booked"])
    wait: PlaceOut | None
    facts: dict[str, Any] = Field(examples=[{}, {"opens_at": "2026-11-24T01:00:00.000Z"}])


def _offline(known: Offline) -> OfflineOut:
    lines = [LineOut(number=one.number, code=one.code, starts_at=one.starts_at) for one in known.expected]
    return OfflineOut(branch=known.branch, day=known.day, made_at=known.made_at, salt=known.salt, expected=lines)


def _settled(settled: list[Settled]) -> Listing[SettledOut]:
    return Listing(items=[_one(one) for one in settled], next_cursor=None)


def _one(one: Settled) -> SettledOut:
    waits = one.wait
    return SettledOut(
        event=one.event,
        outcome=one.outcome,
        explanation=dict(explained(one.outcome)),
        ticket=one.ticket or None,
        line=one.line or None,
        wait=PlaceOut(place=waits.place, optimistic_minutes=waits.optimistic, normal_minutes=waits.normal)
        if waits
        else None,
        facts=dict(one.facts),
    )


@arrivals.get("/v1/kiosks/arrivals", Act.KIOSK_ARRIVALS, refusals=(NotFound, Invalid))
def expected_arrivals(day: Day = None) -> OfflineOut:
    """List who is expected at the kiosk's branch today or tomorrow, by digests, for when there is no network."""
    return _offline(services().kiosk_offline.of(day, call()))


@arrivals.post("/v1/kiosks/arrivals", Act.KIOSK_ARRIVALS, refusals=(KioskDisabled, Changed))
def bring_arrivals(body: ArrivalsIn) -> Listing[SettledOut]:
    """Check in who came, now or while there was no network; each is answered for itself, and may be told again."""
    came = [Arrival(it.event, it.at, it.number or "", it.code or "") for it in body.arrivals]
    return _settled(services().kiosk_offline.sync(came, call(_settled)))
