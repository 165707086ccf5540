"""The sweep, how things stand, and bringing dead letters back."""

import json
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.calls import Once, Replayed, Reply
from chalicelib.kernel.errors import Changed, Forbidden, NotFound, Unavailable
from chalicelib.operations import policy
from chalicelib.operations.model import DueThing, RedriveRunning
from chalicelib.operations.service import sweeping
from chalicelib.subscriptions import DUE
from tests.office import Office
from tests.world import START

MINUTE = timedelta(minutes=1)


def due(office: Office, id_: str, minutes: float = 0) -> None:
    office.due.put(f"tickets#{id_[-1]}", DueThing(id_, f"pk-{id_}", "ticket", START + minutes * MINUTE))


def test_what_is_due_within_a_minute_is_hinted_at_in_the_queue_of_its_kind(office: Office) -> None:
    for id_, minutes in (("tkt_1", -3), ("msg_1", 0), ("rcp_1", 0.5), ("away_1", 1), ("tkt_2", 1.1)):
        due(office, id_, minutes)
    swept = office.services.sweeping.sweep(START)

    assert (swept.looked, swept.sent, swept.lag) == (4, 4, 180)
    assert {(queue, hint["due"], delay) for queue, hint, delay in office.outlet.sent} == {
        ("escalations", "tkt_1", 0),
        ("notifications", "msg_1", 0),
        ("receipts", "rcp_1", 30),
        ("escalations", "away_1", 60),
    }
    assert office.heartbeat.last() == START


def test_a_sweep_that_was_not_finished_leaves_no_heartbeat_and_the_next_one_hints_at_all_again(office: Office) -> None:
    due(office, "tkt_1", -1)
    send = office.outlet.send
    office.outlet.send = lambda *_: (_ for _ in ()).throw(Unavailable())  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        office.services.sweeping.sweep(START)
    assert office.heartbeat.last() is None

    office.outlet.send = send  # type: ignore[method-assign]
    assert office.services.sweeping.sweep(START + MINUTE).sent == 1


def test_a_second_sweep_in_the_same_minute_sends_nothing_again(office: Office) -> None:
    due(office, "tkt_1", -1)

    assert [office.services.sweeping.sweep(START).sent for _ in range(3)] == [1, 0, 0]


def test_many_are_sent_in_parts_and_each_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_BATCH", 3)
    for n in range(10):
        due(office, f"{'msg' if n % 2 else 'tkt'}_{n}")
    office.services.sweeping.sweep(START)

    assert sorted(hint["due"][-1] for _, hint, _ in office.outlet.sent) == list("0123456789")


def test_with_nothing_due_there_is_no_lag(office: Office) -> None:
    swept = office.services.sweeping.sweep(START)

    assert (swept.looked, swept.sent, swept.lag) == (0, 0, 0)


def standing(office: Office, who: str = "admin-hq") -> dict[str, Any]:
    return office.services.standing.standing(office.call(who))


def test_before_the_first_sweep_it_is_silent_and_after_five_minutes_it_is_again(office: Office) -> None:
    assert (standing(office)["sweep_silent"], standing(office)["last_sweep"]) == (True, None)
    office.heartbeat.beat(START)
    office.now += policy.SILENCE
    assert (standing(office)["sweep_silent"], standing(office)["sweep_lag_seconds"]) == (False, 300)
    office.now += timedelta(seconds=1)
    assert standing(office)["sweep_silent"]


def test_the_oldest_due_ticket_is_told_apart_from_the_oldest_due_thing(office: Office) -> None:
    for id_, minutes in (("tkt_1", -2), ("tkt_2", -5), ("msg_1", -9), ("tkt_3", 3)):
        due(office, id_, minutes)

    found = standing(office)
    assert found["oldest_due"] == "2026-11-23T01:51:00.000Z"
    assert found["oldest_unescalated"] == "2026-11-23T01:55:00.000Z"
    assert standing(Office())["oldest_unescalated"] is None


def test_queues_and_texts_of_the_last_day_are_counted(office: Office) -> None:
    office.outlet.send("escalations", [{}, {}])
    office.outlet.send("escalations-dead", [{}])
    for what in ("sent", "sent", "delivered", "failed"):
        office.tally.count(what, START)
    office.tally.count("sent", START - timedelta(hours=26))

    found = standing(office)
    assert found["queues"]["escalations"] == {"waiting": 2, "in_flight": 0, "dead": 1}
    assert set(found["queues"]) == set(DUE.values())
    assert (found["sms"], found["sms_delivered_share"]) == ({"sent": 2, "delivered": 1, "failed": 1}, 0.5)


@pytest.mark.parametrize("who", ["agent-east", "auditor-hq", "cus_li"])
def test_how_things_stand_is_not_for_everybody(office: Office, who: str) -> None:
    with pytest.raises(Forbidden):
        standing(office, who)


def redrive(office: Office, queue: str = "receipts", who: str = "admin-hq", **but: Any) -> Any:
    return office.services.redriving.redrive(queue, office.call(who, **but))


def test_dead_letters_come_back_and_the_records_say_who_and_how_many(office: Office) -> None:
    office.outlet.send("receipts-dead", [{"n": n} for n in range(3)])
    done = redrive(office)

    assert (done.moved, done.remaining) == (3, 0)
    assert office.events("redrive_receipts") == ["redrive.started", "redrive.ended"]
    assert office.ledger.bodies("redrive_receipts", "redrive.ended") == [
        {"queue": "receipts", "moved": 3, "remaining": 0}
    ]
    assert redrive(office).moved == 0, "the claim is given back"


def test_so_many_come_back_at_a_time(office: Office) -> None:
    office.outlet.send("receipts-dead", [{}] * (policy.MOST_MOVED + 2))

    assert [(one.moved, one.remaining) for one in (redrive(office), redrive(office))] == [(300, 2), (2, 0)]


def test_who_brings_them_back_is_an_administrator_and_the_queue_one_of_ours(office: Office) -> None:
    with pytest.raises(Forbidden):
        redrive(office, who="lead-east")
    for queue in ("nothing", "receipts-dead", ""):
        with pytest.raises(NotFound):
            redrive(office, queue)


def test_what_broke_off_holds_its_claim_until_it_runs_out(office: Office) -> None:
    bring = office.outlet.bring_back
    office.outlet.bring_back = lambda *_: (_ for _ in ()).throw(Unavailable())  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        redrive(office)
    office.outlet.bring_back = bring  # type: ignore[method-assign]
    office.now += timedelta(seconds=15)
    with pytest.raises(RedriveRunning) as refused:
        redrive(office)
    assert refused.value.facts == {"retry_after": 45}

    office.now += timedelta(seconds=45)
    assert redrive(office).moved == 0


def test_of_two_at_once_one_moves_letters(office: Office) -> None:
    office.redrives.save = lambda *_: (_ for _ in ()).throw(Changed())  # type: ignore[method-assign]
    moved: list[Any] = []
    office.outlet.bring_back = lambda *given: moved.append(given) or (0, 0)  # type: ignore[method-assign,func-returns-value]

    with pytest.raises(RedriveRunning):
        redrive(office)
    assert moved == []


def test_the_same_call_again_moves_nothing_again(office: Office) -> None:
    asked = {"once": Once("key", "body"), "answer": lambda done: Reply(200, json.dumps({"moved": done.moved}))}
    office.outlet.send("receipts-dead", [{}])
    redrive(office, **asked)
    office.outlet.send("receipts-dead", [{}])

    with pytest.raises(Replayed) as told:
        redrive(office, **asked)
    assert json.loads(told.value.reply.body) == {"moved": 1}
    assert office.outlet.depth("receipts")["dead"] == 1
