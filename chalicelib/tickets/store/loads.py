"""How much everybody has to do, remembered for a minute."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chalicelib.aws.tables import Tables
from chalicelib.kernel import clock

_FRESH = 60  # seconds a count is believed
# Of 1 MB each: some twenty thousand open tickets; of more than that, those due first are counted.
_MOST_PAGES = 8


@dataclass
class _Unit:
    """Who owns which open ticket of a unit, and how many each of them owns."""

    read_at: float
    owners: dict[str, str]
    counts: Counter[str]

    def note(self, ticket: str, owner: str) -> None:
        """Put a ticket where it is now; with nobody if it has no owner here."""
        before = self.owners.pop(ticket, "")
        if before:
            self.counts[before] -= 1
        if owner:
            self.owners[ticket] = owner
            self.counts[owner] += 1


class Loads:
    """Open tickets, or tasks, per owner of a unit, from the index `desk`; what this process writes is counted in at once.

    `key` gives the hash key of the index for a unit.
    """

    def __init__(self, tables: Tables, table: str, key: Callable[[str], str]) -> None:
        self._tables = tables
        self._table = table
        self._key = key
        self._units: dict[str, _Unit] = {}

    def of(self, unit: str) -> Mapping[str, int]:
        """Count the open tickets of each owner in a unit."""
        known = self._units.get(unit)
        if known is None or clock.monotonic() - known.read_at > _FRESH:
            owners = self._read(unit)
            known = self._units[unit] = _Unit(clock.monotonic(), owners, Counter(owners.values()))
        return known.counts

    def note(self, id_: str, where: str, owner: str) -> None:
        """Count in what was just written: whose it is, and of which unit; nobody's if it is over."""
        for unit, known in self._units.items():
            known.note(id_, owner if unit == where else "")

    def _read(self, unit: str) -> dict[str, str]:
        owners: dict[str, str] = {}
        start = None
        for _ in range(_MOST_PAGES):
            page = self._tables.query(
                self._table,
                "desk = :desk",
                {":desk": self._key(unit)},
                index="desk",
                start=start,
                names={"#owner": "owner"},
                only="id, #owner",
            )
            owners |= {item["id"]: item["owner"] for item in page.items if "owner" in item}
            start = page.next
            if start is None:
                break
        return owners
