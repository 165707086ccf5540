"""The time of tasks: who is warned, when nobody is any more, and whose time is eaten."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.clock import moment, text
from infra.verify import Verifier
from tests.integration.matters import Desk, done, enquire, states, told
from tests.integration.test_tasks import answer, ask, asked, complaint, queue, show, step
from tests.looking import PREFIX
from tests.world import LI, World

DUE = {50: "2026-11-24T13:00:00.000Z", 75: "2026-11-25T11:00:00.000Z", 90: "2026-11-25T14:36:00.000Z"}


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def levels(world: World, ticket: str) -> list[tuple[str, int]]:
    """List the levels of the tasks' clocks that were recorded, in order."""
    found = [json.loads(r["body"]) for r in world.records(ticket) if r["event"] in ("clock.warned", "clock.missed")]
    return [(body["clock"], body.get("percent", 100)) for body in found if "task" in body["clock"]]


def mails(desk: Desk, ticket: str) -> Counter[tuple[str, str]]:
    """Count who was told what of a task's time."""
    sent = [*desk.heard(ticket, "task_warning"), *desk.heard(ticket, "task_missed")]
    return Counter((one.template, one.to.partition("@")[0]) for one in sent)


def late(desk: Desk, ticket: str, order: Any = None) -> None:
    """Let all of a task's time pass, and some more."""
    for at in (*DUE.values(), "2026-11-25T17:00:00.000Z", "2026-11-26T09:00:00.000Z"):
        desk.world.now = moment(at)
        for _ in range(2):
            desk.world.sweep()
            desk.world.drain(order)


def doubled(waiting: list[Any]) -> list[Any]:
    return [*reversed(waiting), *waiting]


@pytest.mark.parametrize("order", [None, doubled])
def test_each_level_is_told_once_to_the_owner_the_lead_of_the_unit_and_who_asked(
    desk: Desk, order: Callable[..., Any] | None
) -> None:
    ticket = complaint(desk)
    asked(desk, ticket)
    asker = desk.show(ticket)["owner"]
    done(desk.ticket(ticket, "accept", by=asker))

    late(desk, ticket, order)

    clock = "house.task_business:1"
    assert levels(desk.world, ticket) == [(clock, 50), (clock, 75), (clock, 90), (clock, 100)]
    assert mails(desk, ticket) == {
        ("task_warning", "agent-london"): 1,
        ("task_warning", "lead-london"): 1,
        ("task_warning", asker): 1,
        ("task_missed", "agent-london"): 1,
        ("task_missed", "lead-london"): 1,
        ("task_missed", asker): 1,
    }
    reached = [body["reached_at"] for body in told(desk.world, ticket, "clock.warned") if body["clock"] == clock]
    assert reached == list(DUE.values())


def test_after_the_answer_nobody_is_warned(desk: Desk) -> None:
    ticket = complaint(desk)
    done(answer(desk, asked(desk, ticket)))

    late(desk, ticket)

    assert (levels(desk.world, ticket), mails(desk, ticket)) == ([], Counter())


def test_a_warning_that_waits_for_the_morning_is_dropped_by_the_answer(desk: Desk) -> None:
    ticket = complaint(desk)
    task = asked(desk, ticket, within=8)
    desk.world.now = moment("2026-11-23T13:00:00Z")
    desk.world.sweep()
    desk.world.publish()  # asked for, but the message is still under way
    done(answer(desk, task))
    desk.world.drain()

    assert mails(desk, ticket) == Counter()


def withdrawn(desk: Desk, ticket: str) -> None:
    done(desk.own(ticket, "withdraw"))


def closed(desk: Desk, ticket: str) -> None:
    desk.delivered(ticket)
    done(desk.case(ticket, "close", {"root_cause": "r"}))


def merged(desk: Desk, ticket: str) -> None:
    done(desk.ticket(ticket, "merge", {"ticket": complaint(desk)}))


@pytest.mark.parametrize("end", [withdrawn, closed, merged])
def test_the_end_of_the_ticket_ends_its_tasks_in_one_transaction_and_nobody_is_warned(
    desk: Desk, end: Callable[[Desk, str], None]
) -> None:
    ticket = complaint(desk)
    tasks = [asked(desk, ticket), asked(desk, ticket, "hq")]
    done(answer(desk, asked(desk, ticket)))

    end(desk, ticket)

    last = desk.world.records(ticket)[-1]
    assert (last["event"], json.loads(last["body"])["tasks"]) == ("task.cancelled", tasks)
    assert last["request_id"] == desk.world.records(ticket)[-2]["request_id"]
    assert [done(show(desk, task, "head-hq"))["state"] for task in tasks] == ["cancelled", "cancelled"]
    assert (queue(desk, "agent-london"), queue(desk, "head-hq")) == ([], [])
    late(desk, ticket)
    assert mails(desk, ticket) == Counter()
    assert "agent-london@dutydesk.test" in {sent.to for sent in desk.heard(ticket, "task_cancelled")}
    assert Verifier(desk.world.client, PREFIX).verify().faults == []


def test_silence_that_closes_an_enquiry_finds_no_task_to_end(desk: Desk) -> None:
    ticket = enquire(desk.world, desk.token(LI))["id"]
    asked(desk, ticket)
    done(desk.ticket(ticket, "resolve", {"body": "Yes."}))
    done(desk.ticket(ticket, "close"))

    assert len(told(desk.world, ticket, "task.cancelled")) == 1


def test_tasks_of_who_is_away_go_to_others_but_for_a_statement(desk: Desk) -> None:
    ticket = complaint(desk, about={"staff": "agent-london"})
    plain = complaint(desk)
    statement = asked(desk, ticket, kind="statement")
    task = asked(desk, plain, owner="agent-london")
    done(step(desk, task, "accept"))
    away = {"since": text(desk.world.now), "until": "2026-12-01T00:00:00Z"}

    done(desk.world.ask("POST", "/v1/desk/staff/agent-london/absences", away, desk.token("lead-london")))
    desk.world.drain(doubled)

    moved = done(show(desk, task, "lead-london"))
    assert (moved["owner"], moved["state"]) == ("lead-london", "open")
    assert done(show(desk, statement, "lead-london"))["owner"] == "agent-london"
    assert len(told(desk.world, plain, "task.assigned")) == 1
    desk.world.now += timedelta(minutes=3)
    desk.world.work("escalations", {"due": "away_agent-london"})
    assert desk.world.events("agent-london").count("staff.absence_settled") == 1


def test_a_returned_answer_goes_to_somebody_who_is_there(desk: Desk) -> None:
    task = asked(desk, complaint(desk))
    done(answer(desk, task))
    away = {"since": text(desk.world.now), "until": "2026-12-01T00:00:00Z"}
    done(desk.world.ask("POST", "/v1/desk/staff/agent-london/absences", away, desk.token("lead-london")))

    assert done(step(desk, task, "return", {"reason": "r"}, "lead-east"))["owner"] == "lead-london"


def test_the_ticket_shows_which_task_eats_its_time(desk: Desk) -> None:
    ticket = complaint(desk)
    quick = asked(desk, ticket)
    desk.world.now = moment("2026-11-23T06:00:00Z")
    done(answer(desk, quick))
    # Its clock counts from midnight in Shanghai: four days later a slow one has had the last three of them.
    desk.world.now = moment("2026-11-24T16:00:00Z")
    slow = asked(desk, ticket, owner="lead-london")
    desk.world.now = moment("2026-11-27T16:00:00Z")

    items = done(desk.world.ask("GET", f"/v1/desk/tickets/{ticket}/tasks", token=desk.token("lead-east")))["items"]

    assert [(one["id"], one["of_clock"], one["share"], one["eats_most"]) for one in items] == [
        (quick, "cn.nfra.decision", 0, False),
        (slow, "cn.nfra.decision", 75, True),
    ]
    assert [(one["waited_for"], one["open_for"]) for one in items] == [
        ("PT14400S", "PT14400S"),
        ("PT259200S", "PT259200S"),
    ]


def test_clocks_of_tasks_are_among_the_ticket_s_for_staff_and_in_its_past(desk: Desk) -> None:
    ticket = complaint(desk)
    before = desk.world.now
    desk.world.now = desk.world.now.replace(hour=3)
    task = done(ask(desk, ticket, within=4))
    shown = done(desk.world.ask("GET", f"/v1/desk/tickets/{ticket}/clocks", token=desk.token("lead-east")))
    past = done(
        desk.world.ask("GET", f"/v1/desk/tickets/{ticket}/clocks?as_of={text(before)}", token=desk.token("lead-east"))
    )

    assert states({"clocks": shown["items"]})[task["clock"]] == "running"
    assert task["clock"] not in states({"clocks": past["items"]})
    now = f"/v1/desk/tickets/{ticket}/clocks?as_of={text(desk.world.now)}"
    known = done(desk.world.ask("GET", now, token=desk.token("lead-east")))["items"]
    assert {one["id"]: one["due_at"] for one in known}[task["clock"]] == task["due_at"]
