"""A gate holds the decision back, and who has an interest neither answers it nor lifts it; nor finds out about themselves."""

import pytest

from tests.integration.matters import LETTER, REJECTED, UPHELD, Desk, done, enquire, refused
from tests.integration.test_tasks import answer, ask, asked, complaint, queue, show, step
from tests.world import LI, World


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def gate(desk: Desk, ticket: str, unit: str = "london", by: str = "lead-east", **what: str) -> str:
    return asked(desk, ticket, unit, by, kind="legal", gate=True, **what)


def test_nothing_is_decided_while_a_gate_is_shut(desk: Desk) -> None:
    ticket = complaint(desk)
    task = gate(desk, ticket)
    asked(desk, ticket)  # what is no gate holds nothing

    shut = desk.case(ticket, "decide", UPHELD)

    assert (refused(shut), shut.body["tasks"]) == ((409, "gate_open"), [task])
    done(answer(desk, task))
    assert done(desk.case(ticket, "decide", UPHELD))["status"] == "decided"


def test_a_gate_that_was_returned_is_shut_again(desk: Desk) -> None:
    ticket = complaint(desk)
    task = gate(desk, ticket)
    done(answer(desk, task))
    done(step(desk, task, "return", {"reason": "And the contract?"}, "lead-east"))

    assert refused(desk.case(ticket, "decide", UPHELD)) == (409, "gate_open")


def test_nothing_proposed_is_approved_while_a_gate_is_shut(desk: Desk) -> None:
    ticket = complaint(desk)
    done(desk.case(ticket, "decide", REJECTED, "agent-east"))
    task = gate(desk, ticket)

    assert refused(desk.case(ticket, "approve", by="head-hq")) == (409, "gate_open")
    done(answer(desk, task))
    assert done(desk.case(ticket, "approve", by="head-hq"))["status"] == "decided"


@pytest.mark.parametrize("way", [LETTER, {"channel": "sms"}])
def test_nothing_decided_is_delivered_while_a_gate_is_shut(desk: Desk, way: dict[str, str]) -> None:
    ticket = complaint(desk)
    done(desk.case(ticket, "decide", UPHELD))
    task = gate(desk, ticket)

    assert refused(desk.case(ticket, "deliver", way)) == (409, "gate_open")
    done(answer(desk, task))
    done(desk.case(ticket, "deliver", way))


def test_no_enquiry_is_resolved_while_a_gate_is_shut(desk: Desk) -> None:
    ticket = enquire(desk.world, desk.token(LI))["id"]
    gate(desk, ticket)

    assert refused(desk.ticket(ticket, "resolve", {"body": "Yes."})) == (409, "gate_open")


def test_a_gate_is_answered_neither_by_who_asked_for_it_nor_by_who_owns_the_ticket(desk: Desk) -> None:
    ticket = complaint(desk)
    done(desk.case(ticket, "assign", {"owner": "agent-east"}))
    task = done(ask(desk, ticket, "east", kind="quality", gate=True))

    assert task["owner"] == "agent-east-2"
    for concerned in ("agent-east", "lead-east"):
        assert refused(answer(desk, task["id"], concerned)) == (403, "conflict_of_interest")
        assert refused(step(desk, task["id"], "assign", {"owner": concerned}, "agent-east-2")) == (
            403,
            "conflict_of_interest",
        )
    done(answer(desk, task["id"], "agent-east-2"))


def test_a_gate_is_lifted_by_a_supervisor_who_neither_asked_for_it_nor_owns_the_ticket(desk: Desk) -> None:
    ticket = complaint(desk)
    done(desk.case(ticket, "assign", {"owner": "agent-east"}))
    task = gate(desk, ticket)

    for concerned in ("lead-east", "agent-east", "agent-east-2"):
        assert refused(step(desk, task, "cancel", {"reason": "r"}, concerned)) == (403, "gate_held")
    done(step(desk, task, "cancel", {"reason": "Legal says it is not needed."}, "head-hq"))
    done(desk.case(ticket, "decide", UPHELD))


def test_a_unit_that_is_complained_about_is_asked_for_its_statement_and_for_nothing_else(desk: Desk) -> None:
    ticket = complaint(desk, about={"unit": "london"})

    assert refused(ask(desk, ticket, kind="quality")) == (403, "conflict_of_interest")
    statement = asked(desk, ticket, kind="statement")
    done(step(desk, statement, "accept"))
    done(answer(desk, statement, body="We did not."))


def test_a_statement_goes_to_who_is_complained_about_and_is_theirs_alone(desk: Desk) -> None:
    ticket = complaint(desk, about={"staff": "agent-east"})
    statement = done(ask(desk, ticket, "east", kind="statement"))

    assert statement["owner"] == "agent-east"
    assert refused(answer(desk, statement["id"], "agent-east-2")) == (403, "conflict_of_interest")
    assert [line["id"] for line in queue(desk, "agent-east")] == [statement["id"]]
    assert done(show(desk, statement["id"], "agent-east"))["said"][0]["word"] == "question"
    assert refused(desk.world.ask("GET", f"/v1/tickets/{ticket}", token=desk.token("agent-east")))[0] == 403
    done(answer(desk, statement["id"], "agent-east", "It was not me."))


def test_who_is_complained_about_sees_no_other_task_and_is_given_none(desk: Desk) -> None:
    ticket = complaint(desk, about={"staff": "agent-east"})
    task = done(ask(desk, ticket, "east"))

    assert task["owner"] == "agent-east-2"
    assert queue(desk, "agent-east") == []
    for refusal in (
        show(desk, task["id"], "agent-east"),
        answer(desk, task["id"], "agent-east"),
        step(desk, task["id"], "assign", {"owner": "agent-east"}, "lead-east"),
        step(desk, task["id"], "cancel", {"reason": "r"}, "agent-east"),
        ask(desk, ticket, "east", owner="agent-east"),
    ):
        assert refused(refusal) == (403, "conflict_of_interest")


def test_a_statement_of_somebody_else_about_who_is_complained_about_is_hidden_from_them(desk: Desk) -> None:
    ticket = complaint(desk, about={"staff": "agent-east"})
    task = asked(desk, ticket, "east", kind="statement", owner="agent-east-2")

    assert queue(desk, "agent-east") == []
    assert refused(show(desk, task, "agent-east")) == (403, "conflict_of_interest")
