"""Who works in a unit now, and who is away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Invalid, NotFound
from chalicelib.kernel.events import Event, chained, end

from .. import events, policy
from ..model import Absence, AbsentFor, Member, Staff
from ..ports import Directory, Loads, People

TRIES = 3
# How long a process may still take somebody for present, and give them a ticket.
STALE = timedelta(minutes=2)
# Kept to be looked at; what is longer ago is dropped when another one is entered.
KEPT = timedelta(days=90)
MOST_AHEAD = 50
LONGEST = timedelta(days=366)
Change = Callable[[Staff], tuple[Staff, Sequence[Event]]]


@dataclass(frozen=True)
class Staffing:
    """Absences, and the list of a unit's people."""

    people: People
    directory: Directory
    loads: Loads

    def list(self, unit: str, call: Call) -> list[Member]:
        """List who works in a unit, with their open tickets; as it was at most a minute ago.

        Raises NotFound for a unit out of reach.
        """
        access.require_on(call.actor, Act.STAFF_READ, unit=unit)
        counts = self.loads.loads(unit)
        members = policy.active(self.directory.members(unit))
        return [Member(one, one.absence(call.now), counts.get(one.id, 0)) for one in members]

    def enter(self, id_: str, since: datetime, until: datetime, reason: AbsentFor | None, call: Call) -> Staff:
        """Say that somebody is away for a time; their tickets move on when it begins. Raises Invalid, NotFound."""
        if until <= max(since, call.now):
            raise Invalid.field("until", "too_early")
        if until - since > LONGEST:
            raise Invalid.field("until", "too_large")
        absence = Absence(call.new_id("abs"), since, until, call.now, reason)

        def change(staff: Staff) -> tuple[Staff, Sequence[Event]]:
            kept = [one for one in staff.away if one.until > call.now - KEPT]
            if len(kept) >= MOST_AHEAD:
                raise Invalid.field("since", "too_large")
            news = events.AbsenceEntered(staff.id, absence.id, since, until)
            return replace(staff, away=(*kept, absence)), [news]

        return self._change(id_, call, change)

    def end(self, id_: str, absence: str, call: Call) -> Staff:
        """Call an absence off, or let a running one end now; one that is over is NotFound."""

        def change(staff: Staff) -> tuple[Staff, Sequence[Event]]:
            found = next((one for one in staff.away if one.id == absence and one.until > call.now), None)
            if found is None:
                raise NotFound
            others = tuple(one for one in staff.away if one is not found)
            over = (replace(found, until=call.now, settled=True),) if found.since < call.now else ()
            return replace(staff, away=(*others, *over)), [events.AbsenceEnded(staff.id, absence)]

        return self._change(id_, call, change)

    def absent(self, id_: str, now: datetime) -> str:
        """Give the unit of somebody whose tickets are to be with others now; empty if they are there."""
        staff = self.people.staff(id_)
        return staff.unit if staff and staff.absence(now) else ""

    def settle(self, id_: str, call: Call) -> None:
        """Note that somebody's tickets are with others, once nobody can take them for present any more."""
        staff = self.people.staff(id_)
        if staff is None:
            return
        over = [
            one for one in staff.away if not one.settled and (one.begins + STALE <= call.now or one.until <= call.now)
        ]
        if not over:
            return
        away = tuple(replace(one, settled=True) if one in over else one for one in staff.away)
        self._keep(staff, replace(staff, away=away), [events.AbsenceSettled(id_, one.id) for one in over], call)

    def _change(self, id_: str, call: Call, change: Change) -> Staff:
        access.require(call.actor, Act.STAFF_ABSENCE)
        for attempt in range(TRIES):
            staff = self.people.staff(id_)
            if staff is None or not staff.active:
                raise NotFound
            access.require_on(call.actor, Act.STAFF_ABSENCE, customer=staff.id, unit=staff.unit)
            try:
                return self._keep(staff, *change(staff), call)
            except Changed:
                if attempt + 1 == TRIES:
                    raise
        raise Changed

    def _keep(self, before: Staff, after: Staff, happened: Sequence[Event], call: Call) -> Staff:
        records = chained(before.id, before.link, happened, call)
        after = replace(after, link=end(records, before.link))
        self.people.keep_absences(after, records, call.stamp(after))
        self.directory.forget(after.unit)
        return after
