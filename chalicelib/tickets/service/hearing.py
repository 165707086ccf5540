"""What calls have to do with a ticket: who may have one about it, and how one ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event

from .. import events
from ..model import Notice, Ticket
from .changing import Changing
from .recovering import Recovering

_IN_VAIN = frozenset({"unreached", "broken", "declined"})


@dataclass(frozen=True)
class Hearing:
    """Asked and told by whoever keeps the promised calls; a ticket itself keeps none."""

    changing: Changing
    recovering: Recovering

    def reach(self, id_: str, act: Act, call: Call) -> Ticket:
        """Give a ticket the caller may do this to."""
        return self.changing.reach(id_, act, call)

    def found(self, id_: str) -> Ticket:
        """Give a ticket for nobody in particular; raises NotFound."""
        ticket = self.changing.store.get(id_)
        if ticket is None:
            raise NotFound
        return ticket

    def called_back(self, id_: str, callback: Mapping[str, Any], call: Call) -> None:
        """Hear how a call about a ticket ended; its owner (else the lead) is told if the customer was not reached."""
        how = str(callback["status"])

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            words: tuple[Mapping[str, Any], ...] = ()
            if how in _IN_VAIN:
                to = "owner" if ticket.owner else "lead"
                facts = {"callback": str(callback["number"])}
                notice = Notice(f"called_back:{callback['id']}", "callback_in_vain", to, call.now, facts=facts)
                if any(owed.key == notice.key for owed in ticket.notices):
                    return ticket, []
                ticket = ticket.owing(notice)
                words = (ticket.word(notice),)
            return ticket, [events.TicketCalledBack(ticket.id, callback["id"], how, callback["tries"], words)]

        self.changing.apply(lambda: self.found(id_), call, change)

    def unhappy(self, id_: str, said: Mapping[str, Any], call: Call) -> None:
        """Hear that the customer is not content with how it ended: `id` and `number` of the call, the questions, `reopen`."""
        self.recovering.unhappy(lambda: self.found(id_), said, call)
