"""Appointments for the tests that walk through every route: brought where a step is the next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from chalicelib.kernel import actors
from chalicelib.kernel.calls import Call, internal
from tests.integration.exchange import Exchange, of_callbacks
from tests.integration.halls import Hall, of_the_day, open_hall
from tests.integration.papers import Papers, of_papers
from tests.integration.waiters import Waiters, of_waiters
from tests.world import LI, Answer, World

BRANCH = "shanghai-pudong"
SERVICE = "card-replacement"
AT = f"/v1/branches/{BRANCH}/slots?service={SERVICE}"
NINE = "2026-11-24T01:00:00Z"
LOCAL_NINE = 1  # nine in the morning in Shanghai, in UTC
WHO = {"customer": {"phone": LI}}


def starts() -> Iterator[str]:
    """Give one start after another, on working days, beginning with a Wednesday."""
    day = datetime(2026, 11, 25, LOCAL_NINE, tzinfo=UTC)
    while True:
        if day.weekday() < 5:
            yield from ((day + timedelta(minutes=15 * n)).strftime("%Y-%m-%dT%H:%M:%SZ") for n in range(32))
        day += timedelta(days=1)


@dataclass
class Reception:
    """Holds and books; each time is another one."""

    world: World
    lead: str
    when: Iterator[str] = field(default_factory=starts)

    def __post_init__(self) -> None:
        open_hall(self.world)
        self.hall = Hall(self.world, self.lead)
        self.waiters = Waiters(self.world, self.lead)

    def hold(self, token: str, **what_matters: Any) -> dict[str, Any]:
        """Hold a time as a customer."""
        return done(self.world.ask("POST", "/v1/holds", self.wanted(**what_matters), token))

    def desk_hold(self, token: str = "", **what_matters: Any) -> dict[str, Any]:
        """Hold a time for a customer, as staff."""
        return done(
            self.world.ask("POST", "/v1/desk/holds", {**WHO, **self.wanted(**what_matters)}, token or self.lead)
        )

    def wanted(self, **what_matters: Any) -> dict[str, Any]:
        """Say what is wanted: a time that nobody has yet."""
        return {"branch": BRANCH, "service": SERVICE, "start": next(self.when), **what_matters}

    def booked(self, token: str = "", phone: str = LI, **what_matters: Any) -> dict[str, Any]:
        """Book as a customer, or as staff for one."""
        if token:
            return done(self.world.ask("POST", "/v1/appointments", spending(self.hold(token, **what_matters)), token))
        held = self.desk_hold(customer={"phone": phone}, **what_matters)
        return done(self.world.ask("POST", "/v1/desk/appointments", spending(held), self.lead))

    def moving(self, appointment: dict[str, Any]) -> dict[str, str]:
        """Hold another time for a visit, by its link."""
        path = f"/v1/visits/{link(appointment)}/holds"
        return spending(done(self.world.ask("POST", path, {"start": next(self.when)})))

    def ready(self, route: str, token: str, phone: str = LI) -> tuple[str, Any]:
        """Bring an appointment of a customer where a route's step is the next; give the path, and what is sent."""
        _, path = route.split()
        if of_waiters(path):
            return self.waiters.ready(route, phone)
        if of_callbacks(path):
            return Exchange(self.world).ready(route, token, phone)
        if of_the_day(path):
            return self.hall.ready(path, phone)
        if not {"{appointment}", "{token}"} & set(path.split("/")):
            filled = path.format(branch=BRANCH, service=SERVICE, unit="east")
            if "/continuity" in path:
                self.switched(filled)
            return filled, self.body(path, token)
        appointment = self.rebooked(phone) if path.endswith("/accept") else self.booked(phone=phone)
        if of_papers(path):
            return Papers(self.world, appointment).ready(path, other=phone != LI)
        moves = path.endswith("/reschedule")
        body = self.moving(appointment) if moves else {"start": next(self.when)} if path.endswith("/holds") else None
        token = calendar(appointment) if "/calendars/" in path else link(appointment)
        return path.format(appointment=appointment["id"], token=token), body

    def switched(self, path: str) -> None:
        """Let a branch or unit have a switch already, for a time nobody books; where a plan is asked for, a plan."""
        if not path.endswith("/plan"):
            done(self.world.ask("PUT", path, distant(), self.lead))
            return
        branch, day = self.world.services.availability.catalogue.branches()[BRANCH], date(2026, 12, 20)
        self.world.services.closing.begin(branch, day, day, _job())

    def rebooked(self, phone: str) -> dict[str, Any]:
        """Book, and move the booking as the job does whose branch closes.

        Only that: working everything off that was recorded since would take the longer, the more tests there are.
        """
        appointment, closing = self.booked(phone=phone), self.world.services.closing
        closing.rehousing.rehouse(closing.store.get(appointment["id"]), WHY, _job())
        shown = done(self.world.ask("GET", f"/v1/appointments/{appointment['id']}", token=self.lead))
        assert shown["rebooking"]["how"] == "moved", shown
        return dict(shown)

    def body(self, path: str, token: str) -> Any:
        """Give what is sent where nothing has to be there yet."""
        return {
            "/v1/holds": self.wanted,
            "/v1/appointments": lambda: spending(self.hold(token)),
            "/v1/desk/holds": lambda: {**WHO, **self.wanted()},
            "/v1/desk/appointments": lambda: spending(self.desk_hold()),
            "/v1/desk/branches/{branch}": lambda: SETTINGS,
            "/v1/desk/branches/{branch}/hours": lambda: {"opening": OPENING},
            "/v1/desk/branches/{branch}/closures": lambda: {"overrides": [SUNDAY]},
            "/v1/desk/branches/{branch}/continuity": distant,
            "/v1/desk/units/{unit}/continuity": distant,
            "/v1/desk/services/{service}": lambda: SERVICE_SETTINGS,
        }.get(path, lambda: None)()


SETTINGS = {
    "unit": "east",
    "name": {"en": "Pudong", "zh-CN": "浦东"},
    "timezone": "Asia/Shanghai",
    "calendar": "CN",
    "opening": {str(day): [{"opens": "09:00", "closes": "17:00"}] for day in range(5)},
    "counters": {"desk": 2, "advice": 1},
    "services": [SERVICE],
}
SERVICE_SETTINGS = {
    "name": {"en": "Replace a card", "zh-CN": "补办银行卡"},
    "minutes": 15,
    "pool": "desk",
    "ways": ["branch"],
}


OPENING = {day: [{"opens": "08:00", "closes": "17:00"}] for day in "01234"}
SUNDAY = {"first": "2026-12-20", "last": "2026-12-20"}
WHY = {"en": "A burst pipe.", "zh-CN": "水管爆裂。"}
_minutes = count()


def distant() -> dict[str, Any]:
    """Ask for a switch on a Sunday on which nobody comes, another one each time."""
    since = datetime(2026, 12, 20, tzinfo=UTC) + timedelta(minutes=next(_minutes))
    until = "2026-12-20T12:00:00Z"
    return {"from": f"{since:%Y-%m-%dT%H:%M:%SZ}", "until": until, "appointment_only": True, "reason": WHY}


def _job() -> Call:
    return internal(actors.system("bookings"), "queue", "test")


def link(appointment: dict[str, Any]) -> str:
    """Give the token of the link that an appointment came with."""
    return str(appointment["manage_url"].rpartition("/")[2])


def calendar(appointment: dict[str, Any]) -> str:
    """Give the token of the address for calendars that an appointment came with."""
    return str(appointment["ics_url"].rsplit("/", 2)[1])


def spending(hold: dict[str, Any]) -> dict[str, str]:
    """Say that a hold is spent."""
    return {"hold": hold["id"], "token": hold["token"]}


def done(answer: Answer) -> Any:
    """Give the body of what succeeded."""
    assert answer.status < 300, answer.text
    return answer.body


def of_visits(path: str) -> bool:
    """Tell whether a route is about appointments or promised calls."""
    return (
        of_waiters(path)
        or path.startswith(
            (
                "/v1/holds",
                "/v1/appointments",
                "/v1/calendars",
                "/v1/visits",
                "/v1/branches",
                "/v1/services",
                "/v1/desk/branches",
                "/v1/desk/services",
                "/v1/desk/units",
                "/v1/desk/appointments",
            )
        )
        or path == "/v1/desk/holds"
        or of_callbacks(path)
    )


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.code


def hold(world: World, token: str, start: str = NINE, **what_matters: Any) -> Answer:
    body = {"branch": "shanghai-pudong", "service": "card-replacement", "start": start, **what_matters}
    return world.ask("POST", "/v1/holds", body, token)


def book(world: World, token: str, held: dict[str, Any], **what_matters: Any) -> Answer:
    return world.ask("POST", "/v1/appointments", {**spending(held), **what_matters}, token)


def free_at(world: World, start: str = NINE) -> int:
    days = done(world.ask("GET", f"{AT}&from=2026-11-24"))["days"]
    return next((slot["free"] for slot in days[0]["slots"] if slot["start"][:16] == start[:16]), 0)


def seats(world: World) -> dict[str, int]:
    """Count what is taken, by the start of the cell."""
    return {
        item["sk"].partition("#")[2]: int(item["taken"])
        for item in world.items("appointments")
        if item["sk"].startswith("cell#") and item["taken"]
    }
