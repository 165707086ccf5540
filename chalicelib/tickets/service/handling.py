"""Waiting and going on; resolving, closing and reopening enquiries and requests."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotAllowedNow, NotFound
from chalicelib.kernel.events import Event
from chalicelib.sla.escalation import Escalations
from chalicelib.sla.packs import Packs

from .. import events, policy
from ..model import (
    BREACH,
    NEXT,
    AnswerRef,
    Author,
    ClockFacts,
    Kind,
    Message,
    Notice,
    NotPausable,
    Reason,
    ReopenWindowOver,
    Status,
    Ticket,
    Visibility,
    Wait,
)
from .changing import Changing, Part, posted, sha256
from .task_ending import ended
from .wording import Wording


@dataclass(frozen=True)
class Handling:
    """What the desk does with a ticket of any kind, and customers with their own."""

    changing: Changing
    states: Mapping[Kind, Mapping[str, frozenset[str]]]
    escalations: Escalations
    wording: Wording

    def wait(self, id_: str, reason: Reason, until: datetime | None, clock: str, call: Call) -> Ticket:
        """Wait for somebody; every running clock whose rule lists the reason stands meanwhile.

        With a clock named, that one has to stand, or NotPausable is raised; so it is if the reason is one that only
        stops clocks and none stands. `until` is at the latest what the policy allows; raises Invalid.
        """

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if not ticket.open or ticket.waits_for(reason):
                raise NotAllowedNow(state=ticket.status, allowed=["resume"] if ticket.open else ["reopen"])
            wait = Wait(reason, call.now, _limited(self._longest(call.now).get(reason), until, call.now), call.actor.id)
            clocks = tuple(it.paused(reason, call.now, self.changing.packs) for it in ticket.clocks)
            stood = [old for old, new in zip(ticket.clocks, clocks, strict=True) if old != new]
            self._check(ticket, stood, reason, clock, call.now)
            after = replace(ticket, waits=(*ticket.waits, wait), clocks=clocks)
            return self._waiting(after, wait, stood, call)

        return self.changing.change(id_, Act.DESK_WRITE, call, change)

    def resume(self, id_: str, reason: Reason, call: Call) -> Ticket:
        """Wait no longer for that reason."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if not ticket.waits_for(reason):
                raise NotAllowedNow(state=ticket.status, allowed=[wait.reason for wait in ticket.waits])
            return ticket.resumed(reason, call.now), [events.TicketResumed(ticket.id, reason, "staff")]

        return self.changing.change(id_, Act.DESK_WRITE, call, change)

    def resolve(self, id_: str, body: str, call: Call, answer: AnswerRef | None = None) -> Ticket:
        """Say that what was asked for is answered or done, as a message to the customer; silence then closes it.

        With an `answer` its words come first; see Wording for what it raises.
        """
        message = Message(call.new_id("msg"), Author.STAFF, call.actor.id, Visibility.PUBLIC, body, call.now, id_)

        def change(tickets: list[Ticket]) -> list[Part]:
            no_complaint(tickets[0])
            said = self.wording.message(tickets[0], message, answer, call)
            return [Part(tickets[0], *self._resolved(tickets[0], said, call), said)]

        return self.changing.together(lambda: [self.changing.reach(id_, Act.DESK_WRITE, call)], call, change)[0]

    def _resolved(self, ticket: Ticket, message: Message, call: Call) -> tuple[Ticket, list[Event]]:
        notice = Notice(f"resolved:{ticket.version}", "ticket_resolved", "customer", call.now)
        after = ticket.moved(Status.RESOLVED, NEXT).past_gates()
        after, over = ended(after, "resolved", call, self.changing.packs)
        for fact in ("accepted", "replied", "resolved"):
            after = after.after(fact, call.now, self.changing.packs)
        after = replace(after, waits=()).quiet().owing(notice)
        said = posted(ticket, message)
        words = (after.word(notice),)
        return after, [events.TicketResolved(ticket.id, message.id, said.sha256, words, said.answer), *over]

    def close(self, id_: str, call: Call) -> Ticket:
        """Close what is resolved."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            no_complaint(ticket)
            return self.closed(ticket, "staff", call)

        return self.changing.change(id_, Act.DESK_WRITE, call, change)

    def reopen(self, id_: str, reason: str, act: Act, call: Call) -> Ticket:
        """Take up again what was resolved or closed, as the customer or at the desk; clocks run on from their old start.

        Raises ReopenWindowOver thirty days after it was closed.
        """

        return self.changing.change(id_, act, call, lambda ticket: self.reopened(ticket, reason, call))

    def reopened(self, ticket: Ticket, reason: str, call: Call) -> tuple[Ticket, list[Event]]:
        """Give the ticket taken up again; raises NotAllowedNow and ReopenWindowOver."""
        after = ticket.moved(Status.IN_PROGRESS, self.states[ticket.kind], out_of={Status.RESOLVED, Status.CLOSED})
        if ticket.closed_at is not None and call.now - ticket.closed_at > policy.REOPEN_WINDOW:
            raise ReopenWindowOver
        after = replace(after, open=True, closed_at=None, clocks=reopened(ticket, self.changing.packs))
        notice = Notice(f"reopened:{ticket.version}", "case_reopened", "owner", call.now)
        after = after.owing(notice)
        return after, [events.TicketReopened(ticket.id, after.status, sha256(reason), (after.word(notice),))]

    def reached(self, ticket: Ticket, level: int, call: Call) -> tuple[Ticket, list[Event]]:
        """Close what is resolved and about which nothing more was said."""
        if level < BREACH or ticket.status != Status.RESOLVED:
            return ticket, []
        return self.closed(ticket, "silence", call)

    def closed(self, ticket: Ticket, why: str, call: Call) -> tuple[Ticket, list[Event]]:
        """Give the ticket closed, with what is to be recorded."""
        after = ticket.moved(Status.CLOSED, NEXT).after("closed", call.now, self.changing.packs)
        after = replace(after.stopping(call.now), open=False, closed_at=call.now)
        return after, [events.TicketClosed(ticket.id, why)]

    def _longest(self, now: datetime) -> Mapping[str, timedelta]:
        return self.escalations.at(now).pauses.longest

    def _check(self, ticket: Ticket, stood: list[ClockFacts], reason: Reason, clock: str, now: datetime) -> None:
        """A reason nobody but a clock knows must hold a clock; one named must be among those held."""
        named = [it for it in ticket.clocks if it.id == clock]
        if clock and not named:
            raise NotFound
        if (clock and named[0] not in stood) or (not stood and reason not in self._longest(now)):
            facts = named or [it for it in ticket.clocks if not it.over]
            rules = [it.clock(self.changing.packs).rule for it in facts]
            able = sorted({why for rule in rules for why in rule.pause_reasons})
            raise NotPausable(clock=clock, pausable_for=able)

    def _waiting(self, after: Ticket, wait: Wait, stood: list[ClockFacts], call: Call) -> tuple[Ticket, list[Event]]:
        packs = self.changing.packs
        rules = self.escalations.at(call.now).pauses
        flags = sorted({flag for it in stood for flag in policy.pause_flags(it, wait.reason, rules, packs, call.now)})
        notices = [Notice(f"waiting:{after.version}", "ticket_waiting", "customer", call.now, facts={})]
        if flags:
            facts = {"reason": wait.reason.value, "flags": ", ".join(flags)}
            notices.append(
                Notice(f"pause_flagged:{after.version}", "pause_flagged", rules.approval, call.now, facts=facts)
            )
        after = replace(after, flags=(*after.flags, *flags)).owing(*notices)
        words = tuple(after.word(notice) for notice in notices)
        return after, [events.TicketWaiting(after.id, wait.reason, wait.until, tuple(flags), words)]


def reopened(ticket: Ticket, packs: Packs) -> tuple[ClockFacts, ...]:
    """Give the clocks of a ticket that goes on: what was met by its end, or stopped by it, runs from its old start."""
    return tuple(
        clock.reopened() if clock.clock(packs).rule.kind in policy.REOPENED else clock for clock in ticket.clocks
    )


def _limited(longest: timedelta | None, until: datetime | None, now: datetime) -> datetime | None:
    latest = now + longest if longest else None
    if until is None:
        return latest
    if until <= now:
        raise Invalid.field("until", "in_the_past")
    if latest is not None and until > latest:
        raise Invalid.field("until", "too_large")
    return until


def no_complaint(ticket: Ticket) -> None:
    """A complaint is resolved by its own process, not by a word of the desk."""
    if ticket.kind is Kind.COMPLAINT:
        raise NotAllowedNow(state=ticket.status, allowed=["decide"])
