"""The one way a task is changed: with its ticket, in one transaction."""

from collections.abc import Callable
from dataclasses import replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound

from ..model import Said, Task, Ticket, Word, ticket_of
from .changing import Changing, Part

Found = tuple[Ticket, Task]


def changed(
    changing: Changing,
    read: Callable[[], Ticket],
    id_: str,
    call: Call,
    change: Callable[[Ticket, Task], tuple[Part, Task]],
) -> Found:
    """Change a task there is; If-Match is about the task, whatever else goes on with its ticket. Raises NotFound."""

    def on_it(ticket: Ticket) -> tuple[Part, Task]:
        task = ticket.task(parent(id_)[1])
        if task is None:
            raise NotFound
        call.expect(task.version)
        return change(ticket, task)

    return written(changing, read, replace(call, if_match=None), on_it)


def written(
    changing: Changing, read: Callable[[], Ticket], call: Call, change: Callable[[Ticket], tuple[Part, Task]]
) -> Found:
    """Write a task of a ticket, and answer with the task."""
    places: list[int] = []
    kept: list[Found] = []

    def part(tickets: list[Ticket]) -> list[Part]:
        done, task = change(tickets[0])
        places[:] = [task.n]
        return [done]

    def found(ticket: Ticket) -> Found:
        # The same thing again, so that it is shown once.
        if not kept or kept[0][0] is not ticket:
            kept[:] = [(ticket, ticket.tasks[places[0] - 1])]
        return kept[0]

    return found(changing.together(lambda: [read()], call.telling(found), part)[0])


def said_on(task: Task, word: Word, body: str, call: Call) -> Said:
    """Say something on a task, as the last of its texts."""
    return Said(task.n, task.texts, word, call.actor.id, call.now, body)


def parent(id_: str) -> tuple[str, int]:
    """Give the ticket a task belongs to, and which of its tasks it is; raises NotFound for what is no id of one."""
    try:
        return ticket_of(id_)
    except ValueError as unknown:
        raise NotFound from unknown
