"""More time: asked for by one person, approved by another, told to the customer; and time that begins anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event
from chalicelib.sla.packs import Packs
from chalicelib.sla.rules import Step
from chalicelib.tickets.model import ClockFacts, ConflictOfInterest, Notice, Reason, Ticket

from .. import events, policy
from ..model import ApprovalNeeded, Asked, ExtensionNotPossible
from ..ports import Resting
from .reaching import Reaching, sha256

Changed = tuple[Ticket, Sequence[Event]]


@dataclass(frozen=True)
class Extending:
    """The clocks of a complaint, as far as people may move them."""

    reaching: Reaching
    resting: Resting
    packs: Packs

    def pause(self, id_: str, reason: Reason, until: datetime | None, clock: str, call: Call) -> Ticket:
        """Let clocks stand; raises NotPausable where none may for that reason."""
        self.reaching.read(id_, Act.DESK_WRITE, call)
        return self.resting.wait(id_, reason, until, clock, call)

    def resume(self, id_: str, reason: Reason, call: Call) -> Ticket:
        """Let clocks go on."""
        self.reaching.read(id_, Act.DESK_WRITE, call)
        return self.resting.resume(id_, reason, call)

    def ask(self, id_: str, clock: str, step: str, reason: str, call: Call) -> Ticket:
        """Ask for an extension step of a clock; it changes nothing until somebody else approves it.

        Raises NotFound for a clock that is not there, ExtensionNotPossible for a step that cannot be taken now.
        """

        def change(ticket: Ticket) -> Changed:
            asked = asked_of(ticket)
            self._step(ticket, clock, step, call.now)
            if any(one.open for one in asked):
                raise ExtensionNotPossible(steps=[])
            new = Asked(len(asked) + 1, clock, step, reason, call.actor.id, call.now)
            notice = Notice(f"extension_asked:{new.n}", "approval_needed", "lead", call.now)
            after = _keeping(ticket, [*asked, new]).owing(notice)
            word = (after.word(notice),)
            return after, [events.ExtensionAsked(ticket.id, new.n, clock, step, sha256(reason), word)]

        return self.reaching.change(id_, Act.COMPLAINT_DECIDE, call, change)

    def approve(self, id_: str, n: int, call: Call) -> Ticket:
        """Approve an extension that was asked for; the customer is told the new date and the reason.

        Raises ConflictOfInterest for who asked, ApprovalNeeded for a role too low or a unit not above.
        """

        def change(ticket: Ticket) -> Changed:
            asked = asked_of(ticket)
            one = next((it for it in asked if it.n == n), None)
            if one is None:
                raise NotFound
            if not one.open:
                return ticket, []
            if one.by == call.actor.id:
                raise ConflictOfInterest
            facts, step = self._step(ticket, one.clock, one.step, call.now)
            if not policy.may_approve_step(step, call.actor.roles, above=call.actor.unit != ticket.unit):
                raise ApprovalNeeded
            return self._granted(ticket, facts, step, one, call)

        return self.reaching.change(id_, Act.COMPLAINT_APPROVE, call, change)

    def new_facts(self, id_: str, what: str, call: Call) -> Ticket:
        """Say that new facts or reasons have come; clocks whose rules say so begin anew (Order 2020-3 Art.18(3))."""

        def change(ticket: Ticket) -> Changed:
            after = ticket.after("new_facts", call.now, self.packs)
            return after, [events.NewFacts(ticket.id, sha256(what))]

        return self.reaching.change(id_, Act.DESK_WRITE, call, change)

    def _granted(self, ticket: Ticket, facts: ClockFacts, step: Step, one: Asked, call: Call) -> Changed:
        longer = facts.extended(step.id, step.to_total, call.now)
        clocks = tuple(longer if clock.id == facts.id else clock for clock in ticket.clocks)
        due = longer.clock(self.packs).due(call.now)
        kept = [it.approved(call.actor.id, call.now) if it.n == one.n else it for it in asked_of(ticket)]
        notice = Notice(
            f"{step.notice}:{one.n}",
            "extension_granted",
            "customer",
            call.now,
            facts={"answer_by": due.date.isoformat()},
        )
        after = replace(_keeping(ticket, kept), clocks=clocks).owing(notice)
        return after, [events.ExtensionApproved(ticket.id, one.n, facts.id, step.id, due.at, (after.word(notice),))]

    def _step(self, ticket: Ticket, clock: str, step: str, now: datetime) -> tuple[ClockFacts, Step]:
        """Find the clock and its step; a step is taken once, only to more time, and never after the clock ran out."""
        facts = next((it for it in ticket.clocks if it.id == clock), None)
        if facts is None:
            raise NotFound
        derived = facts.clock(self.packs)
        taken = {extension.step for extension in facts.extensions}
        longest = max((extension.to_total for extension in facts.extensions), default=0)
        able = {it.id: it for it in derived.rule.extensions if it.id not in taken and it.to_total > longest}
        if facts.over or derived.due(now).at <= now or step not in able:
            over = facts.over or derived.due(now).at <= now
            raise ExtensionNotPossible(steps=[] if over else sorted(able))
        return facts, able[step]


def asked_of(ticket: Ticket) -> list[Asked]:
    """List the extensions asked for on a complaint, oldest first."""
    return [
        Asked(**{**kept, "at": _at(kept["at"]), "approved_at": _at(kept.get("approved_at"))})
        for kept in ticket.process.get("extensions", ())
    ]


def _keeping(ticket: Ticket, asked: Sequence[Asked]) -> Ticket:
    return replace(ticket, process={**ticket.process, "extensions": [one.facts() for one in asked]})


def _at(value: datetime | str | None) -> datetime | None:
    return moment(value) if isinstance(value, str) else value
