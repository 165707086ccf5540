"""What every store of tickets promises of tasks: lines in the queue of a unit, and what was said, in order."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed
from chalicelib.tickets.model import Said, TaskRow, Word, task_id
from tests.builders import id_of, make_ticket
from tests.contract.lists import walked
from tests.world import START

HOUR = timedelta(hours=1)


def row(n: int, **what_matters: Any) -> TaskRow:
    facts: dict[str, Any] = {
        "number": make_ticket().number,
        "subject": "Card fee",
        "kind": "legal",
        "state": "open",
        "unit": "london",
        "owner": "agent-london",
        "gate": True,
        "asked_from": "east",
        "asked_at": START,
        "due_at": START + n * HOUR,
        "version": 1,
        "open": True,
    }
    return TaskRow(id=task_id(id_of(1), n), **facts | what_matters)


def told(task: int, place: int) -> Said:
    return Said(task, place, Word.QUESTION, "agent-east", START, f"{task}.{place}")


def written(store: Any, version: int, *rows: TaskRow, said: tuple[Said, ...] = ()) -> None:
    ticket = make_ticket(version=version)
    new = {ticket.id} if version == 1 else set()
    store.write([ticket], new, [], None, (), rows, [(ticket.id, one) for one in said])


def listed(store: Any, unit: str = "london", owner: str = "", reader: str = "lead-london") -> list[TaskRow]:
    return walked(lambda start: store.tasks(unit, owner, reader, 2, start))


def test_open_tasks_of_a_unit_come_nearest_due_first_and_as_they_were(tickets: Any) -> None:
    written(tickets, 1, row(3), row(1), row(2, due_at=None), row(4, unit="east"), row(5, open=False))

    assert listed(tickets) == [row(1), row(3), row(2, due_at=None)]
    assert [one.unit for one in listed(tickets, "east")] == ["east"]


def test_a_task_that_is_over_or_elsewhere_leaves_the_queue(tickets: Any) -> None:
    written(tickets, 1, row(1), row(2), row(3))
    written(tickets, 2, row(1, open=False, state="answered"), row(2, unit="hq", owner="head-hq"))

    assert [one.id for one in listed(tickets)] == [row(3).id]
    assert [one.owner for one in listed(tickets, "hq")] == ["head-hq"]


def test_tasks_are_those_of_an_owner_and_hidden_from_who_is_complained_about(tickets: Any) -> None:
    written(tickets, 1, row(1), row(2, owner="lead-london"), row(3, hidden_from="lead-london"))

    assert [one.id for one in listed(tickets)] == [row(1).id, row(2).id]
    assert [one.id for one in listed(tickets, reader="agent-london")] == [row(n).id for n in (1, 2, 3)]
    assert [one.id for one in listed(tickets, owner="lead-london")] == [row(2).id]


def test_a_ticket_is_not_found_among_tasks_nor_a_task_among_tickets(tickets: Any) -> None:
    written(tickets, 1, row(1, unit="east"))

    assert len(listed(tickets, "east")) == 1
    assert len(walked(lambda start: tickets.of_desk("east", True, {}, "", 5, start))) == 1
    assert tickets.messages(id_of(1), 5, None).items == ()


def test_what_was_said_on_a_task_is_read_in_order_and_never_said_over(tickets: Any) -> None:
    written(tickets, 1, said=(told(1, 1), told(2, 1), told(1, 2)))
    written(tickets, 2, said=(told(10, 1),))

    assert list(tickets.said(task_id(id_of(1), 1))) == [told(1, 1), told(1, 2)]
    assert list(tickets.said(task_id(id_of(1), 3))) == []
    with pytest.raises(Changed):
        written(tickets, 3, said=(replace(told(1, 2), body="otherwise"),))


def test_open_tasks_are_counted_by_owner_as_they_are_written(tickets: Any) -> None:
    written(tickets, 1, row(1), row(2), row(3, owner=""), row(4, unit="hq"))
    assert {who: n for who, n in tickets.task_loads("london").items() if n} == {"agent-london": 2}

    written(tickets, 2, row(1, owner="lead-london"), row(2, open=False))
    assert {who: n for who, n in tickets.task_loads("london").items() if n} == {"lead-london": 1}
