"""Units and their members, as they were at most a minute ago."""

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Tables
from chalicelib.kernel import clock

from ..model import Staff, Unit
from .items import staff_of, unit_of
from .people import TABLE

_FRESH = 60  # seconds a page of the directory is believed


class DynamoDirectory:
    """Units and members, remembered for a minute: who works where changes seldom, and every case asks."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._pages: dict[str, tuple[float, tuple[Item, ...]]] = {}

    def units(self) -> dict[str, Unit]:
        return {item["sk"]: unit_of(item) for item in self._page("units")}

    def members(self, unit: str) -> tuple[Staff, ...]:
        return tuple(staff_of(item) for item in self._page(f"unit#{unit}"))

    def forget(self, unit: str) -> None:
        self._pages.pop(f"unit#{unit}", None)

    def _page(self, pk: str) -> tuple[Item, ...]:
        read_at, items = self._pages.get(pk, (0.0, ()))
        if not items or clock.monotonic() - read_at > _FRESH:
            items = self._read(pk)
            self._pages[pk] = (clock.monotonic(), items)
        return items

    def _read(self, pk: str) -> tuple[Item, ...]:
        items: list[Item] = []
        start = None
        while True:
            page = self._tables.query(TABLE, "pk = :pk", {":pk": pk}, start=start)
            items += page.items
            if page.next is None:
                return tuple(items)
            start = page.next
