"""What promised calls ask of others: who is there, who is reached where, what a ticket is, and a telephony system."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.identity.model import Contact, OnDuty
from chalicelib.kernel.access import Act, require
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound, Unavailable


@dataclass
class FakeTelephony:
    """A system that rings once for each token, however often it is asked; `away` makes it refuse."""

    rung: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    away: bool = False
    shows_numbers: bool = False

    def ring(self, token: str, phone: str, agent: str, about: Mapping[str, str]) -> str:
        self.asked.append(token)
        if self.away:
            raise Unavailable(provider="telephony")
        self.rung.setdefault(token, phone)
        return f"contact-{token}"


@dataclass(frozen=True)
class FakeMatter:
    """A ticket as far as a call about it has to know it."""

    id: str
    unit: str = "east"
    customer_id: str = "cus_li"
    owner: str = ""
    language: str = "zh-CN"
    topic: str = ""
    about_staff: str = ""


@dataclass
class FakeMatters:
    """Tickets, and what they were told of calls."""

    kept: dict[str, FakeMatter] = field(default_factory=dict)
    told: list[tuple[str, str, str]] = field(default_factory=list)
    unhappy_with: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def reach(self, id_: str, act: Act, call: Call) -> FakeMatter:
        require(call.actor, act)
        found = self.found(id_)
        if not call.actor.is_staff and found.customer_id != call.actor.id:
            raise NotFound
        return found

    def found(self, id_: str) -> FakeMatter:
        if id_ not in self.kept:
            raise NotFound
        return self.kept[id_]

    def called_back(self, id_: str, callback: Mapping[str, Any], call: Call) -> None:
        self.told.append((id_, callback["id"], str(callback["status"])))

    def unhappy(self, id_: str, said: Mapping[str, Any], call: Call) -> None:
        self.unhappy_with.append((id_, said))


@dataclass
class FakePeople:
    """An institution of some units, who is on duty there, and customers by their phone."""

    duty: dict[str, dict[str, OnDuty]] = field(default_factory=dict)
    phones: dict[str, tuple[str, str]] = field(default_factory=lambda: {"cus_li": ("+8613800138000", "zh-CN")})
    units: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {"east": ("Asia/Shanghai", "CN"), "london": ("Europe/London", "GB-ENG")}
    )

    def of(self, unit: str) -> tuple[str, str, Sequence[str], str, str]:
        timezone, calendar = self.units[unit]
        return timezone, calendar, (), "hq", "en"

    def on_duty(self, unit: str, at: datetime) -> Mapping[str, OnDuty]:
        return self.duty.get(unit, {})

    def works(self, id_: str, unit: str = "east", *languages: str, **but: Any) -> None:
        """Let somebody be on duty."""
        facts = {"skills": frozenset(but.get("skills", ())), "capacity": but.get("capacity", 1.0)}
        self.duty.setdefault(unit, {})[id_] = OnDuty(id_, frozenset(languages or ("zh-CN", "en")), **facts)

    def contacts(self, to: str, unit: str, owner: str, customer: str) -> Sequence[Contact]:
        phone, language = self.phones.get(customer, ("", ""))
        return [Contact(customer, "sms", phone, language)] if phone else []

    def known(self, id_: str) -> str:
        return id_ if id_ in self.phones else ""

    def by_phone(self, phone: str, call: Call) -> str:
        known = next((id_ for id_, (number, _) in self.phones.items() if number == phone), "")
        if not known:
            known = f"cus_{phone.strip('+')}"
            self.phones[known] = (phone, "en")
        return known
