"""Reporting fraud, and asking whether it is really us."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotFound, PhoneInvalid
from chalicelib.web import Api, Body, Out, Path, call
from chalicelib.web.shapes import Moment

from .model import WORD, Channel, Checked, Kind, Outcome, Report, Told, TooManyChecks, Word

api = Api("Fraud")
desk = Api("Fraud", door="desk")


class ToldIn(Body):
    """What happened; `number` called or wrote, `device` is what the app called a device that is lost or not one's own."""

    kind: Kind
    number: str | None = Field(default=None, min_length=4, max_length=32, examples=["+447400123456"])
    device: str | None = Field(default=None, min_length=1, max_length=128, examples=["7f6c2b1e-phone"])
    note: str | None = Field(default=None, max_length=2000, examples=["He knew my name and asked for the code."])

    @property
    def as_told(self) -> Told:
        return Told(self.kind, self.number or "", self.device or "", self.note or "")


class LoggedIn(ToldIn):
    """The same, told to staff; `phone` is the number of the customer it is about."""

    phone: str = Field(min_length=4, max_length=32, examples=["+8613800138000"])


class ReportOut(Out):
    """The report is kept; until `hardened_until` no code goes to the phone or device it is about.

    `sessions_ended` counts the customer's sessions that ended with it; whoever reports it themselves stays signed in.
    """

    id: str = Field(examples=["frd_01M8325SC0WHNK40B5XV4HWRT4"])
    kind: Kind
    hardened_until: Moment | None = None
    sessions_ended: int = Field(examples=[1])


class Ask(Body):
    """Where staff and customer meet, and the customer's number."""

    channel: Channel
    phone: str = Field(min_length=4, max_length=32, examples=["+8613800138000"])


class WordOut(Out):
    """A word to say, write or show to this customer, and to no other."""

    id: str = Field(examples=["wrd_01M8325SC0WHNK40B5XV4HWRT4"])
    word: str = Field(examples=["7K3Q-XW2M"])
    expires_at: Moment

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"word": (WORD, self.id)}


class Check(Body):
    """The word, one's own phone number, and the number that one was called from or written to by."""

    word: str = Field(min_length=1, max_length=32, examples=["7K3Q-XW2M"])
    phone: str = Field(min_length=4, max_length=32, examples=["+8613800138000"])
    number: str | None = Field(default=None, min_length=4, max_length=32, examples=["+447400123456"])


class CheckedOut(Out):
    """Whether it is really us, what that means for whoever asks, and for a genuine word what it was given for."""

    genuine: bool
    outcome: Outcome
    number_reported: bool
    advice: dict[str, str] = Field(examples=[{"en": "This is really us.", "zh-CN": "这确实是我们。"}])
    channel: Literal["call", "sms", "desk"] | None = None
    unit: str | None = Field(default=None, examples=["east"])
    issued_at: Moment | None = None


class FraudWarning(Out):
    """A warning, by id and version, in every language."""

    id: str = Field(examples=["callback"])
    version: int = Field(examples=[1])
    text: dict[str, str] = Field(
        examples=[{"en": "When we call, ask for our word.", "zh-CN": "我们来电时，请询问口令。"}]
    )


class FraudWarningOut(Out):
    """What to show to whoever is about to do something."""

    warning: FraudWarning


Context = Literal["sign_in", "many_codes", "first_sign_in", "new_device", "payment", "new_phone", "callback"]


def _report(report: Report) -> ReportOut:
    return ReportOut(
        id=report.id, kind=report.kind, hardened_until=report.hardened_until, sessions_ended=report.sessions_ended
    )


def _word(word: Word) -> WordOut:
    return WordOut(id=word.id, word=services().made_again(WORD, word.id), expires_at=word.expires_at)


def _checked(checked: Checked) -> CheckedOut:
    genuine = checked.word if checked.outcome is Outcome.GENUINE else None
    return CheckedOut(
        genuine=genuine is not None,
        outcome=checked.outcome,
        number_reported=checked.reported,
        advice=services().advice(checked.outcome),
        channel=genuine.channel.value if genuine else None,
        unit=genuine.unit if genuine else None,
        issued_at=genuine.issued_at if genuine else None,
    )


@api.get("/v1/warnings/{context}", None)
def fraud_warning(context: Annotated[Context, Path()]) -> FraudWarningOut:
    """Give the warning in force for what somebody is about to do, in both languages."""
    (id_, version), text = services().warning(context)
    return FraudWarningOut(warning=FraudWarning(id=id_, version=version, text=text))


@api.post("/v1/fraud-reports", Act.FRAUD_REPORT, status=201, refusals=(PhoneInvalid,))
def report_fraud(body: ToldIn) -> ReportOut:
    """Report fraud; what it is about is closed to codes, and my other sessions end, at once."""
    return _report(services().reporting.tell(body.as_told, call(_report)))


@desk.post("/v1/desk/fraud-reports", Act.FRAUD_LOG, status=201, refusals=(PhoneInvalid, NotFound))
def log_fraud(body: LoggedIn) -> ReportOut:
    """Take a report from a customer who called or came."""
    return _report(services().reporting.log(body.as_told, body.phone, call(_report)))


@desk.post("/v1/desk/words", Act.WORD_ISSUE, status=201, refusals=(PhoneInvalid,))
def issue_word(body: Ask) -> WordOut:
    """Give a customer a word by which they know that it is really us."""
    return _word(services().words_of_ours.issue(body.channel, body.phone, call(_word)))


@api.post("/v1/words/check", None, once_by="word", counted=True, refusals=(PhoneInvalid, TooManyChecks))
def check_word(body: Check) -> CheckedOut:
    """Tell whether a word that somebody used is really ours and for whoever asks; no session is needed."""
    return _checked(services().words_of_ours.check(body.word, body.phone, body.number or "", call(_checked)))
