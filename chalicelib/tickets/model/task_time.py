"""Of tasks, what time has to do with: when they are due, how long they were open, and whose time they ate."""

from datetime import datetime, timedelta

from chalicelib.sla.clocks import Clock
from chalicelib.sla.counting import running
from chalicelib.sla.packs import Packs
from chalicelib.sla.rules import Basis

from .clocks import ClockFacts
from .tasks import Task, TaskKind, TaskRow, task_id
from .ticket import Ticket


def task_due(ticket: Ticket, task: Task, packs: Packs, as_of: datetime) -> datetime | None:
    """Tell when a task is due; None where no rule gives it a time."""
    clocks = [facts.clock(packs) for facts in ticket.clocks if facts.about == str(task.n)]
    return clocks[0].due(as_of).at if clocks else None


def task_row(ticket: Ticket, task: Task, packs: Packs, as_of: datetime) -> TaskRow:
    """Give a task as its unit sees it in a list; who is complained about sees no more than their own statement."""
    own_statement = task.kind is TaskKind.STATEMENT and task.owner == ticket.about_staff
    return TaskRow(
        id=task_id(ticket.id, task.n),
        number=ticket.number,
        subject=ticket.subject,
        kind=task.kind,
        state=task.state,
        unit=task.unit,
        owner=task.owner,
        gate=task.gate,
        asked_from=task.asked_from,
        asked_at=task.asked_at,
        due_at=task_due(ticket, task, packs, as_of),
        version=task.version,
        open=task.open,
        hidden_from="" if own_statement else ticket.about_staff,
    )


def shares(ticket: Ticket, packs: Packs, now: datetime) -> tuple[str, dict[int, int]]:
    """Name the clock that promises the customer an answer, and say for each task which part of the time it has counted so
    far the task was open in, in whole percent; several that were open at once may come to more than a hundred.
    """
    derived = [(it, it.clock(packs)) for it in ticket.clocks if not it.about]
    answers = [(it, clock) for it, clock in derived if clock.rule.kind in _ANSWERS and clock.rule.binding]
    # What a regulator says comes first, as in what the customer is told.
    answers = [one for one in answers if one[1].rule.basis is not Basis.HOUSE] or answers
    if not answers:
        return "", {task.n: 0 for task in ticket.tasks}
    # The running one that is due first; once all are over, the one that was over last.
    facts, clock = min(answers, key=lambda one: (one[0].over, _when(one[0], one[1], now)))
    due, until = clock.due(now), min(clock.ended_at or now, now)
    parts = [part for stretch in due.stretches if stretch.counted for part in running(stretch, due.pauses)]
    counted = [(max(start, clock.started_at), min(end, until)) for start, end in parts]
    whole = sum((_overlap(start, end, start, end) for start, end in counted), timedelta(0))
    found = {task.n: sum((_in(task, part, now) for part in counted), timedelta(0)) for task in ticket.tasks}
    return facts.id, {n: int(100 * open_ / whole) if whole else 0 for n, open_ in found.items()}


def waited_for(task: Task, now: datetime) -> timedelta:
    """Tell how long nobody had accepted it since it was asked: until somebody did, it was over, or now."""
    return (task.accepted_at or task.spells[0].until or now) - task.asked_at


def opened_for(task: Task, now: datetime) -> timedelta:
    """Tell how long somebody had to do something about it."""
    return sum(((spell.until or now) - spell.since for spell in task.spells), timedelta(0))


# Kinds of rules at whose end the customer has an answer.
_ANSWERS = frozenset({"final", "review"})


def _when(facts: ClockFacts, clock: Clock, now: datetime) -> float:
    return -(clock.ended_at or now).timestamp() if facts.over else clock.due(now).at.timestamp()


def _in(task: Task, part: tuple[datetime, datetime], now: datetime) -> timedelta:
    spells = [(spell.since, spell.until or now) for spell in task.spells]
    return sum((_overlap(*part, since, until) for since, until in spells), timedelta(0))


def _overlap(start: datetime, end: datetime, since: datetime, until: datetime) -> timedelta:
    return max(min(end, until) - max(start, since), timedelta(0))
