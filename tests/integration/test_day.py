"""The day itself over HTTP: coming, waiting, being called, being served."""

from datetime import timedelta

import pytest

from tests.integration.halls import CARD, HALL, QUICK, SEEN, Hall, open_hall
from tests.integration.visits import done
from tests.world import LI, SMITH, Answer, World


@pytest.fixture
def hall(world: World) -> Hall:
    open_hall(world.open_branches(), early=30, counters={"desk": 2, "advice": 1})
    return Hall(world, world.staff("lead-east"))


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.code


def at(hall: Hall, **ahead: float):  # type: ignore[no-untyped-def]
    """Give an instant from now on."""
    return hall.world.now + timedelta(**ahead)


def test_who_comes_without_a_booking_is_given_a_number_a_place_and_a_range(hall: Hall) -> None:
    first, second = hall.walk_in(), hall.walk_in()

    assert [first["ticket"], second["ticket"]] == ["B001", "B002"]
    assert (first["status"], first["line"], first["pool"]) == ("checked_in", "walk_in", "advice")
    assert first["wait"] == {"place": 1, "optimistic_minutes": 0, "normal_minutes": 0}
    # One adviser, an hour usually, half an hour more or less.
    assert second["wait"] == {"place": 2, "optimistic_minutes": 30, "normal_minutes": 90}
    assert first["number"].startswith("A-20261123-")
    assert hall.world.events(first["id"]) == ["appointment.arrived"]


def test_who_booked_checks_in_by_code_number_or_phone(hall: Hall) -> None:
    visits = [hall.booked(at(hall, minutes=15), phone, CARD) for phone in (LI, SMITH)]
    visits.append(hall.booked(at(hall, minutes=15), "+8613800138055"))

    by_code = hall.came(visits[0], document=SEEN)
    by_number = done(hall.desk("check-in", {"number": visits[1]["number"]}))
    by_phone = done(hall.desk("check-in", {"phone": "+8613800138055"}))

    assert [it["ticket"] for it in (by_code, by_number, by_phone)] == ["A001", "A002", "A003"]
    assert by_code["document"] == {"kind": "id-card", "matches": True} and not by_code["document_needed"]
    assert by_number["document_needed"]
    (told,) = [it for it in hall.world.records(visits[0]["id"]) if it["event"] == "appointment.arrived"]
    assert SEEN["sha256"] in told["body"]
    assert refused(hall.desk("check-in", {"code": visits[0]["check_in_code"]})) == (409, "not_allowed_now")


def test_nobody_checks_in_too_early_at_the_wrong_branch_or_on_the_wrong_day(hall: Hall) -> None:
    later = hall.booked(at(hall, minutes=45))
    tomorrow = hall.booked(at(hall, days=1), SMITH)

    early = hall.desk("check-in", {"code": later["check_in_code"]})
    assert refused(early) == (409, "too_early")
    assert early.body["opens_at"] == "2026-11-23T02:15:00.000Z"
    assert refused(hall.desk("check-in", {"code": tomorrow["check_in_code"]})) == (409, "wrong_day")
    elsewhere = hall.world.ask(
        "POST", "/v1/desk/branches/shanghai-bund/check-in", {"number": later["number"]}, hall.lead
    )
    assert refused(elsewhere) == (409, "wrong_branch")
    assert elsewhere.body["branch"] == HALL
    assert refused(hall.desk("check-in", {"code": later["check_in_code"][:-1] + "x"})) == (404, "not_found")
    assert refused(hall.desk("check-in", {"phone": "+8613800138099"})) == (404, "not_found")
    assert refused(hall.desk("check-in", {"code": "x", "phone": LI})) == (422, "invalid")
    hall.world.now += timedelta(minutes=15)
    assert hall.came(later)["line"] == "booked"


def test_a_number_of_another_unit_looks_absent(hall: Hall) -> None:
    visit = hall.booked(at(hall, minutes=15))
    london = hall.world.staff("lead-london")
    answer = hall.world.ask("POST", "/v1/desk/branches/london-city/check-in", {"number": visit["number"]}, london)

    assert refused(answer) == (404, "not_found")


def test_who_is_late_waits_with_credit_and_is_not_lost(hall: Hall) -> None:
    late = hall.booked(at(hall, minutes=15))
    hall.world.now += timedelta(minutes=27)
    before = hall.walk_in()
    hall.world.now += timedelta(minutes=3)

    shown = hall.came(late)

    assert shown["line"] == "late"
    # Fifteen minutes after its start: it counts since its start.
    assert shown["counts_since"] == "2026-11-23T02:15:00.000Z"
    assert hall.waiting() == [shown["ticket"], before["ticket"]]


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


def test_two_clerks_who_call_at_once_never_call_the_same(hall: Hall) -> None:
    first, second = hall.walk_in(), hall.walk_in()
    calling, days = hall.world.services.calling, hall.world.services._days
    read = days.entries
    raced: list[str] = []

    def entries(*asked: object) -> object:
        found = read(*asked)
        if not raced:
            raced.append("")
            raced.append(done(hall.desk("call-next", {"counter": "2"}))["ticket"])
        return found

    hall.world.services._days.entries = entries  # type: ignore[method-assign]
    assert calling.days is days

    called = done(hall.desk("call-next", {"counter": "1"}))

    assert {raced[1], called["ticket"]} == {first["ticket"], second["ticket"]}
    assert [hall.world.events(it["id"]).count("appointment.called") for it in (first, second)] == [1, 1]


def test_the_same_call_next_again_calls_nobody_else(hall: Hall) -> None:
    hall.walk_in(), hall.walk_in()

    one, same = (hall.desk("call-next", {"counter": "1"}, Idempotency_Key="k") for _ in range(2))

    assert one.body == same.body and same.headers["Idempotent-Replayed"] == "true"
    assert len(hall.waiting()) == 1


def test_the_display_shows_numbers_and_counters_and_says_when_it_is_old(hall: Hall) -> None:
    called, waiting = hall.walk_in(customer={"phone": LI}), hall.walk_in()
    hall.called(called, "3")

    shown = done(hall.world.ask("GET", f"/v1/branches/{HALL}/display"))

    assert shown == {
        "branch": HALL,
        "as_of": "2026-11-23T02:00:00.000Z",
        "stale_after": "2026-11-23T02:00:30.000Z",
        "shown": [{"ticket": called["ticket"], "counter": "3", "state": "called"}],
        "waiting": [waiting["ticket"]],
    }


def test_a_customer_checks_in_alone_only_where_the_branch_allows_it_and_sees_how_it_stands(hall: Hall) -> None:
    li, smith = hall.world.sign_in(LI), hall.world.sign_in(SMITH)
    visit = hall.booked(at(hall, minutes=15))
    path = f"/v1/appointments/{visit['id']}"
    code = {"code": visit["check_in_code"]}

    assert refused(hall.world.ask("POST", f"{path}/check-in", code, smith)) == (404, "not_found")
    assert refused(hall.world.ask("POST", f"{path}/check-in", {"code": "x"}, li)) == (404, "not_found")
    came = done(hall.world.ask("POST", f"{path}/check-in", code, li))
    shown = done(hall.world.ask("GET", path, token=li))
    assert (shown["ticket"], shown["queue"]) == (came["ticket"], came["wait"])

    open_hall(hall.world, self_check_in=False)
    other = hall.booked(at(hall, minutes=15))
    answer = hall.world.ask("POST", f"/v1/appointments/{other['id']}/check-in", {"code": other["check_in_code"]}, li)
    assert refused(answer) == (409, "not_by_self")
