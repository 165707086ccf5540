"""What is sent about tickets."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.web import Body
from chalicelib.web.shapes import GivenMoment

from ..model import Capacity, Channel, Need, Reason, Visibility

Word = Annotated[str, Field(min_length=1, max_length=64)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=20_000)]
Language = Literal["en", "zh-CN"]


class NewTicket(Body):
    """An enquiry or request as the customer writes it."""

    kind: Literal["enquiry", "request"] = Field(examples=["enquiry"])
    subject: Line = Field(examples=["Opening hours"])
    body: Prose = Field(examples=["Is the branch open on Saturday?"])
    topic: Word | None = Field(default=None, examples=["branches"])
    product: Word | None = Field(default=None, examples=["cards"])
    language: Language | None = Field(default=None, examples=["zh-CN"])
    support_needs: list[Need] = Field(default_factory=list, max_length=10, examples=[["large_print"]])


class Caller(Body):
    """Whose matter staff logs: by id, or by phone number."""

    id: Word | None = Field(default=None, examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    phone: Annotated[str, Field(min_length=4, max_length=32)] | None = Field(default=None, examples=["+8613800138000"])


class LoggedTicket(NewTicket):
    """A contact as staff logs it; `received_at` is its first expression and may lie in the past."""

    channel: Channel
    customer: Caller
    received_at: GivenMoment | None = None
    unit: Word | None = Field(default=None, examples=["east"])


class WaitIn(Body):
    """For whom a ticket waits, and until when at the longest; a clock named has to stand, or the call is refused."""

    reason: Reason
    until: GivenMoment | None = None
    clock: Word | None = Field(default=None, examples=["house.resolve"])


class ResumeIn(Body):
    """Which waiting is over."""

    reason: Reason


class ReasonIn(Body):
    """Why."""

    reason: Annotated[str, Field(min_length=1, max_length=2_000)] = Field(examples=["The fee was taken again."])


class OtherTicket(Body):
    """Another ticket, by its id."""

    ticket: Word = Field(examples=["tkt_01M83255V069EDXC383WSXJHG8"])


class SplitIn(Body):
    """What becomes a matter of its own."""

    subject: Line = Field(examples=["A second card"])
    body: Prose = Field(examples=["Please send me a second card, too."])


class PromotionIn(Body):
    """When dissatisfaction was first expressed; when the ticket was received, if not given."""

    first_expressed_at: GivenMoment | None = None


class MandateIn(Body):
    """Who may speak for the customer, on a document that was seen; only its digest is kept."""

    phone: Annotated[str, Field(min_length=4, max_length=32)] = Field(examples=["+8613800138001"])
    capacity: Capacity
    document_sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] = Field(examples=["5e" * 32])
    until: GivenMoment | None = None


class NeedsIn(Body):
    """What the customer needs, with their consent to have it kept; an empty list takes it back."""

    kinds: list[Need] = Field(max_length=10, examples=[["hearing"]])
    consent: Literal[True]
    review_on: date | None = Field(default=None, examples=["2027-05-01"])


class AnswerUsed(Body):
    """A canned answer, in the version named, or else in the one in force."""

    id: Word = Field(examples=["ans_01M8325SC0WHNK40B5XV4HWRT4"])
    version: Annotated[int, Field(ge=1, le=9_999)] | None = Field(default=None, examples=[2])


class MessageIn(Body):
    """Something to say: in one's own words, in those of a canned answer (staff only), or in these with one's own below."""

    body: Annotated[str, Field(min_length=1, max_length=10_000)] | None = Field(
        default=None, examples=["I have found the receipt."]
    )
    visibility: Visibility = Visibility.PUBLIC
    answer: AnswerUsed | None = None


class AnswerIn(Body):
    """The answer that resolves a matter, a public message: in one's own words, a canned answer's, or both."""

    body: Prose | None = Field(default=None, examples=["Yes, from 9:00 to 12:00."])
    answer: AnswerUsed | None = None


class HandoverIn(Body):
    """Who goes on with it, and what they have to know."""

    to: Word = Field(examples=["agent-east-2"])
    note: Annotated[str, Field(min_length=1, max_length=10_000)] = Field(
        examples=["The receipt is on its way by post; ask for it on Thursday."]
    )


class Assignment(Body):
    """Who is to own it, and who stands in."""

    owner: str = Field(min_length=1, max_length=64, examples=["agent-east"])
    backup: Word | None = Field(default=None, examples=["agent-east-2"])
