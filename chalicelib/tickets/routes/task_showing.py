"""From what we mean by a task to what goes out, and back."""

from collections.abc import Sequence
from datetime import timedelta

from chalicelib.bootstrap import services
from chalicelib.web import call, shown_once

from ..model import Asking, Said, Task, TaskRow, Ticket, opened_for, shares, task_row, waited_for
from .task_shapes import PartOut, SaidOut, TaskIn, TaskOut, TaskRowOut, ToldTaskOut


def asked(body: TaskIn) -> Asking:
    """Read what comes in as what we mean by it."""
    return Asking(body.kind, body.unit, body.question, body.owner or "", body.gate, body.within or 0)


@shown_once
def task_out(found: tuple[Ticket, Task]) -> TaskOut:
    """Show a task as it stands now."""
    return TaskOut.model_validate(_facts(*found))


def told_out(ticket: Ticket, task: Task, said: Sequence[Said]) -> ToldTaskOut:
    """Show a task with what was said on it."""
    told = [SaidOut(word=one.word, by=one.by, at=one.at, body=one.body) for one in said]
    return ToldTaskOut.model_validate(_facts(ticket, task) | {"said": told})


def parts_out(ticket: Ticket) -> list[PartOut]:
    """Show every task of a ticket with its part of the ticket's time."""
    clock, parts = shares(ticket, services().packs, call().now)
    most = max(parts.values(), default=0)
    return [
        PartOut.model_validate(
            _facts(ticket, task)
            | {"of_clock": clock or None, "share": parts[task.n], "eats_most": 0 < most == parts[task.n]}
        )
        for task in ticket.tasks
    ]


def task_row_out(row: TaskRow) -> TaskRowOut:
    """Show a task as a line in a list."""
    return TaskRowOut.model_validate(_line(row))


def _line(row: TaskRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in TaskRowOut.model_fields} | {"owner": row.owner or None}


def _facts(ticket: Ticket, task: Task) -> dict[str, object]:
    packs, now = services().packs, call().now
    clock = next((it for it in ticket.clocks if it.about == str(task.n)), None)
    return _line(task_row(ticket, task, packs, now)) | {
        "ticket": ticket.id,
        "asked_by": task.by,
        "accepted_at": task.accepted_at,
        "answered_at": task.answered_at,
        "answered_by": task.answered_by or None,
        "clock": clock.id if clock else None,
        "clock_state": clock.clock(packs).state(now).value if clock else None,
        "waited_for": _long(waited_for(task, now)),
        "open_for": _long(opened_for(task, now)),
    }


def _long(length: timedelta) -> str:
    return f"PT{int(length.total_seconds())}S"
