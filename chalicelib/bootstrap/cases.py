"""Tickets and complaints."""

from functools import cached_property
from typing import TYPE_CHECKING

from .wordings import Wordings

if TYPE_CHECKING:
    from chalicelib.answers.service import Previewing
    from chalicelib.complaints.service import Answering, Deciding, Delivering, Extending, Reaching, Receiving
    from chalicelib.identity.service import Opening, Staffing
    from chalicelib.reports.service import Figures, Filing
    from chalicelib.tickets.model import Kind
    from chalicelib.tickets.service import (
        Changing,
        Choosing,
        Conversation,
        Desk,
        Enclosing,
        Finding,
        Grouping,
        Handling,
        Hearing,
        Intake,
        Joining,
        Leaving,
        Likeness,
        Recognising,
        Routing,
        Speaking,
        Tasking,
        Watch,
        Wording,
    )


class Cases(Wordings):
    """What is done with matters of every kind."""

    @property
    def ticket_states(self) -> "dict[Kind, dict[str, frozenset[str]]]":
        """Which state may follow which, of each kind of ticket."""
        from chalicelib.complaints.model import NEXT as COMPLAINT
        from chalicelib.tickets.model import NEXT, Kind

        return {Kind.COMPLAINT: COMPLAINT, Kind.ENQUIRY: NEXT, Kind.REQUEST: NEXT}

    @cached_property
    def _changing(self) -> "Changing":
        from chalicelib.complaints import model as complaints
        from chalicelib.tickets.model import Kind
        from chalicelib.tickets.service import Changing
        from chalicelib.tickets.store import DynamoTickets

        return Changing(DynamoTickets(self.tables), self.packs, {Kind.COMPLAINT: complaints.told})

    @cached_property
    def desk(self) -> "Desk":
        from chalicelib.aws.ledger import Ledger
        from chalicelib.tickets.service import Desk

        return Desk(self._changing, Ledger(self.tables), self.keys)

    @cached_property
    def routing(self) -> "Routing":
        from chalicelib.tickets.service import Routing

        return Routing(self._changing, self.institution)

    @cached_property
    def intake(self) -> "Intake":
        from chalicelib.tickets.service import Intake

        return Intake(self._changing, self.routing, self.recognising, self.institution, self.identity, self.packs)

    @cached_property
    def recognising(self) -> "Recognising":
        from chalicelib.tickets.service import Recognising

        return Recognising(self._changing, self.recognitions)

    @cached_property
    def wording(self) -> "Wording":
        from chalicelib.complaints import model as complaints
        from chalicelib.tickets.model import Kind
        from chalicelib.tickets.service import Wording

        return Wording(self._changing, self.institution, self.answers, {Kind.COMPLAINT: complaints.facts})

    @cached_property
    def previewing(self) -> "Previewing":
        from chalicelib.answers.service import Previewing

        return Previewing(self.answers, self.wording)

    @cached_property
    def conversation(self) -> "Conversation":
        from chalicelib.tickets.service import Conversation

        return Conversation(self._changing, self.intake, self.wording)

    @cached_property
    def handling(self) -> "Handling":
        from chalicelib.tickets.service import Handling

        return Handling(self._changing, self.ticket_states, self.escalations, self.wording)

    @cached_property
    def grouping(self) -> "Grouping":
        from chalicelib.tickets.service import Grouping

        return Grouping(self._changing)

    @cached_property
    def joining(self) -> "Joining":
        from chalicelib.tickets.service import Joining

        return Joining(self._changing, self.intake, self.ticket_states)

    @cached_property
    def enclosing(self) -> "Enclosing":
        from chalicelib.tickets.service import Enclosing

        return Enclosing(self._changing)

    @cached_property
    def hearing_of_calls(self) -> "Hearing":
        from chalicelib.tickets.service import Hearing, Recovering

        return Hearing(self._changing, Recovering(self.tasking, self.handling))

    @cached_property
    def likeness(self) -> "Likeness":
        from chalicelib.tickets.service import Likeness

        return Likeness(self._changing.store, self.identity)

    @cached_property
    def speaking(self) -> "Speaking":
        from chalicelib.tickets.service import Speaking

        return Speaking(self._changing, self.identity)

    @cached_property
    def staffing(self) -> "Staffing":
        from chalicelib.identity.service import Staffing

        return Staffing(self.people, self.directory, self._changing.store)

    @cached_property
    def opening(self) -> "Opening":
        from chalicelib.identity.service import Opening

        return Opening(self.directory, self.packs)

    @cached_property
    def leaving(self) -> "Leaving":
        from chalicelib.tickets.service import Leaving

        return Leaving(self.routing, self.staffing, self.finding)

    @cached_property
    def _choosing(self) -> "Choosing":
        from chalicelib.tickets.service import Choosing

        return Choosing(self._changing, self.institution)

    @cached_property
    def tasking(self) -> "Tasking":
        from chalicelib.tickets.service import Tasking

        return Tasking(self._changing, self._choosing, self.institution)

    @cached_property
    def finding(self) -> "Finding":
        from chalicelib.tickets.service import Finding

        return Finding(self._choosing)

    @cached_property
    def watch(self) -> "Watch":
        from chalicelib.tickets.model import Kind
        from chalicelib.tickets.ports import Acting
        from chalicelib.tickets.service import Watch

        acting: dict[tuple[str, str], Acting] = {("accept", kind): self.routing for kind in Kind}
        acting |= {("silence", kind): self.handling for kind in (Kind.ENQUIRY, Kind.REQUEST)}
        acting["silence", Kind.COMPLAINT] = self.answering
        return Watch(self._changing, self.escalations, acting)

    @cached_property
    def _complaints(self) -> "Reaching":
        from chalicelib.complaints.service import Reaching

        return Reaching(self._changing)

    @cached_property
    def receiving(self) -> "Receiving":
        from chalicelib.complaints.service import Receiving

        return Receiving(self._complaints, self.intake, self.packs, self.escalations)

    @cached_property
    def deciding(self) -> "Deciding":
        from chalicelib.complaints.service import Deciding

        return Deciding(self._complaints, self.packs, self.escalations, self.schemes, self.wording)

    @cached_property
    def delivering(self) -> "Delivering":
        from chalicelib.complaints.service import Delivering

        return Delivering(self._complaints, self.packs, self.wording)

    @cached_property
    def answering(self) -> "Answering":
        from chalicelib.complaints.service import Answering

        return Answering(self._complaints, self.routing, self.institution, self.packs)

    @cached_property
    def extending(self) -> "Extending":
        from chalicelib.complaints.service import Extending

        return Extending(self._complaints, self.handling, self.packs)

    @cached_property
    def figures(self) -> "Figures":
        from chalicelib.reports.service import Figures
        from chalicelib.tickets.store import DynamoTickets

        return Figures(DynamoTickets(self.tables), self.institution)

    @cached_property
    def filing(self) -> "Filing":
        from chalicelib.aws.ledger import Ledger
        from chalicelib.reports.service import Filing
        from chalicelib.tickets.store import DynamoTickets

        return Filing(DynamoTickets(self.tables), Ledger(self.tables), self.institution, self.schemes, self.packs)
