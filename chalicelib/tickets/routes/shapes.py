"""What is answered about tickets."""

from typing import Literal

from pydantic import Field

from chalicelib.web import Out, Versioned
from chalicelib.web.shapes import Moment


class CalendarOut(Out):
    """The working calendar a clock is counted on."""

    id: str = Field(examples=["CN"])
    version: str = Field(examples=["2026.1"])
    published_through: str = Field(examples=["2026-12-31"])


class LineOut(Out):
    """A stretch of days or time, counted or not, and why."""

    start: str = Field(examples=["2026-11-24"])
    end: str = Field(examples=["2026-12-08"])
    counted: bool = Field(examples=[True])
    why: str = Field(examples=["counted"])
    detail: str = Field(examples=[""])
    total: float = Field(examples=[15.0])


class ClockOut(Out):
    """A clock; `due_at` is the first instant that is too late, `explanation` lets anybody count again."""

    id: str = Field(examples=["cn.nfra.decision"])
    name: dict[str, str] = Field(examples=[{"en": "Decision", "zh-CN": "处理决定"}])
    kind: str = Field(examples=["final"])
    pack: str = Field(examples=["cn.nfra@2020-03-01.1"])
    basis: Literal["statutory", "guidance", "code", "house"]
    clause: str = Field(examples=["Order 2020 No.3, Art.18(1)"])
    unit: str = Field(examples=["calendar_days"])
    started_at: Moment
    due_at: Moment
    due_date: str | None = Field(examples=["2026-12-08"])
    timezone: str = Field(examples=["Asia/Shanghai"])
    state: Literal["running", "paused", "met", "missed", "stopped"]
    met_at: Moment | None
    paused_for: str = Field(examples=["PT0S"])
    provisional: bool = Field(examples=[False])
    calendar: CalendarOut
    explanation: list[LineOut]


class WaitOut(Out):
    """For whom it waits."""

    reason: str = Field(examples=["waiting_for_customer"])
    since: Moment
    until: Moment | None


class TieOut(Out):
    """Another ticket that has to do with it."""

    relation: str = Field(examples=["related"])
    ticket: str = Field(examples=["tkt_01M83255V069EDXC383WSXJHG8"])


class TicketOut(Versioned):
    """A matter a customer raised; `opens_at` is when its unit opens next, null while it is open.

    For staff alone: `suspected_at`, when something that sounds like a complaint was written, until somebody says whether it
    is; and `group`, the complaint that leads those with the same cause.
    """

    id: str = Field(examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    number: str = Field(examples=["T-20261123-JHG7T"])
    kind: Literal["enquiry", "request", "complaint"]
    status: str = Field(examples=["received"])
    subject: str = Field(examples=["Card fee"])
    body: str = Field(examples=["I was charged twice for my card."])
    channel: str = Field(examples=["app"])
    unit: str = Field(examples=["east"])
    owner: str | None = Field(examples=["agent-east"])
    backup: str | None = Field(examples=["agent-east-2"])
    priority: str = Field(examples=["normal"])
    severity: str = Field(examples=["normal"])
    topic: str | None = Field(examples=["cards"])
    language: str = Field(examples=["zh-CN"])
    support_needs: list[str] = Field(examples=[["large_print"]])
    waiting: list[WaitOut]
    ties: list[TieOut]
    group: str | None = Field(examples=["tkt_01M83255V069EDXC383WSXJHG8"])
    received_at: Moment
    registered_at: Moment
    due_at: Moment | None
    opens_at: Moment | None
    suspected_at: Moment | None
    clocks: list[ClockOut]
    regimes: list[str] = Field(examples=[["cn.nfra@2020-03-01.1", "house@2026-01-01.1"]])
    status_url: str = Field(examples=["https://desk.example/v1/status/tkt_01M83255V069EDXC383WSXJHG7-wq0kA8mZ3vT1"])

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"status_url": ("status_url", self.id)}


class RowOut(Out):
    """A ticket as a line in a list."""

    id: str = Field(examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    number: str = Field(examples=["T-20261123-JHG7T"])
    kind: str = Field(examples=["complaint"])
    status: str = Field(examples=["received"])
    subject: str = Field(examples=["Card fee"])
    owner: str | None = Field(examples=["agent-east"])
    unit: str = Field(examples=["east"])
    channel: str = Field(examples=["app"])
    priority: str = Field(examples=["normal"])
    received_at: Moment
    due_at: Moment | None
    version: int = Field(examples=[3])


class MessageOut(Out):
    """Something that was said, and by whom; `answer`, for staff, is the approved wording it was made from."""

    id: str = Field(examples=["msg_01M8325SC0WHNK40B5XV4HWRT4"])
    ticket: str = Field(examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    author: str = Field(examples=["customer"])
    by: str | None = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    visibility: str = Field(examples=["public"])
    body: str = Field(examples=["I have found the receipt."])
    at: Moment
    answer: str | None = Field(default=None, examples=["ans_01M8325SC0WHNK40B5XV4HWRT4@2"])


class PostedOut(MessageOut):
    """What was just said; `opens_at` is when somebody is there to read it, null while somebody is."""

    opens_at: Moment | None


class StatusOut(Out):
    """What may be seen without signing in: number, status, next step, next due date; nothing else."""

    number: str = Field(examples=["T-20261123-JHG7T"])
    status: str = Field(examples=["received"])
    next_step: str = Field(examples=["we_investigate"])
    next_due_date: str | None = Field(examples=["2026-12-08"])


class StatesOut(Out):
    """For each kind of ticket, and for tasks, which state may follow which."""

    kinds: dict[str, dict[str, list[str]]] = Field(examples=[{"enquiry": {"received": ["in_progress", "resolved"]}}])
