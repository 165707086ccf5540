"""Who is away keeps nothing: what they have goes to others, each ticket in a transaction of its own."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event

from ..model import Row, Ticket
from ..ports import Absences
from .finding import Finding
from .routing import Routing

# At one hint; the sweep hints again as long as something is left, so that no worker runs into its time limit.
MOST_AT_ONCE = 100
MOST_PAGES = 20
PAGE = 1000


@dataclass(frozen=True)
class Leaving:
    """Nobody asks for this in person: the sweep does when an absence begins, and the record of its being entered."""

    routing: Routing
    absences: Absences
    finding: Finding

    def moved_on(self, staff: str, call: Call) -> str:
        """Give the open tickets and tasks of somebody who is away to others; harmless however often and early it comes."""
        unit = self.absences.absent(staff, call.now)
        rows = self._owned(staff, unit) if unit else []
        for row in rows[:MOST_AT_ONCE]:
            self._move(row.id, staff, call)
        tasks = self.finding.left(staff, unit, MOST_AT_ONCE) if unit else []
        for task in tasks[:MOST_AT_ONCE]:
            self.finding.move_on(task.id, staff, call)
        if max(len(rows), len(tasks)) <= MOST_AT_ONCE:
            self.absences.settle(staff, call)
        return "moved" if rows or tasks else "nothing"

    def _owned(self, staff: str, unit: str) -> list[Row]:
        rows: list[Row] = []
        start = None
        for _ in range(MOST_PAGES):
            page = self.routing.changing.store.of_desk(unit, True, {"owner": staff}, "", PAGE, start)
            rows += page.items
            start = page.next
            if start is None or len(rows) > MOST_AT_ONCE:
                break
        return rows

    def _move(self, id_: str, staff: str, call: Call) -> None:
        self.routing.changing.apply(lambda: self._found(id_), call, lambda ticket: self._moved(ticket, staff, call))

    def _found(self, id_: str) -> Ticket:
        ticket = self.routing.changing.store.get(id_)
        if ticket is None:
            raise NotFound
        return ticket

    def _moved(self, ticket: Ticket, staff: str, call: Call) -> tuple[Ticket, list[Event]]:
        """What is under way goes to its backup, who knows it; what nobody has begun goes to whoever has least to do."""
        if ticket.owner != staff or not ticket.open:
            return ticket, []
        packs = self.routing.changing.packs
        begun = all(clock.over for clock in ticket.clocks if clock.clock(packs).rule.kind == "accept")
        stands_in = begun and ticket.backup != staff and self.routing.free(ticket, ticket.backup, call.now)
        to = ticket.backup if stands_in else self.routing.owner_for(ticket, call.now, but=staff)
        if to:
            return self.routing.given(ticket, to, "", "absent", call)
        return self.routing.settled(replace(ticket, owner=""), [], call, anew=True)
