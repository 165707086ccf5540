"""The desk in memory: the wiring of a deployment on tables, queues and a provider that do as they are told."""

import hmac
import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from heapq import heappop, heappush
from typing import Any

from chalicelib import bootstrap
from chalicelib.bootstrap import Services
from chalicelib.identity.model import Staff, Unit
from chalicelib.identity.policy import below
from chalicelib.kernel import actors, clock
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call, internal
from chalicelib.kernel.tokens import Keys
from chalicelib.kernel.wording import Wording
from chalicelib.notifications.model import Said
from chalicelib.sla.escalation import Escalations
from chalicelib.sla.packs import Packs
from chalicelib.tickets.model import Ticket
from chalicelib.tickets.store import from_item
from tests.fakes import FakeIssuer, FakeProvider

from .tables import MemoryTables

START = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
HQ = "hq"
# Every regime that is shipped has a unit; the house's promises run everywhere.
UNITS = {
    HQ: ("", "Asia/Shanghai", "CN", "zh-CN", ("cn.nfra", "house")),
    "china": (HQ, "Asia/Shanghai", "CN", "zh-CN", ("cn.nfra", "cn.nfra.life", "cn.pbc", "house")),
    "london": (HQ, "Europe/London", "GB-ENG", "en", ("uk.disp", "uk.disp.payments", "house")),
    "europe": (HQ, "Europe/Berlin", "EU-TARGET", "en", ("eu.psd2", "house")),
    "hongkong": (HQ, "Asia/Hong_Kong", "HK", "zh-CN", ("hk.hkma", "house")),
    "singapore": (HQ, "Asia/Singapore", "SG", "en", ("sg.fa", "house")),
    "india": (HQ, "Asia/Kolkata", "IN", "en", ("in.rbi", "house")),
    "america": (HQ, "America/New_York", "US", "en", ("us.cfpb", "us.reg_e", "us.reg_z", "house")),
    "sydney": (HQ, "Australia/Sydney", "AU-NSW", "en", ("au.rg271", "house")),
}
BRANCHES = [unit for unit in UNITS if unit != HQ]
CUSTOMERS = ("+8613800138000", "+447400123456", "+12025550123")
KEYS = Keys(b"a root secret for simulations")
SYSTEM = internal(actors.system("seed"), "seed", "seed")


@dataclass
class Queues:
    """Queues with delays on the simulation's own clock; `mess` rearranges, doubles or drops what is ready in a round."""

    now: Callable[[], datetime]
    waiting: list[tuple[datetime, int, str, dict[str, Any]]] = field(default_factory=list)
    count: int = 0
    sent: Counter[str] = field(default_factory=Counter)

    def send(self, queue: str, messages: Sequence[Mapping[str, Any]], delays: Sequence[int] = ()) -> None:
        for number, message in enumerate(messages):
            at = self.now() + timedelta(seconds=delays[number] if delays else 0)
            self.put(queue, json.loads(json.dumps(message)), at)

    def put(self, queue: str, message: dict[str, Any], at: datetime) -> None:
        """Let a message be visible from an instant on."""
        self.count += 1
        self.sent[queue] += 1
        heappush(self.waiting, (at, self.count, queue, message))

    def ready(self) -> list[tuple[str, dict[str, Any]]]:
        """Take out what is visible now, oldest first."""
        found = []
        while self.waiting and self.waiting[0][0] <= self.now():
            _, _, queue, message = heappop(self.waiting)
            found.append((queue, message))
        return found

    def next_at(self) -> datetime | None:
        """Tell when the next message is to be seen."""
        return self.waiting[0][0] if self.waiting else None

    def depth(self, queue: str) -> dict[str, int]:
        return {"waiting": sum(1 for _, _, name, _ in self.waiting if name == queue), "in_flight": 0, "dead": 0}


Round = list[tuple[str, dict[str, Any]]]


class Desk:
    """One institution, its clock at `now`; whatever is random comes from `seed`."""

    def __init__(self, seed: int | str = 0, now: datetime = START) -> None:
        self.now = now
        self.chance = random.Random(seed)
        clock.use(lambda: self.now)
        self.tables, self.actors, self.customers = _founded()
        self.tables = self.tables.copy()
        self.queues = Queues(lambda: self.now)
        self.provider = FakeProvider()
        self.reported: set[str] = set()
        self.silent: list[str] = []
        self.looked = 0
        self.requests = 0
        bootstrap.services.cache_clear()
        self.services = bootstrap.services()
        self.services.__dict__.update(_wired(self.tables, self.queues, self.provider))

    # --- who, and what ----------------------------------------------------------------------------------------------

    def call(self, who: str) -> Call:
        """Make the call of somebody, now."""
        self.requests += 1
        return Call(self.actors[who], self.now, f"req-{self.requests}", "simulation", self.chance.randbytes)

    def tickets(self) -> list[Ticket]:
        """Read every ticket."""
        return [from_item(item) for (_, sk), item in self.tables.items["tickets"].items() if sk == "ticket"]

    def ticket(self, id_: str) -> Ticket:
        """Read one ticket."""
        found = self.services.desk.changing.store.get(id_)
        assert found is not None
        return found

    def staff(self, **but: Any) -> list[str]:
        """Name the staff, perhaps only those of a role or unit."""
        return [
            id_
            for id_, actor in self.actors.items()
            if actor.is_staff
            and ("role" not in but or but["role"] in actor.roles)
            and ("unit" not in but or but["unit"] == actor.unit)
        ]

    # --- queues and time ---------------------------------------------------------------------------------------------

    def work(self, queue: str, message: dict[str, Any]) -> str:
        """Hand one message to the job of its queue, without what Lambda wraps around it; what it raises is its failure."""
        return str(_jobs()[queue](message))

    def publish(self) -> None:
        """Hand what was recorded to the queues, as the stream of the ledger does."""
        fresh, self.tables.stream[:] = list(self.tables.stream), []
        if fresh:
            self.services.publishing.publish(fresh)

    def drain(self, mess: Callable[[Round], Round] | None = None) -> int:
        """Publish and work off what is visible, until nothing moves; give how many messages there were."""
        worked = 0
        while True:
            self.publish()
            waiting = self.queues.ready()
            if not waiting:
                return worked
            for queue, message in mess(waiting) if mess else waiting:
                self.work(queue, message)
                worked += 1

    def sweep(self) -> None:
        """Run the sweep once, now."""
        self.services.sweeping.sweep(self.now)

    def next_due(self) -> datetime | None:
        """Tell when something is due next, or a message is to be seen."""
        rows = [self.tables.rows[place] for place in self.tables.due_places]
        found = [clock.moment(shard[0][0]) for shard in rows if shard] + (
            [self.queues.waiting[0][0]] if self.queues.waiting else []
        )
        return min(found, default=None)

    def pass_time(self, until: datetime, mess: Callable[[Round], Round] | None = None) -> None:
        """Let time pass: stop wherever something is due, sweep there and work everything off; overdue things each minute."""
        while self.now < until:
            due = self.next_due()
            self.now = min(until, max(due, self.now + timedelta(minutes=1)) if due else until)
            self.sweep()
            self.drain(mess)

    # --- the provider ------------------------------------------------------------------------------------------------

    def report(self, text_id: str, status: str = "delivered", at: datetime | None = None) -> str:
        """Let the SMS provider report on a text, signed."""
        self.reported.add(text_id)
        said = {"id": f"provider-{text_id}", "message": text_id, "status": status, "at": clock.text(at or self.now)}
        body, stamp = json.dumps(said), str(int(self.now.timestamp()))
        mac = hmac.digest(KEYS.key("receipts"), f"{stamp}.{body}".encode(), "sha256").hex()
        call = internal(actors.ANONYMOUS, "http", "receipt")
        return str(self.services.receipts.take("dutydesk", Said(body, f"t={stamp},v1={mac}"), call))

    def unreported(self) -> list[str]:
        """Name the texts to customers that the provider took and has said nothing about."""
        sent = list(self.provider.sent.values())[self.looked :]
        self.looked = len(self.provider.sent)
        self.silent += [it.id for it in sent if it.to.startswith("+")]
        self.silent = [id_ for id_ in self.silent if id_ not in self.reported]
        return list(self.silent)


@cache
def packs() -> Packs:
    """Read what is shipped, once."""
    return Packs.load(bootstrap.foundations.HERE / "packs")


@cache
def _shared() -> dict[str, Any]:
    here = bootstrap.foundations.HERE
    return {
        "packs": packs(),
        "escalations": Escalations(here / "packs"),
        "_wording": Wording(here / "notifications" / "texts"),
        "keys": KEYS,
    }


def _wired(tables: MemoryTables, queues: Any, provider: FakeProvider) -> dict[str, Any]:
    return {
        **_shared(),
        "tables": tables,
        "queues": queues,
        "sms": provider,
        "mail": provider,
        "issuer": FakeIssuer(),
    }


@cache
def _jobs() -> dict[str, Callable[[dict[str, Any]], str]]:
    from chalicelib.appointments.jobs import book
    from chalicelib.notifications.jobs import notify, receipt
    from chalicelib.tickets.jobs import escalate

    jobs = {"bookings": book, "escalations": escalate, "notifications": notify, "receipts": receipt}
    return {queue: _handler(job) for queue, job in jobs.items()}


def _handler(job: Any) -> Callable[[dict[str, Any]], str]:
    """Find the handler of one message under its decorators."""
    job = getattr(job, "func", job)
    while hasattr(job, "__wrapped__"):
        job = job.__wrapped__
    return job  # type: ignore[no-any-return]


@cache
def _founded() -> tuple[MemoryTables, dict[str, Actor], tuple[str, ...]]:
    """Found the institution once: units, staff, customers."""
    tables = MemoryTables()
    founding = Services(bootstrap.settings())
    founding.__dict__.update(_wired(tables, None, FakeProvider()))
    chance = random.Random("the founding")
    units = {
        id_: Unit(id_, parent, id_, zone, calendar, language, regimes)
        for id_, (parent, zone, calendar, language, regimes) in UNITS.items()
    }
    for unit in units.values():
        founding.identity.register_unit(unit, SYSTEM)
    found: dict[str, Actor] = {}
    for id_, unit, role in _people():
        founding.identity.register_staff(
            Staff(id_, unit, frozenset({role}), id_, f"{id_}@dutydesk.test", units[unit].language), SYSTEM
        )
        found[id_] = Actor(id_, frozenset({role}), unit, below(units, unit))
    call = Call(SYSTEM.actor, START - timedelta(days=1), "seed", "seed", chance.randbytes)
    customers = tuple(founding.identity.by_phone(phone, call) for phone in CUSTOMERS)
    found |= {id_: Actor(id_, frozenset({Role.CUSTOMER})) for id_ in customers}
    tables.stream.clear()
    return tables, found, customers


def _people() -> list[tuple[str, str, Role]]:
    found = [(f"{role}-{HQ}", HQ, role) for role in (Role.COMPLIANCE, Role.AUDITOR, Role.ADMIN)]
    for unit in UNITS:
        found += [(f"agent-{unit}-{n}", unit, Role.AGENT) for n in (1, 2)]
        found += [(f"lead-{unit}-{n}", unit, Role.SUPERVISOR) for n in (1, 2)]
    return found
