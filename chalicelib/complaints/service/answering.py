"""What the customer answers to a decision: yes, no, nothing; or that they let the matter go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import moment
from chalicelib.kernel.events import Event
from chalicelib.sla.packs import Packs
from chalicelib.tickets.model import BREACH, Notice, Ticket

from .. import events, policy
from ..model import NEXT, ReviewWindowOver, Status
from ..ports import Handling, Owners
from .delivering import closed
from .reaching import Reaching, sha256

Changed = tuple[Ticket, Sequence[Event]]


@dataclass(frozen=True)
class Answering:
    """The customer's side of the process."""

    reaching: Reaching
    owners: Owners
    handling: Handling
    packs: Packs

    def accept(self, id_: str, call: Call) -> Ticket:
        """Accept the decision."""

        def change(ticket: Ticket) -> Changed:
            after = ticket.moved(Status.ACCEPTED, NEXT).after("decision.accepted", call.now, self.packs)
            return after, [events.DecisionAccepted(ticket.id)]

        return self.reaching.change(id_, Act.COMPLAINT_ANSWER, call, change)

    def reject(self, id_: str, reason: str, call: Call) -> Ticket:
        """Ask for a review (核查): it goes to the unit above, to somebody new, with a clock of its own.

        Raises ReviewWindowOver thirty days after the decision was delivered, and after a first review.
        """

        def change(ticket: Ticket) -> Changed:
            moved = ticket.moved(Status.IN_REVIEW, NEXT, out_of={Status.DELIVERED, Status.CLOSED})
            if ticket.process.get("review") or call.now - self._delivered_at(ticket, call.now) > policy.REVIEW_WINDOW:
                raise ReviewWindowOver
            above = self.handling.of(ticket.unit)[3] or ticket.unit
            process = {**ticket.process, "review": {"reason": reason, "at": call.now, "from": ticket.unit}}
            moved = replace(moved, unit=above, owner="", backup="", open=True, closed_at=None, process=process)
            moved = moved.after("review_requested", call.now, self.packs)
            asked: list[Event] = [events.ReviewAsked(ticket.id, ticket.unit, above, sha256(reason))]
            return self._owned(moved, asked, ticket, call)

        return self.reaching.change(id_, Act.COMPLAINT_ANSWER, call, change)

    def withdraw(self, id_: str, call: Call) -> Ticket:
        """Let the matter go; the procedure ends on this day (Order 2020-3 Art.15)."""

        def change(ticket: Ticket) -> Changed:
            after = ticket.moved(Status.WITHDRAWN, NEXT).after("withdrawn", call.now, self.packs)
            after = replace(after.stopping(call.now), open=False, closed_at=call.now, moves_on={})
            notice = Notice("withdrawn", "complaint_withdrawn", "owner", call.now)
            after = after.owing(notice)
            return after, [events.ComplaintWithdrawn(ticket.id, (after.word(notice),))]

        return self.reaching.change(id_, Act.COMPLAINT_ANSWER, call, change)

    def reached(self, ticket: Ticket, level: int, call: Call) -> tuple[Ticket, list[Event]]:
        """Remind a customer who has said nothing to a decision; close the complaint when the time for it is over."""
        if ticket.status != Status.DELIVERED:
            return ticket, []
        if level >= BREACH:
            return closed(ticket, ticket.process.get("root_cause", ""), None, "silence", call, self.packs)
        notice = Notice(f"silence:{ticket.version}", "decision_reminder", "customer", call.now)
        ticket = ticket.owing(notice)
        return ticket, [events.CustomerReminded(ticket.id, (ticket.word(notice),))]

    def _owned(self, ticket: Ticket, happened: list[Event], before: Ticket, call: Call) -> Changed:
        """Give the review to somebody of the unit above who has not decided the case before."""
        owner = self.owners.owner_for(ticket, call.now)
        if not owner or owner in (before.owner, before.process["decision"]["by"]):
            return self.owners.settled(ticket, happened, call, anew=True)
        given, news = self.owners.given(ticket, owner, "", "review", call)
        return given, [*happened, *news]

    def _delivered_at(self, ticket: Ticket, now: datetime) -> datetime:
        """Tell when the decision arrived: when it met the first of the final clocks."""
        decided = ticket.process["decision"]["at"]
        made = decided if isinstance(decided, datetime) else moment(decided)
        final = [clock for clock in ticket.clocks if clock.clock(self.packs).rule.kind == "final"]
        return min([clock.met_at for clock in final if clock.met_at and clock.met_at >= made], default=now)
