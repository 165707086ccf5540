"""Who may touch a complaint at all."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.tickets.model import Kind, Ticket

from ..ports import Cases, Changed


@dataclass(frozen=True)
class Reaching:
    """Reads and changes complaints, and nothing else; who is complained about is kept out where tickets are read (回避)."""

    cases: Cases

    def read(self, id_: str, act: Act, call: Call) -> Ticket:
        """Give a complaint; a ticket of another kind is none."""
        ticket = self.cases.reach(id_, act, call)
        if ticket.kind is not Kind.COMPLAINT:
            raise NotFound
        return ticket

    def change(self, id_: str, act: Act, call: Call, change: Callable[[Ticket], Changed]) -> Ticket:
        """Change a complaint; a ticket of another kind is none."""

        def checked(ticket: Ticket) -> Changed:
            if ticket.kind is not Kind.COMPLAINT:
                raise NotFound
            return change(ticket)

        return self.cases.change(id_, act, call, checked)


def sha256(*texts: str) -> str:
    """Hash what people wrote, so that a record proves it without telling it."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
