"""Everything people can do about what others were asked to find out, drawn by chance."""

from collections.abc import Callable
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.tickets.model import GATES, Asking, TaskKind, Ticket, task_id

from .desk import BRANCHES


def _ask_task(acts: Any, ticket: Ticket, who: str) -> Any:
    pick = acts.chance.choice
    kind = pick([kind for kind in TaskKind if kind is not TaskKind.RECOVERY])
    gate = kind in GATES and acts.chance.random() < 0.5
    asking = Asking(kind, pick(BRANCHES), "What happened?", gate=gate, within=pick((0, 0, 1, 5)))
    return acts.desk.services.tasking.ask(ticket.id, asking, acts.desk.call(who))


def _task(acts: Any, ticket: Ticket, who: str) -> tuple[str, Call]:
    """Draw one of a ticket's tasks, and somebody who probably may do something about it."""
    task = acts.chance.choice(ticket.tasks) if ticket.tasks else None
    if task is None:
        return task_id(ticket.id, 1), acts.desk.call(who)
    crowd = [task.owner or who, who, *acts.desk.staff(unit=task.unit)]
    return task_id(ticket.id, task.n), acts.desk.call(acts.chance.choice(crowd))


def _answer_task(acts: Any, ticket: Ticket, who: str) -> Any:
    task, call = _task(acts, ticket, who)
    return acts.desk.services.finding.answer(task, "So it was.", call)


def _give_task(acts: Any, ticket: Ticket, who: str) -> Any:
    task, call = _task(acts, ticket, who)
    return acts.desk.services.finding.assign(task, acts.chance.choice(acts.desk.staff()), "", call)


TASK_ACTS: dict[str, Callable[[Any, Ticket, str], Any]] = {
    "ask_task": _ask_task,
    "accept_task": lambda it, t, who: it.desk.services.finding.accept(*_task(it, t, who)),
    "answer_task": _answer_task,
    "give_task": _give_task,
    "return_task": lambda it, t, who: it.desk.services.tasking.send_back(
        task_id(t.id, it.chance.randint(1, len(t.tasks) or 1)), "More.", it.desk.call(who)
    ),
    "cancel_task": lambda it, t, who: it.desk.services.tasking.cancel(
        task_id(t.id, it.chance.randint(1, len(t.tasks) or 1)), "Enough.", it.desk.call(who)
    ),
}
