"""A world that counts what each route asks of DynamoDB."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore import xform_name
from moto import mock_aws

from bench.sizes import Meter, indexes_of
from chalicelib.kernel import clock
from tests import moto_tables
from tests.lambda_events import match
from tests.template_tables import create_tables
from tests.world import Answer, World


@dataclass
class Ledgered:
    """A world whose calls are counted, route by route."""

    world: World
    meter: Meter
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    calls: dict[str, list[str]] = field(default_factory=dict)
    units: dict[str, tuple[int, int]] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> Any:
        """Call a route, keep what it cost, and give the body of its answer."""
        from app import app

        with self.counting(f"{method} {match(app.routes, path.partition('?')[0])[0]}"):
            answer = self.world.ask(method, path, body, token, **headers)
        return served(answer)

    @contextmanager
    def counting(self, route: str) -> Iterator[None]:
        self.settle()
        yield
        self.calls[route] = [name(*call) for call in self.asked]
        self.units[route] = self.settle()

    def settle(self) -> tuple[int, int]:
        """Let the meter see everything so far."""
        asked, self.asked[:] = list(self.asked), []
        return self.meter.units(asked)


def served(answer: Answer) -> Any:
    assert answer.status < 300, answer.text
    return answer.body if answer.headers.get("Content-Type") == "application/json" else answer.text


def name(call: str, params: dict[str, Any]) -> str:
    if call == "transact_write_items":
        return f"write {len(params['TransactItems'])}"
    return f"get {params['Key']['sk']['S']}" if call == "get_item" else {"update_item": "count"}.get(call, call)


@contextmanager
def metered() -> Iterator[Ledgered]:
    """Found an institution whose every call is counted."""
    with mock_aws():
        client = moto_tables.client()
        create_tables(client)
        tables = [client.describe_table(TableName=table)["Table"] for table in client.list_tables()["TableNames"]]
        counted = Ledgered(World(client), Meter(indexes_of(tables)))
        events = client.meta.events

        def note(params: dict[str, Any], model: Any, **_: Any) -> None:
            if not model.name.startswith(("Describe", "List", "Scan", "DeleteItem")):
                counted.asked.append((xform_name(model.name), params))

        events.register("provide-client-params.dynamodb.*", note)
        counted.world.seed()
        yield counted
    clock.use(None)
