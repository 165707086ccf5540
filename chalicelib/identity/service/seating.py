"""Sessions that others begin: made ready and ended for whoever keeps kiosks or emergencies, who writes them with these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import GrantSpent, NotFound, NotSignedIn
from chalicelib.kernel.events import chained, end

from ..events import SessionStarted
from ..model import Assurance, Begun, Seat, Session
from .signing import Identity, seated


@dataclass(frozen=True)
class Seating:
    """Writes nothing itself: a kiosk that is disabled and its sessions end in one transaction."""

    identity: Identity

    def device(self, device: str, unit: str, offers: frozenset[str], until: datetime, call: Call) -> Begun:
        """Make ready the session of a kiosk itself."""
        actor = Actor(device, frozenset({Role.KIOSK}), unit=unit)
        session = seated(actor, Assurance.DEVICE, call, Seat(device, offers, until))
        people = self.identity.people
        return Begun(session, people.marked(session), people.starting(session, None, [], ""), [])

    def visit(
        self,
        grant: str,
        warning: tuple[str, int],
        device: tuple[str, frozenset[str]],
        lasting: tuple[datetime, timedelta],
        call: Call,
    ) -> Begun:
        """Make ready the session of a customer at a kiosk, which ends at an instant and when it was idle for so long.

        Raises GrantSpent, WarningNotAcknowledged.
        """
        seat = Seat(*device, *lasting)
        return self.identity.visit(grant, warning, seat, call)

    def widened(self, unit: str, emergency: str, until: datetime, call: Call) -> Begun:
        """Make ready a session of the staff who ask that reaches one more unit, without those below it.

        Raises NotFound for no such unit, NotSignedIn for who works here no longer.
        """
        people, staff = self.identity.people, self.identity.people.staff(call.actor.id)
        if unit not in self.identity.directory.units():
            raise NotFound
        if staff is None or not staff.active:
            raise NotSignedIn
        id_, units = call.new_id("ses"), call.actor.units | {unit}
        actor = replace(call.actor, session=id_, units=units, emergency=emergency)
        session = Session(id_, actor, Assurance.STAFF, until)
        records = chained(staff.id, staff.link, [SessionStarted(id_, session.assurance)], replace(call, actor=actor))
        person = replace(staff, link=end(records, staff.link))
        return Begun(session, people.marked(session), people.starting(session, person, records, ""), records)

    def unspent(self, grant: str) -> None:
        """Raise GrantSpent if a grant, by its id, has opened a session."""
        if self.identity.people.spent(grant):
            raise GrantSpent

    def ending(self, marks: Mapping[str, datetime]) -> Sequence[Any]:
        """Give what ends sessions by their marks; each with when it would have expired."""
        return self.identity.people.ending(marks)

    def in_force(self, mark: str, now: datetime) -> bool:
        """Tell whether the session of a mark has not ended, by whatever."""
        session = self.identity.people.session_at(mark)
        return session is not None and session.in_force(now)
