"""Filing, deciding, delivering and closing complaints."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Invalid, NotFound
from chalicelib.kernel.events import Event
from chalicelib.sla.packs import Packs
from chalicelib.tickets.events import AssignmentFailed
from chalicelib.tickets.model import Channel, ConflictOfInterest, Kind, Notice, Ticket

from . import events, policy
from .model import NEXT, Decision, Filing, MissingBlocks, Outcome, ProofMissing, Status, Way
from .ports import Cases, Complainants, Handling, Met, Owners

NUMBERS_TRIED = 5
# How far the clocks of two honest machines may differ.
SKEW = timedelta(minutes=2)


@dataclass(frozen=True)
class Complaints:
    """The regulated process."""

    cases: Cases
    owners: Owners
    met: Met
    handling: Handling
    complainants: Complainants
    packs: Packs

    def read(self, id_: str, call: Call) -> Ticket:
        """Give a complaint; a ticket of another kind is none."""
        ticket = self.cases.reach(id_, Act.TICKET_READ, call)
        if ticket.kind is not Kind.COMPLAINT:
            raise NotFound
        return ticket

    def log(self, filing: Filing, phone: str, call: Call) -> Ticket:
        """Register a complaint somebody of the staff took down; the customer is known by id or by phone number.

        Raises PhoneInvalid, and NotFound for a customer nobody knows.
        """
        self._may_file(filing, call)
        known = self.complainants.known(filing.customer_id) if filing.customer_id else ""
        customer = known or (self.complainants.by_phone(phone, call) if phone else "")
        if not customer:
            raise NotFound
        return self.file(replace(filing, customer_id=customer), call)

    def file(self, filing: Filing, call: Call) -> Ticket:
        """Register a complaint: clocks, owner, the acknowledgement owed, all in one transaction.

        Raises NotFound for a unit that does not exist or is out of reach, Invalid if it was received in the future.
        """
        self._may_file(filing, call)
        for attempt in range(NUMBERS_TRIED):
            ticket, happened = self._registered(filing, call)
            try:
                return self.cases.add(ticket, happened, call)
            except Changed:
                # The number was taken by another case of the day: one in a million for each of them.
                if attempt + 1 == NUMBERS_TRIED:
                    raise
        raise Changed

    def take_up(self, id_: str, call: Call) -> Ticket:
        """Begin to work on a complaint."""

        def change(ticket: Ticket) -> tuple[Ticket, Sequence[Event]]:
            self._may_handle(ticket, call)
            moved = ticket.moved(Status.IN_PROGRESS, NEXT)
            return moved, [events.ComplaintTakenUp(ticket.id)]

        return self.cases.change(id_, Act.DESK_WRITE, call, change)

    def decide(
        self, id_: str, outcome: Outcome, findings: str, reasons: str, redress: dict[str, object] | None, call: Call
    ) -> Ticket:
        """Decide; raises MissingBlocks if the decision lacks what its regimes say it must tell."""

        def change(ticket: Ticket) -> tuple[Ticket, Sequence[Event]]:
            self._may_handle(ticket, call)
            moved = ticket.moved(Status.DECIDED, NEXT)
            required = policy.must_tell(self.packs, ticket.regimes)
            missing = policy.missing_blocks(required, findings, reasons)
            if missing:
                raise MissingBlocks(missing_blocks=missing)
            told = policy.rights(required)
            decision = Decision(outcome, findings, reasons, told, call.actor.id, call.now, redress)
            decided = replace(moved, process={**ticket.process, "decision": decision.facts()})
            digest = _sha256(findings, reasons)
            return decided, [events.ComplaintDecided(ticket.id, outcome, told, digest)]

        return self.cases.change(id_, Act.COMPLAINT_DECIDE, call, change)

    def deliver(self, id_: str, way: Way, proof: str, call: Call) -> Ticket:
        """Bring the decision to the customer.

        By SMS the final clock is met when the receipt says so; otherwise now, on the proof that has to be given
        (Order 2020-3 Art.21); raises ProofMissing without one.
        """

        def change(ticket: Ticket) -> tuple[Ticket, Sequence[Event]]:
            self._may_handle(ticket, call)
            if way is Way.SMS:
                return self._sending(ticket, call)
            handed = ticket.moved(Status.DELIVERED, NEXT)
            if not proof.strip():
                raise ProofMissing(errors=[{"field": "proof", "code": "missing"}])
            after = replace(handed, moves_on={}).after("decision.delivered", call.now, self.packs)
            news = events.DecisionDelivered(ticket.id, way, _sha256(proof))
            return after, [news, *self.met.met(ticket, after)]

        return self.cases.change(id_, Act.COMPLAINT_DECIDE, call, change)

    def close(self, id_: str, root_cause: str, call: Call) -> Ticket:
        """Close a complaint whose decision has arrived; every clock still running stops."""

        def change(ticket: Ticket) -> tuple[Ticket, Sequence[Event]]:
            self._may_handle(ticket, call)
            closed = ticket.moved(Status.CLOSED, NEXT).after("closed", call.now, self.packs)
            process = {**ticket.process, "root_cause": root_cause}
            closed = replace(closed, open=False, process=process, notices=())
            return closed, [events.ComplaintClosed(ticket.id, root_cause), *self.met.met(ticket, closed)]

        return self.cases.change(id_, Act.COMPLAINT_DECIDE, call, change)

    def _sending(self, ticket: Ticket, call: Call) -> tuple[Ticket, Sequence[Event]]:
        moved = ticket.moved(Status.DELIVERING, NEXT)
        # After a failure the decision goes out again, as another text: hence the version in its key. What is heard of
        # the first text by then, once more or late, says nothing about the second: hence the key in what moves it on.
        key = f"decision:{ticket.version}"
        moves = {f"{key}.delivered": Status.DELIVERED.value, f"{key}.failed": Status.DECIDED.value}
        notice = Notice(key, "complaint_decided", "customer", call.now)
        sending = replace(moved, moves_on=moves).owing(notice)
        return sending, [events.DeliveryAsked(ticket.id, Way.SMS, (sending.word(notice),))]

    def _registered(self, filing: Filing, call: Call) -> tuple[Ticket, list[Event]]:
        ticket = self._opened(filing, call)
        ticket = replace(ticket, owner=self.owners.owner_for(ticket))
        facts = {"answer_by": policy.answer_by(ticket.clocks, self.packs, call.now)}
        acknowledgement = Notice("acknowledgement", "complaint_received", "customer", call.now, facts=facts)
        ticket = ticket.owing(acknowledgement)
        happened: list[Event] = [_received(ticket, ticket.word(acknowledgement))]
        return self._owned(ticket, happened, call)

    def _opened(self, filing: Filing, call: Call) -> Ticket:
        """Make the ticket, with the versions of the regimes and every clock that receipt starts."""
        unit = self._handling_unit(filing)
        timezone, calendar, wanted, _, language = self.handling.of(unit)
        pinned = policy.regimes(self.packs, wanted, filing.product, filing.received_at, timezone)
        return Ticket(
            id=call.new_id("tkt"),
            kind=Kind.COMPLAINT,
            status=Status.RECEIVED,
            unit=unit,
            customer_id=filing.customer_id,
            subject=filing.subject,
            body=filing.body,
            language=filing.language or language,
            channel=Channel(filing.channel),
            received_at=filing.received_at,
            registered_at=call.now,
            priority="high" if filing.support_needs else "normal",
            product=filing.product,
            about_unit=filing.about_unit,
            about_staff=filing.about_staff,
            regimes=tuple(pack.ref for pack in pinned),
            clocks=policy.clocks_at_receipt(pinned, calendar, filing.received_at),
            process=_kept(filing),
        )

    def _owned(self, ticket: Ticket, happened: list[Event], call: Call) -> tuple[Ticket, list[Event]]:
        """Leave no complaint silently without an owner: the lead and the record hear of it."""
        if ticket.owner:
            return ticket, happened
        notice = Notice("assignment_failed", "assignment_failed", "lead", call.now)
        ticket = ticket.owing(notice)
        return ticket, [*happened, AssignmentFailed(ticket.id, ticket.unit, (ticket.word(notice),))]

    def _handling_unit(self, filing: Filing) -> str:
        """A complaint about a unit is handled above it."""
        if filing.about_unit != filing.unit:
            return filing.unit
        return self.handling.of(filing.unit)[3] or filing.unit

    def _may_file(self, filing: Filing, call: Call) -> None:
        if call.actor.is_staff:
            access.require_on(call.actor, Act.COMPLAINT_LOG, unit=filing.unit)
        else:
            access.require_on(call.actor, Act.COMPLAINT_FILE, customer=filing.customer_id)
        if filing.received_at > call.now + SKEW:
            raise Invalid.field("received_at", "in_the_future")
        try:
            self.handling.of(filing.unit)
        except KeyError as unknown:
            raise NotFound from unknown

    def _may_handle(self, ticket: Ticket, call: Call) -> None:
        if ticket.kind is not Kind.COMPLAINT:
            raise NotFound
        if ticket.complained_about(call.actor.id, call.actor.unit):
            raise ConflictOfInterest


def _received(ticket: Ticket, word: dict[str, Any]) -> events.ComplaintReceived:
    return events.ComplaintReceived(
        ticket=ticket.id,
        number=ticket.number,
        unit=ticket.unit,
        owner=ticket.owner,
        channel=ticket.channel,
        received_at=ticket.received_at,
        regimes=ticket.regimes,
        clocks=tuple(clock.id for clock in ticket.clocks),
        sha256=_sha256(ticket.subject, ticket.body),
        notices=(word,),
    )


def _kept(filing: Filing) -> dict[str, object]:
    facts = asdict(filing)
    return {name: facts[name] for name in ("wanted_outcome", "amount", "support_needs") if facts[name]}


def _sha256(*texts: str) -> str:
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
