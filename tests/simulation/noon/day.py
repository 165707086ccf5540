"""The day itself: an agenda of what people do, worked off in order while the sweep and the queues go on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from heapq import heappop, heappush
from itertools import count
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from chalicelib.appointments.model import Appointment, Measure
from chalicelib.appointments.store.items import from_item
from chalicelib.bootstrap import Services, settings
from chalicelib.identity.policy import below
from chalicelib.kernel import actors, clock
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call, internal
from infra.local.seed import institution
from tests.fakes import FakeProvider

from ..house import House, wired
from ..tables import MemoryTables
from .counters import Counters
from .visitors import Visitor, phone

BUND, PUDONG = "shanghai-bund", "shanghai-pudong"
# More counters than at a first start: enough for the day, and not for everybody whose branch closes.
STAFFED = {(BUND, "desk"): 12, (BUND, "advice"): 4, (PUDONG, "desk"): 7, (PUDONG, "advice"): 3}
CLOSED = {"en": "A burst pipe.", "zh-CN": "水管爆裂。"}
TODAY = date(2026, 11, 24)  # a Tuesday
PEOPLE = 400
_ZONE = ZoneInfo("Asia/Shanghai")


def at(hours: float, day: date = TODAY) -> datetime:
    """Give an instant by the clocks at the branches."""
    return (datetime.combine(day, time(), _ZONE) + timedelta(hours=hours)).astimezone(UTC)


class NoonDay(House):
    """Both branches, their clerks, and four hundred people of whom three hundred book."""

    def __init__(self, seed: int = 1) -> None:
        tables, staff = _founded()
        super().__init__(tables.copy(), seed, at(9, date(2026, 11, 19)))
        self.actors = dict(staff)
        self._order = count()
        self.agenda: list[tuple[datetime, int, Callable[[], Any]]] = []
        self.visitors: dict[str, Visitor] = {}  # by phone
        self.by_appointment: dict[str, Visitor] = {}
        self.counters = Counters(self, STAFFED)
        self.read = 0
        self.told: Callable[[Visitor, str], None] = lambda _visitor, _template: None

    # --- time --------------------------------------------------------------------------------------------------------

    def on(self, moment: datetime, does: Callable[[], Any]) -> None:
        """Let something be done at an instant."""
        heappush(self.agenda, (max(moment, self.now), next(self._order), does))

    def after(self, minutes: float, does: Callable[[], Any]) -> None:
        """Let something be done so many minutes later."""
        self.on(self.now + timedelta(minutes=minutes), does)

    def live(self, until: datetime) -> None:
        """Work the agenda off; between any two things, whatever is due or recorded is worked off too."""
        with _caches_age(self):
            while self.agenda and self.agenda[0][0] <= until:
                moment, _, does = heappop(self.agenda)
                self.pass_time(moment)
                self.heard()
                does()
                self.counters.look()
                self.drain()
                self.heard()
            self.pass_time(until)

    def heard(self) -> None:
        """Let everybody read the texts that came for them."""
        sent = list(self.provider.sent.values())[self.read :]
        self.read += len(sent)
        for text in sent:
            visitor = self.visitors.get(text.to)
            if visitor is not None:
                visitor.reads(text.body)
                self.told(visitor, text.template)

    # --- who ---------------------------------------------------------------------------------------------------------

    def clerk(self, branch: str) -> Call:
        """Make the call of a clerk of a branch."""
        return self.call(f"clerk-{branch}")

    def holder(self) -> Call:
        """Make the call of whoever holds a link."""
        return replace(self.call("lead-east"), actor=actors.ANONYMOUS)

    def by(self, visitor: Visitor) -> Call:
        """Make the call of a customer who is signed in."""
        self.actors.setdefault(visitor.customer, Actor(visitor.customer, frozenset({Role.CUSTOMER}), "east"))
        return self.call(visitor.customer)

    def diary(self, appointment: str, did: str) -> None:
        """Let somebody remember what they did."""
        self.by_appointment[appointment].did.append(did)

    def appointment(self, visitor: Visitor) -> Appointment:
        """Read somebody's visit as it is now."""
        return self.services.rebooking.found(visitor.appointment)

    def appointments(self) -> list[Appointment]:
        """Read every visit."""
        items = self.tables.items["appointments"].items()
        return [from_item(item) for (_, sk), item in items if sk == "appointment"]

    # --- the branch closes -------------------------------------------------------------------------------------------

    def close(self, branch: str) -> None:
        """Let the lead of the unit close a branch from now on until the evening."""
        target = f"branch#{branch}"
        closed = Measure("", target, "", self.now, until=at(24), closed=True, reason=CLOSED)
        _, affected = self.services.switching.set(target, closed, self.call("lead-east"))
        assert affected.bookings


@contextmanager
def _caches_age(house: House) -> Iterator[None]:
    """Let what is remembered for a minute be forgotten by the clock of the day, not by that of this machine."""
    with patch.object(clock, "monotonic", lambda: house.now.timestamp()):
        yield


@cache
def _founded() -> tuple[MemoryTables, dict[str, Actor]]:
    """Found the institution of a first start once, with more counters, a clerk for each branch, and its customers."""
    tables, planted = MemoryTables(), institution()
    founding = Services(settings())
    founding.__dict__.update(wired(tables, None, FakeProvider()))
    seed = internal(actors.system("seed"), "seed", "seed")
    for unit in planted.units.values():
        founding.identity.register_unit(unit, seed)
    for member in planted.staff.values():
        founding.identity.register_staff(member, seed)
    for service in planted.services.values():
        founding.registry.register_service(service, seed)
    for branch in (BUND, PUDONG):
        counters = {pool: many for (of, pool), many in STAFFED.items() if of == branch}
        founding.registry.register_branch(replace(planted.branches[branch], counters=counters), seed)
    east = below(dict(planted.units), "east")
    found = {f"clerk-{branch}": Actor("clerk-bund", frozenset({Role.CLERK}), "east", east) for branch in (BUND, PUDONG)}
    found["lead-east"] = Actor("lead-east", frozenset({Role.SUPERVISOR}), "east", east)
    for number in range(PEOPLE):
        founding.identity.by_phone(phone(number), seed)
    tables.stream.clear()
    return tables, found
