"""A whole Dutydesk over tables in memory: routes, jobs, sweep and ledger as in `world`, a request in two milliseconds."""

from dataclasses import dataclass
from typing import Any

from chalicelib.aws import ledger
from chalicelib.aws.items import encode
from tests.lambda_events import Context, stream_event
from tests.simulation.tables import MemoryTables
from tests.world import World


@dataclass
class MemoryWorld(World):
    """One institution; what its tables do not know, such as races of the engine, is tested where engines are."""

    client: Any = None

    def _listen(self) -> None:
        """Take the tables of memory instead of AWS's; their stream is what the ledger's would carry."""
        self.memory = MemoryTables()
        self.services.__dict__["tables"] = self.memory

    def publish(self) -> None:
        from chalicelib.records.jobs import publish

        fresh, self.memory.stream[:] = list(self.memory.stream), []
        if fresh:
            images = [encode(ledger.to_item(record)) for record in fresh]
            assert publish(stream_event(images), Context()) == {"batchItemFailures": []}

    def forgive(self) -> None:
        held = self.memory.items["verification"]
        for key in [key for key in held if key[0].startswith("limit#")]:
            del held[key]

    def items(self, table: str, index: str = "") -> list[dict[str, Any]]:
        found = [dict(item) for item in self.memory.items[table].values()]
        return [item for item in found if "due_at" in item] if index else found

    def records(self, subject: str) -> list[dict[str, Any]]:
        return [ledger.to_item(record) for record in self.memory.chains[subject]]
