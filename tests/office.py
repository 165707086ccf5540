"""Every service over stores in memory, wired as in bootstrap: what unit tests of services stand on."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from chalicelib.answers.service import Changing as Answering
from chalicelib.appointments.service import Closing, Rehousing
from chalicelib.aws.tables import Tables
from chalicelib.bootstrap import Services
from chalicelib.callbacks.store import DynamoCallbacks
from chalicelib.complaints.model import told
from chalicelib.identity import policy
from chalicelib.identity.service import Institution
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.signatures import Signers
from chalicelib.kernel.tokens import Keys
from chalicelib.notifications.service import Holding, Ours, Receipts, Sending
from chalicelib.operations.service import Redriving, Standing, Sweeping
from chalicelib.records.service import Publishing
from chalicelib.settings import settings
from chalicelib.subscriptions import BY_NAME, CARRIED, DUE, WATCHING
from chalicelib.tickets.model import Channel, Filing, Kind, Ticket
from chalicelib.tickets.service import Changing, Desk
from chalicelib.verification.codes.service import Codes, Gate, Hearing
from tests import institution
from tests.fakes import (
    FakeIssuer,
    FakeOutlet,
    FakeProvider,
    FakeTrust,
    MemoryAnswers,
    MemoryAppointments,
    MemoryCatalogue,
    MemoryContinuity,
    MemoryDays,
    MemoryDirectory,
    MemoryDueIndex,
    MemoryHeartbeat,
    MemoryLedger,
    MemoryPeople,
    MemoryRedrives,
    MemoryTally,
    MemoryTexts,
    MemoryTickets,
    MemoryVerifications,
    MemoryVisits,
)
from tests.simulation.tables import MemoryTables
from tests.world import LI, REACH, START

KEYS = Keys(b"a root secret for tests")


def _nothing() -> Any:
    raise AssertionError("a unit test asked for AWS")


SHARED = ("packs", "escalations", "schemes", "recognitions", "contact_rules", "_wording")


@cache
def shared() -> Services:
    """Packs, escalations and schemes as shipped: read once, and changed by nobody."""
    return Services(settings())


class NoMailboxes:
    """Nobody has left a further address."""

    def mailbox(self, _: str) -> str:
        return ""


@dataclass
class Office:
    """An institution at an instant; `services` are those of bootstrap, their stores in memory and on one ledger."""

    now: datetime = START
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    provider: FakeProvider = field(default_factory=FakeProvider)
    outlet: FakeOutlet = field(default_factory=FakeOutlet)

    def __post_init__(self) -> None:
        self.random = random.Random(1)
        self.tickets = MemoryTickets(self.ledger)
        self.people = MemoryPeople(KEYS, self.ledger)
        self.texts, self.tally = MemoryTexts(ledger=self.ledger), MemoryTally()
        self.verifications = MemoryVerifications(ledger=self.ledger)
        self.verifications.gates.open = REACH
        self.due, self.heartbeat = MemoryDueIndex(), MemoryHeartbeat()
        self.redrives = MemoryRedrives(ledger=self.ledger)
        self.visits = MemoryVisits(ledger=self.ledger)
        self.catalogue = MemoryCatalogue(visits=self.visits)
        self.services = Services(settings())
        ready = {name: getattr(shared(), name) for name in SHARED}
        self.services.__dict__.update(ready, **self._stores())
        self.services.__dict__.update(self._standing_on_them())
        institution.found(self.services.identity)

    def _stores(self) -> dict[str, Any]:
        tells = {Kind.COMPLAINT: told}
        return {
            "tables": Tables(_nothing, "none"),
            "keys": KEYS,
            "people": self.people,
            "directory": MemoryDirectory(self.people),
            "sms": self.provider,
            "mail": self.provider,
            "issuer": FakeIssuer(),
            "queues": self.outlet,
            "_catalogue": self.catalogue,
            "_visits": MemoryAppointments(self.visits),
            "_promised": DynamoCallbacks(MemoryTables()),
            "_days": MemoryDays(self.visits),
            "_changing": Changing(self.tickets, shared().packs, tells),
            "_answers": Answering(
                MemoryAnswers(ledger=self.ledger), Institution(self.people, MemoryDirectory(self.people))
            ),
            "codes": Codes(
                self.verifications,
                KEYS,
                Gate(self.verifications.gates, KEYS),
                {"aws": self.provider},
                shared()._wording,
                FakeTrust(),
            ),
            "hearing": Hearing(self.verifications),
        }

    def _standing_on_them(self) -> dict[str, Any]:
        """The services that bootstrap gives a store they do not share."""
        of = self.services
        return {
            "desk": Desk(of._changing, self.ledger, KEYS),
            "sending": Sending(
                texts=self.texts,
                tally=self.tally,
                contacts=of.institution,
                sms=self.provider,
                mail=self.provider,
                wording=of._wording,
                links=of,
                owed=of.watch,
                mailboxes=NoMailboxes(),
                holding=Holding(self.texts, of.texting),
            ),
            "closing": Closing(
                of._visits, MemoryContinuity(self.catalogue), of._catalogue, of.packs, Rehousing(of.rebooking)
            ),
            "receipts": Receipts(self.texts, self.tally, {"dutydesk": Ours(Signers(KEYS, "receipts"))}, of.hearing),
            "publishing": Publishing(self.outlet, BY_NAME, WATCHING, CARRIED),
            "sweeping": Sweeping(self.due, self.heartbeat, self.outlet, DUE),
            "standing": Standing(self.due, self.heartbeat, self.outlet, self.tally, DUE),
            "redriving": Redriving(self.redrives, self.outlet, DUE),
        }

    def call(self, who: str = "agent-east", **but: Any) -> Call:
        """Make a call, now, of a member of staff or of the customer of that id."""
        return Call(self.actor(who), self.now, "req-test", "test", self.random.randbytes, **but)

    def actor(self, who: str) -> Actor:
        """Give a member of staff, a part of the system, or a customer, as their session would have it."""
        staff = self.people.staff(who)
        if staff is not None:
            return Actor(who, staff.roles, staff.unit, policy.below(self.people.units, staff.unit))
        role = Role.SYSTEM if who.startswith("system") else Role.CUSTOMER
        return Actor(who, frozenset({role}), "east" if role is Role.CUSTOMER else "")

    def customer(self, phone: str = LI) -> str:
        """Give the id of the customer of a number."""
        return self.services.identity.by_phone(phone, self.call("system"))

    def filing(self, **what_matters: Any) -> Filing:
        """Make what a customer of Shanghai wants."""
        facts: dict[str, Any] = {
            "kind": Kind.ENQUIRY,
            "subject": "Opening hours",
            "body": "Are you open on Saturday?",
            "unit": "east",
            "channel": Channel.APP,
            "received_at": self.now,
        }
        facts.setdefault("customer_id", what_matters.get("customer_id") or self.customer())
        return Filing(**facts | what_matters)

    def enquiry(self, **what_matters: Any) -> Ticket:
        """Let a customer ask something."""
        filing = self.filing(**what_matters)
        return self.services.intake.file(filing, self.call(filing.customer_id))

    def complaint(self, **what_matters: Any) -> Ticket:
        """Let a customer complain."""
        filing = self.filing(**{"kind": Kind.COMPLAINT, "subject": "Card fee", "body": "Charged twice."} | what_matters)
        return self.services.receiving.file(filing, self.call(filing.customer_id))

    def ticket(self, id_: str) -> Ticket:
        """Read a ticket as it is kept."""
        found = self.tickets.get(id_)
        assert found is not None
        return found

    def put(self, ticket: Ticket) -> Ticket:
        """Keep a ticket as it is, without a use case."""
        self.tickets.write([ticket], {ticket.id}, [], None)
        return self.ticket(ticket.id)

    def away(self, who: str, **length: float) -> None:
        """Let somebody be away from now on."""
        until = self.now + timedelta(**length or {"days": 1})
        self.services.staffing.enter(who, self.now, until, None, self.call(who))

    def register(self, id_: str, **what_matters: Any) -> None:
        """Register somebody of the staff anew."""
        self.services.identity.register_staff(institution.member(id_, **what_matters), self.call("system"))

    def events(self, subject: str) -> list[str]:
        """Name what happened to a subject, in order."""
        return self.ledger.events(subject)

    def meanwhile(self, does: Callable[[], Any]) -> None:
        """Let somebody do something between the next reading of a ticket and its writing."""
        read = self.tickets.get

        def get(id_: str) -> Ticket | None:
            found = read(id_)
            self.tickets.get = read  # type: ignore[method-assign]
            does()
            return found

        self.tickets.get = get  # type: ignore[method-assign]

    def clocks(self, id_: str) -> dict[str, Any]:
        """Give the clocks of a ticket by their names."""
        return {clock.id: clock for clock in self.ticket(id_).clocks}

    def changed(self, id_: str, **what_matters: Any) -> Ticket:
        """Keep a ticket with something changed, as the next version, without a use case."""
        before = self.ticket(id_)
        self.tickets.write([replace(before, version=before.version + 1, **what_matters)], set(), [], None)
        return self.ticket(id_)
