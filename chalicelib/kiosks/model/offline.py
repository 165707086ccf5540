"""Checking in at a kiosk, with a line or without: the list it takes along, and what it brings back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol


class Expected(Protocol):
    """Somebody is expected: the number of the booking and its check-in code, and when."""

    @property
    def number(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...


class Wait(Protocol):
    """A place in the queue, and the minutes until the call: at best, and as a rule."""

    @property
    def place(self) -> int: ...
    @property
    def optimistic(self) -> int: ...
    @property
    def normal(self) -> int: ...


class Came(Protocol):
    """What became of somebody who came, in one word; `ticket` is their short number."""

    @property
    def outcome(self) -> str: ...
    @property
    def ticket(self) -> str: ...
    @property
    def line(self) -> str: ...
    @property
    def wait(self) -> Wait | None: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Line:
    """Somebody on the list: digests of number and code, in hex, and when they are booked."""

    number: str
    code: str
    starts_at: datetime


@dataclass(frozen=True)
class Offline:
    """Who is expected at a branch on a local day; `salt` is new with each list, and part of every digest."""

    branch: str
    day: date
    made_at: datetime
    salt: str
    expected: tuple[Line, ...]


@dataclass(frozen=True)
class Arrival:
    """Somebody came: by number or by code, at a time told by the kiosk's clock; `event` is its own name for that."""

    event: str
    at: datetime
    number: str = ""
    code: str = ""


@dataclass(frozen=True)
class Settled:
    """What became of one of them; `ticket` is the short number of who waits."""

    event: str
    outcome: str
    ticket: str = ""
    line: str = ""
    wait: Wait | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


# What is said to whoever stands there, or reads it afterwards.
EXPLAINED: Mapping[str, Mapping[str, str]] = {
    "checked_in": {"en": "Checked in.", "zh-CN": "已签到。"},
    "already": {
        "en": "Checked in before, at another kiosk or by our staff; nothing was changed.",
        "zh-CN": "此前已在其他自助设备或由工作人员签到，未作更改。",
    },
    "cancelled": {
        "en": "The booking was cancelled. Take a number without a booking, or ask our staff.",
        "zh-CN": "预约已取消。请取现场号，或咨询工作人员。",
    },
    "over": {
        "en": "The visit is over: its time passed more than an hour ago, or it was ended. Take a number without a booking.",
        "zh-CN": "预约已结束：已超过预约时间一小时，或已办结。请取现场号。",
    },
    "not_found": {"en": "No booking is known by this.", "zh-CN": "未找到对应的预约。"},
    "wrong_branch": {"en": "The booking is for another branch.", "zh-CN": "预约的是另一网点。"},
    "wrong_day": {"en": "The booking is for another day.", "zh-CN": "预约的是另一日期。"},
    "too_early": {"en": "It is too early to check in.", "zh-CN": "尚未到签到时间。"},
    "in_the_future": {
        "en": "The kiosk's clock is ahead; nothing was changed. Ask our staff.",
        "zh-CN": "自助设备的时钟快于标准时间，未作更改，请咨询工作人员。",
    },
    "too_old": {
        "en": "It was noted more than a day ago; nothing was changed.",
        "zh-CN": "记录已超过一天，未作更改。",
    },
    "changed": {
        "en": "Somebody changed the booking at the same moment. Try again.",
        "zh-CN": "预约在同一时刻被更改，请重试。",
    },
}


def explained(outcome: str) -> Mapping[str, str]:
    """Say an outcome in words, by language; one that is not known here is said like a booking that is."""
    return EXPLAINED.get(outcome, EXPLAINED["not_found"])
