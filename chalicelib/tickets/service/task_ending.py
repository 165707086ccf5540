"""Tasks that are over because nobody wants them any more, or because their ticket is."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event
from chalicelib.sla.packs import Packs

from .. import events
from ..model import Notice, Task, TaskKind, TaskState, Ticket, task_id


def ended(ticket: Ticket, why: str, call: Call, packs: Packs, sha256: str = "") -> tuple[Ticket, list[Event]]:
    """Give the ticket with every task of its that is open cancelled, and its owners told; what outlasts it goes on."""
    over = [task for task in ticket.tasks if task.open and not task.outlasts]
    return cancelled(ticket, over, why, call, packs, sha256)


def cancelled(
    ticket: Ticket, tasks: Sequence[Task], why: str, call: Call, packs: Packs, sha256: str
) -> tuple[Ticket, list[Event]]:
    """Give the ticket with these tasks cancelled: their clocks stop, and nobody is warned of them any more."""
    if not tasks:
        return ticket, []
    notices = []
    for task in tasks:
        over = task.moved(TaskState.CANCELLED, call.now).changed()
        ticket = clocked(ticket, task.n, "task.cancelled", call, packs).tasked(over)
        notices.append(addressed(ticket, over, Notice("task_cancelled", "task_cancelled", "owner", call.now)))
    ticket = ticket.owing(*notices)
    ids = tuple(task_id(ticket.id, task.n) for task in tasks)
    words = tuple(ticket.word(notice) for notice in notices)
    return ticket, [events.TaskCancelled(ticket.id, ids, why, sha256, words)]


def clocked(ticket: Ticket, n: int, fact: str, call: Call, packs: Packs) -> Ticket:
    """Give the ticket after a fact about one task: no other clock hears of it."""
    return ticket.clocking(n, lambda clock: clock.after(fact, call.now, packs))


def addressed(ticket: Ticket, task: Task, notice: Notice) -> Notice:
    """Give word of a task for its owner or, where nobody owns it, for the lead of its unit; each version says it anew.

    What is to be made good and nobody of the unit may is for the head: its only lead may be who is not to have it.
    """
    nobody = "head" if task.kind is TaskKind.RECOVERY else "lead"
    to = "owner" if task.owner else nobody
    key = f"{notice.key}:{task.n}:{task.version}"
    return replace(notice, key=key, to=to, facts={"task": task_id(ticket.id, task.n)}, task=task.n)


def asked_anew(ticket: Ticket, task: Task, call: Call) -> Notice:
    """Give the word that somebody has a task from now on, or that nobody can be found for it."""
    template = "task_asked" if task.owner else "task_without_owner"
    if task.owner and task.kind is TaskKind.RECOVERY:
        template = "recovery_asked"
    return addressed(ticket, task, Notice("task_asked", template, "owner", call.now))
