"""What is answered about appointments."""

from pydantic import Field

from chalicelib.kernel.tokens import borne
from chalicelib.web import Out, Versioned
from chalicelib.web.shapes import Moment

NAME = [{"en": "The Bund", "zh-CN": "外滩支行"}]


class WaitOut(Out):
    """A place in the queue, and the minutes until the call: at best, and as a rule."""

    place: int = Field(examples=[3])
    optimistic_minutes: int = Field(examples=[10])
    normal_minutes: int = Field(examples=[25])


class DocumentOut(Out):
    """Something to bring."""

    id: str = Field(examples=["id-card"])
    name: dict[str, str] = Field(examples=[{"en": "Identity card", "zh-CN": "身份证"}])


class ServiceOut(Versioned):
    """A service: what it takes, and whether one has to come for it."""

    id: str = Field(examples=["card-replacement"])
    name: dict[str, str] = Field(examples=[{"en": "Replace a card", "zh-CN": "补办银行卡"}])
    minutes: int = Field(examples=[30])
    documents: list[DocumentOut]
    channels: list[str] = Field(examples=[["branch", "online"]])
    assurance: str = Field(examples=["document"])
    need_to_come: bool = Field(examples=[False])
    instead: dict[str, str] = Field(examples=[{"en": "Order it in the app.", "zh-CN": "可在手机银行办理。"}])
    link: str | None = Field(examples=["https://bank.example/cards"])
    late_cancel_hours: int = Field(examples=[24])


class BranchOut(Versioned):
    """A branch, as whoever wants to come needs it; `metres` is how far it is from the place that was given."""

    id: str = Field(examples=["shanghai-bund"])
    name: dict[str, str] = Field(examples=NAME)
    address: dict[str, str] = Field(examples=[{"en": "1 Zhongshan Road", "zh-CN": "中山东一路1号"}])
    timezone: str = Field(examples=["Asia/Shanghai"])
    services: list[str] = Field(examples=[["card-replacement"]])
    latitude: float | None = Field(examples=[31.2397])
    longitude: float | None = Field(examples=[121.4998])


class SlotOut(Out):
    """A time at which so many visits may still begin."""

    start: Moment
    end: Moment
    free: int = Field(examples=[2])


class DayOut(Out):
    """A local day; without slots, `closed_because` says why, and `reason` what the branch says of it."""

    date: str = Field(examples=["2026-11-24"])
    slots: list[SlotOut]
    closed_because: str | None = Field(examples=[None, "full"])
    reason: dict[str, str] | None = Field(examples=[None])


class SlotsOut(Out):
    """Free times; `minutes` and `documents` are those of all services of the visit together."""

    branch: str = Field(examples=["shanghai-bund"])
    timezone: str = Field(examples=["Asia/Shanghai"])
    days: list[DayOut]
    next_free: Moment | None
    minutes: int = Field(examples=[30])
    documents: list[DocumentOut]


class HoldOut(Out):
    """A time that is kept until `expires_at`; the token books it."""

    id: str = Field(examples=["hld_01M83255V069EDXC383WSXJHG7"])
    token: str = Field(examples=["WyJobGRfMDFNODMyNTVWMDY5-wq0kA8mZ3vT1wq0kA8mZ3vT1wq0kA8mZ"])
    expires_at: Moment
    branch: str = Field(examples=["shanghai-bund"])
    services: list[str] = Field(examples=[["card-replacement"]])
    starts_at: Moment
    ends_at: Moment

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"token": ("hold", borne(self.token))}


class RowOut(Out):
    """An appointment as a line in a list."""

    id: str = Field(examples=["apt_01M83255V069EDXC383WSXJHG7"])
    number: str = Field(examples=["A-20261123-JHG7T"])
    status: str = Field(examples=["booked"])
    branch: str = Field(examples=["shanghai-bund"])
    timezone: str = Field(examples=["Asia/Shanghai"])
    services: list[str] = Field(examples=[["card-replacement"]])
    channel: str = Field(examples=["public"])
    starts_at: Moment
    ends_at: Moment
    version: int = Field(examples=[1])


class RebookingOut(Out):
    """What became of a visit its branch could not receive: moved, offered online, or nothing yet; and whose turn it is."""

    how: str = Field(examples=["moved"])
    standing: str = Field(examples=["offered"])
    was_at: Moment
    answer_by: Moment


class AppointmentOut(Versioned):
    """An appointment; the code checks in, whoever holds the link may move and cancel it, and sees no name there.

    Once they came, `ticket` is the short number on the display; while they wait, `queue` is how it stands now, where it is
    shown by itself.
    """

    id: str = Field(examples=["apt_01M83255V069EDXC383WSXJHG7"])
    number: str = Field(examples=["A-20261123-JHG7T"])
    status: str = Field(examples=["booked"])
    branch: str = Field(examples=["shanghai-bund"])
    timezone: str = Field(examples=["Asia/Shanghai"])
    services: list[str] = Field(examples=[["card-replacement"]])
    channel: str = Field(examples=["public"])
    starts_at: Moment
    ends_at: Moment
    booked_at: Moment
    contact: dict[str, str] = Field(examples=[{"name": "Li Na"}])
    support_needs: list[str] = Field(examples=[["mobility"]])
    health: dict[str, bool] = Field(examples=[{"symptoms": False, "exposed": False}])
    late_cancel_hours: int = Field(examples=[24])
    ticket: str | None = Field(default=None, examples=["A013"])
    queue: WaitOut | None = None
    rebooking: RebookingOut | None = None
    check_in_code: str = Field(examples=["apt_01M83255V069EDXC383WSXJHG7-wq0kA8mZ3vT1wq0kA8mZ3vT1wq0kA8mZ"])
    ics_url: str = Field(
        examples=[
            "https://desk.example/v1/calendars/apt_01M83255V069EDXC383WSXJHG7-wq0kA8mZ3vT1wq0kA8mZ3vT1wq0kA8mZ/visit.ics"
        ]
    )
    manage_url: str = Field(
        examples=["https://desk.example/v1/visits/apt_01M83255V069EDXC383WSXJHG7.1-wq0kA8mZ3vT1wq0kA8mZ3vT1wq0kA8mZ"]
    )

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {
            "check_in_code": ("check_in", self.id),
            "ics_url": ("calendar_url", self.id),
            "manage_url": ("manage_url", borne(self.manage_url.rpartition("/")[2])),
        }


class VisitOut(Out):
    """What whoever holds the link may see: number, branch, start, documents; nothing of who comes."""

    number: str = Field(examples=["A-20261123-JHG7T"])
    branch: dict[str, str] = Field(examples=NAME)
    timezone: str = Field(examples=["Asia/Shanghai"])
    starts_at: Moment
    documents: list[DocumentOut]
    rebooking: RebookingOut | None = None


class EndedOut(Out):
    """A visit in short: cancelled, or accepted where it is now."""

    number: str = Field(examples=["A-20261123-JHG7T"])
    status: str = Field(examples=["cancelled"])


class BranchSetOut(Versioned):
    """A branch in the version it has now."""

    id: str = Field(examples=["shanghai-bund"])


class ServiceSetOut(Versioned):
    """A service in the version it has now."""

    id: str = Field(examples=["card-replacement"])
