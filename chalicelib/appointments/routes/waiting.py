"""What is sent and answered about the waitlist, and how it is made."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.tokens import borne
from chalicelib.web import Body, Out, Versioned, shown_once
from chalicelib.web.shapes import Moment

from ..model import Part, Ranked, Stage, Waiting, Wish
from .bodies import Caller, HealthIn, Mail, Word

ID = "wtl_01M83255V069EDXC383WSXJHG7"


class WishIn(Body):
    """Where, what for, on which local days, at most seven; `also` are further services of the same visit."""

    branch: Word = Field(examples=["shanghai-bund"])
    service: Word = Field(examples=["card-replacement"])
    also: list[Word] = Field(default_factory=list, max_length=4, examples=[["statement-stamp"]])
    first: date = Field(examples=["2026-11-24"])
    last: date | None = Field(default=None, examples=["2026-11-25"])
    part: Part = Part.ANY
    support_needs: list[Word] = Field(default_factory=list, max_length=10, examples=[["mobility"]])
    email: Mail | None = Field(default=None, examples=["li.na@example.cn"])


class DeskWishIn(WishIn):
    """The same for a customer."""

    customer: Caller


class AnswerIn(Body):
    """Which offer is answered, by its hold."""

    hold: Word = Field(examples=["hld_01M83255V069EDXC383WSXJHG7"])


class AcceptIn(AnswerIn):
    """Which offer is taken; and how the customer is, where the branch asks for that."""

    health: HealthIn | None = None


class OfferOut(Out):
    """The time that is held until `until`; `hold` names it when it is answered."""

    hold: str = Field(examples=["hld_01M83255V069EDXC383WSXJHG7"])
    starts_at: Moment
    ends_at: Moment
    until: Moment
    health_asked: bool = Field(examples=[False])


class LinkedOut(Out):
    """What whoever holds the link may see: number, branch, days, and what is offered; nothing of who waits."""

    number: str = Field(examples=["W-20261123-JHG7T"])
    stage: str = Field(examples=["offered"])
    branch: str = Field(examples=["shanghai-bund"])
    timezone: str = Field(examples=["Asia/Shanghai"])
    services: list[str] = Field(examples=[["card-replacement"]])
    first: date = Field(examples=["2026-11-24"])
    last: date = Field(examples=["2026-11-25"])
    part: Part
    offer: OfferOut | None


class WaitingOut(Versioned):
    """An entry; whoever holds the link answers what is offered, and leaves. `passed` says why something was not offered."""

    id: str = Field(examples=[ID])
    number: str = Field(examples=["W-20261123-JHG7T"])
    stage: Stage
    branch: str = Field(examples=["shanghai-bund"])
    timezone: str = Field(examples=["Asia/Shanghai"])
    services: list[str] = Field(examples=[["card-replacement"]])
    first: date = Field(examples=["2026-11-24"])
    last: date = Field(examples=["2026-11-25"])
    part: Part
    support_needs: list[str] = Field(examples=[["mobility"]])
    email: str | None = Field(examples=["li.na@example.cn"])
    joined_at: Moment
    not_taken: int = Field(examples=[0])
    passed: list[str] = Field(examples=[["too_many_open"]])
    offer: OfferOut | None
    appointment: str | None = Field(examples=["apt_01M83255V069EDXC383WSXJHG7"])
    waiting_url: str = Field(
        examples=["https://desk.example/v1/waits/wtl_01M83255V069EDXC383WSXJHG7-wq0kA8mZ3vT1wq0kA8mZ3vT1wq0kA8mZ"]
    )

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"waiting_url": ("waiting_url", borne(self.waiting_url.rpartition("/")[2]))}


class WaiterOut(Out):
    """Somebody who waits, at their place; `because` says why they are behind the one before them."""

    place: int = Field(examples=[2])
    because: str | None = Field(examples=["joined_earlier"])
    id: str = Field(examples=[ID])
    number: str = Field(examples=["W-20261123-JHG7T"])
    stage: str = Field(examples=["waiting"])
    services: list[str] = Field(examples=[["card-replacement"]])
    part: Part
    needs_support: bool = Field(examples=[False])
    not_taken: int = Field(examples=[0])
    passed: list[str] = Field(examples=[["too_many_open"]])
    joined_at: Moment
    offer: OfferOut | None


class WaitersOut(Out):
    """Who waits for a day, in the order in which they are offered what comes free."""

    branch: str = Field(examples=["shanghai-bund"])
    date: str = Field(examples=["2026-11-24"])
    items: list[WaiterOut]


def wish_in(body: WishIn) -> Wish:
    """Read what somebody waits for."""
    wanted = tuple(dict.fromkeys((body.service, *body.also)))
    return Wish(
        body.branch, wanted, body.first, body.last or body.first, body.part, tuple(body.support_needs), body.email or ""
    )


def offer_out(waiting: Waiting) -> OfferOut | None:
    """Show what is offered."""
    hold = waiting.offer
    if hold is None:
        return None
    return OfferOut(
        hold=hold.id,
        starts_at=hold.visit.starts_at,
        ends_at=hold.visit.ends_at,
        until=hold.until,
        health_asked=hold.health,
    )


def _shared(waiting: Waiting) -> dict[str, Any]:
    """What customers, staff and whoever holds the link see alike."""
    wish = waiting.wish
    return {
        "number": waiting.number,
        "stage": waiting.stage,
        "branch": wish.branch,
        "timezone": waiting.timezone,
        "services": list(wish.services),
        "first": wish.first,
        "last": wish.last,
        "part": wish.part,
        "offer": offer_out(waiting),
    }


@shown_once
def waiting_out(waiting: Waiting) -> WaitingOut:
    """Show an entry to its customer, or to staff."""
    return WaitingOut(
        **_shared(waiting),
        id=waiting.id,
        support_needs=list(waiting.wish.support_needs),
        email=waiting.wish.email or None,
        joined_at=waiting.joined_at,
        not_taken=len(waiting.not_taken),
        passed=list(waiting.passed),
        appointment=waiting.appointment or None,
        waiting_url=services().waiting_url(waiting.id),
        version=waiting.version,
    )


@shown_once
def linked_out(waiting: Waiting) -> LinkedOut:
    """Show an entry to whoever holds its link."""
    return LinkedOut(**_shared(waiting))


def waiters_out(branch: str, day: date, waiters: Sequence[Ranked]) -> WaitersOut:
    """Show who waits for a day."""
    return WaitersOut(branch=branch, date=day.isoformat(), items=[_waiter(each) for each in waiters])


def _waiter(ranked: Ranked) -> WaiterOut:
    waiting = ranked.waiting
    return WaiterOut(
        place=ranked.place,
        because=ranked.because or None,
        id=waiting.id,
        number=waiting.number,
        stage=waiting.stage,
        services=list(waiting.wish.services),
        part=waiting.wish.part,
        needs_support=bool(waiting.wish.support_needs),
        not_taken=len(waiting.not_taken),
        passed=list(waiting.passed),
        joined_at=waiting.joined_at,
        offer=offer_out(waiting),
    )
