"""A unit asks another one to find something out: what each side may do, see and must not know."""

from typing import Any

import pytest

from chalicelib.kernel.clock import text
from infra.verify import Verifier
from tests.integration.matters import Desk, done, enquire, refused, told
from tests.looking import PREFIX
from tests.world import LI, Answer, World

QUESTION = "Was the fee booked twice on 3 November?"


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def ask(desk: Desk, ticket: str, unit: str = "london", by: str = "lead-east", **what: Any) -> Answer:
    return desk.ticket(ticket, "tasks", {"kind": "business", "unit": unit, "question": QUESTION, **what}, by)


def asked(desk: Desk, ticket: str, unit: str = "london", by: str = "lead-east", **what: Any) -> str:
    return str(done(ask(desk, ticket, unit, by, **what))["id"])


def step(desk: Desk, task: str, name: str, body: Any = None, by: str = "agent-london", **headers: str) -> Answer:
    return desk.world.ask("POST", f"/v1/desk/tasks/{task}/{name}", body, desk.token(by), **headers)


def answer(desk: Desk, task: str, by: str = "agent-london", body: str = "Yes, it was.") -> Answer:
    return step(desk, task, "answer", {"body": body}, by)


def show(desk: Desk, task: str, by: str) -> Answer:
    return desk.world.ask("GET", f"/v1/desk/tasks/{task}", token=desk.token(by))


def queue(desk: Desk, by: str, query: str = "") -> list[Any]:
    found: list[Any] = done(desk.world.ask("GET", f"/v1/desk/tasks{query}", token=desk.token(by)))["items"]
    return found


def complaint(desk: Desk, **what: Any) -> str:
    return str(desk.world.complain(desk.token(LI), **what)["id"])


def test_a_unit_is_asked_and_answers_on_its_own_calendar(desk: Desk) -> None:
    ticket = complaint(desk)
    task = asked(desk, ticket)
    desk.world.drain()

    assert [sent.to for sent in desk.heard(ticket, "task_asked")] == ["agent-london@dutydesk.test"]
    (line,) = queue(desk, "agent-london")
    # Asked at two in the morning of a Monday in London, where the doors are open for eight hours: three whole days.
    assert (line["id"], line["due_at"]) == (task, "2026-11-25T17:00:00.000Z")
    assert (line["number"], line["subject"]) == (desk.show(ticket)["number"], "Card fee")
    assert done(step(desk, task, "accept"))["state"] == "accepted"
    over = done(answer(desk, task))
    assert (over["state"], over["answered_by"], over["clock_state"]) == ("answered", "agent-london", "met")
    assert queue(desk, "agent-london") == []
    said = done(show(desk, task, "lead-east"))["said"]
    assert [(one["word"], one["by"], one["body"]) for one in said] == [
        ("question", "lead-east", QUESTION),
        ("answer", "agent-london", "Yes, it was."),
    ]


def test_who_owns_the_ticket_hears_of_the_answer(desk: Desk) -> None:
    ticket = complaint(desk)
    answer(desk, asked(desk, ticket))
    desk.world.drain()

    owner = desk.show(ticket)["owner"]
    assert [sent.to for sent in desk.heard(ticket, "task_answered")] == [f"{owner}@dutydesk.test"]


def test_who_is_asked_sees_the_question_and_nothing_else_of_the_ticket(desk: Desk) -> None:
    ticket = complaint(desk)
    task = asked(desk, ticket)

    seen = done(show(desk, task, "agent-london"))
    assert "charged twice" not in str(seen)
    for path in (f"tickets/{ticket}", f"tickets/{ticket}/messages", f"desk/tickets/{ticket}/tasks"):
        assert refused(desk.world.ask("GET", f"/v1/{path}", token=desk.token("agent-london"))) == (404, "not_found")


def test_whom_nobody_asked_sees_no_task(desk: Desk) -> None:
    task = asked(desk, complaint(desk), "east")

    assert refused(show(desk, task, "agent-london")) == (404, "not_found")
    assert refused(answer(desk, task)) == (404, "not_found")
    assert refused(show(desk, "task_none", "agent-east")) == (404, "not_found")
    assert refused(show(desk, task[:-1] + "2", "agent-east")) == (404, "not_found")


def test_customers_see_neither_the_task_nor_its_clock_nor_its_record(desk: Desk) -> None:
    ticket = complaint(desk)
    task = asked(desk, ticket)
    answer(desk, task)

    own = desk.world.ask("GET", f"/v1/tickets/{ticket}", token=desk.token(LI))
    history = desk.world.ask("GET", f"/v1/tickets/{ticket}/history", token=desk.token(LI))
    assert "task" not in own.text + history.text
    assert refused(show(desk, task, LI)) == (403, "forbidden")


def test_what_was_asked_and_answered_is_in_no_record(desk: Desk) -> None:
    ticket = complaint(desk)
    answer(desk, asked(desk, ticket))

    assert QUESTION not in str(desk.world.items("records"))
    assert len(told(desk.world, ticket, "task.asked")[0]["sha256"]) == 64
    assert Verifier(desk.world.client, PREFIX).verify().faults == []


def test_less_time_may_be_asked_for_and_no_more(desk: Desk) -> None:
    ticket = complaint(desk)

    assert done(ask(desk, ticket, within=8))["due_at"] == "2026-11-23T17:00:00.000Z"
    assert refused(ask(desk, ticket, within=25)) == (422, "invalid")


def test_a_unit_there_is_not_and_a_gate_that_is_none_are_refused(desk: Desk) -> None:
    ticket = complaint(desk)

    assert ask(desk, ticket, "atlantis").body["errors"] == [
        {"field": "unit", "code": "not_one_of", "message": "is not one of the allowed values"}
    ]
    assert refused(ask(desk, ticket, gate=True)) == (422, "invalid")
    assert refused(ask(desk, ticket, owner="agent-east")) == (422, "invalid")  # who does not work there


def test_only_its_owner_accepts_and_nobody_twice(desk: Desk) -> None:
    task = asked(desk, complaint(desk))

    assert refused(step(desk, task, "accept", by="lead-london")) == (409, "not_allowed_now")
    done(step(desk, task, "accept"))
    assert refused(step(desk, task, "accept")) == (409, "not_allowed_now")


def test_an_answer_is_returned_once_and_its_time_begins_anew(desk: Desk) -> None:
    ticket = complaint(desk)
    task = asked(desk, ticket)
    assert refused(step(desk, task, "return", {"reason": "r"}, "lead-east")) == (409, "not_allowed_now")
    done(answer(desk, task))
    desk.world.now = desk.world.now.replace(day=24)

    back = done(step(desk, task, "return", {"reason": "On which day?"}, "lead-east"))

    assert (back["state"], back["due_at"]) == ("returned", "2026-11-26T17:00:00.000Z")
    desk.world.drain()
    assert [sent.to for sent in desk.heard(ticket, "task_returned")] == ["agent-london@dutydesk.test"]
    done(answer(desk, task, body="On the third."))
    assert refused(step(desk, task, "return", {"reason": "r"}, "lead-east")) == (409, "not_allowed_now")
    assert refused(answer(desk, task)) == (409, "not_allowed_now")
    assert [one["word"] for one in done(show(desk, task, "agent-london"))["said"]] == [
        *("question", "answer", "return", "answer")
    ]


def test_a_task_goes_to_somebody_else_of_its_unit_with_a_note(desk: Desk) -> None:
    task = asked(desk, complaint(desk))
    done(step(desk, task, "accept"))

    given = done(step(desk, task, "assign", {"owner": "lead-london", "note": "See the log."}))

    assert (given["owner"], given["state"]) == ("lead-london", "open")
    assert done(show(desk, task, "lead-london"))["said"][-1]["body"] == "See the log."
    assert refused(step(desk, task, "assign", {"owner": "agent-east"})) == (422, "invalid")
    assert refused(step(desk, task, "assign", {"owner": "lead-london"})) == (409, "not_allowed_now")


def test_if_match_is_about_the_task_whatever_else_goes_on_with_its_ticket(desk: Desk) -> None:
    ticket = complaint(desk)
    task = asked(desk, ticket)
    tag = show(desk, task, "agent-london").headers["ETag"]
    done(desk.say(ticket, "We are looking into it."))

    assert step(desk, task, "accept", If_Match=tag).status == 200
    assert refused(step(desk, task, "answer", {"body": "b"}, If_Match=tag)) == (412, "outdated")


def test_the_queue_shows_what_is_due_first_and_one_owners_alone(desk: Desk) -> None:
    ticket = complaint(desk)
    late, soon = asked(desk, ticket, owner="lead-london"), asked(desk, ticket, within=1, owner="agent-london")

    assert [line["id"] for line in queue(desk, "lead-london")] == [soon, late]
    assert [line["id"] for line in queue(desk, "lead-london", "?owner=lead-london")] == [late]
    assert [line["id"] for line in queue(desk, "head-hq", "?unit=london&limit=1")] == [soon]


def test_tasks_are_given_to_who_has_least_to_do_tasks_counted_too(desk: Desk) -> None:
    ticket = complaint(desk)

    # Who has the complaint has one thing to do; the other one is given the first task, and one of the next two is not theirs.
    owners = {done(ask(desk, ticket, "east"))["owner"] for _ in range(3)}

    assert owners == {"agent-east", "agent-east-2"}


def test_a_unit_in_which_nobody_is_there_is_told_so_and_the_task_stands(desk: Desk) -> None:
    away = {"since": text(desk.world.now), "until": "2026-12-01T00:00:00Z"}
    for who in ("agent-london", "lead-london"):
        done(desk.world.ask("POST", f"/v1/desk/staff/{who}/absences", away, desk.token("lead-london")))
    ticket = complaint(desk)

    task = done(ask(desk, ticket))

    assert task["owner"] is None
    desk.world.drain()
    assert [sent.to for sent in desk.heard(ticket, "task_without_owner")] == ["lead-london@dutydesk.test"]


def test_a_ticket_has_at_most_thirty_tasks(desk: Desk) -> None:
    ticket = complaint(desk)
    for _ in range(30):
        asked(desk, ticket)

    assert refused(ask(desk, ticket)) == (409, "too_many_tasks")
    assert done(desk.own(ticket, "withdraw"))["status"] == "withdrawn"
    assert queue(desk, "agent-london") == []


def test_an_enquiry_may_have_tasks_and_its_answer_ends_them(desk: Desk) -> None:
    ticket = enquire(desk.world, desk.token(LI))["id"]
    task = asked(desk, ticket)

    done(desk.ticket(ticket, "resolve", {"body": "Yes."}))

    assert done(show(desk, task, "agent-london"))["state"] == "cancelled"
    assert told(desk.world, ticket, "task.cancelled")[0]["why"] == "resolved"


def test_the_states_of_a_task_are_published(desk: Desk) -> None:
    published = done(desk.world.ask("GET", "/v1/states", token=desk.token(LI)))["kinds"]["task"]

    assert published["answered"] == ["returned"]
    assert published["cancelled"] == []


def test_a_ticket_that_is_over_is_asked_nothing(desk: Desk) -> None:
    ticket = complaint(desk)
    done(desk.own(ticket, "withdraw"))

    assert refused(ask(desk, ticket)) == (409, "not_allowed_now")
