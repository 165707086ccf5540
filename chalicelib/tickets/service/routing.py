"""Who owns what: choosing among those who are there, and never leaving a ticket silently without an owner."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.kernel.events import Event

from .. import events, policy
from ..model import Author, ConflictOfInterest, Message, Notice, Ticket, Visibility
from ..ports import Colleagues
from .changing import Changing, posted

OWNERS = frozenset({Role.AGENT, Role.SUPERVISOR})


@dataclass(frozen=True)
class Routing:
    """Owners and backups."""

    changing: Changing
    colleagues: Colleagues

    def assign(self, id_: str, owner: str, backup: str, call: Call) -> Ticket:
        """Make somebody the owner, and perhaps somebody else the backup.

        Raises ConflictOfInterest for who is complained about, Invalid for who is not there.
        """

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            for name, who in (("owner", owner), ("backup", backup)):
                if who or name == "owner":
                    self._may_own(ticket, name, who, call.now)
            if (owner, backup or ticket.backup) == (ticket.owner, ticket.backup):
                return ticket, []
            return self.given(ticket, owner, backup, "staff", call)

        return self.changing.change(id_, Act.DESK_ASSIGN, call, change)

    def hand_over(self, id_: str, to: str, note: str, call: Call) -> Ticket:
        """Make somebody else the owner and tell them, on the ticket, what they have to know; the customer does not see it.

        Raises ConflictOfInterest for who is complained about, Invalid for who is not there, NotAllowedNow for the owner.
        """
        message = Message(call.new_id("msg"), Author.STAFF, call.actor.id, Visibility.INTERNAL, note, call.now, id_)

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if not ticket.open or to == ticket.owner:
                raise NotAllowedNow(state=ticket.status, allowed=[] if ticket.open else ["reopen"])
            self._may_own(ticket, "to", to, call.now)
            after, happened = self.given(ticket, to, "", "handover", call)
            return after, [posted(ticket, message), *happened]

        return self.changing.change(id_, Act.DESK_ASSIGN, call, change, message)

    def accept(self, id_: str, call: Call) -> Ticket:
        """Take on what one has been made the owner of; raises NotAllowedNow for anybody else."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if ticket.owner != call.actor.id:
                raise NotAllowedNow(state=ticket.status, allowed=["owner"])
            after = ticket.after("accepted", call.now, self.changing.packs)
            return after, [events.TicketAccepted(ticket.id, ticket.owner)] if after != ticket else []

        return self.changing.change(id_, Act.DESK_WRITE, call, change)

    def given(self, ticket: Ticket, owner: str, backup: str, why: str, call: Call) -> tuple[Ticket, list[Event]]:
        """Give the ticket with another owner, who is told and has to accept."""
        notice = Notice(f"assigned:{owner}:{ticket.version}", "case_assigned", "owner", call.now)
        after = replace(ticket, owner=owner, backup=backup or (ticket.backup if ticket.backup != owner else ""))
        after = after.after("assigned", call.now, self.changing.packs).owing(notice)
        word = (after.word(notice),)
        return after, [events.TicketAssigned(ticket.id, owner, ticket.owner, after.backup, why, word)]

    def reached(self, ticket: Ticket, _level: int, call: Call) -> tuple[Ticket, list[Event]]:
        """Move a ticket up that its owner has not accepted in the house's time: to the backup, then to a supervisor.

        Where there is nobody further up, it stays, and the unit above hears of it: two supervisors who both look away
        do not hand it to each other for ever.
        """
        above = self.supervisors(ticket, call.now)
        passed = {ticket.owner, *(above if ticket.owner in above else ())}
        others = [who for who in self._next_in_line(ticket, call.now) if who not in passed]
        if not others:
            notice = Notice(f"assignment_failed:{ticket.version}", "assignment_failed", "head", call.now)
            ticket = ticket.owing(notice)
            return ticket, [events.AssignmentFailed(ticket.id, ticket.unit, (ticket.word(notice),))]
        return self.given(ticket, others[0], "", "not_accepted", call)

    def candidates(self, ticket: Ticket, now: datetime, but: str = "") -> list[str]:
        """List who may own a ticket in its unit: agents who are there and not complained about; else supervisors."""
        suited = self.colleagues.suited(ticket.unit, ticket.language, ticket.topic or ticket.product, now)
        suited.pop(but, None)
        free = {who: roles for who, roles in suited.items() if not ticket.complained_about(who, ticket.unit)}
        agents = [who for who, roles in free.items() if Role.AGENT in roles]
        return agents or [who for who, roles in free.items() if Role.SUPERVISOR in roles]

    def supervisors(self, ticket: Ticket, now: datetime) -> list[str]:
        """List the supervisors who are there and not complained about."""
        there = self.colleagues.working(ticket.unit, now)
        return sorted(
            who
            for who, roles in there.items()
            if Role.SUPERVISOR in roles and not ticket.complained_about(who, ticket.unit)
        )

    def _next_in_line(self, ticket: Ticket, now: datetime) -> list[str]:
        """List the backup, if there and not complained about, and then the supervisors."""
        backup = [ticket.backup] if self.free(ticket, ticket.backup, now) else []
        return [*backup, *self.supervisors(ticket, now)]

    def free(self, ticket: Ticket, who: str, now: datetime) -> bool:
        """Tell whether somebody works in the ticket's unit, is there, and not complained about."""
        there = self.colleagues.working(ticket.unit, now)
        return who in there and not ticket.complained_about(who, ticket.unit)

    def owner_for(self, ticket: Ticket, now: datetime, but: str = "") -> str:
        """Choose an owner, by what each has to do; never `but`; empty if there is nobody."""
        free = self.candidates(ticket, now, but)
        if len(free) < 2:
            return "".join(free)
        loads, capacities = self.changing.store.loads(ticket.unit), self.colleagues.capacities(ticket.unit)
        return policy.choose_owner(free, ticket.id, loads, capacities)

    def settled(
        self, ticket: Ticket, happened: list[Event], call: Call, *, anew: bool = False
    ) -> tuple[Ticket, list[Event]]:
        """Leave no ticket silently without an owner: the lead and the record hear of it."""
        if ticket.owner:
            return ticket, happened
        key = f"assignment_failed:{ticket.version}" if anew else "assignment_failed"
        notice = Notice(key, "assignment_failed", "lead", call.now)
        ticket = ticket.owing(notice)
        return ticket, [*happened, events.AssignmentFailed(ticket.id, ticket.unit, (ticket.word(notice),))]

    def _may_own(self, ticket: Ticket, name: str, who: str, now: datetime) -> None:
        roles = self.colleagues.working(ticket.unit, now).get(who)
        if roles is None or not roles & OWNERS:
            raise Invalid.field(name, "not_one_of")
        if ticket.complained_about(who, ticket.unit):
            raise ConflictOfInterest
