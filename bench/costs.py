"""P5 and P6: AWS round trips and write units of a call; exact, and also held by tests/integration/test_calls.py."""

from tests.world import LI

from . import goals
from .bank import COMPLAINT, REPLY, Asking, Bank
from .engines import tables
from .figures import Figure, Goal, figure
from .ratios import calls
from .recording import Asked
from .sizes import Meter, indexes_of
from .visits import Visits


def measure() -> list[Figure]:
    """Count each once; without an idempotency key, which costs one more item."""
    with tables(1) as (client,):
        bank = Bank(client)
        names = client.list_tables()["TableNames"]
        meter = Meter(indexes_of([client.describe_table(TableName=name)["Table"] for name in names]))
        ticket = bank.complain()
        meter.units(written(bank.follow()))
        create = _asked(bank, bank.asking("POST", "/v1/complaints", COMPLAINT, bank.customer, 201, once=False))
        path = f"/v1/tickets/{ticket}/messages"
        reply = _asked(bank, bank.asking("POST", path, REPLY, bank.customer, 201, once=False))
        body = {"purpose": "sign_in", "phone": LI}
        start = bank.asking("POST", "/v1/verifications", body, expected=202, once=False)
        id_ = start.check(start.serve())["id"]
        path = f"/v1/verifications/{id_}/check"
        check = _asked(bank, bank.asking("POST", path, {"code": bank.world.code(LI)}, once=False))
        visits = Visits(bank)
        _asked(bank, visits.slots())  # the catalogue is read once a minute
        booking = visits.book(once=False)
        meter.units(written(bank.follow()))
        book = _asked(bank, booking)
        counted = {"create": (create, 1 + 1), "reply": (reply, 2 + 1), "code cycle": (check, 3), "book": (book, 1 + 1)}
        return [one for name, (asked, trips) in counted.items() for one in _figures(meter, name, asked, trips)]


def _figures(meter: Meter, name: str, asked: list[Asked], trips: int) -> list[Figure]:
    units, more = meter.units(written(asked))
    return [
        figure("P5", f"{name}: round trips", [len(asked)], "", Goal(trips, margin=0.0), calls(asked)),
        figure(
            "P6", f"{name}: write units", [units], "", Goal(goals.UNITS[name], margin=0.0), f"{more} more of indexes"
        ),
    ]


def _asked(bank: Bank, asking: Asking) -> list[Asked]:
    asking.check(asking.serve())
    return bank.follow()


def written(asked: list[Asked]) -> list[Asked]:
    """Leave out what does not write."""
    return [call for call in asked if call[0] in ("transact_write_items", "update_item")]
