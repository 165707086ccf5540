"""What files have to do with a ticket: who reaches it, which others share theirs with it, and word about one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import ConflictOfInterest, NotFound
from chalicelib.kernel.events import Event

from .. import events
from ..model import Notice, Reason, Relation, Ticket
from .changing import Changing

# What was sent in for the one belongs to the matter of the other too, and stays where it is.
_SHARED = frozenset({Relation.MERGED_FROM, Relation.SPLIT_FROM})
MOST_SOURCES = 10
Told = Callable[[tuple[Mapping[str, Any], ...]], Event]


@dataclass(frozen=True)
class Enclosing:
    """Asked and told by whoever keeps the files; a ticket itself keeps none."""

    changing: Changing

    def reach(self, id_: str, act: Act, call: Call) -> Ticket:
        """Give a ticket the caller may do this to."""
        return self.changing.reach(id_, act, call)

    def sources(self, id_: str, act: Act, call: Call) -> Iterator[str]:
        """Name the ticket, those merged into it and the one it was split off, as far as the caller reaches them."""
        waiting, seen = [self.changing.reach(id_, act, call)], {id_}
        while waiting:
            ticket = waiting.pop(0)
            yield ticket.id
            for tie in ticket.ties:
                if tie.relation in _SHARED and tie.ticket not in seen and len(seen) < MOST_SOURCES:
                    seen.add(tie.ticket)
                    waiting += self._reached(tie.ticket, act, call)

    def file_came(self, id_: str, at: datetime, call: Call) -> None:
        """Hear that the customer has sent a file in: what has waited for them since before then waits no longer."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if not any(wait.reason is Reason.CUSTOMER and wait.since <= at for wait in ticket.waits):
                return ticket, []
            news = events.TicketResumed(ticket.id, Reason.CUSTOMER, "customer")
            return ticket.resumed(Reason.CUSTOMER, call.now), [news]

        self.changing.apply(lambda: self._found(id_), call, change)

    def kept_until(self, id_: str) -> datetime | None:
        """Tell that files stay as long as their ticket does."""
        return self._found(id_).keep_until

    def file_infected(self, id_: str, attachment: str, by_staff: bool, call: Call) -> None:
        """Hear that a file was infected: the customer is told, or the owner (else the lead) if staff sent it in."""

        key = f"file_infected:{attachment}"
        to_customer = Notice(key, "file_infected", "customer", call.now)
        to_staff = Notice(key, "file_infected_staff", "owner", call.now)
        notice = to_staff if by_staff else to_customer
        self._tell(id_, notice, partial(events.FileInfected, id_, attachment), call)

    def file_unscanned(self, id_: str, attachment: str, call: Call) -> None:
        """Hear that no scanner will say what a file is: the lead is told, who may say it."""

        notice = Notice(f"file_unscanned:{attachment}", "file_unscanned", "lead", call.now)
        self._tell(id_, notice, partial(events.FileUnscanned, id_, attachment), call)

    def _tell(self, id_: str, notice: Notice, news: Told, call: Call) -> None:
        """Owe word about a file, once; word for an owner goes to the lead where there is none."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if any(owed.key == notice.key for owed in ticket.notices):
                return ticket, []
            owed = notice if ticket.owner or notice.to != "owner" else replace(notice, to="lead")
            ticket = ticket.owing(owed)
            return ticket, [news((ticket.word(owed),))]

        self.changing.apply(lambda: self._found(id_), call, change)

    def _found(self, id_: str) -> Ticket:
        ticket = self.changing.store.get(id_)
        if ticket is None:
            raise NotFound
        return ticket

    def _reached(self, id_: str, act: Act, call: Call) -> list[Ticket]:
        try:
            return [self.changing.reach(id_, act, call)]
        except (NotFound, ConflictOfInterest):
            return []
