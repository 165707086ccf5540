"""Hearing a complaint in what was not called one; a person says whether it is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Event
from chalicelib.sla.packs import Packs
from chalicelib.sla.recognition import Recognitions

from .. import events
from ..model import Kind, Notice, Ticket
from .changing import Changing, sha256


@dataclass(frozen=True)
class Recognising:
    """Firms count too few complaints because nobody says the word; here the words are a list, and somebody is asked."""

    changing: Changing
    words: Recognitions

    def heard(self, ticket: Ticket, texts: Sequence[str], at: datetime, call: Call) -> tuple[Ticket, list[Event]]:
        """Give the ticket after the customer wrote `texts` at that time: its owner is asked once, until they have answered.

        What is a complaint already, or is over, is left alone.
        """
        if ticket.kind is Kind.COMPLAINT or not ticket.open or ticket.suspected_at is not None:
            return ticket, []
        words = self.words.at(call.now)
        found = words.heard(*texts)
        if not found:
            return ticket, []
        notice = Notice(f"suspected:{ticket.version}", "complaint_suspected", "owner", call.now)
        after = replace(ticket, suspected_at=at).after("suspected", call.now, self.changing.packs).owing(notice)
        return after, [events.ComplaintSuspected(ticket.id, at, words.ref, found, (after.word(notice),))]

    def deny(self, id_: str, reason: str, call: Call) -> Ticket:
        """Say that it is no complaint, and why; raises NotAllowedNow where nothing sounded like one."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if ticket.suspected_at is None:
                raise NotAllowedNow(state=ticket.status, allowed=["promote"])
            return recognised(ticket, call.now, self.changing.packs), [
                events.ComplaintDenied(ticket.id, ticket.suspected_at, sha256(reason))
            ]

        return self.changing.change(id_, Act.DESK_WRITE, call, change)


def recognised(ticket: Ticket, now: datetime, packs: Packs) -> Ticket:
    """Give the ticket after somebody said whether it is a complaint; the question is no longer owed."""
    left = tuple(notice for notice in ticket.notices if notice.template != "complaint_suspected")
    return replace(ticket, suspected_at=None, notices=left).after("recognised", now, packs)
