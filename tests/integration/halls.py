"""A branch that is always open, and words for what happens there, for the tests of the day itself."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from chalicelib.appointments.model import Assurance, Branch, Service
from chalicelib.kernel import actors
from chalicelib.kernel.calls import internal
from chalicelib.kernel.clock import text
from tests.integration.matters import done
from tests.world import LI, Answer, World

HALL = "hall"
QUICK = "mortgage-advice"  # needs no document
CARD = "card-replacement"  # needs one
VAULT = "large-withdrawal"  # needs one that two people look at
IDENTITY = {"kind": "id_card", "number": "E12345678", "expires_on": "2031-05-31", "matches": True}
SEEN = {"kind": "id-card", "matches": True, "sha256": "9f" * 32}


def open_hall(world: World, **what_matters: Any) -> None:
    """Open a branch of the unit east, day and night, where customers may check in themselves a day before."""
    facts: dict[str, Any] = {
        "id": HALL,
        "unit": "east",
        "name": {"en": "Hall", "zh-CN": "大厅"},
        "timezone": "Asia/Shanghai",
        "calendar": "CN",
        "opening": {day: ((time(0), time(0)),) for day in range(7)},
        "counters": {"desk": 50, "advice": 50},
        "services": ("account-opening", CARD, "statement-stamp", QUICK),
        "lead": 0,
        "early": 1440,
        "self_check_in": True,
    }
    seeding = internal(actors.system("seed"), "seed", "seed")
    world.services.registry.register_branch(Branch(**{**facts, **what_matters}), seeding)


def open_vault(world: World) -> None:
    """Offer something in the hall for which two people look at a document."""
    found = world.services.registry.catalogue.services().get(VAULT)
    if found is None:
        seeding, name = internal(actors.system("seed"), "seed", "seed"), {"en": "Large withdrawal", "zh-CN": "大额取现"}
        service = Service(VAULT, name, 15, "desk", assurance=Assurance.DOCUMENT_BY_TWO)
        world.services.registry.register_service(service, seeding)
        open_hall(world, services=("account-opening", CARD, "statement-stamp", QUICK, VAULT))


@dataclass
class Hall:
    """A branch's day, as a clerk, a customer and the display see it."""

    world: World
    lead: str
    starts: int = field(default=0)

    def desk(self, step: str, body: Any = None, token: str = "", method: str = "POST", **headers: str) -> Answer:
        """Ask something of the branch."""
        path = f"/v1/desk/branches/{HALL}/{step}"
        return self.world.ask(method, path, body, token or self.lead, **headers)

    def step(self, visit: dict[str, Any], step: str, body: Any = None, token: str = "", **headers: str) -> Answer:
        """Take a step with a visit."""
        path = f"/v1/desk/appointments/{visit['id']}/{step}"
        return self.world.ask("POST", path, body, token or self.lead, **headers)

    def walk_in(self, service: str = QUICK, **what_matters: Any) -> dict[str, Any]:
        """Give somebody without a booking a place."""
        return done(self.desk("walk-ins", {"service": service, **what_matters}))

    def booked(self, start: datetime, phone: str = LI, service: str = QUICK, **what_matters: Any) -> dict[str, Any]:
        """Book a visit for a customer."""
        wanted = {"customer": {"phone": phone}, "branch": HALL, "service": service, "start": text(start)}
        held = done(self.world.ask("POST", "/v1/desk/holds", wanted, self.lead))
        return done(
            self.world.ask(
                "POST", "/v1/desk/appointments", {"hold": held["id"], "token": held["token"], **what_matters}, self.lead
            )
        )

    def today(self, phone: str = LI, service: str = CARD) -> dict[str, Any]:
        """Book a visit of today: one of the next quarters of an hour."""
        first = self.world.now.replace(minute=self.world.now.minute // 15 * 15, second=0, microsecond=0)
        self.starts += 1
        return self.booked(first + timedelta(minutes=15 * (1 + self.starts % 3)), phone, service)

    def came(self, visit: dict[str, Any], **what_matters: Any) -> dict[str, Any]:
        """Check somebody in by the code of their booking."""
        return done(self.desk("check-in", {"code": visit["check_in_code"], **what_matters}))

    def called(self, visit: dict[str, Any], counter: str = "1") -> dict[str, Any]:
        return done(self.step(visit, "call", {"counter": counter}))

    def served(self, visit: dict[str, Any], **took: float) -> dict[str, Any]:
        """Call, serve and end a visit."""
        self.called(visit)
        done(self.step(visit, "serve", {"document": SEEN}))
        self.world.now += timedelta(**took)
        return done(self.step(visit, "done"))

    def queue(self) -> dict[str, Any]:
        return done(self.desk("queue", method="GET"))

    def waiting(self) -> list[str]:
        """List the short numbers of who waits, in order."""
        return [one["ticket"] for one in self.queue()["waiting"]]

    # --- brought where a step is the next ---------------------------------------------------------------------------

    def ready(self, path: str, phone: str) -> tuple[str, Any]:
        """Bring a branch, or a visit, where a route's step is the next; give the path, and what is sent.

        What is sent is another thing for another customer.
        """
        other = phone != LI
        if path.endswith("/check-in"):
            visit = self.today(phone)
            return path.format(branch=HALL, appointment=visit["id"]), {"code": visit["check_in_code"]}
        if "{branch}" in path:
            return self._of_branch(path.format(branch=HALL), "2" if other else "1")
        step = path.rpartition("/")[2]
        if step == "second":
            return path.format(appointment=self.looked_at()["id"]), BODIES[step][other]
        visit = self.walk_in(CARD)
        for before in BEFORE.get(step, ()):
            done(self.step(visit, before, BODIES[before][0]))
        return path.format(appointment=visit["id"]), BODIES[step][other] if step in BODIES else None

    def looked_at(self) -> dict[str, Any]:
        """Let somebody look at a document that two people have to look at; give the visit."""
        open_vault(self.world)
        visit = self.walk_in(VAULT)
        done(self.step(visit, "document", IDENTITY, self.world.staff("agent-east-2")))
        return visit

    def _of_branch(self, path: str, counter: str) -> tuple[str, Any]:
        if path.endswith("/walk-ins"):
            return path, {"service": CARD, "support_needs": [f"n{counter}"]}
        # Everybody who ever came is read with every look at the hall: nobody comes where nobody has to.
        if path.endswith("/why"):
            return f"{path}?first={self.walk_in()['ticket']}&second={self.walk_in()['ticket']}", None
        if path.endswith("/call-next"):
            self.walk_in()
            return path, {"counter": counter}
        return path, None


# What was done before a step can be taken, and what is sent with it: by one, and by another.
BEFORE = {
    "document": ("document",),
    "recall": ("call",),
    "return": ("park",),
    "serve": ("call",),
    "done": ("call", "serve"),
}
BODIES: dict[str, tuple[Any, Any]] = {
    "call": ({"counter": "1"}, {"counter": "2"}),
    "park": ({"reason": "fills_in"}, {"reason": "fetches"}),
    "transfer": ({"pool": "desk"}, {"pool": "advice"}),
    "document": (IDENTITY, IDENTITY | {"number": "E87654321"}),
    "second": (IDENTITY, IDENTITY | {"number": "E87654321"}),
    "serve": ({"document": SEEN}, {"document": SEEN | {"kind": "passport"}}),
}


def of_the_day(path: str) -> bool:
    """Tell whether a route is about the day itself."""
    return path.rpartition("/")[2] in (
        *("check-in", "walk-ins", "queue", "why", "figures", "call-next", "display", "tickets"),
        *("call", "recall", "park", "return", "transfer", "serve", "done", "no-show", "document", "second"),
    ) and ("{branch}" in path or "{appointment}" in path)
