"""What each route costs, exactly: its calls of DynamoDB, and the write units of the use cases that have a budget."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.architecture.declared import routes
from tests.integration import wordings
from tests.integration.closings import stopped
from tests.integration.costs import EXPECTED, SESSION, THREE, UNITS
from tests.integration.counting import Ledgered, metered, served
from tests.integration.exchange import Exchange
from tests.integration.stages import STAGES, TASK, Stagehand, ask_something
from tests.integration.visits import Reception, of_visits
from tests.kiosk import SHOWN, Device, jwk
from tests.world import LI, World


@pytest.fixture(scope="module")
def counted() -> Iterator[Ledgered]:
    """Everything that every route costs, in one story."""
    with metered() as counted:
        customer = in_and_out(counted)
        desk_of(counted, customer)
        step_by_step(counted, customer)
        at_a_kiosk(counted, customer)
        files_of(counted, customer)
        visits(counted, customer)
        in_approved_words(counted, customer)
        what_telephony_says(counted)
        yield counted


def in_and_out(counted: Ledgered) -> str:
    """A customer, known already, signs in, looks around, and out; give the token of another session."""
    world, ask = counted.world, counted.ask
    customer = world.sign_in()
    world.now += timedelta(hours=1)
    ask("GET", "/v1/desk/operations/codes", token=world.staff("auditor-hq"))
    ask("POST", f"/v1/desk/operations/codes/{stopped(world)}/reopen", token=world.staff("admin-hq"))
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
    ask("GET", "/v1/desk/reports/open?unit=east", token=lead)
    compliance = world.staff("compliance-hq")
    ask("GET", "/v1/desk/reports/regulator/jrt0169?from=2026-10-01&to=2026-10-31", token=compliance)
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
    for _ in range(2):  # what everybody has to do is counted once a minute
        asked = ask("POST", f"/v1/desk/tickets/{world.complain(customer)['id']}/tasks", TASK, lead)
    for path in (f"tickets/{asked['ticket']}/tasks", "tasks", f"tasks/{asked['id']}"):
        ask("GET", f"/v1/desk/{path}", token=lead)
    grouped = Stagehand(world, customer).brought_before("/v1/desk/tickets/{ticket}/leave-group")
    ask("GET", f"/v1/desk/tickets/{grouped}/group", token=lead)
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


def at_a_kiosk(counted: Ledgered, customer: str) -> None:
    """A kiosk is registered, enrolled and used; it is retired in the end."""
    world, ask, device = counted.world, counted.ask, Device(counted.world)
    lead = world.staff("lead-east")
    registered = ask("POST", "/v1/desk/kiosks", {"branch": "bund", "name": "Hall", "services": ["requests"]}, lead)
    device.id = registered["id"]
    code = ask("POST", f"/v1/desk/kiosks/{device.id}/enrolment", None, lead)["code"]
    ask("POST", "/v1/kiosks/enrol", {"code": code, "public_key": jwk(device.key)})
    for step in ("disable", "enable"):
        ask("POST", f"/v1/desk/kiosks/{device.id}/{step}", None, lead)
    ask("GET", "/v1/desk/kiosks", token=lead)
    own = ask("POST", "/v1/kiosks/sessions", {"device": device.id, "proof": device.proof()})["token"]
    ask("POST", "/v1/kiosks/heartbeat", {"software": "1"}, own)
    ask("POST", "/v1/kiosks/visits", {"grant": device.grant(), "warning_acknowledged": SHOWN}, own)
    token = ask("POST", "/v1/kiosks/visits/current/handover", {"to": "phone", "draft": {}}, own)["token"]
    ask("POST", f"/v1/handovers/{token}/take", None, customer)
    ask("DELETE", "/v1/kiosks/visits/current", token=own)
    ask("DELETE", "/v1/kiosks/sessions/current", token=own)
    ask("POST", f"/v1/desk/kiosks/{device.id}/retire", None, lead)


def files_of(counted: Ledgered, customer: str) -> None:
    """A clean file is listed and read."""
    hand = Stagehand(counted.world, customer)
    ticket = hand.brought_before("/v1/tickets/{ticket}/messages")
    file = hand.sent_in(ticket, "clean")
    for path in ("", f"/{file}"):
        counted.ask("GET", f"/v1/tickets/{ticket}/attachments{path}", token=customer)


def visits(counted: Ledgered, customer: str) -> None:
    """Every route about appointments, with one of its own."""
    world, queries = counted.world.open_branches(), "?service=card-replacement"
    lead, admin = world.staff("lead-east"), world.staff("admin-hq")
    reception = Reception(world, lead)
    # What is set is read anew by the next who asks, so that comes last.
    for route in sorted((r for r in EXPECTED if of_visits(r.split()[1])), key=lambda r: r.startswith("PUT")):
        method, path = route.split()
        token = (
            ""
            if "/visits/" in path
            else admin
            if route.startswith("PUT /v1/desk/")
            else lead
            if "/desk/" in path
            else customer
        )
        ready, body = reception.ready(route, token)
        for known in (f"branches/shanghai-pudong/slots{queries}", "opening-hours"):  # pages that are read once a minute
            world.ask("GET", f"/v1/{known}")
        world.services.institution.on_duty("east", world.now)
        shown = counted.ask(method, ready + (queries if path.endswith("/slots") else ""), body, token)
        if ("id" in shown and shown["id"].startswith("hld")) or path.endswith("/holds"):
            world.now += timedelta(minutes=5)
            world.sweep()
        world.drain()
        for row in world.ask("GET", "/v1/appointments", token=customer).body["items"]:
            if row["status"] == "booked":
                world.ask("POST", f"/v1/appointments/{row['id']}/cancel", token=lead)


def what_telephony_says(counted: Ledgered) -> None:
    """The telephony system reports how a call ended that rang."""
    rung = (exchange := Exchange(counted.world)).rung()
    with counted.counting("POST /v1/webhooks/calls/{provider}"):
        served(exchange.says(kind="outcome", call=rung, outcome="no_answer"))


def in_approved_words(counted: Ledgered, customer: str) -> None:
    """Every step with a canned answer, each with an answer of its own."""
    world, library = counted.world, wordings.Library(counted.world)
    ticket = ask_something(world, customer)
    for route in (route for route in EXPECTED if "/v1/desk/answers" in route):
        method, path = route.split()
        answer = wordings.brought_before(library, path)
        who = "compliance-hq" if path.endswith(("/approve", "/return")) else "lead-east"
        body = wordings.sent(path, ticket) if method == "POST" else None
        world.ask("GET", "/v1/desk/staff", token=library.token("lead-east"))  # names are read once a minute
        counted.ask(method, path.format(answer=answer, n=1), body, library.token(who))
    with counted.counting("with an answer"):
        served(library.say(ticket, library.approved()))


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


def test_a_canned_answer_is_one_read_more(counted: Ledgered) -> None:
    plain = EXPECTED["POST /v1/tickets/{ticket}/messages"]

    assert counted.calls["with an answer"][-4:] == [*plain[:-1], "query", plain[-1]]


def test_a_wrong_code_is_counted_and_nothing_else(counted: Ledgered) -> None:
    counted.world.forgive()
    started = counted.world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI}).body
    wrong = f"{(int(counted.world.code(LI)) + 1) % 10**6:06}"
    with counted.counting("wrong"):
        answer = counted.world.ask("POST", f"/v1/verifications/{started['id']}/check", {"code": wrong})

    assert (answer.status, counted.calls["wrong"], counted.units["wrong"]) == (422, ["count"], (1, 0))
