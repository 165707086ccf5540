"""One story in which every route is called once, each of its calls of DynamoDB counted."""

from datetime import timedelta

from chalicelib.kernel.clock import text
from tests.integration import wordings
from tests.integration.closings import stopped
from tests.integration.costs import EXPECTED
from tests.integration.counting import Ledgered, served
from tests.integration.exchange import Exchange
from tests.integration.halls import HALL
from tests.integration.mirror import Mirror, of_faces
from tests.integration.others import Others
from tests.integration.stages import STAGES, TASK, Stagehand, ask_something
from tests.integration.trusting import against_fraud, own_sessions, proving
from tests.integration.visits import Reception, of_visits
from tests.integration.waiters import of_waiters
from tests.kiosk import SHOWN, Device, jwk
from tests.world import LI, World


def told(counted: Ledgered) -> None:
    """Tell all of it."""
    customer = in_and_out(counted)
    desk_of(counted, customer)
    step_by_step(counted, customer)
    at_a_kiosk(counted, customer)
    files_of(counted, customer)
    visits(counted, customer)
    in_approved_words(counted, customer)
    at_the_mirror(counted)
    what_telephony_says(counted)


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
    own_sessions(counted, customer)
    against_fraud(counted, customer)
    proving(counted)
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
    others = Others(world)
    with counted.counting("POST /v1/webhooks/twilio/{text}"):
        served(others.twilio(world.provider.to(LI, "complaint_decided")[0].id))
    with counted.counting("POST /v1/webhooks/sns"):
        served(others.aws(world.provider.to(LI, "complaint_decided")[0].id))
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
        desk = "/desk/" in path or path.endswith("/display")
        token = "" if "/visits/" in path else admin if route.startswith("PUT /v1/desk/") else lead if desk else customer
        if path.endswith("/tickets"):
            token = in_the_hall(counted, reception)
        ready, body = reception.ready(route, token)
        for known in (f"branches/shanghai-pudong/slots{queries}", "opening-hours"):  # pages that are read once a minute
            world.ask("GET", f"/v1/{known}")
        world.services.institution.on_duty("east", world.now)
        counted.ask(method, ready + (queries if path.endswith("/slots") else ""), body, token)
        for entry in world.ask("GET", "/v1/waitlist", token=customer).body["items"] if of_waiters(path) else ():
            world.ask("POST", f"/v1/waitlist/{entry['id']}/leave", token=lead)


def in_the_hall(counted: Ledgered, reception: Reception) -> str:
    """Somebody comes to a kiosk; give the token of a device that prints what they are given."""
    kiosk, printer = (
        Device(counted.world, branch=HALL, services=[one]).signed_in().token for one in ("check_in", "printer")
    )
    counted.ask("GET", "/v1/kiosks/arrivals", token=kiosk)
    counted.world.services.availability.rates.measured(HALL)  # read once a minute
    visit, at = reception.hall.today(), text(counted.world.now)
    came = {"arrivals": [{"event": "e", "at": at, "code": visit["check_in_code"]}]}
    counted.ask("POST", "/v1/kiosks/arrivals", came, kiosk)
    return printer


def what_telephony_says(counted: Ledgered) -> None:
    """The telephony system reports how a call ended that rang."""
    exchange = Exchange(counted.world)
    agent = exchange.who(counted.world.staff("agent-east"))
    exchange.forget(LI)
    held = exchange.held(LI, agent)
    counted.world.services.trying.dial(held.id, exchange.call(agent))
    with counted.counting("POST /v1/webhooks/calls/{provider}"):
        served(exchange.says(kind="outcome", call=f"{held.id}-1", outcome="no_answer"))


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


def at_the_mirror(counted: Ledgered) -> None:
    """Every route about faces, for a customer who agrees, is looked at and takes it back; and an emergency."""
    world, mirror = counted.world, Mirror(counted.world)
    customer, compliance = world.sign_in(), world.staff("compliance-hq")
    for route in (route for route in EXPECTED if of_faces(route.split()[1])):
        method, path = route.split()
        ready, body = mirror.ready(route, customer, customer)
        counted.ask(method, ready, body, compliance if "/desk/" in path else customer)
    need = {"unit": "london", "reason": "A card has to be stopped."}
    begun = counted.ask("POST", "/v1/desk/emergencies", need, world.staff("lead-east"))["id"]
    counted.ask("GET", "/v1/desk/emergencies", token=compliance)
    counted.ask("POST", f"/v1/desk/emergencies/{begun}/answer", {"justified": True, "note": "n"}, compliance)


def other(world: World, ticket: str, lead: str) -> str:
    """Name an agent who does not own the ticket yet."""
    owner = world.ask("GET", f"/v1/tickets/{ticket}", token=lead).body["owner"]
    return next(agent for agent in ("agent-east", "agent-east-2") if agent != owner)
