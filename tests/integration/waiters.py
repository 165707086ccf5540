"""Entries of the waitlist for the tests that walk through every route: brought where a step is the next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from chalicelib.appointments.events import WaitlistLeft
from chalicelib.appointments.model import Stage
from chalicelib.kernel import actors
from chalicelib.kernel.calls import Call, internal
from tests.integration.matters import done
from tests.world import LI, World

BRANCH, SERVICE = "shanghai-pudong", "card-replacement"


def _days() -> Iterator[date]:
    """Give one working day after another that can be booked, again and again."""
    for number in count():
        day = date(2026, 11, 25) + timedelta(days=number % 26)
        if day.weekday() < 5:
            yield day


@dataclass
class Waiters:
    """Lets somebody wait; who did so before does not any longer, so that nobody waits twice for a day."""

    world: World
    lead: str
    days: Iterator[date] = field(default_factory=_days)

    def ready(self, route: str, phone: str) -> tuple[str, Any]:
        """Bring an entry of a customer where a route's step is the next; give the path, and what is sent."""
        method, path = route.split()
        self.over(phone)
        if path.endswith("/waitlist"):
            whose = {"customer": {"phone": phone}} if path.startswith("/v1/desk/waitlist") else {}
            return path.format(branch=BRANCH), {**whose, **self.wish()} if method == "POST" else None
        entry = self.joined(phone)
        body = {"hold": self.offered(entry)} if path.endswith(("/accept", "/decline")) else None
        return path.format(waiting=entry["id"], token=entry["waiting_url"].rpartition("/")[2]), body

    def wish(self) -> dict[str, str]:
        """Say what is waited for: another day each time."""
        return {"branch": BRANCH, "service": SERVICE, "first": next(self.days).isoformat()}

    def joined(self, phone: str = LI) -> dict[str, Any]:
        """Let a customer wait."""
        body = {"customer": {"phone": phone}, **self.wish()}
        return dict(done(self.world.ask("POST", "/v1/desk/waitlist", body, self.lead)))

    def over(self, phone: str) -> None:
        """Let a customer wait for nothing any more."""
        waitlist = self.world.services.waitlist
        customer = self.world.services.identity.found_by_phone(phone)
        for entry in waitlist.store.of_customer(customer, 1000, None).items if customer else ():
            if entry.open:
                waitlist.give_up(entry, entry.moved(Stage.LEFT).owing(), WaitlistLeft(entry.id, "test"), ours())

    def offered(self, entry: dict[str, Any]) -> str:
        """Let what is free be offered to whoever waits; give the hold."""
        self.world.services.offering.look(BRANCH, date.fromisoformat(entry["first"]), ours())
        offer = self.world.services.waitlist.found(entry["id"]).offer
        assert offer is not None
        return offer.id


def ours() -> Call:
    """Make a call of the system, now."""
    return internal(actors.system("test"), "test", "test")


def of_waiters(path: str) -> bool:
    """Tell whether a route is about the waitlist."""
    return path.startswith(("/v1/waitlist", "/v1/waits/", "/v1/desk/waitlist")) or path.endswith("/waitlist")
