"""What was handed over, until it is taken."""

from collections.abc import Sequence

from chalicelib.aws.tables import Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record

from ..model import Handover
from .items import handover_item, handover_of
from .kiosks import TABLE


class DynamoHandovers:
    """Keeps handovers."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def handover(self, id_: str) -> Handover | None:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "handover"})
        return None if item is None else handover_of(item)

    def offer(self, handover: Handover, records: Sequence[Record], stamp: Stamp | None) -> None:
        self._tables.commit([Put(TABLE, handover_item(handover, handover.version))], records, stamp)

    def take(self, handover: Handover, records: Sequence[Record], stamp: Stamp | None) -> None:
        item = handover_item(handover, handover.version + 1)
        self._tables.commit([unchanged(TABLE, item, handover.version)], records, stamp)
