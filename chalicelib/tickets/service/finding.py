"""Finding out what was asked: what the unit that was asked can do with a task."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Event

from .. import events
from ..model import ConflictOfInterest, Notice, Said, Task, TaskKind, TaskRow, TaskState, Ticket, Word, task_id
from .changing import Part, sha256
from .choosing import Choosing
from .task_ending import asked_anew, clocked
from .task_writing import Found, changed, said_on


@dataclass(frozen=True)
class Finding:
    """The side that is asked."""

    choosing: Choosing

    def accept(self, id_: str, call: Call) -> Found:
        """Take on what one has been given; raises NotAllowedNow for anybody else."""

        def change(ticket: Ticket, task: Task) -> tuple[Part, Task]:
            if task.owner != call.actor.id:
                raise NotAllowedNow(state=task.state, allowed=["owner"])
            taken = task.moved(TaskState.ACCEPTED, call.now).changed()
            return Part(ticket, ticket.tasked(taken), [events.TaskAccepted(ticket.id, id_)]), taken

        return self._change(id_, call, change)

    def answer(self, id_: str, body: str, call: Call) -> Found:
        """Answer; its clock ends, and the owner of the ticket hears of it.

        Anybody of the unit may answer but a statement, which is its owner's. Raises ConflictOfInterest for a gate whose
        answer is given by who asked for it or owns the ticket.
        """

        def change(ticket: Ticket, task: Task) -> tuple[Part, Task]:
            if not task.may_answer(call.actor.id, ticket.owner):
                raise ConflictOfInterest
            over = task.moved(TaskState.ANSWERED, call.now)
            over = replace(over, answered_by=call.actor.id, texts=task.texts + 1).changed()
            after = clocked(ticket, task.n, "task.answered", call, self.choosing.changing.packs).tasked(over)
            facts = {"task": id_}
            notice = Notice(f"task_answered:{task.n}:{over.version}", "task_answered", "owner", call.now, facts=facts)
            after = after.owing(notice)
            news = events.TaskAnswered(ticket.id, id_, sha256(body), (after.word(notice),))
            return Part(ticket, after, [news], said=said_on(over, Word.ANSWER, body, call)), over

        return self._change(id_, call, change)

    def assign(self, id_: str, owner: str, note: str, call: Call) -> Found:
        """Give it to somebody else of its unit, with a note if there is something to know.

        Raises Invalid for who is not there, ConflictOfInterest for who has an interest, NotAllowedNow once it is over.
        """

        def change(ticket: Ticket, task: Task) -> tuple[Part, Task]:
            if not task.open or owner == task.owner:
                raise NotAllowedNow(state=task.state, allowed=[])
            self.choosing.check(ticket, task, owner, call.now)
            return self._given(ticket, task, owner, "staff", note, call)

        return self._change(id_, call, change)

    def left(self, staff: str, unit: str, most: int) -> Sequence[TaskRow]:
        """List the open tasks of somebody in a unit, at least as many as `most` if there are."""
        rows: list[TaskRow] = []
        start = None
        while len(rows) <= most:
            page = self.choosing.changing.store.tasks(unit, staff, "", most, start)
            rows += page.items
            start = page.next
            if start is None:
                break
        return rows

    def move_on(self, id_: str, staff: str, call: Call) -> None:
        """Give a task of somebody who is away to somebody else; a statement waits for who has to make it."""

        def change(ticket: Ticket, task: Task) -> tuple[Part, Task]:
            if task.owner != staff or not task.open or task.kind is TaskKind.STATEMENT:
                return Part(ticket, ticket, []), task
            to = self.choosing.owner_for(ticket, task, call.now, but=staff)
            return self._given(ticket, task, to, "absent", "", call)

        changed(self.choosing.changing, lambda: self.choosing.found(id_)[0], id_, call, change)

    def _change(self, id_: str, call: Call, change: Callable[[Ticket, Task], tuple[Part, Task]]) -> Found:
        read = self.choosing.reach
        return changed(self.choosing.changing, lambda: read(id_, Act.TASK_WORK, call)[0], id_, call, change)

    def _given(self, ticket: Ticket, task: Task, owner: str, why: str, note: str, call: Call) -> tuple[Part, Task]:
        """Give the task to somebody, who has to accept it; its clock runs on, since the question is as old as before."""
        task = task.moved(TaskState.OPEN, call.now) if task.state is TaskState.ACCEPTED else task
        given = replace(task, owner=owner, texts=task.texts + bool(note)).changed()
        after = ticket.tasked(given)
        notice = asked_anew(after, given, call)
        after = after.owing(notice)
        proof = sha256(note) if note else ""
        news: list[Event] = [
            events.TaskAssigned(
                ticket.id, task_id(ticket.id, task.n), owner, task.owner, why, proof, (after.word(notice),)
            )
        ]
        said: Said | None = said_on(given, Word.NOTE, note, call) if note else None
        return Part(ticket, after, news, said=said), given
