"""Who works where: units and staff, put into the register and changed there."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event, Link, chained, end

from .. import events
from ..model import Staff, Unit
from ..ports import People


@dataclass(frozen=True)
class Register:
    """Registering the same again writes nothing, so that a whole institution can be told as often as one likes."""

    people: People

    def register_unit(self, unit: Unit, call: Call) -> bool:
        """Register a unit, or change one; tell whether there was anything to write. Raises Changed."""
        before = self.people.unit(unit.id)
        link = before.link if before else Link()
        # A unit from before units had chains is written once more, to begin its chain.
        if before and link.seq and replace(unit, link=link) == before:
            return False
        told = events.UnitRegistered(
            unit.id, unit.parent, unit.timezone, unit.calendar, unit.language, unit.regimes, unit.regions
        )
        records = chained(unit.subject, link, [told], call)
        self.people.register_unit(replace(unit, link=end(records, link)), before, records)
        return True

    def register_staff(self, staff: Staff, call: Call) -> bool:
        """Register a member of staff, or change one; tell whether there was anything to write. Raises Changed.

        With other roles, in another unit or disabled, their sessions are over with the same transaction.
        """
        before = self.people.staff(staff.id)
        link = before.link if before else Link()
        # When somebody is away is told at the desk, not by the institution's file.
        staff = replace(staff, away=before.away, link=link) if before else staff
        if staff == before:
            return False
        ending = self.people.sessions_of(staff.id, call.now) if before and _rights(staff) != _rights(before) else {}
        roles = tuple(sorted(staff.roles))
        happened: list[Event] = [events.StaffRegistered(staff.id, staff.unit, roles, staff.active)]
        if ending:
            happened.append(events.SessionsRevoked(staff.id, tuple(sorted(ending.values()))))
        records = chained(staff.id, link, happened, call)
        self.people.register_staff(replace(staff, link=end(records, link)), before, records, ending)
        return True


def _rights(staff: Staff) -> tuple[object, ...]:
    """What a session was begun with: whoever may do something else now has to sign in again."""
    return staff.active, staff.unit, staff.roles
