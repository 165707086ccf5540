"""Calls about appointments: holding, booking, and the free times of a day on which half of them are gone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from chalicelib.appointments import policy
from chalicelib.kernel.actors import system
from chalicelib.kernel.calls import internal
from chalicelib.kernel.clock import text
from chalicelib.kernel.limits import Limit
from infra.local.seed import institution

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .bank import Asking, Bank

BRANCH, SERVICE = "shanghai-pudong", "card-replacement"
BUSY = datetime(2027, 3, 1, 1, tzinfo=UTC)  # a Monday, nine in the morning in Shanghai
_QUARTER = timedelta(minutes=15)
_A_DAY = 32  # visits of a quarter of an hour


def cells(many: int) -> "Iterator[list[dict[str, Any]]]":
    """Give cells that somebody has, of the same branch, on so many days as that takes."""
    for number in range(many):
        start = datetime(2028, 1, 3, 1, tzinfo=UTC) + timedelta(days=number // _A_DAY) + number % _A_DAY * _QUARTER
        key = {"pk": {"S": f"{BRANCH}#{start.date().isoformat()}"}, "sk": {"S": f"cell#desk#{text(start)}"}}
        yield [{**key, "taken": {"N": "1"}, "by_public": {"N": "1"}, "expires": {"N": "1900000000"}}]


class Visits:
    """One customer of a bank who wants more than anybody; each time is another one."""

    def __init__(self, bank: "Bank") -> None:
        self._bank = bank
        self._times = count()
        policy.MOST_OPEN = 1_000_000
        policy.SEARCHES = policy.HELD_BY_ONE = policy.HELD_FROM_ONE = Limit(10**9, timedelta(hours=1))
        bank.world.open_branches()
        far = replace(institution().branches[BRANCH], horizon=366, counters={"desk": 50, "advice": 1})
        bank.world.services.registry.found_branch(far, internal(system("bench"), "bench", "bench"))
        for number in range(0, _A_DAY, 2):
            self._served(self.hold(BUSY + number * _QUARTER))

    def hold(self, start: datetime | None = None) -> "Asking":
        """Want a time: the next one, if none is given."""
        body = {"branch": BRANCH, "service": SERVICE, "start": (start or self._next()).isoformat()}
        return self._bank.asking("POST", "/v1/holds", body, self._bank.customer, 201)

    def book(self, *, once: bool = True) -> "Asking":
        """Book a time that is held meanwhile."""
        return self.spending(self._served(self.hold()), once=once)

    def spending(self, held: "dict[str, Any]", *, once: bool = True) -> "Asking":
        """Book a time that is held."""
        body = {"hold": held["id"], "token": held["token"]}
        return self._bank.asking("POST", "/v1/appointments", body, self._bank.customer, 201, once=once)

    def slots(self) -> "Asking":
        """Ask for the free times of a busy day."""
        path = f"/v1/branches/{BRANCH}/slots?service={SERVICE}&from={BUSY.date().isoformat()}"
        return self._bank.asking("GET", path)

    def routes(self) -> "dict[str, Callable[[], Asking]]":
        """Give every measured call by its name."""
        return {"hold a time": self.hold, "book": self.book, "slots of a day": self.slots}

    def _next(self) -> datetime:
        weeks, number = divmod(next(self._times), 5 * _A_DAY)
        day, quarter = divmod(number, _A_DAY)
        return datetime(2026, 11, 30, 1, tzinfo=UTC) + timedelta(weeks=weeks % 12, days=day) + quarter * _QUARTER

    def _served(self, asking: "Asking") -> Any:
        return asking.check(asking.serve())
