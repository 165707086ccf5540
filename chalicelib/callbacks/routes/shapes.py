"""What is answered about promised calls."""

from typing import Literal

from pydantic import Field

from chalicelib.web import Out, Versioned
from chalicelib.web.shapes import Moment


class WindowOut(Out):
    """A time in which a call can be promised, and how many more fit into it."""

    starts_at: Moment
    ends_at: Moment
    free: int = Field(examples=[3])


class WindowsOut(Out):
    """The windows of some days that may still be chosen."""

    items: list[WindowOut]


class RowOut(Out):
    """A call as a line in a list."""

    id: str = Field(examples=["cbk_01M83255V069EDXC383WSXJHG7"])
    number: str = Field(examples=["C-20261123-HG75K"])
    status: str = Field(examples=["promised"])
    purpose: str = Field(examples=["service"])
    starts_at: Moment
    ends_at: Moment
    timezone: str = Field(examples=["Asia/Shanghai"])
    language: str = Field(examples=["zh-CN"])
    tries: int = Field(examples=[0])
    late: bool = Field(examples=[False])


class ReasonOut(Out):
    """Why somebody stands where they do: minutes waited, and minutes added."""

    because: str = Field(examples=["waited"])
    minutes: int = Field(examples=[12])


class LineOut(RowOut):
    """A call in the line, with the instant it counts since."""

    counts_since: Moment | None
    why: list[ReasonOut]


class CallbackOut(Versioned):
    """A promised call; `proof_word` is what the caller says so that the customer knows that it is us.

    Of a call that is held the agent does not see it: there it is the customer who says it.
    """

    id: str = Field(examples=["cbk_01M83255V069EDXC383WSXJHG7"])
    number: str = Field(examples=["C-20261123-HG75K"])
    status: str = Field(examples=["promised"])
    purpose: str = Field(examples=["service"])
    starts_at: Moment
    ends_at: Moment
    timezone: str = Field(examples=["Asia/Shanghai"])
    language: str = Field(examples=["zh-CN"])
    reason: str = Field(examples=["My card is blocked."])
    about: str | None = Field(examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    support_needs: list[str] = Field(examples=[["slow_speech"]])
    tries: int = Field(examples=[0])
    next_try_at: Moment | None
    proof_word: str | None = Field(examples=["K7QX-2M9T"])

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"proof_word": ("callback_word", self.id)} if self.proof_word else {}


class AttemptOut(Out):
    """A try."""

    n: int = Field(examples=[1])
    by: str = Field(examples=["agent-east"])
    at: Moment
    outcome: str | None = Field(examples=["no_answer"])
    note: str = Field(examples=[""])


class QuestionOut(Out):
    """What to ask; a score goes from 1 to 5."""

    id: str = Field(examples=["outcome"])
    kind: Literal["score", "yes_no", "text"] = Field(examples=["score"])
    text: dict[str, str] = Field(examples=[{"en": "Is the outcome fair?", "zh-CN": "您对处理结果是否满意？"}])
    optional: bool = Field(examples=[False])


class QuestionnaireOut(Out):
    """A version of what is asked, in order."""

    ref: str = Field(examples=["follow_up@2026-01-01.1"])
    questions: list[QuestionOut]


class AnswersOut(Out):
    """What was answered; `unhappy` names the questions that say they are not content."""

    questionnaire: str = Field(examples=["follow_up@2026-01-01.1"])
    answers: dict[str, bool | int | str] = Field(examples=[{"solved": False, "outcome": 2}])
    unhappy: list[str] = Field(examples=[["solved", "outcome"]])
    reopen: bool = Field(examples=[True])
    by: str = Field(examples=["agent-east"])
    at: Moment


class HeldOut(Out):
    """Why this number does not ring by itself: somebody else may answer. Dial it by hand, and let them say the word."""

    row: str = Field(examples=["call_to_diverted_number"])
    signals: dict[str, str] = Field(examples=[{"call_diversion": "on"}])
    at: Moment


class CardOut(CallbackOut):
    """What an agent has to know; `number_to_dial` only once a try has begun, and if they dial it themselves."""

    unit: str = Field(examples=["east"])
    customer: str = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    topic: str | None = Field(examples=["cards"])
    prefer: str | None = Field(examples=["agent-east"])
    agent: str | None = Field(examples=["agent-east"])
    lease_until: Moment | None
    attempts: list[AttemptOut]
    number_to_dial: str | None = Field(examples=["+8613800138000"])
    questionnaire: QuestionnaireOut | None
    answers: AnswersOut | None
    held: HeldOut | None = None

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return super().secrets | ({"number_to_dial": ("callback_phone", self.id)} if self.number_to_dial else {})


class ProofOut(Out):
    """Whether a word is one of ours that is in use, and whether we call with it just now; never whose it is."""

    genuine: bool = Field(examples=[True])
    calling: bool = Field(examples=[True])


class OwnProofOut(ProofOut):
    """The same for my own calls, with the number of the one it belongs to."""

    number: str | None = Field(examples=["C-20261123-HG75K"])


class WishesOut(Versioned):
    """What I wish about being called and written to, and how often I was in the last eight days.

    `texts_lately` are reminders: what I am owed, and news of my own matters, is not counted.
    """

    do_not_call: bool = Field(examples=[False])
    consents: list[str] = Field(examples=[["sales"]])
    refused: dict[str, Moment] = Field(examples=[{"campaign": "2027-11-23T08:30:00.000Z"}])
    calls_lately: int = Field(examples=[1])
    texts_lately: int = Field(examples=[2])
