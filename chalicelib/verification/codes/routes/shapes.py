"""What is asked and answered about codes."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.kernel.money import Money
from chalicelib.web import Api, Body, Out, Path
from chalicelib.web.shapes import Moment

from ..model import HANDLE, Purpose, Transaction, grant_for

api = Api("Identity")

Id = Annotated[str, Path(max_length=64)]
_REF = 30  # letters of the part of a verification's id that stands in records
_ID = "ver_01M8323B80SXA2NPGKBVHYVJXYKRUGKIDROVUWG2ZAMJZG653OEBTG66BA"
# A text from the institution must carry no words of a stranger's that read like an order, a link or a number to call.
_PAYEE = r"^[^\W\d_]+(?:(?: & | |-|'|’|·|, |\. )[^\W\d_]+)*\.?$"


class Amount(Body):
    """Minor units of a currency."""

    amount: int = Field(gt=0, le=10**15, examples=[12345])
    currency: str = Field(pattern="^[A-Z]{3}$", examples=["CNY"])


class TransactionIn(Body):
    """What the code confirms; amount and payee stand in its text, and it is worth nothing for another transaction."""

    amount: Amount
    payee: str = Field(min_length=1, max_length=40, pattern=_PAYEE, examples=["Wang Wei"])

    @property
    def as_told(self) -> Transaction:
        return Transaction(Money(self.amount.amount, self.amount.currency), self.payee)


class Start(Body):
    """What a code is wanted for, and where it goes; a `transaction` goes with the purpose `step_up` only."""

    purpose: Purpose
    phone: str = Field(min_length=4, max_length=32, examples=["+8613800138000"])
    language: Literal["en", "zh-CN"] | None = None
    transaction: TransactionIn | None = None


class Check(Body):
    """The code as it was typed, with the transaction it was sent for, if any."""

    code: str = Field(pattern=r"^[0-9]{6}$", examples=["482913"])
    transaction: TransactionIn | None = None


class WarningOut(Out):
    """The fraud warning to show beside the input field."""

    id: str = Field(examples=["code-sharing"])
    version: int = Field(examples=[1])
    text: dict[str, str] = Field(examples=[{"en": "We never ask for this code.", "zh-CN": "我们绝不会索要验证码。"}])


class Started(Out):
    """A code is on its way; `id` is told to whoever asked for it and to nobody else, and is needed to try a code."""

    id: str = Field(examples=[_ID])
    expires_at: Moment
    resend_after: Moment
    warning: WarningOut

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"id": (HANDLE, self.id[:_REF])}


class Checked(Out):
    """The code was right; `grant` opens what its purpose is for, once."""

    id: str = Field(examples=[_ID])
    status: Literal["approved"]
    grant: str = Field(examples=["ver_01M8323B80SXA2NPGKBVHYVJXY-Jm5lZ0xkq9s7bT2vN1cR8wYd"])
    purpose: Purpose

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"id": (HANDLE, self.id[:_REF]), "grant": (grant_for(self.purpose), self.id[:_REF])}
