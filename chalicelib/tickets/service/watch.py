"""Tickets for the clock: warnings, breaches, the end of waiting, and word that has to arrive."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import WARNING, ask_again_at, postponed
from chalicelib.sla.escalation import Escalations

from .. import events, policy
from ..model import BREACH, ClockFacts, Notice, Ticket
from ..ports import Acting
from .changing import Changing


@dataclass(frozen=True)
class Reached:
    """A level of a clock that has come, when, and when the next one came, if it has."""

    percent: int
    at: datetime
    overtaken_at: datetime | None


@dataclass(frozen=True)
class Watch:
    """Nobody asks for these in person: the sweep does, and news about texts."""

    changing: Changing
    escalations: Escalations
    acting: Mapping[tuple[str, str], Acting] = field(default_factory=dict)

    def escalate(self, id_: str, call: Call) -> str:
        """Record every level reached by now that is not recorded yet, and do whatever else is due.

        A hint that comes too early, twice, or for a closed ticket changes nothing.
        """
        after = self.changing.apply(lambda: self._found(id_), call, lambda ticket: self._due(ticket, call))
        return "escalated" if after.link.seq and after.due_at and after.due_at > call.now else "settled"

    def taken(self, id_: str, key: str, call: Call) -> str:
        """Hear that the word owed under a key is on its way; it is owed no longer."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            if all(notice.key != key for notice in ticket.notices):
                return ticket, []
            return ticket.told(key), [events.NoticeTaken(id_, key)]

        self.changing.apply(lambda: self._found(id_), call, change)
        return "taken"

    def put_off(self, id_: str, key: str, until: datetime, call: Call) -> str:
        """Hear that a word must not go out yet; it is asked for again at that instant."""

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            after = replace(ticket, notices=postponed(ticket.notices, key, until))
            return (ticket, []) if after == ticket else (after, [events.NoticePutOff(id_, key, until)])

        self.changing.apply(lambda: self._found(id_), call, change)
        return "put_off"

    def arrived(self, id_: str, key: str, how: str, at: datetime, call: Call) -> str:
        """Hear that a word was delivered, or failed; clocks are met by delivery, at the time the provider says."""
        fact = f"{key.partition(':')[0]}.{how}"

        def change(ticket: Ticket) -> tuple[Ticket, list[Event]]:
            after = ticket.told(key).after(fact, at, self.changing.packs, f"{key}.{how}")
            if after.clocks == ticket.clocks and after.status == ticket.status:
                return ticket, []
            return after, [events.WordArrived(id_, key, how, at, after.status)]

        self.changing.apply(lambda: self._found(id_), call, change)
        return how

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether word is still owed under a key; if not, what is on its way about it is stale."""
        ticket = self.changing.store.get(id_)
        return ticket is not None and any(notice.key == key for notice in ticket.notices)

    def _found(self, id_: str) -> Ticket:
        ticket = self.changing.store.get(id_)
        if ticket is None:
            raise NotFound
        return ticket

    def _due(self, ticket: Ticket, call: Call) -> tuple[Ticket, list[Event]]:
        happened: list[Event] = []
        for wait in ticket.waits:
            if wait.until is not None and wait.until <= call.now:
                ticket = ticket.resumed(wait.reason, wait.until)
                happened.append(events.TicketResumed(ticket.id, wait.reason, "limit"))
        for id_ in [clock.id for clock in ticket.clocks]:
            ticket, news = self._levels(ticket, id_, call)
            happened += news
        for notice in ticket.notices:
            if ask_again_at(notice) <= call.now:
                ticket, event = _asked(ticket, notice, call.now)
                happened.append(event)
        return ticket, happened

    def _levels(self, ticket: Ticket, id_: str, call: Call) -> tuple[Ticket, list[Event]]:
        packs = self.changing.packs
        clock = next(clock for clock in ticket.clocks if clock.id == id_)
        reached = [(level, at) for level, at in clock.due(packs, call.now, policy.ACTING) if at <= call.now]
        if not reached:
            return ticket, []
        warned = replace(clock, warned=(*clock.warned, *(level for level, _ in reached)))
        ticket = replace(ticket, clocks=tuple(warned if c.id == id_ else c for c in ticket.clocks))
        kind = clock.clock(packs).rule.kind
        actor = self.acting.get((kind, ticket.kind)) if kind in policy.ACTING else None
        happened: list[Event] = []
        for (level, at), later in zip(reached, [*(at for _, at in reached[1:]), None], strict=True):
            if actor is not None and (level >= BREACH or kind == "silence"):
                ticket, news = actor.reached(ticket, level, call)
            else:
                ticket, news = self._told(ticket, clock, Reached(level, at, later), call.now)
            happened += news
        return ticket, happened

    def _told(self, ticket: Ticket, clock: ClockFacts, reached: Reached, now: datetime) -> tuple[Ticket, list[Event]]:
        """Owe word of a level to everybody it is for, from when they may be told; an old one that is overtaken to nobody."""
        rules, percent = self.escalations.at(now), reached.percent
        level = rules.level(percent)
        due = clock.clock(self.changing.packs).due(now).at
        stale = rules.is_stale(reached.at, reached.overtaken_at, now)
        # Whoever works on a task is there when their own unit is.
        calendar = self.changing.packs.calendar(clock.calendar if clock.about else ticket.calendar or clock.calendar)
        told_at = rules.when_told(level, reached.at, calendar, ticket.severity)
        notices = [
            _warning(clock, percent, who, due, max(told_at, now), now)
            for who in (() if stale else policy.told(rules.recipients(level, ticket.severity), clock))
        ]
        ticket = ticket.owing(*notices)
        words = tuple(ticket.word(notice) for notice in notices if notice.tries)
        if percent >= BREACH:
            return ticket, [events.ClockMissed(ticket.id, clock.id, level.tell, due, words)]
        news = events.ClockWarned(ticket.id, clock.id, percent, level.tell, reached.at, due, stale, words)
        return ticket, [news]


def _asked(ticket: Ticket, notice: Notice, now: datetime) -> tuple[Ticket, Event]:
    """Ask for a word, for the first time or again; a warning of a clock that has ended or begun anew is dropped."""
    running = {(clock.id, _run(clock)) for clock in ticket.clocks if not clock.over}
    word, _, about = notice.key.partition("/")
    if word == WARNING and tuple(about.split("/")[:2]) not in running:
        return ticket.told(notice.key), events.NoticeDropped(ticket.id, notice.key)
    again = notice.asked(now)
    ticket = ticket.owing(again)
    return ticket, events.NoticeRepeated(ticket.id, (ticket.word(again),))


def _warning(
    clock: ClockFacts, percent: int, whom: policy.Told, due: datetime, told_at: datetime, now: datetime
) -> Notice:
    name, to, task = whom
    template = "clock_missed" if percent >= BREACH else "clock_warning"
    if clock.about:
        template = "task_missed" if percent >= BREACH else "task_warning"
    facts = {"clock": clock.id, "percent": str(percent), "due_at": text(due)}
    # A clock that begins anew warns anew: hence its start in the key.
    key = f"{WARNING}/{clock.id}/{_run(clock)}/{percent}/{name}"
    return Notice(key, template, to, told_at, tries=0 if told_at > now else 1, facts=facts, task=task)


def _run(clock: ClockFacts) -> str:
    return text(clock.started_at)
