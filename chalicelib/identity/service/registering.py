"""Who works where: units and staff, put into the register and changed there."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Link, chained, end

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
        """Register a member of staff, or change one; tell whether there was anything to write. Raises Changed."""
        before = self.people.staff(staff.id)
        link = before.link if before else Link()
        if before and replace(staff, link=link) == before:
            return False
        roles = tuple(sorted(staff.roles))
        records = chained(staff.id, link, [events.StaffRegistered(staff.id, staff.unit, roles, staff.active)], call)
        self.people.register_staff(replace(staff, link=end(records, link)), before, records)
        return True
