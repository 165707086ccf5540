"""The day of a branch in memory: the queue, its short numbers, who did not come, and what was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from chalicelib.appointments.model import Appointment, DayFigure, Entry, Figure, Tally, Visit
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.events import Record

from .visits import MemoryVisits


@dataclass
class MemoryDays:
    """A branch's day in memory; promises what the port promises."""

    visits: MemoryVisits = field(default_factory=MemoryVisits)

    def entries(self, branch: str, day: date) -> Sequence[Entry]:
        return [it.entry for it in self.visits.of_day(f"{branch}#{day.isoformat()}")]

    def next_number(self, branch: str, day: date) -> int:
        self.visits.given[f"{branch}#{day.isoformat()}"] += 1
        return self.visits.given[f"{branch}#{day.isoformat()}"]

    def keep(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        freed: Visit | None = None,
    ) -> None:
        self.visits.commit(records, stamp, self.visits.changed(appointment))
        if freed is not None:
            self.visits.count(appointment.day, freed, appointment.channel, -1)
        self.visits.store(appointment)
        for tally in filter(None, tallies):
            key = (tally.branch, tally.day, tally.service)
            self.visits.sums[key] = self.visits.sums.get(key, Figure()).plus(tally.figure)

    def end(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        missed: bool = False,
        limited_until: datetime | None = None,
    ) -> None:
        self.keep(appointment, records, stamp, *tallies)
        who = appointment.customer_id
        if appointment.visit is not None:
            self.visits.open_now[who] -= 1
            if limited_until is not None:
                self.visits.limited[who] = limited_until
        if missed:
            self.visits.missed[who, appointment.id] = appointment.starts_at

    def revive(
        self,
        appointment: Appointment,
        records: Sequence[Record],
        stamp: Stamp | None,
        *tallies: Tally | None,
        missed: bool,
        limited_until: datetime | None,
    ) -> None:
        self.keep(appointment, records, stamp, *tallies)
        who = appointment.customer_id
        self.visits.open_now[who] += 1
        if missed:
            self.visits.missed.pop((who, appointment.id), None)
            self.visits.limited.pop(who, None)
            if limited_until is not None:
                self.visits.limited[who] = limited_until

    def misses(self, customer: str, since: datetime) -> Sequence[datetime]:
        return sorted(at for (who, _), at in self.visits.missed.items() if who == customer and at >= since)

    def figures(self, branch: str, first: date, last: date) -> Sequence[DayFigure]:
        sums = sorted(self.visits.sums.items())
        lines = [DayFigure(day, service, figure) for (of, day, service), figure in sums if of == branch]
        return [line for line in lines if first.isoformat() <= line.day <= last.isoformat()]

    def measured(self, branch: str) -> Mapping[str, Figure]:
        sums: dict[str, Figure] = {}
        for line in self.figures(branch, date.min, date.max):
            sums[line.service] = sums.get(line.service, Figure()).plus(line.figure)
        return sums
