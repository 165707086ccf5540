"""What is sent about appointments."""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.web import Body
from chalicelib.web.shapes import GivenMoment

from ..model import Assurance, Channel, Way

Word = Annotated[str, Field(min_length=1, max_length=64, pattern="^[A-Za-z0-9_-]+$")]
Token = Annotated[str, Field(min_length=1, max_length=2_000)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Degrees = Annotated[float, Field(ge=-180, le=180)]
Minutes = Annotated[int, Field(ge=0, le=100_000)]
Phone = Annotated[str, Field(min_length=4, max_length=32)]
Mail = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
Language = Literal["en", "zh-CN"]
Names = dict[Language, Line]
NAMES = [{"en": "The Bund", "zh-CN": "外滩支行"}]


class HoldIn(Body):
    """Where, what for and when; `also` are further services of the same visit, `instead_of` is what is to be moved."""

    branch: Word = Field(examples=["shanghai-bund"])
    service: Word = Field(examples=["card-replacement"])
    also: list[Word] = Field(default_factory=list, max_length=4, examples=[["statement-stamp"]])
    start: GivenMoment
    instead_of: Word | None = Field(default=None, examples=["apt_01M83255V069EDXC383WSXJHG7"])


class Caller(Body):
    """Whom staff books for: by id, or by phone number."""

    id: Word | None = Field(default=None, examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    phone: Phone | None = Field(default=None, examples=["+8613800138000"])


class DeskHoldIn(Body):
    """A hold for a customer."""

    customer: Caller
    branch: Word = Field(examples=["shanghai-bund"])
    service: Word = Field(examples=["card-replacement"])
    also: list[Word] = Field(default_factory=list, max_length=4, examples=[["statement-stamp"]])
    start: GivenMoment


class ContactIn(Body):
    """Whom to ask for, if it is not the customer."""

    name: Line | None = Field(default=None, examples=["Li Na"])
    phone: Phone | None = Field(default=None, examples=["+8613800138000"])
    email: Mail | None = Field(default=None, examples=["li.na@example.cn"])


class HealthIn(Body):
    """What the customer says of their health before they come."""

    symptoms: bool = Field(examples=[False])
    exposed: bool = Field(default=False, examples=[False])


class SpendIn(Body):
    """A hold, and the token that proves it; how the customer is, where the branch asks for that."""

    hold: Word = Field(examples=["hld_01M83255V069EDXC383WSXJHG7"])
    token: Token = Field(examples=["WyJobGRfMDFNODMyNTVWMDY5-wq0kA8mZ3vT1"])
    health: HealthIn | None = None


class BookingIn(SpendIn):
    """What is booked, and what we have to know for it."""

    contact: ContactIn | None = None
    support_needs: list[Word] = Field(default_factory=list, max_length=10, examples=[["mobility"]])


class StartIn(Body):
    """When instead, and at which branch if it is to be another one."""

    start: GivenMoment
    branch: Word | None = Field(default=None, examples=["shanghai-bund"])


class BlockIn(Body):
    """A stretch of a local day in which the doors are open; one that ends at 00:00 runs to the end of the day."""

    opens: time = Field(examples=["09:00"])
    closes: time = Field(examples=["12:00"])


class OverrideIn(Body):
    """Other opening hours on some local days; no blocks is a closure."""

    first: date = Field(examples=["2026-12-24"])
    last: date = Field(examples=["2026-12-24"])
    blocks: list[BlockIn] = Field(default_factory=list, max_length=5)
    reason: Names = Field(default_factory=dict, examples=[{"en": "Renovation", "zh-CN": "装修"}])


class LeaveIn(Body):
    """Clerks who are not there, on some local days, all day or in a block."""

    pool: Word = Field(examples=["desk"])
    counters: int = Field(ge=1, le=500, examples=[1])
    first: date = Field(examples=["2026-12-01"])
    last: date = Field(examples=["2026-12-05"])
    block: BlockIn | None = None


class BranchIn(Body):
    """Everything a branch is set to."""

    unit: Word = Field(examples=["east"])
    name: Names = Field(examples=NAMES)
    address: Names = Field(default_factory=dict, examples=[{"en": "1 Zhongshan Road", "zh-CN": "中山东一路1号"}])
    timezone: Line = Field(examples=["Asia/Shanghai"])
    calendar: Word = Field(examples=["CN"])
    opening: dict[str, list[BlockIn]] = Field(examples=[{"0": [{"opens": "09:00", "closes": "12:00"}]}])
    counters: dict[str, int] = Field(examples=[{"desk": 3, "advice": 1}])
    services: list[Word] = Field(max_length=200, examples=[["card-replacement"]])
    latitude: Degrees | None = Field(default=None, examples=[31.2397])
    longitude: Degrees | None = Field(default=None, examples=[121.4998])
    overrides: list[OverrideIn] = Field(default_factory=list, max_length=200)
    leaves: list[LeaveIn] = Field(default_factory=list, max_length=500)
    cell: int = Field(default=15, examples=[15])
    interval: int = Field(default=15, examples=[15])
    lead: Minutes = Field(default=60, examples=[60])
    horizon: int = Field(default=30, ge=0, le=366, examples=[30])
    shares: dict[Channel, int] = Field(default_factory=dict, examples=[{"public": 60, "call_centre": 20, "kiosk": 20}])
    release: int = Field(default=24, ge=0, le=8_760, examples=[24])
    active: bool = Field(default=True, examples=[True])
    early: int = Field(default=30, examples=[30])
    late: int = Field(default=10, examples=[10])
    self_check_in: bool = Field(default=False, examples=[False])


class DocumentIn(Body):
    """Something to bring; the visit is `saves` minutes shorter if it was accepted before."""

    id: Word = Field(examples=["id-card"])
    name: Names = Field(examples=[{"en": "Identity card", "zh-CN": "身份证"}])
    saves: int = Field(default=0, ge=0, le=480, examples=[10])


class ServiceIn(Body):
    """Everything a service is set to."""

    name: Names = Field(examples=[{"en": "Replace a card", "zh-CN": "补办银行卡"}])
    minutes: int = Field(examples=[30])
    pool: Word = Field(examples=["desk"])
    before: int = Field(default=0, examples=[0])
    after: int = Field(default=0, examples=[5])
    documents: list[DocumentIn] = Field(default_factory=list, max_length=30)
    ways: list[Way] = Field(max_length=3, examples=[["branch", "online"]])
    assurance: Assurance = Assurance.NONE
    instead: Names = Field(
        default_factory=dict, examples=[{"en": "Order it in the app.", "zh-CN": "可在手机银行办理。"}]
    )
    link: Annotated[str, Field(max_length=500, pattern="^(https://.+)?$")] = Field(
        default="", examples=["https://bank.example/cards"]
    )
    late_hours: int = Field(default=0, le=720, examples=[24])
    overbooking: int = Field(default=0, examples=[0])
