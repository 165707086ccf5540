"""What is sent and answered about complaints."""

from datetime import date
from typing import Annotated

from pydantic import Field

from chalicelib.tickets.model import Channel, Need, Reason, Severity
from chalicelib.tickets.routes import AnswerUsed, Caller, Language, Line, Prose, TicketOut, Word
from chalicelib.web import Body, Out
from chalicelib.web.shapes import GivenMoment, Moment

from ..model import Body as ReferredTo
from ..model import Outcome, Way


class MoneyBody(Body):
    """Minor units of a currency."""

    amount: int = Field(ge=0, le=10**15, examples=[12345])
    currency: str = Field(pattern="^[A-Z]{3}$", examples=["CNY"])


class About(Body):
    """The unit or member of staff that is complained about."""

    unit: Word | None = Field(default=None, examples=["east"])
    staff: Word | None = Field(default=None, examples=["agent-east"])


class NewComplaint(Body):
    """A complaint as the customer writes it."""

    subject: Line = Field(examples=["Card fee"])
    body: Prose = Field(examples=["I was charged twice for my card."])
    product: Word | None = Field(default=None, examples=["cards"])
    wanted_outcome: Annotated[str, Field(max_length=2_000)] | None = Field(
        default=None, examples=["Pay one of the two fees back."]
    )
    about: About = About()
    amount: MoneyBody | None = None
    support_needs: list[Need] = Field(default_factory=list, max_length=10, examples=[["large_print"]])
    language: Language | None = Field(default=None, examples=["zh-CN"])


class LoggedComplaint(NewComplaint):
    """A complaint as staff logs it; `received_at` is its first expression and may lie in the past."""

    channel: Channel
    customer: Caller
    received_at: GivenMoment | None = None
    unit: Word | None = Field(default=None, examples=["east"])
    media: bool = Field(default=False, examples=[False])
    group_size: int = Field(default=1, ge=1, le=100_000, examples=[1])


class DecisionBody(Body):
    """A decision; what its regimes require and is missing is named."""

    outcome: Outcome
    findings: Annotated[str, Field(max_length=20_000)] = Field(
        default="", examples=["The fee was booked twice on 12 November."]
    )
    reasons: Annotated[str, Field(max_length=20_000)] = Field(
        default="", examples=["Our system repeated the booking after a time-out."]
    )
    redress: MoneyBody | None = None
    answer: AnswerUsed | None = None


class DeliveryBody(Body):
    """How the decision reaches the customer; all but SMS need a proof. An answer takes the place of the decision's own."""

    channel: Way
    proof: Annotated[str, Field(max_length=2_000)] = Field(default="", examples=[""])
    answer: AnswerUsed | None = None


class CorrectionIn(Body):
    """What is done so that it does not happen again, by whom, and from when its effect can be seen."""

    what: Line = Field(examples=["Check for a booking before repeating it"])
    owner: Word = Field(examples=["lead-east"])
    look_on: date = Field(examples=["2027-02-01"])


class Closing(Body):
    """Why it came to the complaint, and what is done about that."""

    root_cause: Line = Field(examples=["double_booking"])
    corrective_action: CorrectionIn | None = None


class EffectIn(Body):
    """What a corrective action has brought."""

    effect: Line = Field(examples=["No such booking in three months"])


class ClassificationIn(Body):
    """What kind of complaint it is; codes by the scheme of a regulator."""

    product: Word | None = Field(default=None, examples=["cards"])
    cause: Word = Field(examples=["fees"])
    severity: Severity = Severity.NORMAL
    regulatory_impact: bool = Field(default=False, examples=[False])
    codes: dict[Word, list[Word]] = Field(default_factory=dict, examples=[{"jrt0169": ["A01", "B02", "C03"]}])


class PauseIn(Body):
    """Why a clock is to stand; every running clock whose rule lists the reason, if none is named."""

    reason: Reason
    clock: Word | None = Field(default=None, examples=["cn.nfra.decision"])
    until: GivenMoment | None = None


class ExtensionIn(Body):
    """More time for a clock, by one of the steps its rule has, and why."""

    clock: Word = Field(examples=["cn.nfra.decision"])
    step: Word = Field(examples=["complex"])
    reason: Annotated[str, Field(min_length=1, max_length=2_000)] = Field(examples=["Three branches have to be asked."])


class NewFactsIn(Body):
    """What has come to light."""

    what: Annotated[str, Field(min_length=1, max_length=20_000)] = Field(examples=["A second booking of the same day."])


class ReferralIn(Body):
    """Who outside has the complaint now too, and under which reference."""

    to: ReferredTo
    reference: Line = Field(examples=["FOS-2026-1234"])


class PaymentIn(Body):
    """When redress was paid."""

    paid_on: date = Field(examples=["2026-12-01"])
    reference: Line = Field(examples=["PAY-2026-77"])


class ExtensionOut(Out):
    """An extension that was asked for."""

    n: int = Field(examples=[1])
    clock: str = Field(examples=["cn.nfra.decision"])
    step: str = Field(examples=["complex"])
    reason: str = Field(examples=["Three branches have to be asked."])
    approved: bool = Field(examples=[False])


class AnswerRefOut(Out):
    """The approved wording that was used, as `id@version`, and the digest of that version."""

    ref: str = Field(examples=["ans_01M8325SC0WHNK40B5XV4HWRT4@2"])
    sha256: str = Field(examples=["5e" * 32])


class DecisionOut(Out):
    """What was decided; the customer sees it once it is on its way, in approved words (`text`) if an answer was used."""

    outcome: str = Field(examples=["upheld"])
    findings: str = Field(examples=["The fee was booked twice on 12 November."])
    reasons: str = Field(examples=["Our system repeated the booking after a time-out."])
    rights: list[str] = Field(examples=[["right.review", "right.mediation", "right.arbitration", "right.litigation"]])
    at: Moment
    redress: MoneyBody | None = None
    text: str | None = Field(default=None, examples=["We are sorry. The fee is paid back today."])
    answer: AnswerRefOut | None = None


class ComplaintOut(TicketOut):
    """A complaint: a ticket with its regimes and, in time, its decision."""

    product: str | None = Field(examples=["cards"])
    wanted_outcome: str | None = Field(examples=["Pay one of the two fees back."])
    amount: MoneyBody | None
    decision: DecisionOut | None
    approval_for: list[str] = Field(examples=[["outcome_rejected"]])
    in_review: bool = Field(examples=[False])
    extensions: list[ExtensionOut]
    root_cause: str | None = Field(examples=["double_booking"])
