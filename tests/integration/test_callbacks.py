"""The whole way of a promised call: asked for over HTTP, made ready by the job, taken, tried, kept, and told."""

from datetime import timedelta

from tests.integration.exchange import Exchange
from tests.integration.stages import Stagehand
from tests.world import LI, World

WANTED = {"window": "2026-11-23T06:00:00Z", "reason": "My card is blocked."}
CALLS = "/v1/callbacks"
AT_DESK = "/v1/desk/callbacks"


def test_a_call_is_promised_announced_made_and_kept(world: World) -> None:
    customer = world.sign_in()
    windows = world.ask("GET", f"{CALLS}/windows", token=customer).body["items"]
    assert {"starts_at": "2026-11-23T06:00:00.000Z", "ends_at": "2026-11-23T07:00:00.000Z", "free": 6} in windows
    complaint = world.complain(customer)
    ticket, token = complaint["id"], world.staff(complaint["owner"])
    made = world.ask("POST", CALLS, {**WANTED, "about": ticket}, customer)
    assert (made.status, made.body["status"]) == (201, "promised"), made.text

    world.pass_time(hours=3, minutes=50)
    text = world.provider.to(LI, "callback_soon")[-1].body
    assert made.body["proof_word"] in text
    world.pass_time(minutes=10)
    card = world.ask("POST", f"{AT_DESK}/next", {}, token).body
    assert (card["id"], card["about"], card["number_to_dial"]) == (made.body["id"], ticket, None)
    proof = world.ask("GET", f"{CALLS}/verify?word={made.body['proof_word'].lower()}")
    assert proof.body == {"genuine": True, "calling": True}
    dialled = world.ask("POST", f"{AT_DESK}/{card['id']}/dial", None, token)
    assert dialled.body["number_to_dial"] == LI
    kept = world.ask("POST", f"{AT_DESK}/{card['id']}/attempts", {"outcome": "reached", "note": "Solved."}, token)
    assert (kept.status, kept.body["status"]) == (200, "kept"), kept.text
    world.drain()

    assert "ticket.called_back" in world.events(ticket)
    assert world.events(card["id"])[-1] == "callback.told"
    told = world.ask("GET", f"{AT_DESK}/figures?from=2026-11-23&to=2026-11-23", token=world.staff("lead-east")).body
    assert [(row["hour"], row["kept"], row["late"]) for row in told["rows"]] == [(14, 1, 0)]


def test_a_closed_complaint_is_followed_by_one_call(world: World) -> None:
    ticket = _closed(world)
    world.drain()

    promised = [item for item in world.items("callbacks") if item["sk"] == "callback"]
    assert [(item["purpose"], item["stage"]) for item in promised] == [("follow_up", "promised")]
    assert ticket in promised[0]["facts"]


def test_who_is_not_content_after_all_is_made_good_by_a_supervisor(world: World) -> None:
    ticket = _closed(world)
    world.drain()
    world.pass_time(days=3, hours=4)
    agent = next(who for who in ("agent-east", "agent-east-2") if _next(world, who) is not None)
    token = world.staff(agent)
    card = world.ask("POST", f"{AT_DESK}/next", {}, token).body
    asked = card["questionnaire"]
    assert [question["id"] for question in asked["questions"]][:2] == ["solved", "outcome"]
    noted = {"questionnaire": asked["ref"], "answers": {"solved": False, "outcome": 1, "handling": 3}, "reopen": True}
    early = world.ask("POST", f"{AT_DESK}/{card['id']}/answers", noted, token)
    assert (early.status, early.code) == (409, "not_allowed_now")
    world.ask("POST", f"{AT_DESK}/{card['id']}/dial", None, token)
    world.ask("POST", f"{AT_DESK}/{card['id']}/attempts", {"outcome": "reached"}, token)

    answered = world.ask("POST", f"{AT_DESK}/{card['id']}/answers", noted, token)
    assert (answered.status, answered.body["answers"]["unhappy"]) == (200, ["solved", "outcome"]), answered.text
    world.drain()

    lead = world.staff("lead-east")
    tasks = world.ask("GET", f"/v1/desk/tickets/{ticket}/tasks", token=lead).body["items"]
    assert [(task["kind"], task["owner"], task["state"]) for task in tasks] == [("recovery", "lead-east", "open")]
    assert world.ask("GET", f"/v1/complaints/{ticket}", token=lead).body["status"] == "in_progress"
    assert [mail.template for mail in world.provider.sent.values()].count("recovery_asked") == 1
    done = world.ask("POST", f"/v1/desk/tasks/{tasks[0]['id']}/answer", {"body": "Paid the fee back."}, lead)
    assert done.status == 200, done.text
    scores = world.ask("GET", f"{AT_DESK}/scores?from=2026-11-23&to=2026-12-20", token=lead).body["rows"]
    assert {row["question"]: (row["answered"], row["unhappy"]) for row in scores}["all"] == (1, 1)


def test_a_questionnaire_is_answered_as_it_is_asked(world: World) -> None:
    exchange, agent = Exchange(world), world.staff("agent-east")
    world.sign_in()
    path, body = exchange.ready("POST /v1/desk/callbacks/{callback}/answers", agent)
    for wrong, field, code in (
        ({"solved": 1}, "answers.solved", "not_one_of"),
        ({"outcome": True}, "answers.outcome", "not_one_of"),
        ({"outcome": "4"}, "answers.outcome", "not_one_of"),
        ({"mood": 3}, "answers.mood", "unknown_field"),
    ):
        answer = world.ask("POST", path, body | {"answers": body["answers"] | wrong}, agent)
        assert (answer.status, answer.code) == (422, "invalid"), wrong
        assert [(error["field"], error["code"]) for error in answer.body["errors"]] == [(field, code)]
    assert world.ask("POST", path, body, agent).status == 200
    assert world.ask("POST", path, body, agent).code == "not_allowed_now"


def _next(world: World, who: str) -> str | None:
    answer = world.ask("POST", f"{AT_DESK}/next", {}, world.staff(who))
    return answer.body["id"] if answer.status == 200 else None


def test_a_queue_that_was_asleep_loses_nothing(world: World) -> None:
    customer = world.sign_in()
    made = world.ask("POST", CALLS, {**WANTED, "window": "now"}, customer).body
    world.publish()
    world.outlet.sent.clear()
    world.now += timedelta(minutes=2)

    world.sweep()
    world.drain()

    shown = world.ask("GET", f"{CALLS}/{made['id']}", token=customer).body
    assert shown["status"] == "ready"


def test_staff_note_a_call_and_the_customer_is_told_the_word(world: World) -> None:
    body = {**WANTED, "window": "now", "customer": {"phone": LI}}
    made = world.ask("POST", AT_DESK, body, world.staff("agent-east"))
    assert made.status == 201, made.text
    world.drain()

    assert made.body["proof_word"] in world.provider.to(LI, "callback_soon")[0].body
    words = [record for record in world.items("records") if made.body["proof_word"] in str(record)]
    assert words == [], "the word stands in no record"


def test_the_telephony_system_notes_who_rang_in_vain_and_how_a_call_ended(world: World) -> None:
    exchange, agent = Exchange(world), world.staff("agent-east")
    said = {"kind": "overflow", "phone": LI, "unit": "east", "language": "zh-CN", "more": 1}

    assert [exchange.says(**said).body["status"] for _ in range(2)] == ["taken", "known"]
    world.drain()
    assert "口令" in world.provider.to(LI, "callback_soon")[0].body
    card = world.ask("POST", f"{AT_DESK}/next", {}, agent).body
    world.ask("POST", f"{AT_DESK}/{card['id']}/dial", None, agent)
    over = {"kind": "outcome", "call": f"{card['id']}-1", "outcome": "busy"}

    assert [exchange.says(**over).body["status"] for _ in range(2)] == ["taken", "known"]
    shown = world.ask("GET", f"{AT_DESK}/{card['id']}", token=agent).body
    assert (shown["status"], shown["attempts"][0]["outcome"]) == ("resting", "busy")
    assert exchange.says(**over | {"call": "cbk_nothing-1"}).body["status"] == "nothing"


def test_what_the_telephony_system_did_not_say_is_not_believed(world: World) -> None:
    exchange = Exchange(world)

    assert exchange.says(key="receipts", kind="overflow", phone=LI, unit="east").code == "signature_invalid"
    for wrong in ({}, {"kind": "other"}, {"kind": "overflow"}, {"kind": "overflow", "phone": "1", "unit": "east"}):
        answer = exchange.says(**wrong)
        assert (answer.status, answer.code) == (400, "call_malformed"), wrong
    for wrong in ({"call": "x", "outcome": "agent_not_ready"}, {"call": 5, "outcome": "busy"}, {"outcome": "busy"}):
        assert exchange.says(kind="outcome", **wrong).code == "call_malformed"
    assert exchange.says(kind="overflow", phone=LI, unit="moon").code == "call_malformed"
    assert world.items("callbacks") == []


def test_who_rings_at_night_is_called_in_the_morning(world: World) -> None:
    world.now += timedelta(hours=12)
    exchange = Exchange(world)

    assert exchange.says(kind="overflow", phone=LI, unit="east").body["status"] == "taken"

    (promised,) = [item for item in world.items("callbacks") if item["sk"] == "callback"]
    assert promised["starts_at"] == "2026-11-24T01:00:00.000Z"


def _closed(world: World) -> str:
    hand = Stagehand(world, world.sign_in())
    path = "/v1/desk/complaints/{ticket}/close"
    case = hand.brought_before(path)
    closed = world.ask("POST", path.format(ticket=case), hand.body(path), hand.token("lead-east"))
    assert closed.status == 200, closed.text
    return case
