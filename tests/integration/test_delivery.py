"""The decision on its way to the customer: told once it is, failed and sent again, handed over, and then closed."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.clock import text as written
from tests.world import LI, Answer, World

DECISION = {"outcome": "rejected", "findings": "The fee was booked once.", "reasons": "It is in the list of fees."}


@pytest.fixture
def lead(world: World) -> str:
    return world.staff("lead-east")


@pytest.fixture
def customer(world: World) -> str:
    return world.sign_in()


@pytest.fixture
def ticket(world: World, customer: str, lead: str) -> str:
    """A complaint that is acknowledged, decided, and approved by somebody else."""
    id_ = str(world.complain(customer)["id"])
    world.drain()
    assert step(world, id_, "decide", DECISION, lead).body["status"] == "proposed"
    assert step(world, id_, "approve", None, world.staff("head-hq")).body["status"] == "decided"
    return id_


def step(world: World, ticket: str, name: str, body: Any, token: str) -> Answer:
    return world.ask("POST", f"/v1/desk/complaints/{ticket}/{name}", body, token)


def show(world: World, ticket: str, token: str) -> Any:
    return world.ask("GET", f"/v1/complaints/{ticket}", token=token).body


def send(world: World, ticket: str, token: str) -> str:
    """Send the decision by SMS; give the id of the text."""
    assert step(world, ticket, "deliver", {"channel": "sms"}, token).body["status"] == "delivering"
    world.drain()
    return world.provider.to(LI, "complaint_decided")[-1].id


def decision_clock(complaint: dict[str, Any]) -> dict[str, Any]:
    return next(clock for clock in complaint["clocks"] if clock["id"] == "cn.nfra.decision")


def test_the_customer_sees_the_decision_once_it_is_on_its_way(
    world: World, ticket: str, customer: str, lead: str
) -> None:
    assert show(world, ticket, customer)["decision"] is None
    assert show(world, ticket, lead)["decision"]["outcome"] == "rejected"

    send(world, ticket, lead)

    assert show(world, ticket, customer)["decision"]["reasons"] == DECISION["reasons"]
    assert "right.litigation" in show(world, ticket, customer)["decision"]["rights"]


def test_a_decision_that_did_not_arrive_is_sent_again_as_another_text(
    world: World, ticket: str, customer: str, lead: str
) -> None:
    first = send(world, ticket, lead)
    world.receipt(first, "failed")
    world.drain()
    failed = show(world, ticket, lead)
    assert (failed["status"], decision_clock(failed)["state"]) == ("decided", "running")

    second = send(world, ticket, lead)
    assert second != first
    world.now += timedelta(minutes=3)
    world.receipt(second, "delivered")
    world.drain()

    arrived = show(world, ticket, customer)
    assert (arrived["status"], decision_clock(arrived)["state"]) == ("delivered", "met")
    assert decision_clock(arrived)["met_at"] == written(world.now)
    assert len(world.provider.to(LI, "complaint_decided")) == 2


def test_what_is_heard_again_of_the_first_text_does_not_touch_the_second(
    world: World, ticket: str, customer: str, lead: str
) -> None:
    late: list[Any] = []

    def remembering(hints: list[Any]) -> list[Any]:
        late.extend(hint for hint in hints if hint[1].get("event") == "text.failed")
        return hints

    first = send(world, ticket, lead)
    world.receipt(first, "failed")
    world.drain(remembering)
    second = send(world, ticket, lead)

    assert len(late) == 1
    assert not world.work(late[0][0], late[0][1])  # a queue may hand a message out twice
    assert show(world, ticket, lead)["status"] == "delivering"

    world.receipt(second, "delivered")
    world.drain()
    assert show(world, ticket, lead)["status"] == "delivered"


def test_a_decision_that_is_on_its_way_by_sms_may_still_be_handed_over(world: World, ticket: str, lead: str) -> None:
    text = send(world, ticket, lead)

    handed = step(world, ticket, "deliver", {"channel": "letter", "proof": "RM123456785GB"}, lead).body
    assert (handed["status"], decision_clock(handed)["met_at"]) == ("delivered", written(world.now))

    world.receipt(text, "failed")
    world.drain()
    assert show(world, ticket, lead)["status"] == "delivered"


def test_what_is_handed_over_needs_a_proof(world: World, ticket: str, lead: str) -> None:
    for channel in ("letter", "branch", "phone"):
        for proof in ({}, {"proof": ""}, {"proof": "  "}):
            answer = step(world, ticket, "deliver", {"channel": channel, **proof}, lead)
            assert (answer.status, answer.code) == (422, "proof_missing"), channel
    assert show(world, ticket, lead)["status"] == "decided"


def test_a_decision_without_findings_or_reasons_names_what_is_missing(world: World, customer: str, lead: str) -> None:
    ticket = world.complain(customer)["id"]

    answer = step(world, ticket, "decide", {"outcome": "upheld", "findings": " "}, lead)

    assert (answer.status, answer.code) == (422, "missing_blocks")
    assert answer.body["missing_blocks"] == ["findings", "reasons"]
    assert world.events(ticket) == ["complaint.received"]


def test_a_closed_complaint_is_over(world: World, ticket: str, customer: str, lead: str) -> None:
    text = send(world, ticket, lead)
    early = step(world, ticket, "close", {"root_cause": "fee_list"}, lead)
    assert (early.status, early.code, early.body["allowed"]) == (
        409,
        "not_allowed_now",
        ["delivered", "withdrawn"],
    )
    world.receipt(text)
    world.drain()

    closed = step(world, ticket, "close", {"root_cause": "fee_list"}, lead).body

    assert (closed["status"], closed["root_cause"]) == ("closed", "fee_list")
    assert {clock["state"] for clock in closed["clocks"]} <= {"met", "stopped"}
    assert show(world, ticket, customer)["root_cause"] is None
    for name, body in (
        ("take-up", None),
        ("decide", DECISION),
        ("deliver", {"channel": "sms"}),
        ("close", {"root_cause": "r"}),
    ):
        assert step(world, ticket, name, body, lead).code == "not_allowed_now", name
    rows = {
        flag: world.ask("GET", f"/v1/desk/queue?open={flag}", token=lead).body["items"] for flag in ("true", "false")
    }
    assert (len(rows["true"]), len(rows["false"])) == (0, 1)
    records = len(world.records(ticket))
    world.pass_time(days=30)
    # Nobody made the call that was promised on closing: the owner hears of that, and of nothing else.
    assert world.events(ticket)[records:] == ["ticket.called_back", "notice.taken"]


def test_the_status_link_shows_four_things_and_no_edited_link_shows_any(
    world: World, ticket: str, customer: str
) -> None:
    url = show(world, ticket, customer)["status_url"]
    token = url.rpartition("/")[2]
    assert url.startswith("https://dutydesk.test/v1/status/")

    seen = world.ask("GET", f"/v1/status/{token}")

    assert set(seen.body) == {"number", "status", "next_step", "next_due_date"}
    assert (seen.body["status"], seen.body["next_step"]) == ("decided", "we_tell_you")
    other = world.complain(customer)["id"]
    edited = [token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :] for place in range(len(token))]
    swapped = other + token[len(ticket) :]
    for wrong in (
        *edited,
        swapped,
        token[:-1],
        token + "A",
        token.lower(),
        ticket,
        world.keys.token("session", ticket),
    ):
        answer = world.ask("GET", f"/v1/status/{wrong}")
        assert (answer.status, answer.code) == (404, "not_found"), wrong
