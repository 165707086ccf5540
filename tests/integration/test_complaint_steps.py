"""A complaint from the desk: logged for the past, kept from whom it is about, decided, brought to the customer, closed."""

import json
from datetime import timedelta
from typing import Any

from chalicelib.kernel.clock import moment
from chalicelib.kernel.clock import text as written
from tests.world import SMITH, Answer, World

NEW = "+8613900139000"
DECISION = {"outcome": "upheld", "findings": "The fee was booked twice.", "reasons": "Our system repeated it."}


def log(world: World, token: str, **what_matters: Any) -> Answer:
    body = {"subject": "Card fee", "body": "Twice.", "channel": "letter", "customer": {"phone": NEW}, **what_matters}
    return world.ask("POST", "/v1/desk/complaints", body, token)


def step(world: World, ticket: str, name: str, body: Any, token: str) -> Answer:
    return world.ask("POST", f"/v1/desk/complaints/{ticket}/{name}", body, token)


def show(world: World, ticket: str, token: str) -> Any:
    return world.ask("GET", f"/v1/complaints/{ticket}", token=token).body


def clocks(complaint: dict[str, Any]) -> dict[str, Any]:
    return {clock["id"]: clock for clock in complaint["clocks"]}


def conflicting(answer: Answer) -> bool:
    return (answer.status, answer.code) == (403, "conflict_of_interest")


# --- logged by staff ----------------------------------------------------------------------------------------------


def test_the_clocks_run_from_the_first_expression(world: World) -> None:
    lead, first = world.staff("lead-east"), world.now - timedelta(days=3)

    logged = log(world, lead, received_at=written(first)).body
    fresh = log(world, lead).body

    assert (moment(logged["received_at"]), moment(logged["registered_at"])) == (first, world.now)
    accept = clocks(logged).pop("house.accept")  # the owner's time begins when there is an owner
    assert moment(accept["started_at"]) == world.now
    assert {moment(clock["started_at"]) for clock in logged["clocks"] if clock != accept} == {first}
    earlier = clocks(logged)["cn.nfra.decision"]["due_at"], clocks(fresh)["cn.nfra.decision"]["due_at"]
    assert moment(earlier[1]) - moment(earlier[0]) == timedelta(days=3)
    assert logged["number"].startswith("T-20261123-")


def test_a_complaint_received_long_ago_is_late_at_once_and_only_the_last_level_is_told_of(world: World) -> None:
    ticket = log(world, world.staff("lead-east"), received_at=written(world.now - timedelta(days=90))).body["id"]

    world.sweep()
    world.drain()

    assert clocks(show(world, ticket, world.staff("lead-east")))["cn.nfra.decision"]["state"] == "missed"
    told = [json.loads(r["body"]) for r in world.records(ticket) if r["event"].startswith("clock.")]
    decision = [body for body in told if body["clock"] == "cn.nfra.decision"]
    assert [body.get("stale") for body in decision] == [True, True, True, None]
    late = {
        to: [sent for sent in world.provider.to(f"{to}@dutydesk.test", "clock_") if "cn.nfra.decision" in sent.subject]
        for to in ("lead-east", "head-hq", "compliance-hq")
    }
    assert {to: [sent.template for sent in sents] for to, sents in late.items()} == {
        "lead-east": [],
        "head-hq": [],
        "compliance-hq": ["clock_missed"],
    }


def test_a_complaint_from_the_future_or_from_no_age_is_refused(world: World) -> None:
    lead = world.staff("lead-east")
    assert log(world, lead, received_at=written(world.now + timedelta(minutes=2))).status == 201
    before = len(world.items("tickets")), len(world.items("records"))

    for at, code in (
        (written(world.now + timedelta(minutes=2, seconds=1)), "in_the_future"),
        ("8999-12-31T00:00:00Z", "in_the_future"),
        ("9999-12-31T23:59:59-14:00", "invalid"),
        ("0001-01-01T00:00:00+14:00", "invalid"),
        ("1969-12-31T23:59:59Z", "invalid"),
        ("2026-11-22T10:00:00", "invalid"),
        ("yesterday", "format"),
    ):
        answer = log(world, lead, received_at=at)
        assert (answer.status, answer.body["errors"][0]["code"]) == (422, code), at
        assert answer.body["errors"][0]["field"] == "received_at"

    assert (len(world.items("tickets")), len(world.items("records"))) == before


def test_a_customer_nobody_knows_is_registered_by_number_and_is_the_one_who_signs_in_later(world: World) -> None:
    lead = world.staff("lead-east")
    ticket = log(world, lead, customer={"phone": "+86 139 0013 9000"}).body["id"]
    (unproven,) = [item for item in world.items("identity") if item.get("phone") == NEW]
    assert unproven["verified"] is False
    world.drain()
    assert len(world.provider.to(NEW, "complaint_received")) == 1

    token = world.sign_in(NEW)

    assert [row["id"] for row in world.ask("GET", "/v1/tickets", token=token).body["items"]] == [ticket]
    assert world.ask("GET", "/v1/me", token=token).body["id"] == unproven["id"]
    assert log(world, lead).status == 201
    assert len(world.ask("GET", "/v1/tickets", token=token).body["items"]) == 2


def test_who_is_complaining_must_be_named_and_reachable(world: World) -> None:
    agent = world.staff("agent-east")
    for customer, status, code in (
        ({}, 404, "not_found"),
        ({"id": "cus_01M8323YS0XEGYQ968CNHHKJJ6"}, 404, "not_found"),
        ({"phone": "12345"}, 422, "phone_invalid"),
    ):
        answer = log(world, agent, customer=customer)
        assert (answer.status, answer.code) == (status, code), customer
    assert log(world, agent, unit="london").status == 404
    assert world.items("tickets") == []


# --- kept from whom it is about -----------------------------------------------------------------------------------


def test_who_is_complained_about_neither_owns_nor_sees_nor_decides(world: World) -> None:
    customer, agent, lead = world.sign_in(), world.staff("agent-east"), world.staff("lead-east")
    cases = [world.complain(customer, about={"staff": "agent-east"}) for _ in range(6)]
    harmless = world.complain(customer)["id"]
    assert {case["owner"] for case in cases} == {"agent-east-2"}
    ticket = cases[0]["id"]

    for name, body in (
        ("take-up", None),
        ("decide", DECISION),
        ("deliver", {"channel": "sms"}),
        ("close", {"root_cause": "r"}),
        ("assign", {"owner": "agent-east"}),
        ("assign", {"owner": "lead-east"}),
    ):
        assert conflicting(step(world, ticket, name, body, agent)), name
    for path in (
        "complaints/{}",
        "tickets/{}",
        "tickets/{}/messages",
        "desk/tickets/{}/history",
        "desk/tickets/{}/clocks",
    ):
        assert conflicting(world.ask("GET", f"/v1/{path.format(ticket)}", token=agent)), path
    for kind in ("complaints", "tickets"):
        answer = world.ask("POST", f"/v1/desk/{kind}/{ticket}/assign", {"owner": "agent-east"}, lead)
        assert conflicting(answer), kind
    seen = [
        {row["id"] for row in world.ask("GET", "/v1/desk/queue?limit=100", token=token).body["items"]}
        for token in (agent, lead)
    ]
    assert seen == [{harmless}, {harmless, *(case["id"] for case in cases)}]
    assert world.events(ticket) == ["complaint.received"]


def test_a_complaint_about_a_unit_is_handled_above_it(world: World) -> None:
    case = world.complain(world.sign_in(), about={"unit": "east"})

    assert (case["unit"], case["owner"]) == ("hq", "head-hq")
    for token in (world.staff("agent-east"), world.staff("lead-east")):
        assert step(world, case["id"], "decide", DECISION, token).status == 404
    assert step(world, case["id"], "decide", DECISION, world.staff("head-hq")).status == 200


def test_a_complaint_about_the_head_office_is_decided_by_nobody_who_works_there(world: World) -> None:
    case = world.complain(world.sign_in(), about={"unit": "hq"})
    head = world.staff("head-hq")

    assert case["unit"] == "east"
    for name, body in (("take-up", None), ("decide", DECISION)):
        assert conflicting(step(world, case["id"], name, body, head))
    assert step(world, case["id"], "decide", DECISION, world.staff("lead-east")).status == 200


def test_where_everybody_is_complained_about_the_lack_of_an_owner_is_told(world: World) -> None:
    logged = log(world, world.staff("head-hq"), unit="hq", about={"unit": "hq"}).body
    world.drain()

    assert (logged["owner"], logged["unit"]) == (None, "hq")
    assert "ticket.assignment_failed" in world.events(logged["id"])
    assert world.provider.to("head-hq@dutydesk.test", "assignment_failed")


# --- under the rules of another country ---------------------------------------------------------------------------


def test_a_complaint_in_london_runs_under_the_rules_of_the_country_and_of_payments(world: World) -> None:
    token = world.sign_in(SMITH)
    payment = world.complain(token, product="payments")

    assert (payment["unit"], payment["language"]) == ("london", "en")
    assert [ref.partition("@")[0] for ref in payment["regimes"]] == ["uk.disp", "uk.disp.payments", "house"]
    assert {clock["timezone"] for clock in payment["clocks"]} == {"Europe/London"}
    assert {clock["calendar"]["id"] for clock in payment["clocks"]} == {"GB-ENG"}
    assert clocks(payment)["uk.disp.final"]["due_date"] == "2027-01-18"
    plain = world.complain(token, product="mortgage")
    assert set(clocks(payment)) - set(clocks(plain)) == {
        id_ for id_ in clocks(payment) if id_.startswith("uk.disp.payments")
    }
    world.drain()
    assert payment["number"] in world.provider.to(SMITH, "complaint_received")[0].body
