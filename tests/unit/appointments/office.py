"""A branch in memory, with everybody who works there: the real stores on tables in memory."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from chalicelib.appointments.model import Appointment, Branch, Details, Document, Service, written
from chalicelib.appointments.service import (
    Arrivals,
    Booking,
    Calling,
    Changing,
    Finding,
    Holding,
    Missing,
    Noting,
    Papers,
    Queueing,
    Words,
)
from chalicelib.appointments.store import DynamoAppointments, DynamoDays
from chalicelib.attachments.model import Announced, Attachment
from chalicelib.attachments.service import Giving, Judging, Keeping, SendingIn
from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.tokens import Keys
from chalicelib.sla.packs import Packs
from tests.fakes import FakeFiles, MemoryShelves
from tests.simulation.branch_days import NobodySaw
from tests.simulation.tables import MemoryTables

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # on a Tuesday, in Shanghai
KEYS = Keys(b"root")
PACKS = Packs.open(Path("chalicelib/packs"))
CARD = {"en": "Identity card", "zh-CN": "身份证"}
SERVICES = {
    "card": Service("card", {"en": "Card", "zh-CN": "卡"}, 30, "desk", documents=(Document("id-card", CARD),)),
    "stamp": Service("stamp", {}, 15, "desk"),
}
HALL = Branch(
    "bund",
    "east",
    {"en": "The Bund", "zh-CN": "外滩"},
    "Asia/Shanghai",
    "CN",
    {day: ((time(9), time(17)),) for day in range(5)},
    {"desk": 5},
    tuple(SERVICES),
    lead=0,
    release=0,
)


@dataclass
class Office:
    """One branch; `branches` and `services` may be changed while it works."""

    now: datetime = NINE - timedelta(hours=26)
    tables: MemoryTables = field(default_factory=MemoryTables)
    branches_: dict[str, Branch] = field(default_factory=lambda: {"bund": HALL, "far": replace(HALL, id="far")})
    services_: dict[str, Service] = field(default_factory=lambda: dict(SERVICES))
    drawn: int = 0

    def __post_init__(self) -> None:
        shelf: Any = self
        self.store, self.days = DynamoAppointments(self.tables), DynamoDays(self.tables)
        self.booking = Booking(self.store, KEYS)
        self.holding = Holding(self.store, Finding(self.store, shelf, PACKS, KEYS, self.days), shelf)
        self.changing = Changing(self.store, self.booking, self.holding, KEYS)
        self.queueing = Queueing(self.days, shelf)
        self.arrivals = Arrivals(self.changing, self.queueing, self.days, shelf, KEYS)
        self.noting = Noting(self.arrivals)
        self.calling = Calling(self.changing, self.queueing, self.days, NobodySaw())
        self.missing = Missing(self.changing, shelf, self.days)
        self.words = Words(self.changing, shelf)
        self.shelves, self.bucket = MemoryShelves(), FakeFiles()
        keeping: Any = Keeping(self.shelves)
        self.papers = Papers(self.changing, self.queueing, self.days, keeping)
        self.sending = SendingIn(keeping, self.papers, self.bucket, Act.PAPER_ADD)
        self.giving = Giving(keeping, self.papers, self.papers, self.bucket, Act.PAPER_READ)
        self.judging = Judging(
            keeping, self.papers, self.papers, self.sending, self.bucket, self.bucket, Act.PAPER_MARK
        )

    def branches(self) -> dict[str, Branch]:
        return self.branches_

    def services(self) -> dict[str, Service]:
        return self.services_

    def known(self, id_: str) -> str:
        return id_

    def _random(self, count: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(count, "big")

    def call(self, who: str = "cus_li", role: Role = Role.CUSTOMER, **what_matters: Any) -> Call:
        actor = Actor(who, frozenset({role}), "east", frozenset({"east"}))
        return Call(
            **{"actor": actor, "now": self.now, "request_id": "r", "door": "api", "entropy": self._random}
            | what_matters
        )

    def clerk(self) -> Call:
        return self.call("clerk-bund", Role.CLERK)

    def kiosk(self, id_: str = "kio_1", unit: str = "east") -> Call:
        """Let a kiosk ask that checks people in."""
        at = Actor(id_, frozenset({Role.KIOSK}), unit, device=id_, offers=frozenset({"check_in"}))
        return replace(self.call(), actor=at, door="kiosk")

    def booked(
        self, start: datetime = NINE, who: str = "cus_li", service: str = "card", branch: str = "bund"
    ) -> Appointment:
        """Book a visit for a customer."""
        held = self.holding.hold(branch, service.split(","), start, "", self.call(who))
        token = KEYS.token("hold", written(held))
        return self.booking.book(held.id, token, Details(), self.call(who))

    def moved(self, visit: Appointment, start: datetime) -> Appointment:
        """Move a visit of a customer."""
        held = self.holding.hold("bund", visit.services, start, visit.id, self.call(visit.customer_id))
        token = KEYS.token("hold", written(held))
        return self.changing.reschedule(visit.id, held.id, token, {}, self.call(visit.customer_id))

    def got(self, appointment: Appointment) -> Appointment:
        """Give it as it is now."""
        found = self.store.get(appointment.id)
        assert found is not None
        return found

    def sent(
        self, visit: Appointment, document: str = "id-card", *, clean: bool = True, by: Call | None = None
    ) -> Attachment:
        """Send a document in for a visit, and let it be found clean."""
        call = by or self.call()
        content = b"%PDF-1.7 a document"
        told = ("scan.pdf", "application/pdf", len(content), hashlib.sha256(content).hexdigest())
        file = self.sending.ask(visit.id, Announced(*told, purpose=document), call)
        url, _ = self.sending.link(file, self.now)
        assert self.bucket.put(url, content, "application/pdf") == 200
        file = self.sending.uploaded(visit.id, file.id, call)
        return self.scanned(file) if clean else file

    def scanned(self, file: Attachment, result: str = "NO_THREATS_FOUND") -> Attachment:
        """Let the scanner look at a file; give it as it is then."""
        self.bucket.objects[file.kept].result = result
        self.judging.work(file.ticket, file.id, self.call("system:attachments", Role.SYSTEM))
        return next(it for it in self.shelves.get(file.ticket).files if it.id == file.id)

    def cells(self, day: str = "2026-11-24") -> dict[str, int]:
        """Count what is taken of the desk, by the start of the cell in UTC."""
        places = self.store.cells("bund", datetime.fromisoformat(day).date())
        return {f"{start:%H:%M}": counts.taken for (_, start), counts in sorted(places.items()) if counts.taken}
