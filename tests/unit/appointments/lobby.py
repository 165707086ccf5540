"""One small branch and whoever wants something of it, for the tests of the waitlist."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from chalicelib.appointments.model import Branch, Service
from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from chalicelib.kernel.clock import text
from tests.memory_world import MemoryWorld
from tests.world import Answer

SEEDING = internal(actors.system("seed"), "seed", "seed")
BUND, TUESDAY = "small", "2026-11-24"
NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)  # in Shanghai, a day after the world begins


def phone(number: int) -> str:
    """Give the phone of one of many customers."""
    return f"+86138001390{number:02}"


@dataclass
class Lobby:
    """A branch with one counter, open for an hour each day; `full` takes all of it."""

    world: MemoryWorld
    lead: str = ""
    tokens: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lead = self.world.staff("lead-east")
        self.services(Service("card", {"en": "Card", "zh-CN": "银行卡"}, 15, "desk"))
        self.set()

    def services(self, *services: Service) -> None:
        """Register services."""
        for service in services:
            self.world.services.registry.register_service(service, SEEDING)

    def set(self, **what_matters: Any) -> None:
        """Register the branch, or register it otherwise."""
        facts: dict[str, Any] = {
            "id": BUND,
            "unit": "east",
            "name": {"en": "Small branch", "zh-CN": "小支行"},
            "timezone": "Asia/Shanghai",
            "calendar": "CN",
            "opening": {day: ((time(9), time(10)),) for day in range(7)},
            "counters": {"desk": 1},
            "services": ("card",),
            **what_matters,
        }
        self.world.services.registry.found_branch(Branch(**facts), SEEDING)
        self.world.drain()

    def token(self, number: int) -> str:
        """Sign a customer in."""
        if number not in self.tokens:
            self.tokens[number] = self.world.sign_in(phone(number))
        return self.tokens[number]

    def book(self, number: int, start: datetime = NINE) -> dict[str, Any]:
        """Let staff book a time for somebody."""
        wanted = {"customer": {"phone": phone(number)}, "branch": BUND, "service": "card", "start": text(start)}
        held = done(self.world.ask("POST", "/v1/desk/holds", wanted, self.lead))
        body = {"hold": held["id"], "token": held["token"]}
        return dict(done(self.world.ask("POST", "/v1/desk/appointments", body, self.lead)))

    def full(self, day: datetime = NINE) -> list[dict[str, Any]]:
        """Book all of a day."""
        return [self.book(90 + quarter, day + timedelta(minutes=15 * quarter)) for quarter in range(4)]

    def cancel(self, visit: dict[str, Any]) -> None:
        """Cancel a visit as staff."""
        done(self.world.ask("POST", f"/v1/appointments/{visit['id']}/cancel", token=self.lead))

    def waits(self, number: int, **what_matters: Any) -> dict[str, Any]:
        """Let somebody join, each a second after the one before."""
        self.world.now += timedelta(seconds=1)
        body = {
            "customer": {"phone": phone(number)},
            "branch": BUND,
            "service": "card",
            "first": TUESDAY,
            **what_matters,
        }
        return dict(done(self.world.ask("POST", "/v1/desk/waitlist", body, self.lead)))

    def stands(self, entry: dict[str, Any]) -> dict[str, Any]:
        """Show an entry as its link does."""
        return dict(done(self.world.ask("GET", f"/v1/waits/{link(entry)}")))

    def answer(self, entry: dict[str, Any], answer: str, hold: str = "", **body: Any) -> Answer:
        """Answer what is offered to somebody, by the link."""
        sent = {"hold": hold or self.stands(entry)["offer"]["hold"], **body}
        return self.world.ask("POST", f"/v1/waits/{link(entry)}/{answer}", sent)

    def standing(self, day: str = TUESDAY) -> list[dict[str, Any]]:
        """Show who waits for a day."""
        path = f"/v1/desk/branches/{BUND}/waitlist?date={day}"
        return list(done(self.world.ask("GET", path, token=self.lead))["items"])

    def texts(self, number: int, template: str) -> list[Any]:
        """Give what was sent to somebody."""
        return self.world.provider.to(phone(number), f"waitlist_{template}")

    def taken(self) -> int:
        """Count the cells that are taken."""
        return sum(item["taken"] for item in self.world.items("appointments") if item["sk"].startswith("cell#"))

    def told(self, entry: dict[str, Any], event: str) -> list[dict[str, Any]]:
        """Give the bodies of the records of one kind in an entry's chain."""
        found = [item for item in self.world.records(entry["id"]) if item["event"] == event]
        return [json.loads(item["body"]) for item in found]

    @contextmanager
    def meanwhile(self, act: Any) -> Iterator[None]:
        """Let something happen once, just before the next write."""

        def first() -> None:
            self.world.memory.before_commit = lambda: None
            act()

        self.world.memory.before_commit = first
        yield
        self.world.memory.before_commit = lambda: None


def link(entry: dict[str, Any]) -> str:
    """Give the token of an entry's link."""
    return str(entry["waiting_url"].rpartition("/")[2])


def done(answer: Answer) -> Any:
    """Give the body of what succeeded."""
    assert answer.status < 300, answer.text
    return answer.body
