"""Appointments and the day of a branch, in memory."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chalicelib.appointments.model import (
    Appointment,
    Channel,
    Counts,
    DayBeforeOnly,
    Figure,
    Hold,
    HoldSpent,
    Limit,
    Place,
    PlanEntry,
    Row,
    SlotTaken,
    TooManyHolds,
    TooManyOpen,
    Visit,
)
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Record
from chalicelib.kernel.ids import born, is_number
from chalicelib.kernel.limits import Limit as Rate
from chalicelib.kernel.paging import Page, Position

from .ledger import MemoryLedger


@dataclass
class MemoryVisits:
    """What the stores of appointments, of days and of plans have in common: one table, and what stands on it."""

    kept: dict[str, Appointment] = field(default_factory=dict)  # by number
    holds: dict[tuple[str, str], Hold] = field(default_factory=dict)
    taken: dict[str, dict[Place, Counter[Channel]]] = field(default_factory=lambda: defaultdict(dict))
    open_now: Counter[str] = field(default_factory=Counter)
    limited: dict[str, datetime] = field(default_factory=dict)
    missed: dict[tuple[str, str], datetime] = field(default_factory=dict)
    sums: dict[tuple[str, str, str], Figure] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    counted: Counter[tuple[str, int]] = field(default_factory=Counter)  # by name and window
    entries: dict[str, dict[tuple[str, bool, str], PlanEntry]] = field(default_factory=lambda: defaultdict(dict))
    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def commit(self, records: Sequence[Record], stamp: Stamp | None, *refused: Exception | None) -> None:
        """Write records and answer, or raise what the first condition says that does not hold."""
        first = next((it for it in refused if it is not None), None)
        try:
            self.ledger.commit(records, stamp, holds=first is None)
        except Changed:
            raise first or Changed from None

    def changed(self, appointment: Appointment) -> Changed | None:
        """Say that somebody else wrote it, or another one has its number."""
        known = self.kept.get(appointment.number)
        return None if (known.version if known else 0) == appointment.version - 1 else Changed()

    def store(self, appointment: Appointment) -> None:
        """Keep it; what a plan says of it follows."""
        self.kept[appointment.number] = appointment
        for was in appointment.rebooking.lines if appointment.rebooking else ():
            line = PlanEntry(
                appointment.id,
                appointment.number,
                was.how,
                was.standing,
                was.starts_at,
                appointment.branch,
                appointment.starts_at,
                was.answer_by,
                bool(appointment.support_needs),
            )
            day = was.starts_at.astimezone(ZoneInfo(was.timezone)).date().isoformat()
            self.entries[was.branch][day, not appointment.support_needs, appointment.id] = line

    def count(self, day: str, visit: Visit, channel: Channel, by: int) -> None:
        """Give cells, or take them back."""
        for place in visit.cells():
            self.taken[day].setdefault(place, Counter())[channel] += by

    def of_day(self, day: str) -> list[Appointment]:
        """List a day's visits by their start."""
        found = [it for it in self.kept.values() if it.day == day]
        return sorted(found, key=lambda it: (it.starts_at, it.number))


@dataclass
class MemoryAppointments:
    """Cells, holds and appointments in memory; promises what the port promises."""

    visits: MemoryVisits = field(default_factory=MemoryVisits)

    def cells(self, branch: str, day: date) -> Mapping[Place, Counts]:
        found = self.visits.taken[f"{branch}#{day.isoformat()}"].items()
        return {
            place: Counts(sum(by.values()), {channel.value: by[channel] for channel in Channel}) for place, by in found
        }

    def take(
        self,
        hold: Hold,
        limits: Sequence[Limit],
        most: int,
        records: Sequence[Record],
        stamp: Stamp | None,
        *,
        today: datetime | None = None,
        counted: Mapping[str, Rate] | None = None,
    ) -> None:
        visits, who = self.visits, hold.customer_id
        full = SlotTaken() if any(self._full(hold, limit) for limit in limits) else None
        many = TooManyOpen(most=most) if visits.open_now[who] >= most else None
        until = visits.limited.get(who)
        not_today = DayBeforeOnly(until=text(until)) if today and until and until > today else None
        now = born(hold.id)
        left = [self._left(name, rate, now) for name, rate in (counted or {}).items()]
        often = next((TooManyHolds(retry_after=seconds) for seconds in left if seconds), None)
        visits.commit(records, stamp, full, many, not_today, often)
        visits.counted.update((name, rate.window(now)[0]) for name, rate in (counted or {}).items())
        visits.count(hold.day, hold.visit, hold.channel, 1)
        visits.open_now[who] += 1
        visits.holds[hold.day, hold.id] = hold

    def searched(self, name: str, rate: Rate, now: datetime) -> int:
        left = self._left(name, rate, now)
        self.visits.counted[name, rate.window(now)[0]] += not left
        return left

    def _left(self, name: str, rate: Rate, now: datetime) -> int:
        """Give the seconds until the next window if this one is full."""
        window, ends = rate.window(now)
        return ends - int(now.timestamp()) if self.visits.counted[name, window] >= rate.most else 0

    def _full(self, hold: Hold, limit: Limit) -> bool:
        by = self.visits.taken[hold.day].get((limit.pool, limit.start), Counter[Channel]())
        return sum(by.values()) >= limit.most or by[hold.channel] >= limit.share

    def hold(self, day: str, id_: str) -> Hold | None:
        return self.visits.holds.get((day, id_))

    def expired(self, day: str, now: datetime) -> Sequence[Hold]:
        return [hold for (of, _), hold in sorted(self.visits.holds.items()) if of == day and hold.until <= now]

    def free(self, hold: Hold, records: Sequence[Record], stamp: Stamp | None = None) -> None:
        self.visits.commit(records, stamp, self._spent(hold))
        del self.visits.holds[hold.day, hold.id]
        self.visits.count(hold.day, hold.visit, hold.channel, -1)
        self.visits.open_now[hold.customer_id] -= 1

    def book(self, appointment: Appointment, hold: Hold, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.visits.commit(records, stamp, self._spent(hold), self.visits.changed(appointment))
        del self.visits.holds[hold.day, hold.id]
        self.visits.store(appointment)

    def move(
        self,
        appointment: Appointment,
        before: Appointment,
        hold: Hold,
        records: Sequence[Record],
        stamp: Stamp | None,
    ) -> None:
        self.visits.commit(records, stamp, self._spent(hold), self.visits.changed(appointment))
        del self.visits.holds[hold.day, hold.id]
        if before.visit is not None:
            self.visits.count(before.day, before.visit, before.channel, -1)
        self.visits.open_now[before.customer_id] -= 1
        self.visits.store(appointment)

    def _spent(self, hold: Hold) -> HoldSpent | None:
        return None if (hold.day, hold.id) in self.visits.holds else HoldSpent()

    def end(
        self, appointment: Appointment, records: Sequence[Record], stamp: Stamp | None, *, unused: Visit | None = None
    ) -> None:
        self.visits.commit(records, stamp, self.visits.changed(appointment))
        if unused is not None:
            self.visits.count(appointment.day, unused, appointment.channel, -1)
        if appointment.visit is not None:
            self.visits.open_now[appointment.customer_id] -= 1
        self.visits.store(appointment)

    def save(self, appointment: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.visits.commit(records, stamp, self.visits.changed(appointment))
        self.visits.store(appointment)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self.visits.commit([], stamp)

    def get(self, id_: str) -> Appointment | None:
        found = self.visits.kept.values()
        return next((it for it in found if id_ == (it.number if is_number(id_) else it.id)), None)

    def of_customer(self, customer: str, limit: int, start: Position | None) -> Page[Row]:
        ids = sorted((it.id for it in self.visits.kept.values() if it.customer_id == customer), reverse=True)
        return self._page([id_ for id_ in ids if start is None or id_ < start["id"]], limit)

    def of_day(self, branch: str, day: date, limit: int, start: Position | None) -> Page[Row]:
        ids = [it.id for it in self.visits.of_day(f"{branch}#{day.isoformat()}")]
        return self._page(ids if start is None else ids[ids.index(start["id"]) + 1 :], limit)

    def unseen(self, branch: str, limit: int, start: Position | None) -> Page[Row]:
        found = [it for it in self.visits.kept.values() if it.papers_at == branch]
        ids = [it.id for it in sorted(found, key=lambda it: (it.starts_at, it.number))]
        return self._page(ids if start is None else ids[ids.index(start["id"]) + 1 :], limit)

    def _page(self, ids: Sequence[str], limit: int) -> Page[Row]:
        found = [it for it in map(self.get, ids[:limit]) if it is not None]
        return Page(tuple(map(_row, found)), {"id": ids[limit - 1]} if len(ids) > limit else None)


def _row(of: Appointment) -> Row:
    return Row(
        of.id,
        of.number,
        of.status.value,
        of.branch,
        of.timezone,
        of.services,
        of.channel.value,
        of.starts_at,
        of.ends_at,
        of.version,
    )
