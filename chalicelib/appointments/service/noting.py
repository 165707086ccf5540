"""Coming to a kiosk, with a line or without: whom it has to expect, and who came."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chalicelib.kernel.access import Act, require
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Conflict, Invalid, NotAllowedNow, NotFound

from ..model import Appointment, Branch, Came, Guest, Status, Who
from .arrivals import Arrivals, Coming

CHECKED_IN, ALREADY, CANCELLED, OVER = "checked_in", "already", "cancelled", "over"


@dataclass(frozen=True)
class Noting:
    """A kiosk hears of the branch it stands in and of no other, and of people by numbers only."""

    arrivals: Arrivals

    def expected(self, branch_id: str, day: date | None, call: Call) -> tuple[date, Sequence[Guest]]:
        """Give everybody who is booked and has not come, on a branch's local day: today unless tomorrow is named.

        Raises NotFound, and Invalid for any other day.
        """
        branch = self._branch(branch_id, call)
        today = branch.local_day(call.now)
        wanted = day or today
        if not today <= wanted <= today + timedelta(days=1):
            raise Invalid.field("day", "invalid")
        booked = [one for one in self.arrivals.days.entries(branch.id, wanted) if one.status == Status.BOOKED]
        code = self.arrivals.keys.token
        return wanted, [Guest(one.number, code("check_in", one.id), one.starts_at) for one in booked]

    def came(self, branch_id: str, who: tuple[str, str], at: datetime, note: str, call: Call) -> Came:
        """Check somebody in who came to a kiosk at an instant, now or before, and say what became of it.

        `who` is the number of the booking and its code; the one that is not known is empty.
        The same `note` again gets the same word and changes nothing; so does anybody who is there already.
        """
        number, code = who
        once = replace(call, once=None, if_match=None)
        try:
            branch = self._branch(branch_id, call)
            found = self.arrivals.named(Who(code=code, number=number))
            if found is None or (found.branch != branch.id and not code):
                raise NotFound
            if found.branch != branch.id or not _there(found):
                found = self.arrivals.arrive(found, branch, Coming("kiosk", at, note=note), once)
        except NotAllowedNow as refused:
            return Came(CANCELLED if refused.facts["state"] == Status.CANCELLED else OVER)
        except (Conflict, NotFound) as refused:  # whatever else stops us may be over when it is told again
            return Came(refused.code, facts=refused.facts)
        return _told(found, note)

    def _branch(self, id_: str, call: Call) -> Branch:
        require(call.actor, Act.KIOSK_ARRIVALS)
        branch = self.arrivals.queueing.branch(id_)
        # Who registers a kiosk names its branch as they like; of another unit's it hears nothing.
        if branch.unit != call.actor.unit:
            raise NotFound
        return branch


def _there(found: Appointment) -> bool:
    return found.turn is not None and found.status != Status.CANCELLED


def _told(found: Appointment, note: str) -> Came:
    turn = found.came
    wait = turn.wait if found.status == Status.CHECKED_IN else None
    return Came(CHECKED_IN if turn.note == note else ALREADY, turn.ticket, turn.line.value, wait)
