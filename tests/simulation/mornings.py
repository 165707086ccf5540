"""One branch on one morning, and five customers who hold, book, move and cancel there by chance.

While one of them is about to be written, another one slips in between its reading and its writing. Everything that is
counted can be counted once more, from the holds and appointments there are.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

from chalicelib.appointments.model import (
    Appointment,
    Branch,
    Channel,
    Details,
    Document,
    Hold,
    Service,
    Status,
    Verdict,
    read,
    written,
)
from chalicelib.appointments.service import Booking, Changing, Finding, Holding, Papers, Queueing
from chalicelib.appointments.store import DynamoAppointments, DynamoDays
from chalicelib.appointments.store.items import from_item
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Refusal
from chalicelib.kernel.events import Link
from chalicelib.kernel.tokens import Keys
from chalicelib.records.model import first_fault
from chalicelib.sla.packs import Packs
from tests.simulation.tables import MemoryTables

PACKS = Packs.open(Path(__file__).parents[2] / "chalicelib" / "packs")
OPENS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
KEYS = Keys(b"root")
ID, FORM = Document("id", {}, 10), Document("form", {}, 15)
SERVICES = {
    "card": Service("card", {}, 15, "desk", documents=(ID,)),
    "account": Service("account", {}, 30, "desk", before=15, documents=(ID, FORM)),
    "estate": Service("estate", {}, 20, "advice", after=5, documents=(FORM,)),
}
ROLES = (Role.CUSTOMER, Role.AGENT, Role.CLERK)


class Shelf:
    """A catalogue of one branch, open for an hour and a half."""

    def __init__(self, counters: int, shares: dict[Channel, int]) -> None:
        hours = {day: ((time(9), time(10, 30)),) for day in range(5)}
        staffed = {"desk": counters, "advice": 1}
        where = ("bund", "east", {}, "Asia/Shanghai", "CN")
        self.branch_ = Branch(*where, hours, staffed, tuple(SERVICES), shares=shares, release=24)

    def branches(self) -> dict[str, Branch]:
        return {"bund": self.branch_}

    def services(self) -> dict[str, Service]:
        return SERVICES


@dataclass
class Morning:
    """One branch, one morning, and everybody who wants something of it."""

    QUARTERS: ClassVar[int] = 6  # of an hour after it opens, in which somebody may want to come
    seed: int
    now: datetime = OPENS - timedelta(hours=26)
    tables: MemoryTables = field(default_factory=MemoryTables)
    tokens: list[tuple[str, str, str]] = field(default_factory=list)  # hold, token, customer
    booked: list[str] = field(default_factory=list)
    owners: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.capacity = 1 + self.seed % 20
        self.catalogue = self.shelf()
        self.store = DynamoAppointments(self.tables)
        people: Any = self
        self.holding = Holding(self.store, Finding(self.store, self.catalogue, PACKS, KEYS), people)
        self.booking = Booking(self.store, KEYS)
        self.changing = Changing(self.store, self.booking, self.holding, KEYS)
        days = DynamoDays(self.tables)
        self.papers = Papers(self.changing, Queueing(days, self.catalogue), days, people)
        self.tables.before_commit = self.slip_in

    def shelf(self) -> Any:
        """Give the catalogue."""
        return Shelf(self.capacity, {Channel.PUBLIC: 70, Channel.CALL_CENTRE: 30} if self.seed % 3 else {})

    def branch(self) -> str:
        """Choose where."""
        return "bund"

    def known(self, id_: str) -> str:
        return id_

    def of(self, _: str) -> list[Any]:
        """Of every visit every document was sent in."""
        return [SimpleNamespace(id="att_1", purpose=purpose, status="clean") for purpose in ("id", "form")]

    def call(self, customer: str, role: Role = Role.CUSTOMER) -> Call:
        actor = Actor(customer, frozenset({role}), "east", frozenset({"east"}))
        return Call(actor, self.now, "r", "api", self.chance.randbytes)

    def slip_in(self) -> None:
        """Let somebody else act between the reading and the writing of a step."""
        if self.depth < 2 and self.chance.random() < 0.2:
            self.step()

    def step(self) -> None:
        self.depth += 1
        self.act(
            self.chance.choice(
                (*[self.hold] * 4, *[self.book] * 3, *[self.move] * 3, self.accept, self.cancel, self.sweep, self.wait)
            )
        )
        self.depth -= 1

    def act(self, act: Any) -> None:
        """Try something, and note what came of it."""
        try:
            act()
        except Refusal as refused:
            self.seen[refused.code] += 1
        else:
            self.seen[act.__name__] += 1

    def hold(self) -> None:
        customer, role = f"cus_{self.chance.randrange(5)}", self.chance.choice(ROLES)
        wanted = self.chance.sample(sorted(SERVICES), self.chance.choice((1, 1, 2)))
        start = OPENS + timedelta(minutes=15 * self.chance.randrange(self.QUARTERS))
        if role is Role.CUSTOMER:
            instead = self.chance.choice(("", "", *self.booked[-1:]))
            held = self.holding.hold(self.branch(), wanted, start, instead, self.call(customer))
        else:
            held = self.holding.hold_for((customer, ""), self.branch(), wanted, start, self.call("agent", role))
        self.tokens.append((held.id, KEYS.token("hold", written(held)), customer))

    def book(self) -> None:
        hold, token, customer = self.chance.choice(self.tokens[-6:] or [("none", "none", "cus_0")])
        self.booked.append(self.booking.book(hold, token, Details(), self.call(customer)).id)
        self.owners[self.booked[-1]] = customer

    def move(self) -> None:
        hold, token, customer = self.chance.choice(self.tokens[-6:] or [("none", "none", "cus_0")])
        # Now and then somebody tries it with what is another's.
        own = (
            [id_ for id_, owner in self.owners.items() if owner == customer]
            if self.chance.random() < 0.8
            else self.booked
        )
        self.changing.reschedule(self.chance.choice(own or ["none"]), hold, token, {}, self.call(customer))

    def cancel(self) -> None:
        self.changing.cancel(self.chance.choice(self.booked or ["none"]), self.call("lead", Role.SUPERVISOR))

    def accept(self) -> None:
        """Accept a document: what that saves is free."""
        visit, document = self.chance.choice(self.booked or ["none"]), self.chance.choice(("id", "form"))
        found = (Verdict.ACCEPTED, "", "att_1")
        if self.papers.check(visit, document, found, self.call("clerk", Role.CLERK)).saved >= 15:
            self.seen["shortened"] += 1

    def sweep(self) -> None:
        for hold in self.holds():
            self.holding.expire(hold.day, hold.id, self.call("system", Role.SYSTEM))

    def wait(self) -> None:
        self.now += timedelta(minutes=self.chance.choice((1, 1, 2, 5)))

    # --- counted once more ------------------------------------------------------------------------------------------

    def items(self, kind: str) -> list[dict[str, Any]]:
        return [item for (_, sk), item in self.tables.items["appointments"].items() if sk.startswith(kind)]

    def holds(self) -> list[Hold]:
        return [read(item["said"]) for item in self.items("hold#")]

    def all(self) -> list[Appointment]:
        return [from_item(item) for item in self.items("appointment")]

    def check(self) -> None:
        everybody = self.all()
        self.check_cells(everybody)
        self.check_owners(everybody, {Status.BOOKED})

    def check_cells(self, everybody: list[Appointment]) -> None:
        """No seat is lost or made, and no cell has more than can be served."""
        having = [(it.day, it.visit, it.channel) for it in everybody if it.visit and it.status is not Status.CANCELLED]
        having += [(hold.day, hold.visit, hold.channel) for hold in self.holds()]
        cells: Counter[tuple[str, str, str, str]] = Counter()
        for day, visit, channel in having:
            for pool, start in visit.cells():
                cells[day, pool, start.isoformat(), channel.value] += 1
        kept: Counter[tuple[str, str, str, str]] = Counter()
        for item in self.items("cell#"):
            _, pool, start = item["sk"].split("#")
            parts = {channel: item.get(f"by_{channel.value}", 0) for channel in Channel}
            assert item["taken"] == sum(parts.values())
            assert 0 <= item["taken"] <= (self.capacity if pool == "desk" else 1)
            at = datetime.fromisoformat(start).isoformat()
            kept.update({(item["pk"], pool, at, channel.value): count for channel, count in parts.items() if count})
        assert kept == cells

    def check_chains(self) -> None:
        """Whatever was written stands in its chain, and says where that ends; at the end of a program."""
        touched, self.tables.touched = self.tables.touched, set()
        for subject in touched:
            chain = self.tables.chains[subject]
            fault = first_fault(subject, chain, Link(chain[-1].seq, chain[-1].hash))
            assert fault is None, fault
        for it in self.all():
            last = self.tables.chains[it.id][-1]
            assert it.link == Link(last.seq, last.hash)

    def check_owners(self, everybody: list[Appointment], open_: set[Status]) -> None:
        """What a customer has open is counted right, and never more than they may have."""
        owners = Counter(it.customer_id for it in everybody if it.visit and it.status in open_)
        owners.update(hold.customer_id for hold in self.holds())
        counted = {item["pk"].removeprefix("customer#"): item.get("open_now", 0) for item in self.items("count")}
        assert {who: count for who, count in counted.items() if count} == owners
        assert max(owners.values(), default=0) <= 4
