"""Units and their members, as they were at most a minute ago."""

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Tables
from chalicelib.kernel import clock

from ..model import Staff, Unit
from .items import staff_of, unit_of
from .people import TABLE

T = TypeVar("T")

_FRESH = 60  # seconds a page of the directory is believed


class _Pages(Generic[T]):
    """What was made of each page, for a minute; of an empty one nothing is remembered."""

    def __init__(self, read: Callable[[str], T]) -> None:
        self._read = read
        self._known: dict[str, tuple[float, T]] = {}

    def of(self, pk: str) -> T:
        known = self._known.get(pk)
        if known is None or not known[1] or clock.monotonic() - known[0] > _FRESH:
            made = self._read(pk)
            known = self._known[pk] = (clock.monotonic(), made)
        return known[1]

    def forget(self, pk: str) -> None:
        self._known.pop(pk, None)


class DynamoDirectory:
    """Units and members, remembered for a minute: who works where changes seldom, and every case asks."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._units = _Pages(lambda pk: {item["sk"]: unit_of(item) for item in self._read(pk)})
        self._members = _Pages(lambda pk: tuple(staff_of(item) for item in self._read(pk)))

    def units(self) -> Mapping[str, Unit]:
        return self._units.of("units")

    def members(self, unit: str) -> tuple[Staff, ...]:
        return self._members.of(f"unit#{unit}")

    def forget(self, unit: str) -> None:
        self._members.forget(f"unit#{unit}")

    def _read(self, pk: str) -> tuple[Item, ...]:
        items: list[Item] = []
        start = None
        while True:
            page = self._tables.query(TABLE, "pk = :pk", {":pk": pk}, start=start)
            items += page.items
            if page.next is None:
                return tuple(items)
            start = page.next
