"""Bringing a decision to the customer, and closing."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.kernel.events import Event
from chalicelib.sla.packs import Packs
from chalicelib.tickets.model import AnswerRef, Notice, Ticket

from .. import events
from ..model import NEXT, Body, Correction, ProofMissing, Status, Way, WayUnsuitable
from ..ports import Wording
from .reaching import Reaching, sha256

Changed = tuple[Ticket, Sequence[Event]]
# Where redress is owed: what is only proposed, or looked at anew, is not paid yet.
_OWED = frozenset({Status.DECIDED, Status.DELIVERING, Status.DELIVERED, Status.ACCEPTED, Status.CLOSED})


@dataclass(frozen=True)
class Delivering:
    """From the decision to the end of the case."""

    reaching: Reaching
    packs: Packs
    wording: Wording

    def deliver(self, id_: str, way: Way, proof: str, call: Call, answer: AnswerRef | None = None) -> Ticket:
        """Bring the decision to the customer, in the words of an answer if one is named here or was in the decision.

        By SMS the final clock is met when the receipt says so; otherwise now, on the proof that has to be given
        (Order 2020-3 Art.21). Raises ProofMissing without one, WayUnsuitable for a way the customer cannot use, GateOpen
        while a gate is shut, and what is said of an answer that may not be used: what was in force when it was decided
        has to be so still.
        """

        def change(ticket: Ticket) -> Changed:
            unsuitable = ticket.needs.closed_ways if ticket.needs else frozenset()
            if way in unsuitable:
                raise WayUnsuitable(unsuitable=sorted(unsuitable))
            ticket = self._worded(ticket, answer, call)
            if way is Way.SMS:
                return self._sending(ticket, call)
            handed = replace(ticket.moved(Status.DELIVERED, NEXT).past_gates(), moves_on={})
            if not proof.strip():
                raise ProofMissing(errors=[{"field": "proof", "code": "missing"}])
            how = "posted" if way is Way.LETTER else "delivered"
            after = handed.after(f"{_word(ticket)}.{how}", call.now, self.packs)
            return after, [events.DecisionDelivered(ticket.id, way, sha256(proof), _answer(ticket))]

        return self.reaching.change(id_, Act.COMPLAINT_DECIDE, call, change)

    def pay(self, id_: str, paid_on: date, reference: str, call: Call) -> Ticket:
        """Say when the redress of a decision was paid; raises NotAllowedNow where none is owed."""

        def change(ticket: Ticket) -> Changed:
            decision = ticket.process.get("decision", {})
            if ticket.status not in _OWED or not decision.get("redress") or ticket.process.get("paid"):
                raise NotAllowedNow(state=ticket.status, allowed=[])
            paid = {"on": paid_on, "reference": reference, "by": call.actor.id}
            after = replace(ticket, process={**ticket.process, "paid": paid})
            return after, [events.RedressPaid(ticket.id, paid_on.isoformat(), decision["redress"])]

        return self.reaching.change(id_, Act.COMPLAINT_DECIDE, call, change)

    def refer(self, id_: str, to: Body, reference: str, call: Call) -> Ticket:
        """Record that somebody outside has the complaint now too: ombudsman, mediation, court."""

        def change(ticket: Ticket) -> Changed:
            referrals = [*ticket.process.get("referrals", ()), {"to": to, "reference": reference, "at": call.now}]
            after = replace(ticket, process={**ticket.process, "referrals": referrals})
            return after, [events.ComplaintReferred(ticket.id, to, sha256(reference))]

        return self.reaching.change(id_, Act.DESK_WRITE, call, change)

    def close(self, id_: str, root_cause: str, correction: Correction | None, call: Call) -> Ticket:
        """Close a complaint whose decision has arrived; every clock still running stops."""

        def change(ticket: Ticket) -> Changed:
            return closed(ticket, root_cause, correction, "staff", call, self.packs)

        return self.reaching.change(id_, Act.COMPLAINT_DECIDE, call, change)

    def end_correction(self, id_: str, effect: str, call: Call) -> Ticket:
        """Say what the corrective action has brought; raises Invalid before its effect could be seen."""

        def change(ticket: Ticket) -> Changed:
            correction = ticket.process.get("correction")
            if correction is None or "effect" in correction:
                raise NotAllowedNow(state=ticket.status, allowed=[])
            if call.now.date().isoformat() < correction["look_on"]:
                raise Invalid.field("effect", "too_early")
            process = {**ticket.process, "correction": {**correction, "effect": effect, "ended_at": call.now}}
            after = replace(ticket, process=process).after("correction.ended", call.now, self.packs)
            return after, [events.CorrectionEnded(ticket.id, sha256(effect))]

        return self.reaching.change(id_, Act.DESK_WRITE, call, change)

    def _worded(self, ticket: Ticket, answer: AnswerRef | None, call: Call) -> Ticket:
        """Give the ticket with its decision in approved words; those it has already only have to be in force still."""
        decision = ticket.process.get("decision")
        if ticket.status != Status.DECIDED or not decision:
            return ticket
        kept = decision.get("answer")
        if answer is None:
            if kept:
                self.wording.worded(ticket, AnswerRef.of(kept["ref"]), call)
            return ticket
        words = self.wording.worded(ticket, answer, call)
        told = {**decision, "text": words.text, "answer": {"ref": words.ref, "sha256": words.sha256}}
        return replace(ticket, process={**ticket.process, "decision": told})

    def _sending(self, ticket: Ticket, call: Call) -> Changed:
        moved = ticket.moved(Status.DELIVERING, NEXT).past_gates()
        # After a failure the decision goes out again, as another text: hence the version in its key. What is heard of
        # the first text by then, once more or late, says nothing about the second: hence the key in what moves it on.
        key = f"{_word(ticket)}:{ticket.version}"
        moves = {f"{key}.delivered": Status.DELIVERED.value, f"{key}.failed": Status.DECIDED.value}
        notice = Notice(key, "complaint_decided", "customer", call.now)
        sending = replace(moved, moves_on=moves).owing(notice)
        return sending, [events.DeliveryAsked(ticket.id, Way.SMS, (sending.word(notice),), _answer(ticket))]


def closed(
    ticket: Ticket, root_cause: str, correction: Correction | None, why: str, call: Call, packs: Packs
) -> tuple[Ticket, list[Event]]:
    """Give a complaint closed, and what is to be recorded."""
    process = {**ticket.process, "root_cause": root_cause}
    after = ticket.moved(Status.CLOSED, NEXT).after("closed", call.now, packs).stopping(call.now)
    if correction is not None:
        process["correction"] = asdict(correction)
        after = after.after("correction.begun", call.now, packs)
    after = replace(after, open=False, closed_at=call.now, process=process)
    return after, [events.ComplaintClosed(ticket.id, root_cause, why, correction.owner if correction else "")]


def _answer(ticket: Ticket) -> Mapping[str, str] | None:
    """Name the wording in which the decision is told, if there is one."""
    found: Mapping[str, str] | None = ticket.process["decision"].get("answer")
    return found


def _word(ticket: Ticket) -> str:
    """Name what is delivered: the decision, or that of the review, each with clocks of its own."""
    return "review" if ticket.process.get("review") else "decision"
