"""What is sent and answered about canned answers."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.web import Body, Out, Versioned
from chalicelib.web.shapes import GivenMoment, Moment

from ..model import Kind

Word = Annotated[str, Field(min_length=1, max_length=64)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Language = Literal["en", "zh-CN"]
Words = Annotated[dict[Language, Annotated[str, Field(min_length=1, max_length=10_000)]], Field(min_length=1)]
_WORDINGS = {
    "en": "Your complaint {number} is {outcome}. {reasons}",
    "zh-CN": "关于您的投诉 {number}，处理结果：{outcome}。{reasons}",
}


class WordsIn(Body):
    """What is to be said, from when on, and when it has to be looked at again; after a year, if no day is given."""

    wordings: Words = Field(examples=[_WORDINGS])
    effective_from: GivenMoment | None = None
    review_on: date | None = Field(default=None, examples=["2027-06-01"])


class NewAnswer(WordsIn):
    """For which matters it is: a unit and all below it (my own, if none is named), kinds, topics and products."""

    title: Line = Field(examples=["Decision on a fee"])
    unit: Word | None = Field(default=None, examples=["hq"])
    kinds: list[Kind] = Field(min_length=1, max_length=3, examples=[["complaint"]])
    topics: list[Word] = Field(default_factory=list, max_length=50, examples=[["fees"]])
    products: list[Word] = Field(default_factory=list, max_length=50, examples=[["cards"]])


class WhyIn(Body):
    """Why a version is sent back, or read by nobody any more."""

    reason: Annotated[str, Field(min_length=1, max_length=2_000)] = Field(examples=["The fee table has changed."])


class PreviewIn(Body):
    """For which ticket, and in which version; that in force if none is named."""

    ticket: Word = Field(examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    version: Annotated[int, Field(ge=1, le=9_999)] | None = Field(default=None, examples=[2])


class VersionOut(Out):
    """A version: its words, which never change, and where it stands."""

    n: int = Field(examples=[2])
    state: str = Field(examples=["approved"])
    wordings: dict[str, str] = Field(examples=[_WORDINGS])
    variables: list[str] = Field(examples=[["number", "outcome", "reasons"]])
    author: str = Field(examples=["lead-east"])
    written_at: Moment
    proposed_by: str | None = Field(examples=["lead-east"])
    approved_by: str | None = Field(examples=["compliance-hq"])
    approved_at: Moment | None
    effective_from: Moment | None
    review_on: str | None = Field(examples=["2027-06-01"])
    retired_at: Moment | None
    returned: str | None = Field(examples=["The fee table has changed."])
    sha256: str = Field(examples=["5e" * 32])


class AnswerOut(Versioned):
    """A canned answer; `in_force` is the version that customers read, if there is one."""

    id: str = Field(examples=["ans_01M8325SC0WHNK40B5XV4HWRT4"])
    title: str = Field(examples=["Decision on a fee"])
    unit: str = Field(examples=["hq"])
    kinds: list[str] = Field(examples=[["complaint"]])
    topics: list[str] = Field(examples=[["fees"]])
    products: list[str] = Field(examples=[["cards"]])
    owner: str = Field(examples=["lead-east"])
    in_force: int | None = Field(examples=[2])
    versions: list[VersionOut]


class AnswerRow(Out):
    """A canned answer as a line in a list; `state` is that of its newest version."""

    id: str = Field(examples=["ans_01M8325SC0WHNK40B5XV4HWRT4"])
    title: str = Field(examples=["Decision on a fee"])
    unit: str = Field(examples=["hq"])
    kinds: list[str] = Field(examples=[["complaint"]])
    topics: list[str] = Field(examples=[["fees"]])
    products: list[str] = Field(examples=[["cards"]])
    languages: list[str] = Field(examples=[["en", "zh-CN"]])
    in_force: int | None = Field(examples=[2])
    newest: int = Field(examples=[2])
    state: str = Field(examples=["approved"])
    version: int = Field(examples=[6])


class PreviewOut(Out):
    """How an answer reads for a ticket; nothing has been said to anybody."""

    text: str = Field(examples=["Your complaint T-20261123-JHG7T is upheld. The fee is due once."])
    ref: str = Field(examples=["ans_01M8325SC0WHNK40B5XV4HWRT4@2"])
    sha256: str = Field(examples=["5e" * 32])
    language: str = Field(examples=["en"])
