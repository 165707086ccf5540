"""Working on a complaint: classifying, deciding, approving, delivering, closing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event
from chalicelib.sla.escalation import Escalations
from chalicelib.sla.packs import Packs
from chalicelib.sla.schemes import Schemes, UnknownCodeError
from chalicelib.tickets.model import AnswerRef, ConflictOfInterest, Notice, Severity, Ticket

from .. import events, policy
from ..model import (
    NEXT,
    ApprovalNeeded,
    Classification,
    CodeUnknown,
    Decision,
    MissingBlocks,
    Outcome,
    Status,
    decision_facts,
)
from ..ports import Wording
from .filing import alarmed
from .reaching import Reaching, sha256

Changed = tuple[Ticket, Sequence[Event]]


_GRAVE = frozenset({Severity.MAJOR, Severity.CRITICAL})
# What is proposed goes back to its author before it can be decided otherwise.
_UNDECIDED = frozenset({Status.RECEIVED, Status.IN_PROGRESS, Status.IN_REVIEW})


@dataclass(frozen=True)
class Deciding:
    """From the first look to the decision that may go out."""

    reaching: Reaching
    packs: Packs
    escalations: Escalations
    schemes: Schemes
    wording: Wording

    def take_up(self, id_: str, call: Call) -> Ticket:
        """Begin to work on a complaint; its owner thereby accepts it."""

        def change(ticket: Ticket) -> Changed:
            moved = ticket.moved(Status.IN_PROGRESS, NEXT, out_of={Status.RECEIVED})
            if call.actor.id == ticket.owner:
                moved = moved.after("accepted", call.now, self.packs)
            return moved, [events.ComplaintTakenUp(ticket.id)]

        return self.reaching.change(id_, Act.DESK_WRITE, call, change)

    def classify(self, id_: str, found: Classification, call: Call) -> Ticket:
        """Say what kind of complaint it is; a later classification stands beside the earlier ones in the records.

        Raises CodeUnknown for a code that the regulator's list in force does not have.
        """
        codes = self._codes(found.codes, call)

        def change(ticket: Ticket) -> Changed:
            facts: dict[str, Any] = {
                "cause": found.cause,
                "regulatory_impact": found.regulatory_impact,
                "codes": codes,
            }
            process = {**ticket.process, "classification": facts}
            severity = Severity(found.severity)
            after = replace(ticket, product=found.product or ticket.product, severity=severity, process=process)
            news: list[Event] = [
                events.ComplaintClassified(
                    ticket.id, after.product, found.cause, severity, found.regulatory_impact, facts["codes"]
                )
            ]
            if severity in _GRAVE and ticket.severity not in _GRAVE:
                after, alarm = alarmed(after, ("classified",), self.packs, call)
                news += alarm
            return after, news

        return self.reaching.change(id_, Act.DESK_WRITE, call, change)

    def decide(
        self,
        id_: str,
        outcome: Outcome,
        findings: str,
        reasons: str,
        redress: dict[str, object] | None,
        call: Call,
        answer: AnswerRef | None = None,
    ) -> Ticket:
        """Decide, or propose where somebody else has to approve; in approved words too, if an answer is named.

        Raises MissingBlocks if the decision lacks what its regimes say it must tell, ConflictOfInterest if the caller
        decided what is under review, GateOpen while a gate is shut, and what is said of an answer that may not be used.
        """

        def change(ticket: Ticket) -> Changed:
            if "review" in ticket.process and call.actor.id == _under_review(ticket.process)["by"]:
                raise ConflictOfInterest
            needs = self._approval(ticket, outcome, redress, call)
            moved = ticket.moved(Status.PROPOSED if needs else Status.DECIDED, NEXT, out_of=_UNDECIDED).past_gates()
            required = policy.must_tell(self.packs, ticket.regimes)
            missing = policy.missing_blocks(required, findings, reasons)
            if missing:
                raise MissingBlocks(missing_blocks=missing)
            told = policy.rights(required)
            decision = Decision(outcome, findings, reasons, told, call.actor.id, call.now, redress)
            decision = self._worded(moved, decision, answer, call)
            process = _decided(ticket, decision, needs)
            return self._asking(replace(moved, process=process), needs, _news(ticket, decision, needs), call)

        return self.reaching.change(id_, Act.COMPLAINT_DECIDE, call, change)

    def approve(self, id_: str, call: Call) -> Ticket:
        """Approve a proposed decision.

        Raises ConflictOfInterest for its author and the owner, ApprovalNeeded for a role too low.
        """

        def change(ticket: Ticket) -> Changed:
            moved = ticket.moved(Status.DECIDED, NEXT, out_of={Status.PROPOSED}).past_gates()
            self._independent(ticket, call)
            process = {**ticket.process, "approval": {"by": call.actor.id, "at": call.now}}
            return replace(moved, process=process), [events.DecisionApproved(ticket.id)]

        return self.reaching.change(id_, Act.COMPLAINT_APPROVE, call, change)

    def send_back(self, id_: str, reason: str, call: Call) -> Ticket:
        """Return a proposed decision to whoever wrote it, with the reason."""

        def change(ticket: Ticket) -> Changed:
            before = Status.IN_REVIEW if ticket.process.get("review") else Status.IN_PROGRESS
            moved = ticket.moved(before, NEXT, out_of={Status.PROPOSED})
            self._independent(ticket, call)
            notice = Notice(f"returned:{ticket.version}", "decision_returned", "owner", call.now)
            after = replace(moved, process={**ticket.process, "returned": reason}).owing(notice)
            return after, [events.DecisionReturned(ticket.id, sha256(reason), (after.word(notice),))]

        return self.reaching.change(id_, Act.COMPLAINT_APPROVE, call, change)

    def _worded(self, ticket: Ticket, decision: Decision, answer: AnswerRef | None, call: Call) -> Decision:
        if answer is None:
            return decision
        words = self.wording.worded(ticket, answer, call, decision_facts(decision.facts()))
        return replace(decision, text=words.text, answer={"ref": words.ref, "sha256": words.sha256})

    def _codes(self, given: Mapping[str, tuple[str, ...]], call: Call) -> dict[str, list[str]]:
        """Give the codes under the versions of their lists that are in force today; those of no scheme of ours are refused."""
        try:
            schemes = [(self.schemes.in_force(name, call.now), codes) for name, codes in given.items()]
            return {scheme.ref: list(scheme.checked(codes)) for scheme, codes in schemes}
        except UnknownCodeError as unknown:
            raise CodeUnknown(errors=[{"field": f"codes.{unknown.scheme}", "code": "not_one_of"}]) from unknown

    def _approval(
        self, ticket: Ticket, outcome: Outcome, redress: Mapping[str, Any] | None, call: Call
    ) -> tuple[str, ...]:
        regulatory = ticket.process.get("classification", {}).get("regulatory_impact", False)
        return policy.approval_reasons(self.escalations.at(call.now), outcome, regulatory, call.actor.roles, redress)

    def _asking(self, ticket: Ticket, needs: tuple[str, ...], news: Event, call: Call) -> Changed:
        if not needs:
            return ticket, [news]
        notice = Notice(f"approval:{ticket.version}", "approval_needed", "lead", call.now)
        after = ticket.owing(notice)
        return after, [news, events.ApprovalAsked(ticket.id, needs, (after.word(notice),))]

    def _independent(self, ticket: Ticket, call: Call) -> None:
        """Four eyes, and none of those complained about (ISO 10002 8.5; RBI 2026: the same unit may not close)."""
        if call.actor.id in (ticket.process["decision"]["by"], ticket.owner):
            raise ConflictOfInterest
        redress = ticket.process["decision"].get("redress")
        if not policy.within_limit(self.escalations.at(call.now), call.actor.roles, redress):
            raise ApprovalNeeded


def _news(ticket: Ticket, decision: Decision, needs: tuple[str, ...]) -> Event:
    digest = sha256(decision.findings, decision.reasons)
    return events.ComplaintDecided(
        ticket.id, decision.outcome, decision.rights, needs, decision.redress, digest, decision.answer
    )


def _decided(ticket: Ticket, decision: Decision, needs: tuple[str, ...]) -> dict[str, Any]:
    """Keep the decision; what was decided before a review stays beside it."""
    process = {**ticket.process, "decision": decision.facts(), "approval_for": list(needs)}
    process.pop("approval", None)
    if "review" in ticket.process:
        process["first_decision"] = _under_review(ticket.process)
    return process


def _under_review(process: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the decision the customer asked to have reviewed; one of the review that was returned is not it."""
    found: Mapping[str, Any] = process.get("first_decision", process["decision"])
    return found
