"""The day itself over HTTP: waiting, being called, being served."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.integration.halls import CARD, HALL, QUICK, SEEN, Hall
from tests.integration.matters import done, refused
from tests.world import LI


def at(hall: Hall, **ahead: float) -> datetime:
    """Give an instant from now on."""
    return hall.world.now + timedelta(**ahead)


def test_the_order_says_why(hall: Hall) -> None:
    booked = hall.booked(at(hall, minutes=0))
    plain = hall.walk_in()
    helped = hall.walk_in(support_needs=["mobility"])
    hall.world.now += timedelta(minutes=1)
    came = hall.came(booked)

    queue = hall.queue()["waiting"]

    assert [one["ticket"] for one in queue] == [came["ticket"], helped["ticket"], plain["ticket"]]
    assert queue[0]["why"] == [{"code": "booked", "minutes": 30}]
    assert [reason["code"] for reason in queue[1]["why"]] == ["walk_in", "needs_support"]
    query = f"queue/why?first={plain['ticket']}&second={helped['id']}"
    why = done(hall.desk(query, method="GET"))
    assert (why["first"]["ticket"], why["because"], why["minutes"]) == (helped["ticket"], "counts_longer", 15)
    assert why["same_queue"]
    assert refused(hall.desk("queue/why?first=B001&second=B999", method="GET")) == (404, "not_found")


def test_the_first_who_is_suitable_is_called_and_nobody_when_nobody_waits(hall: Hall) -> None:
    advice, desk = hall.walk_in(), hall.walk_in(CARD)

    assert done(hall.desk("call-next", {"counter": "3", "pool": "desk"}))["ticket"] == desk["ticket"]
    assert refused(hall.desk("call-next", {"counter": "3", "services": [CARD]})) == (409, "nobody_waiting")
    called = done(hall.desk("call-next", {"counter": "4"}))
    assert (called["ticket"], called["status"], called["counter"]) == (advice["ticket"], "called", "4")


def test_a_visit_goes_from_call_to_done_and_each_step_is_a_record(hall: Hall) -> None:
    visit = hall.walk_in(CARD)
    hall.called(visit)

    assert refused(hall.step(visit, "serve", {})) == (409, "document_needed")
    assert refused(hall.step(visit, "serve", {"document": SEEN | {"matches": False}})) == (409, "document_needed")
    served = done(hall.step(visit, "serve", {"document": SEEN}))
    assert served["status"] == "serving" and not served["document_needed"]
    assert done(hall.step(visit, "done"))["status"] == "done"
    assert hall.world.events(visit["id"]) == [
        f"appointment.{step}" for step in ("arrived", "called", "serving", "done")
    ]
    assert refused(hall.step(visit, "call", {"counter": "1"})) == (409, "not_allowed_now")


def test_nobody_is_called_more_than_three_times_in_a_row(hall: Hall) -> None:
    visit = hall.called(hall.walk_in())
    assert [done(hall.step(visit, "recall"))["calls"] for _ in range(2)] == [2, 3]

    again = hall.step(visit, "recall")

    assert refused(again) == (409, "called_enough") and again.body["most"] == 3
    assert done(hall.step(visit, "no-show"))["status"] == "no_show"


def test_who_was_put_aside_comes_back_to_the_place_they_had(hall: Hall) -> None:
    first, second = hall.walk_in(), hall.walk_in()
    hall.called(first)
    assert done(hall.step(first, "park", {"reason": "fills_in"}))["status"] == "parked"
    assert hall.waiting() == [second["ticket"]]

    done(hall.step(first, "return"))

    assert hall.waiting() == [first["ticket"], second["ticket"]]
    assert refused(hall.step(first, "return")) == (409, "not_allowed_now")


def test_who_is_sent_on_waits_there_since_they_came(hall: Hall) -> None:
    first = hall.walk_in(CARD)
    hall.world.now += timedelta(minutes=1)
    second = hall.walk_in(QUICK)
    hall.called(first)
    done(hall.step(first, "serve", {"document": SEEN}))

    sent = done(hall.step(first, "transfer", {"service": QUICK}))

    assert (sent["status"], sent["pool"], sent["services"]) == ("checked_in", "advice", [QUICK])
    assert hall.waiting() == [first["ticket"], second["ticket"]]
    done(hall.step(first, "transfer", {"counter": "7"}))
    assert done(hall.desk("call-next", {"counter": "1"}))["ticket"] == second["ticket"]
    assert done(hall.desk("call-next", {"counter": "7"}))["ticket"] == first["ticket"]
    assert refused(hall.step(first, "transfer", {})) == (422, "invalid")
    assert refused(hall.step(first, "transfer", {"pool": "none"})) == (404, "not_found")
    assert refused(hall.step(first, "transfer", {"service": "estate"})) == (422, "not_bookable")


def test_who_has_not_seen_the_newest_version_takes_no_step(hall: Hall) -> None:
    visit = hall.walk_in()
    hall.called(visit)

    assert refused(hall.step(visit, "park", {"reason": "fetches"}, If_Match='"1"')) == (412, "outdated")
    assert hall.step(visit, "park", {"reason": "fetches"}, If_Match='"2"').status == 200


@pytest.mark.parametrize("between", ["entries", "keep"])
def test_two_clerks_who_call_at_once_never_call_the_same(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, between: str
) -> None:
    """The other one calls after the first has read the queue, or has read whom they call."""
    first, second = hall.walk_in(), hall.walk_in()
    days, raced = hall.world.services._days, []
    real = getattr(days, between)

    def slipping_in(*given: Any) -> Any:
        found = real(*given) if between == "entries" else None
        if not raced:
            raced.append("")
            raced.append(done(hall.desk("call-next", {"counter": "2"}))["ticket"])
        return found if between == "entries" else real(*given)

    monkeypatch.setattr(days, between, slipping_in)

    called = done(hall.desk("call-next", {"counter": "1"}))

    assert (raced[1], called["ticket"]) == (first["ticket"], second["ticket"])
    assert [hall.world.events(it["id"]).count("appointment.called") for it in (first, second)] == [1, 1]


def test_the_same_call_next_again_calls_nobody_else(hall: Hall) -> None:
    hall.walk_in(), hall.walk_in()

    one, same = (hall.desk("call-next", {"counter": "1"}, Idempotency_Key="k") for _ in range(2))

    assert one.body == same.body and same.headers["Idempotent-Replayed"] == "true"
    assert len(hall.waiting()) == 1


def test_the_display_shows_numbers_and_counters_and_says_when_it_is_old(hall: Hall) -> None:
    called, waiting = hall.walk_in(customer={"phone": LI}), hall.walk_in()
    hall.called(called, "3")

    shown = done(hall.world.ask("GET", f"/v1/branches/{HALL}/display", token=hall.lead))

    assert shown == {
        "branch": HALL,
        "as_of": "2026-11-23T02:00:00.000Z",
        "stale_after": "2026-11-23T02:00:30.000Z",
        "shown": [{"ticket": called["ticket"], "counter": "3", "state": "called"}],
        "waiting": [waiting["ticket"]],
    }
