"""Asking others to find something out: what who asks can do, and what both sides may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.kernel.paging import Page, Position

from .. import events, policy
from ..model import (
    GATES,
    MOST_TASKS,
    Asking,
    ClockFacts,
    ConflictOfInterest,
    GateHeld,
    Notice,
    Said,
    Spell,
    Task,
    TaskKind,
    TaskRow,
    TaskState,
    Ticket,
    TooManyTasks,
    Word,
    task_due,
    task_id,
)
from ..ports import Handling
from .changing import Changing, Part, sha256
from .choosing import Choosing
from .task_ending import addressed, asked_anew, cancelled
from .task_writing import Found, changed, parent, said_on, written

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Tasking:
    """The side that asks."""

    changing: Changing
    choosing: Choosing
    handling: Handling

    def ask(self, id_: str, asking: Asking, call: Call) -> Found:
        """Ask a unit to find something out; its clock begins, and its owner hears of it.

        Raises Invalid for a unit there is not, for a gate that is none and for more time than the rule gives,
        ConflictOfInterest for who is complained about unless it is for their statement, TooManyTasks.
        """

        def change(ticket: Ticket) -> tuple[Part, Task]:
            if not ticket.open:
                raise NotAllowedNow(state=ticket.status, allowed=["reopen"])
            if len(ticket.tasks) >= MOST_TASKS:
                raise TooManyTasks
            return self.asked(ticket, self._task(ticket, asking, call), asking, call)

        return written(self.changing, lambda: self.changing.reach(id_, Act.TASK_ASK, call), call, change)

    def asked(self, ticket: Ticket, task: Task, asking: Asking, call: Call) -> tuple[Part, Task]:
        """Give the ticket with a task more: its clock begins, and its owner (else the lead of its unit) hears of it."""
        clock = self._clock(ticket, task, asking, call.now)
        after = replace(ticket.tasked(task), clocks=(*ticket.clocks, *([clock] if clock else [])))
        notice = asked_anew(after, task, call)
        after = after.owing(notice)
        news = self._news(after, task, asking.question, call, (after.word(notice),))
        return Part(ticket, after, [news], said=said_on(task, Word.QUESTION, asking.question, call)), task

    def send_back(self, id_: str, what: str, call: Call) -> Found:
        """Say, once, that more is wanted than was answered; its clock begins anew. Raises NotAllowedNow."""

        def change(ticket: Ticket, task: Task) -> tuple[Part, Task]:
            back = task.moved(TaskState.RETURNED, call.now)
            owner = (
                task.owner if self.choosing.there(task, call.now) else self.choosing.owner_for(ticket, task, call.now)
            )
            back = replace(back, owner=owner or task.owner, texts=task.texts + 1).changed()
            after = ticket.clocking(task.n, lambda clock: clock.begun(call.now)).tasked(back)
            notice = addressed(after, back, Notice("task_returned", "task_returned", "owner", call.now))
            after = after.owing(notice)
            due = task_due(after, back, self.changing.packs, call.now)
            news = events.TaskReturned(ticket.id, id_, due, sha256(what), (after.word(notice),))
            return Part(ticket, after, [news], said=said_on(back, Word.RETURN, what, call)), back

        return changed(self.changing, lambda: self._reached(id_, call), id_, call, change)

    def cancel(self, id_: str, why: str, call: Call) -> Found:
        """Say that it is not wanted any more; raises GateHeld unless a gate is lifted by a supervisor not concerned.

        So it is with making good, which nobody gives up who should have done it.
        """

        def change(ticket: Ticket, task: Task) -> tuple[Part, Task]:
            concerned = call.actor.id in (task.by, ticket.owner)
            held = task.open and (task.gate or task.outlasts)
            if held and (concerned or not access.scope(call.actor, Act.COMPLAINT_APPROVE)):
                raise GateHeld
            noted = replace(task, texts=task.texts + 1)
            after, news = cancelled(ticket, [noted], "staff", call, self.changing.packs, sha256(why))
            over = after.tasks[task.n - 1]
            return Part(ticket, after, news, said=said_on(over, Word.NOTE, why, call)), over

        return changed(self.changing, lambda: self._reached(id_, call), id_, call, change)

    def of(self, id_: str, call: Call) -> Ticket:
        """Give a ticket whose tasks the caller may see, as who answers for the ticket."""
        return self.changing.reach(id_, Act.TASK_READ, call)

    def queue(self, unit: str, owner: str, limit: int, start: Position | None, call: Call) -> Page[TaskRow]:
        """List a unit's open tasks, nearest due first; a unit out of reach looks absent, and so does what is about one."""
        access.require_on(call.actor, Act.TASK_READ, unit=unit)
        return self.changing.store.tasks(unit, owner, call.actor.id, limit, start)

    def read(self, id_: str, call: Call) -> tuple[Ticket, Task, Sequence[Said]]:
        """Give one task with all that was said on it, to its unit and to who answers for its ticket."""
        access.require(call.actor, Act.TASK_READ)
        ticket, task = self.choosing.found(id_)
        if access.reaches(call.actor, Act.TASK_READ, unit=task.unit):
            self.choosing.permitted(ticket, task, Act.TASK_READ, call)
        else:
            self.changing.permitted(ticket, Act.TASK_READ, call)
        return ticket, task, self.changing.store.said(id_)

    def _reached(self, id_: str, call: Call) -> Ticket:
        access.require(call.actor, Act.TASK_ASK)
        ticket, _ = parent(id_)
        return self.changing.reach(ticket, Act.TASK_ASK, call)

    def _task(self, ticket: Ticket, asking: Asking, call: Call) -> Task:
        if asking.gate and asking.kind not in GATES:
            raise Invalid.field("gate", "not_one_of")
        task = Task(
            n=len(ticket.tasks) + 1,
            kind=asking.kind,
            unit=asking.unit,
            owner="",
            by=call.actor.id,
            asked_from=ticket.unit,
            gate=asking.gate,
            spells=(Spell(call.now),),
            texts=1,
        )
        self._known(asking.unit)
        if asking.kind is not TaskKind.STATEMENT and ticket.complained_about("", asking.unit):
            raise ConflictOfInterest
        if asking.owner:
            self.choosing.check(ticket, task, asking.owner, call.now)
        return replace(task, owner=asking.owner or self.choosing.owner_for(ticket, task, call.now))

    def _news(self, after: Ticket, task: Task, question: str, call: Call, words: Words) -> events.TaskAsked:
        return events.TaskAsked(
            ticket=after.id,
            task=task_id(after.id, task.n),
            kind=task.kind,
            unit=task.unit,
            owner=task.owner,
            gate=task.gate,
            due_at=task_due(after, task, self.changing.packs, call.now),
            sha256=sha256(question),
            notices=words,
        )

    def _known(self, unit: str) -> None:
        try:
            self.handling.of(unit)
        except KeyError as unknown:
            raise Invalid.field("unit", "not_one_of") from unknown

    def _clock(self, ticket: Ticket, task: Task, asking: Asking, now: datetime) -> ClockFacts | None:
        """Start the clock that the asked unit's packs of today have for such a task, on that unit's calendar."""
        timezone, calendar, wanted, _, _ = self.handling.of(task.unit)
        packs = policy.regimes(self.changing.packs, wanted, ticket.product, ticket.channel, now, timezone)
        for pack in packs:
            fact = f"task.{task.kind}_asked"
            for rule in pack.starting(fact, ticket.kind, ticket.product or None, ticket.channel):
                if asking.within > rule.count:
                    raise Invalid.field("within", "too_large")
                on = calendar if pack.calendar == "unit" else pack.calendar
                return ClockFacts(pack.ref, rule.id, on, now, about=str(task.n), count=asking.within or None)
        if asking.within:
            raise Invalid.field("within", "not_one_of")
        return None
