"""Everything of faces on tables in memory, with nothing around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chalicelib.identity.model import Customer
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.tokens import Keys
from chalicelib.verification.faces.model import Check, Face, How, Purpose, Standing
from chalicelib.verification.faces.service import Checking, Consenting, Keeping, Offering, Reviewing
from chalicelib.verification.faces.store import DynamoFaces
from tests.face_offer import OFFER
from tests.fakes import FakeFaces
from tests.simulation.tables import MemoryTables
from tests.world import START

LI = Actor("cus_li", frozenset({Role.CUSTOMER}), "east")
SMITH = Actor("cus_smith", frozenset({Role.CUSTOMER}), "london")
OFFICER = Actor("compliance-hq", frozenset({Role.COMPLIANCE}), "hq")
PHONE = "+8613800138000"
SYSTEM = Actor("system:escalations", frozenset({Role.SYSTEM}))


@dataclass
class Booth:
    """One institution that offers face checks, a customer with a reference, and a clock that is told."""

    tables: MemoryTables = field(default_factory=MemoryTables)
    provider: FakeFaces = field(default_factory=FakeFaces)
    able: bool = True
    now: datetime = START
    about: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.provider.references |= {LI.id, SMITH.id}
        self.store, self.keys = DynamoFaces(self.tables), Keys(b"a root secret for tests")
        keeping = Keeping(self.store, self.able)
        self.consents = Consenting(keeping)
        self.checks = Checking(keeping, self.provider, self.provider, self.keys, self)
        self.reviews = Reviewing(keeping, self)
        Offering(self.store).set(OFFER, self.call(SYSTEM))

    def complained_about(self, customer: str) -> frozenset[str]:
        return self.about.get(customer, frozenset())

    def customer(self, id_: str) -> Customer | None:
        return Customer(id_, PHONE, "zh-CN", "east", verified=True) if id_ in self.provider.references else None

    def call(self, actor: Actor = LI, **but: Any) -> Call:
        return Call(actor, self.now, "request", "api", **but)

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def agreed(self, actor: Actor = LI) -> "Booth":
        """Let a customer agree."""
        self.consents.agree(1, "zh-CN", self.call(actor))
        return self

    def started(self, purpose: Purpose = Purpose.STEP_UP, actor: Actor = LI) -> Check:
        """Start a check."""
        return checked(self.checks.start(purpose, self.call(actor)))

    def looked(
        self, liveness: int, similarity: int | None, purpose: Purpose = Purpose.STEP_UP, image: bytes = b""
    ) -> Check:
        """Start a check, show a face, and ask for the result."""
        check = self.started(purpose)
        self.provider.shows(check.id, liveness, similarity, image)
        return self.result(check)

    def result(self, check: Check, actor: Actor = LI) -> Check:
        """Ask for the result of a check."""
        return checked(self.checks.result(check.id, self.call(actor)))

    def decided(self, check: Check, *, confirmed: bool, actor: Actor = OFFICER) -> Check:
        """Decide about a check."""
        return self.reviews.decide(check.customer, check.id, confirmed, How.CALL, "Called back.", self.call(actor))

    def face(self, actor: Actor = LI) -> Face:
        """Give a customer's standing."""
        found = self.store.standing(actor.id).face
        assert found is not None
        return found

    def events(self, actor: Actor = LI) -> list[str]:
        """Name what happened to a customer's face, in order."""
        return [record.event for record in self.tables.chains[f"face_{actor.id}"]]

    def body(self, event: str, actor: Actor = LI) -> Mapping[str, Any]:
        """Give the body of the newest record of a name."""
        return next(one.body for one in reversed(self.tables.chains[f"face_{actor.id}"]) if one.event == event)


def checked(standing: Standing) -> Check:
    """Give the check that is told of."""
    assert standing.check is not None
    return standing.check
