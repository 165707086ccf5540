"""What is sent about promised calls."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, StrictInt, model_validator

from chalicelib.kernel.zones import known_zone
from chalicelib.web import Body
from chalicelib.web.shapes import GivenMoment

from ..model import Outcome, Purpose

Word = Annotated[str, Field(min_length=1, max_length=64, pattern="^[A-Za-z0-9_-]+$")]
Phone = Annotated[str, Field(min_length=4, max_length=32)]
Zone = Annotated[str, Field(max_length=64), AfterValidator(known_zone)]
Language = Literal["en", "zh-CN"]
OfCalls = Literal[Purpose.SERVICE, Purpose.FOLLOW_UP, Purpose.CAMPAIGN, Purpose.COLLECTION, Purpose.SALES]
# What somebody may agree to or refuse; nobody refuses what they asked for themselves, nor news of their own matter.
Wished = Literal[Purpose.FOLLOW_UP, Purpose.CAMPAIGN, Purpose.COLLECTION, Purpose.SALES, Purpose.REMINDER]
# Strictly what was sent: true is no score, and "3" is none either.
Answer = StrictBool | StrictInt | Annotated[str, Field(max_length=2_000)]


class WishIn(Body):
    """When, and what about: the start of a window, or `now`; `timezone` is where the customer is, `phone` another number."""

    window: GivenMoment | Literal["now"]
    reason: str = Field(min_length=1, max_length=500, examples=["My card is blocked."])
    about: Word | None = Field(default=None, examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    topic: Word | None = Field(default=None, examples=["cards"])
    language: Language | None = None
    support_needs: list[Word] = Field(default_factory=list, max_length=10, examples=[["slow_speech"]])
    timezone: Zone | None = Field(default=None, examples=["Asia/Shanghai"])
    phone: Phone | None = Field(default=None, examples=["+8613800138000"])


class Caller(Body):
    """Whom staff notes a call for: by id, or by phone number."""

    id: Word | None = Field(default=None, examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    phone: Phone | None = Field(default=None, examples=["+8613800138000"])


class DeskWishIn(WishIn):
    """A call for a customer, and what for: `service` is what they asked for, such as when the hotline was busy."""

    customer: Caller
    purpose: OfCalls = Field(default=Purpose.SERVICE, examples=["service"])


class MoveIn(Body):
    """The window that it is moved to."""

    window: GivenMoment


class NextIn(Body):
    """Of which unit the next call is to be; my own if none is named."""

    unit: Word | None = Field(default=None, examples=["east"])


class AttemptIn(Body):
    """What came of a try, and what is to be remembered of it; `word` is what the customer said, if the call was held."""

    outcome: Literal["reached", "no_answer", "busy", "voicemail", "wrong_number", "refused", "agent_not_ready"]
    note: str = Field(default="", max_length=1_000, examples=["Wants the form by post."])
    word: str | None = Field(default=None, max_length=32, examples=["K7QX-2M9T"])

    @property
    def what(self) -> Outcome:
        return Outcome(self.outcome)


class AnswersIn(Body):
    """What the customer answered to a version of the questionnaire that the card shows; `reopen` if they want that."""

    questionnaire: str = Field(min_length=1, max_length=64, examples=["follow_up@2026-01-01.1"])
    answers: dict[Word, Answer] = Field(
        min_length=1, max_length=30, examples=[{"solved": False, "outcome": 2, "handling": 4}]
    )
    reopen: bool = False


class WishesIn(Body):
    """What I wish about being called and written to, all of it.

    `do_not_call` bars every call I did not ask for. What I refuse I refuse until I say otherwise; what I refused in a call and
    agree to now I refuse no longer.
    """

    do_not_call: bool = Field(examples=[False])
    consents: list[Wished] = Field(default_factory=list, max_length=10, examples=[["sales"]])
    refuses: list[Wished] = Field(default_factory=list, max_length=10, examples=[["reminder"]])

    @model_validator(mode="after")
    def either(self) -> Self:
        """Refuse what is both agreed to and refused."""
        if set(self.consents) & set(self.refuses):
            raise ValueError("agreed to and refused")
        return self
