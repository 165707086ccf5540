"""Several tickets at once: merging, splitting, linking, each in one transaction; and turning one into a complaint."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.kernel.events import Event

from .. import events
from ..model import ClockFacts, Filing, Kind, NotOfOneCustomer, Relation, Status, Ticket, received_notice
from .changing import Changing, Part
from .intake import Intake
from .recognising import recognised


@dataclass(frozen=True)
class Joining:
    """What has to do with more than one ticket."""

    changing: Changing
    intake: Intake
    states: Mapping[Kind, Mapping[str, frozenset[str]]]

    def merge(self, id_: str, into: str, call: Call) -> Ticket:
        """Let a ticket go on in another one of the same customer; the earlier time of the two is kept.

        The clocks of the merged one stop; those of the other count from the earlier first expression. A complaint goes on
        only in a complaint. Raises NotOfOneCustomer, NotAllowedNow.
        """

        def change(tickets: list[Ticket]) -> list[Part]:
            gone, kept = tickets
            self._mergeable(gone, kept)
            after = gone.moved(Status.MERGED, self.states[gone.kind])
            after = after.tied(Relation.MERGED_INTO, kept.id).stopping(call.now)
            after = replace(after, open=False, closed_at=call.now, moves_on={})
            earlier = min(gone.received_at, kept.received_at)
            on = kept.tied(Relation.MERGED_FROM, gone.id)
            on = replace(on, received_at=earlier, clocks=self._counted_from(on, earlier))
            return [
                Part(gone, after, [events.TicketMerged(gone.id, kept.id)]),
                Part(kept, on, [events.TicketTied(kept.id, Relation.MERGED_FROM, gone.id)]),
            ]

        return self.changing.together(lambda: self._both(id_, into, call), call, change)[0]

    def link(self, id_: str, other: str, call: Call) -> Ticket:
        """Tie two tickets that have to do with each other; each goes its own way."""

        def change(tickets: list[Ticket]) -> list[Part]:
            one, two = tickets
            if two.id in {tie.ticket for tie in one.ties}:
                return [Part(one, one, []), Part(two, two, [])]
            return [
                Part(it, it.tied(Relation.RELATED, to.id), [events.TicketTied(it.id, Relation.RELATED, to.id)])
                for it, to in ((one, two), (two, one))
            ]

        return self.changing.together(lambda: self._both(id_, other, call), call, change)[0]

    def split(self, id_: str, subject: str, body: str, call: Call) -> Ticket:
        """Make a second matter of what was written on one ticket, received when that was; give the new ticket."""

        def change(tickets: list[Ticket]) -> list[Part]:
            old = tickets[0]
            if old.kind is Kind.COMPLAINT:
                raise NotAllowedNow(state=old.status, allowed=["link"])
            filing = Filing(
                kind=old.kind,
                subject=subject,
                body=body,
                customer_id=old.customer_id,
                unit=old.unit,
                channel=old.channel,
                received_at=old.received_at,
                language=old.language,
                topic=old.topic,
                product=old.product,
            )
            new, happened = self.intake.registered(filing, call)
            happened.append(events.TicketTied(new.id, Relation.SPLIT_FROM, old.id))
            tied = [events.TicketTied(old.id, Relation.SPLIT_TO, new.id)]
            new = new.tied(Relation.SPLIT_FROM, old.id)
            return [Part(None, new, happened), Part(old, old.tied(Relation.SPLIT_TO, new.id), tied)]

        return self.changing.together(lambda: [self.changing.reach(id_, Act.DESK_WRITE, call)], call, change)[0]

    def promote(self, id_: str, expressed_at: datetime | None, call: Call) -> Ticket:
        """Make a complaint of an enquiry or request: it keeps number and conversation.

        Its clocks count from the first expression of dissatisfaction: the one given, the one that was heard, or else that of
        the ticket. Raises Invalid for one before the ticket or after now. What was promised for enquiries alone is over.
        """

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if ticket.kind is Kind.COMPLAINT or ticket.status == Status.MERGED:
                raise NotAllowedNow(state=ticket.status, allowed=[])
            at = expressed_at or ticket.suspected_at or ticket.received_at
            if not ticket.received_at <= at <= call.now:
                raise Invalid.field("first_expressed_at", "not_one_of")
            after = self.intake.begun(self._as_complaint(ticket, call.now), at, call)
            notice = received_notice(after, f"acknowledgement:{ticket.version}", self.changing.packs, call.now)
            after = after.owing(notice)
            word = (after.word(notice),)
            return after, [events.TicketPromoted(ticket.id, ticket.kind, at, after.regimes, word)]

        return self.changing.change(id_, Act.DESK_WRITE, call, change)

    def _as_complaint(self, ticket: Ticket, now: datetime) -> Ticket:
        """Give an enquiry as a complaint, waiting for nobody; a clock that complaints have too runs on."""
        packs = self.changing.packs
        ticket = recognised(ticket, now, packs)
        for wait in ticket.waits:
            ticket = ticket.resumed(wait.reason, now)
        clocks = tuple(it if Kind.COMPLAINT in it.clock(packs).rule.kinds else it.stopping(now) for it in ticket.clocks)
        quiet = replace(ticket.quiet(), clocks=clocks, open=True, closed_at=None)
        return replace(quiet, kind=Kind.COMPLAINT, status="received")

    def _both(self, one: str, two: str, call: Call) -> list[Ticket]:
        if one == two:
            raise Invalid.field("ticket", "not_one_of")
        return [self.changing.reach(id_, Act.DESK_WRITE, call) for id_ in (one, two)]

    def _mergeable(self, gone: Ticket, kept: Ticket) -> None:
        if gone.customer_id != kept.customer_id:
            raise NotOfOneCustomer
        if gone.kind is Kind.COMPLAINT and kept.kind is not Kind.COMPLAINT:
            raise NotAllowedNow(state=kept.kind, allowed=[Kind.COMPLAINT])
        for ticket in (gone, kept):
            if not ticket.open:
                raise NotAllowedNow(state=ticket.status, allowed=["link"])

    def _counted_from(self, ticket: Ticket, earlier: datetime) -> tuple[ClockFacts, ...]:
        packs = self.changing.packs
        return tuple(
            clock.since(earlier) if clock.clock(packs).rule.start == "received" and not clock.over else clock
            for clock in ticket.clocks
        )
