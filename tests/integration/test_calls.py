"""What each route costs, exactly: its calls of DynamoDB, and the write units of the use cases that have a budget."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.architecture.declared import routes
from tests.integration.counting import Ledgered, metered, served
from tests.integration.stages import STAGES, Stagehand
from tests.world import LI, World

SESSION, TICKET, TWO, THREE = "get session", "get ticket", "write 2", "write 3"

# Route -> the calls of DynamoDB it makes: one transaction where something changes, one read of the session where somebody
# is signed in, and one read of what it is about. A key for idempotency adds one item to the transaction, and no call.
EXPECTED = {
    "POST /v1/verifications": [TWO],
    "POST /v1/verifications/{verification}/resend": ["get code", TWO],
    "POST /v1/verifications/{verification}/check": ["count", TWO],
    "POST /v1/sessions": ["get code", "get phone", "get customer", "write 4"],
    "POST /v1/staff/sessions": ["get staff", "write 4"],
    "GET /v1/sessions/current": [SESSION],
    "GET /v1/me": [SESSION],
    "DELETE /v1/sessions/current": [SESSION, SESSION, "get customer", THREE],
    "GET /v1/tickets": [SESSION, "query"],
    "GET /v1/tickets/{ticket}": [SESSION, TICKET],
    "POST /v1/tickets/{ticket}/messages": [SESSION, TICKET, THREE],
    "GET /v1/tickets/{ticket}/messages": [SESSION, TICKET, "query"],
    "GET /v1/tickets/{ticket}/history": [SESSION, TICKET, "query"],
    "GET /v1/status/{token}": [TICKET],
    "GET /v1/desk/queue": [SESSION, "query"],
    "POST /v1/desk/tickets/{ticket}/assign": [SESSION, TICKET, TWO],
    "GET /v1/desk/tickets/{ticket}/history": [SESSION, TICKET, "query"],
    "GET /v1/desk/tickets/{ticket}/clocks": [SESSION, TICKET],
    "POST /v1/desk/tickets/{ticket}/handover": [SESSION, TICKET, "write 4"],
    "GET /v1/desk/duplicates": [SESSION, "query"],
    "GET /v1/desk/staff": [SESSION],
    "POST /v1/desk/staff/{staff}/absences": [SESSION, "get staff", "write 4"],
    "DELETE /v1/desk/staff/{staff}/absences/{absence}": [SESSION, "get staff", "write 4"],
    "GET /v1/opening-hours": [],
    "POST /v1/complaints": [SESSION, TWO],
    "GET /v1/complaints/{ticket}": [SESSION, TICKET],
    "POST /v1/desk/complaints": [SESSION, "get phone", "get customer", TWO],
    "POST /v1/desk/complaints/{ticket}/assign": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/take-up": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/decide": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/deliver": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/close": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/acknowledge": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/alarm-acknowledged": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/classify": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/approve": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/return": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/redress-paid": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/refer": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/correction-ended": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/extensions": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/extensions/{n}/approve": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/new-facts": [SESSION, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/pause": [SESSION, TICKET, TICKET, TWO],
    "POST /v1/desk/complaints/{ticket}/resume": [SESSION, TICKET, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/accept": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/wait": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/resume": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/close": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/reopen": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/promote": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets/{ticket}/resolve": [SESSION, TICKET, THREE],
    "POST /v1/desk/tickets/{ticket}/merge": [SESSION, TICKET, TICKET, "write 4"],
    "POST /v1/desk/tickets/{ticket}/link": [SESSION, TICKET, TICKET, "write 4"],
    "POST /v1/desk/tickets/{ticket}/split": [SESSION, TICKET, "write 5"],
    # Whoever is to speak for the customer is registered first, where nobody knows them yet.
    "POST /v1/desk/tickets/{ticket}/mandates": [SESSION, TICKET, "get phone", THREE, TICKET, TWO],
    "DELETE /v1/desk/tickets/{ticket}/mandates/{representative}": [SESSION, TICKET, TWO],
    "POST /v1/complaints/{ticket}/accept": [SESSION, TICKET, TWO],
    # The members of the unit above are read, as those of a unit are once a minute.
    "POST /v1/complaints/{ticket}/reject": [SESSION, TICKET, "query", THREE],
    "POST /v1/complaints/{ticket}/withdraw": [SESSION, TICKET, TWO],
    "POST /v1/tickets": [SESSION, TWO],
    "POST /v1/tickets/{ticket}/reopen": [SESSION, TICKET, TWO],
    "POST /v1/tickets/{ticket}/update-requests": [SESSION, TICKET, TWO],
    "POST /v1/tickets/{ticket}/support-needs": [SESSION, TICKET, TWO],
    "POST /v1/desk/tickets": [SESSION, "get phone", "get customer", TWO],
    "GET /v1/states": [SESSION],
    "POST /v1/desk/operations/dlq/{queue}/redrive": [SESSION, "get redrive", TWO, TWO],
    "POST /v1/webhooks/sms/{provider}": [TWO],
    "GET /v1/health": [],
    "GET /v1/openapi.json": [],
    "GET /docs": [],
    "GET /v1/desk/operations": [SESSION, "get heartbeat", *["query"] * 10],
}

# Use case -> its write units without an idempotency key, of the tables and of their indexes. The design allows a create 10
# and a reply 8 of the tables' (P6); a code cycle is start and check.
UNITS = {
    "POST /v1/verifications": (4, 0),
    "POST /v1/verifications/{verification}/check": (5, 0),
    "POST /v1/complaints": (8, 3),
    "POST /v1/tickets": (8, 3),
    "POST /v1/tickets/{ticket}/messages": (8, 2),
}


@pytest.fixture(scope="module")
def counted() -> Iterator[Ledgered]:
    """Everything that every route costs, in one story."""
    with metered() as counted:
        customer = in_and_out(counted)
        desk_of(counted, customer)
        step_by_step(counted, customer)
        yield counted


def in_and_out(counted: Ledgered) -> str:
    """A customer, known already, signs in, looks around, and out; give the token of another session."""
    world, ask = counted.world, counted.ask
    customer = world.sign_in()
    world.now += timedelta(hours=1)
    started = ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI})
    world.now += timedelta(minutes=2)
    ask("POST", f"/v1/verifications/{started['id']}/resend")
    grant = ask("POST", f"/v1/verifications/{started['id']}/check", {"code": world.code(LI)})["grant"]
    shown = {name: started["warning"][name] for name in ("id", "version")}
    token = ask("POST", "/v1/sessions", {"grant": grant, "warning_acknowledged": shown})["token"]
    for method, path in (("GET", "/v1/sessions/current"), ("GET", "/v1/me"), ("DELETE", "/v1/sessions/current")):
        ask(method, path, token=token)
    for path in ("/v1/health", "/v1/openapi.json", "/docs"):
        ask("GET", path)
    return customer


def desk_of(counted: Ledgered, customer: str) -> None:
    """A complaint is filed, spoken about, decided, delivered and closed."""
    world, ask = counted.world, counted.ask
    lead = ask("POST", "/v1/staff/sessions", {"id_token": "token-of-lead-east"})["token"]
    world.complain(customer)  # the unit's page is read once a minute
    filed = {"subject": "Card fee", "body": "I was charged twice for my card.", "product": "cards"}
    ticket = ask("POST", "/v1/complaints", filed, customer)["id"]
    ask("POST", f"/v1/tickets/{ticket}/messages", {"body": "I have found the receipt."}, customer)
    for path in ("", f"/{ticket}", f"/{ticket}/messages", f"/{ticket}/history"):
        ask("GET", f"/v1/tickets{path}", token=customer)
    ask("GET", f"/v1/complaints/{ticket}", token=customer)
    ask("GET", f"/v1/status/{world.keys.token('status', ticket)}")
    for path in ("queue", f"tickets/{ticket}/history", f"tickets/{ticket}/clocks"):
        ask("GET", f"/v1/desk/{path}", token=lead)
    ask("GET", "/v1/desk/operations", token=world.staff("compliance-hq"))
    ask("POST", "/v1/desk/complaints", {**filed, "channel": "phone", "customer": {"phone": LI}}, lead)
    ask("POST", f"/v1/desk/tickets/{ticket}/assign", {"owner": other(world, ticket, lead)}, lead)
    ask("POST", f"/v1/desk/complaints/{ticket}/assign", {"owner": other(world, ticket, lead)}, lead)
    ask("POST", f"/v1/desk/tickets/{ticket}/handover", {"to": "lead-east", "note": "Ask for the receipt."}, lead)
    ask(
        "GET",
        f"/v1/desk/duplicates?customer={world.ask('GET', '/v1/me', token=customer).body['id']}&product=cards",
        token=lead,
    )
    ask("GET", "/v1/opening-hours?unit=east")
    ask("GET", "/v1/desk/staff", token=lead)
    away = {"since": "2027-03-01T00:00:00Z", "until": "2027-03-02T00:00:00Z"}
    entered = ask("POST", "/v1/desk/staff/agent-east/absences", away, lead)["away"]
    ask("DELETE", f"/v1/desk/staff/agent-east/absences/{entered[0]['id']}", token=lead)
    world.complain(customer)  # whoever is away now is read anew
    ask("POST", f"/v1/desk/complaints/{ticket}/take-up", token=lead)
    decision = {"outcome": "upheld", "findings": "Charged twice.", "reasons": "The fee is due once."}
    ask("POST", f"/v1/desk/complaints/{ticket}/decide", decision, lead)
    ask("POST", f"/v1/desk/complaints/{ticket}/deliver", {"channel": "sms"}, lead)
    world.drain()
    with counted.counting("POST /v1/webhooks/sms/{provider}"):
        served(world.receipt(world.provider.to(LI, "complaint_decided")[0].id))
    world.drain()
    ask("POST", f"/v1/desk/complaints/{ticket}/close", {"root_cause": "fee table loaded twice"}, lead)
    question = {"kind": "enquiry", "subject": "Opening hours", "body": "Are you open on Saturday?"}
    ask("POST", "/v1/tickets", question, customer)
    ask("POST", "/v1/desk/tickets", {**question, "channel": "phone", "customer": {"phone": LI}}, lead)
    ask("GET", "/v1/states", token=customer)
    ask("POST", "/v1/desk/operations/dlq/notifications/redrive", token=world.staff("admin-hq"))


def step_by_step(counted: Ledgered, customer: str) -> None:
    """Every step with a ticket that was not taken yet, with a case of its own."""
    hand = Stagehand(counted.world, customer)
    for path in STAGES:
        method = "DELETE" if "{representative}" in path else "POST"
        if f"{method} {path}" in counted.calls:
            continue
        case, body = hand.brought_before(path), hand.body(path)
        hand.given(case, "lead-east" if path.endswith("tickets/{ticket}/accept") else hand.owner(case))
        token = hand.token("lead-east") if path.startswith("/v1/desk") else customer
        counted.ask(method, hand.filled(path, case), body, token)


def other(world: World, ticket: str, lead: str) -> str:
    """Name an agent who does not own the ticket yet."""
    owner = world.ask("GET", f"/v1/tickets/{ticket}", token=lead).body["owner"]
    return next(agent for agent in ("agent-east", "agent-east-2") if agent != owner)


def test_every_route_has_its_costs_written_down() -> None:
    assert {f"{route.method} {route.path}" for route in routes()} == set(EXPECTED)


@pytest.mark.parametrize("route", EXPECTED)
def test_a_route_makes_exactly_the_calls_that_are_written_down(route: str, counted: Ledgered) -> None:
    assert counted.calls[route] == EXPECTED[route]


@pytest.mark.parametrize("route", UNITS)
def test_a_use_case_costs_exactly_the_units_that_are_written_down(route: str, counted: Ledgered) -> None:
    assert counted.units[route] == UNITS[route]


def test_a_key_adds_one_item_to_the_transaction_and_no_call(counted: Ledgered) -> None:
    token = counted.world.sign_in()
    with counted.counting("with a key"):
        body = {"subject": "s", "body": "b"}
        served(counted.world.ask("POST", "/v1/complaints", body, token, Idempotency_Key="k"))

    assert counted.calls["with a key"] == [SESSION, THREE]
    # P6 counts without the key: what is kept to be answered again is as long as the answer, with every clock explained.
    assert counted.units["with a key"][0] == UNITS["POST /v1/complaints"][0] + 4


def test_a_wrong_code_is_counted_and_nothing_else(counted: Ledgered) -> None:
    started = counted.world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI}).body
    wrong = f"{(int(counted.world.code(LI)) + 1) % 10**6:06}"
    with counted.counting("wrong"):
        answer = counted.world.ask("POST", f"/v1/verifications/{started['id']}/check", {"code": wrong})

    assert (answer.status, counted.calls["wrong"], counted.units["wrong"]) == (422, ["count"], (1, 0))
