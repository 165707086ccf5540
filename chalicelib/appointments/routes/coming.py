"""What is sent about the day itself."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from chalicelib.web import Body

from ..model import Proof, Who
from .bodies import Caller, Token, Word

CODE = "apt_01M83255V069EDXC383WSXJHG7-wq0kA8mZ3vT1wq0kA8mZ3vT1wq0kA8mZ"
Counter = Annotated[str, Field(min_length=1, max_length=16, pattern="^[A-Za-z0-9_-]+$")]


class ProofIn(Body):
    """What a clerk saw of an identity document: whether it fits the booking, and a digest; never a picture."""

    kind: Word = Field(examples=["id-card"])
    matches: bool = Field(examples=[True])
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] = Field(
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    )


class CheckInIn(Body):
    """Who came: by the code of the booking, by its number, or by phone; exactly one of them."""

    code: Token | None = Field(default=None, examples=[CODE])
    number: Word | None = Field(default=None, examples=[None])
    phone: Annotated[str, Field(min_length=4, max_length=32)] | None = Field(default=None, examples=[None])
    document: ProofIn | None = None

    @model_validator(mode="after")
    def _one(self) -> "CheckInIn":
        if sum(one is not None for one in (self.code, self.number, self.phone)) != 1:
            raise ValueError("exactly one of code, number and phone")
        return self

    @property
    def who(self) -> Who:
        return Who(self.code or "", self.number or "", self.phone or "")


class ComeIn(Body):
    """The code of one's own booking."""

    code: Token = Field(examples=[CODE])


class WalkInIn(Body):
    """What somebody without a booking came for; who they are need not be known."""

    service: Word = Field(examples=["card-replacement"])
    also: list[Word] = Field(default_factory=list, max_length=4, examples=[["statement-stamp"]])
    customer: Caller | None = None
    support_needs: list[Word] = Field(default_factory=list, max_length=10, examples=[["mobility"]])

    @property
    def known(self) -> tuple[str, str]:
        return (self.customer.id or "", self.customer.phone or "") if self.customer else ("", "")


class NextIn(Body):
    """A counter, and what can be done there: some services, all of a pool, or anything."""

    counter: Counter = Field(examples=["3"])
    services: list[Word] = Field(default_factory=list, max_length=200, examples=[["card-replacement"]])
    pool: Word | None = Field(default=None, examples=["desk"])


class CallIn(Body):
    """The counter somebody is called to."""

    counter: Counter = Field(examples=["3"])


class ParkIn(Body):
    """Why somebody is put aside."""

    reason: Literal["fetches", "fills_in", "waits_for_others", "not_there"] = Field(examples=["fills_in"])


class TransferIn(Body):
    """Where to: another service, another kind of counter, one counter; at least one of them."""

    service: Word | None = Field(default=None, examples=["statement-stamp"])
    pool: Word | None = Field(default=None, examples=[None])
    counter: Counter | None = Field(default=None, examples=[None])


class ServeIn(Body):
    """What the clerk saw of a document, where one has to be seen and was not when they came."""

    document: ProofIn | None = None


def proof_in(document: ProofIn | None) -> Proof | None:
    """Read what was seen of a document."""
    return Proof(document.kind, document.matches, document.sha256) if document else None
