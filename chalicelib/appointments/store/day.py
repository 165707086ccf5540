"""The day itself: the queue of a branch, its short numbers, who did not come, and what was measured."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Add, Put, Remove, Tables, Write
from chalicelib.kernel import clock
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Record

from ..model import Appointment, DayFigure, Entry, Figure, Tally, Visit
from .catalogue import TABLE
from .items import by, changed, count_key, day_key, to_item
from .seats import counting_down, giving_back
from .turns import entry_of

_FRESH = 60  # seconds what was measured is believed
_NEWEST = 200  # lines of a day and a service each: four weeks of a branch with seven services
_MISSES_KEPT = timedelta(days=90)
_FIGURES_KEPT = timedelta(days=400)


class DynamoDays:
    """Reads a whole day in one query of the index `day`, as it was a moment ago; writes hold only if nothing changed."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: dict[str, tuple[float, Mapping[str, Figure]]] = {}

    def entries(self, branch: str, day: date) -> Sequence[Entry]:
        values = {":day": day_key(branch, day)}
        return [entry_of(item) for item in self._all("visit_day = :day", values, index="day")]

    def next_number(self, branch: str, day: date) -> int:
        key = {"pk": day_key(branch, day), "sk": "numbers"}
        # One that was given to nobody, since the write after it failed, leaves a gap and nothing else.
        after = self._tables.add(TABLE, key, "given", WHATEVER, {})
        return int(after["given"]) if after else 0

    def keep(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        freed: Visit | None = None,
    ) -> None:
        back = giving_back(appointment.day, freed, by(appointment.channel)) if freed else []
        self._tables.commit([*_kept(appointment), *_adding(tallies), *back], records, stamp)

    def end(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        missed: bool = False,
        limited_until: datetime | None = None,
    ) -> None:
        writes = [*_kept(appointment), *_adding(tallies)]
        if appointment.visit is not None:
            sets = {} if limited_until is None else {"limited_until": int(limited_until.timestamp())}
            writes.append(counting_down(appointment.customer_id, sets))
        if missed:
            writes.append(_miss(appointment))
        self._tables.commit(writes, records, stamp)

    def revive(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        missed: bool,
        limited_until: datetime | None,
    ) -> None:
        until = {"limited_until": int(limited_until.timestamp()) if limited_until else 0} if missed else {}
        open_again = Add(TABLE, count_key(appointment.customer_id), {"open_now": 1}, WHATEVER, sets=until)
        writes = [*_kept(appointment), *_adding(tallies), open_again]
        if missed:
            writes.append(Remove(TABLE, _miss_key(appointment)))
        self._tables.commit(writes, records, stamp)

    def misses(self, customer: str, since: datetime) -> Sequence[datetime]:
        values = {":pk": count_key(customer)["pk"], ":from": f"missed#{text(since)}", ":to": "missed#~"}
        return [moment(item["missed_at"]) for item in self._all("pk = :pk AND sk BETWEEN :from AND :to", values)]

    def figures(self, branch: str, first: date, last: date) -> Sequence[DayFigure]:
        values = {":pk": _page(branch), ":from": first.isoformat(), ":to": f"{last.isoformat()}~"}
        return [_line(item) for item in self._all("pk = :pk AND sk BETWEEN :from AND :to", values)]

    def measured(self, branch: str) -> Mapping[str, Figure]:
        read_at, known = self._known.get(branch, (0.0, {}))
        if branch not in self._known or clock.monotonic() - read_at > _FRESH:
            known = self._sums(branch)
            self._known[branch] = clock.monotonic(), known
        return known

    def _sums(self, branch: str) -> Mapping[str, Figure]:
        page = self._tables.query(TABLE, "pk = :pk", {":pk": _page(branch)}, forward=False, limit=_NEWEST)
        sums: dict[str, Figure] = {}
        for line in map(_line, page.items):
            sums[line.service] = sums.get(line.service, Figure()).plus(line.figure)
        return sums

    def _all(self, condition: str, values: Item, index: str = "") -> list[Item]:
        found: list[Item] = []
        start = None
        while True:
            page = self._tables.query(TABLE, condition, values, index=index, start=start, consistent=not index)
            found += page.items
            if page.next is None:
                return found
            start = page.next


def _kept(appointment: Appointment) -> list[Write]:
    return [Put(TABLE, to_item(appointment))] if appointment.version == 1 else changed(appointment)


def _page(branch: str) -> str:
    return f"figures#{branch}"


def _adding(tallies: Sequence[Tally | None]) -> list[Write]:
    return [
        Add(
            TABLE,
            {"pk": _page(tally.branch), "sk": f"{tally.day}#{tally.service}"},
            {f"n_{name}": number for name, number in tally.figure.counted.items()},
            WHATEVER,
            sets={"expires": _expires(date.fromisoformat(tally.day))},
        )
        for tally in tallies
        if tally is not None
    ]


def _expires(day: date) -> int:
    return int((moment(f"{day.isoformat()}T00:00:00Z") + _FIGURES_KEPT).timestamp())


def _line(item: Item) -> DayFigure:
    day, _, service = item["sk"].partition("#")
    sums = {name.removeprefix("n_"): value for name, value in item.items() if name.startswith("n_")}
    return DayFigure(day, service, Figure(**sums))


def _miss_key(appointment: Appointment) -> Item:
    return {
        **count_key(appointment.customer_id),
        "sk": f"missed#{text(appointment.starts_at)}#{appointment.id}",
    }


def _miss(appointment: Appointment) -> Write:
    kept = int((appointment.starts_at + _MISSES_KEPT).timestamp())
    return Put(TABLE, {**_miss_key(appointment), "missed_at": text(appointment.starts_at), "expires": kept})
