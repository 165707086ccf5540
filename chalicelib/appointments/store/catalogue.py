"""Branches and services, remembered for a minute."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Put, Tables, unchanged
from chalicelib.kernel import clock
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record

from ..model import Branch, Measure, Service
from .measures import PAGE, measure_of
from .settings import branch_item, branch_of, service_item, service_of

TABLE = "appointments"
_FRESH = 60  # seconds a page of the catalogue is believed


class DynamoCatalogue:
    """What can be had where: it changes seldom, and every slot asks."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._pages: dict[str, tuple[float, dict[str, Any]]] = {}

    def branches(self) -> Mapping[str, Branch]:
        found: Mapping[str, Branch] = self._page("branches", branch_of)
        measures = self._page(PAGE, measure_of)
        if not measures:
            return found
        return {id_: _under(branch, measures.values()) for id_, branch in found.items()}

    def forget(self) -> None:
        """Believe nothing any more: whoever has to be sure asks again."""
        self._pages.clear()

    def services(self) -> Mapping[str, Service]:
        return self._page("services", service_of)

    def branch(self, id_: str) -> Branch | None:
        item = self._tables.get(TABLE, {"pk": "branches", "sk": id_})
        return None if item is None else branch_of(item)

    def service(self, id_: str) -> Service | None:
        item = self._tables.get(TABLE, {"pk": "services", "sk": id_})
        return None if item is None else service_of(item)

    def register_branch(self, branch: Branch, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        self._register("branches", branch_item(branch), records, stamp)

    def register_service(self, service: Service, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        self._register("services", service_item(service), records, stamp)

    def _register(self, page: str, item: Item, records: Sequence[Record], stamp: Stamp | None) -> None:
        put = Put(TABLE, item) if item["version"] == 1 else unchanged(TABLE, item, item["version"] - 1)
        self._tables.commit([put], records, stamp)
        self._pages.pop(page, None)

    def _page(self, pk: str, of: Callable[[Item], Any]) -> dict[str, Any]:
        known = self._pages.get(pk)
        if known is None or clock.monotonic() - known[0] > _FRESH:
            known = self._pages[pk] = (clock.monotonic(), self._read(pk, of))
        return known[1]

    def _read(self, pk: str, of: Callable[[Item], Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        start = None
        while True:
            page = self._tables.query(TABLE, "pk = :pk", {":pk": pk}, start=start)
            found |= {item["sk"]: of(item) for item in page.items}
            if page.next is None:
                return found
            start = page.next


def _under(branch: Branch, measures: Iterable[Measure]) -> Branch:
    """Give a branch with the measures that are about it."""
    return replace(branch, measures=tuple(it for it in measures if it.covers(branch.id, branch.unit)))
