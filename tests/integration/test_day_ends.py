"""Who does not come, whose turn is near, what is still open when the day ends, and what is measured of all that."""

from datetime import datetime, timedelta

import pytest

from chalicelib.appointments.model import Figure
from chalicelib.kernel.clock import text
from tests.integration.halls import CARD, HALL, QUICK, Hall
from tests.integration.matters import done, refused
from tests.kiosk import Device
from tests.world import LI, SMITH


def soon(hall: Hall, **ahead: float) -> datetime:
    return hall.world.now + timedelta(**ahead)


def lead(hall: Hall) -> None:
    """Sign the lead in anew."""
    hall.lead = hall.world.staff("lead-east")


def status(hall: Hall, visit: dict[str, str]) -> str:
    return str(done(hall.world.ask("GET", f"/v1/appointments/{visit['id']}", token=hall.lead))["status"])


def test_who_has_not_come_an_hour_after_the_start_is_a_no_show_once_and_is_told(hall: Hall) -> None:
    visit = hall.booked(soon(hall, minutes=30))
    hall.world.drain()

    hall.world.pass_time(minutes=89)
    assert status(hall, visit) == "booked"
    hall.world.pass_time(minutes=1)
    hall.world.pass_time(hours=2)

    assert status(hall, visit) == "no_show"
    assert hall.world.events(visit["id"]).count("appointment.no_show") == 1
    assert len(hall.world.provider.to(LI, "appointment_missed")) == 1
    (count,) = [it for it in hall.world.items("appointments") if it["sk"] == "count"]
    assert count["open_now"] == 0


def test_staff_marks_nobody_who_may_still_come_in_time(hall: Hall) -> None:
    visit = hall.booked(soon(hall, minutes=15))
    hall.world.now += timedelta(minutes=25)
    assert refused(hall.step(visit, "no-show")) == (409, "too_early")

    hall.world.now += timedelta(seconds=1)

    assert done(hall.step(visit, "no-show"))["status"] == "no_show"


def test_who_was_thought_not_to_come_and_came_after_all_is_not_counted(hall: Hall) -> None:
    missed(hall, 2)
    visit = hall.booked(soon(hall, minutes=15))
    hall.world.drain()
    hall.world.now += timedelta(minutes=30)
    done(hall.step(visit, "no-show"))
    assert [it["sk"].partition("#")[0] for it in hall.world.items("appointments")].count("missed") == 3

    came = hall.came(visit)

    assert (came["status"], came["line"]) == ("checked_in", "late")
    kept = hall.world.items("appointments")
    assert [it["sk"].partition("#")[0] for it in kept].count("missed") == 2
    (count,) = [it for it in kept if it["sk"] == "count"]
    assert (count["open_now"], count["limited_until"]) == (1, 0)
    (line,) = done(hall.desk("figures", method="GET"))["items"]
    assert (line["came"], line["missed"]) == (1, 2)
    hall.world.drain()
    assert hall.world.provider.to(LI, "appointment_missed_often") == []
    assert done(hall.step(visit, "no-show"))["status"] == "no_show"
    assert refused(hall.desk("check-in", {"code": visit["check_in_code"]})) == (409, "not_allowed_now")


def test_who_came_to_a_kiosk_without_a_line_is_no_no_show_once_the_line_is_back(hall: Hall) -> None:
    visit = hall.booked(soon(hall, minutes=15))
    came = soon(hall, minutes=10)
    hall.world.drain()
    hall.world.pass_time(hours=2)
    assert hall.world.events(visit["id"])[-3:] == [
        "appointment.no_show",
        "appointment.word_asked",
        "appointment.word_taken",
    ]
    kiosk = Device(hall.world, branch=HALL, services=["check_in"]).signed_in()
    brought = {"arrivals": [{"event": "e", "at": text(came), "number": visit["number"]}]}

    (told,) = done(kiosk.ask("POST", "/v1/kiosks/arrivals", brought))["items"]

    assert (told["outcome"], told["line"], told["wait"]) == ("checked_in", "booked", None)
    lead(hall)
    (shown,) = hall.queue()["waiting"]
    assert (shown["number"], shown["why"][0]["code"]) == (visit["number"], "booked")


def missed(hall: Hall, times: int, **what_matters: object) -> None:
    for _ in range(times):
        hall.booked(soon(hall, minutes=15), **what_matters)
        hall.world.drain()
        hall.world.pass_time(minutes=75)
        lead(hall)


def test_who_missed_three_books_for_another_day_than_today_and_is_never_shut_out(hall: Hall) -> None:
    missed(hall, 3)
    assert len(hall.world.provider.to(LI, "appointment_missed_often")) == 1
    li = hall.world.sign_in(LI)
    today = {"branch": HALL, "service": QUICK, "start": soon(hall, hours=2).isoformat().replace("+00:00", "Z")}

    answer = hall.world.ask("POST", "/v1/holds", today, li)

    assert refused(answer) == (409, "day_before_only")
    assert answer.body["until"] == "2027-02-21T02:15:00.000Z"
    tomorrow = today | {"start": soon(hall, days=1, minutes=15).isoformat().replace("+00:00", "Z")}
    assert hall.world.ask("POST", "/v1/holds", tomorrow, li).status == 201
    assert hall.booked(soon(hall, minutes=15))["status"] == "booked"  # staff decides for itself
    assert hall.walk_in(customer={"phone": LI})["status"] == "checked_in"


def test_who_needs_support_is_not_counted_and_two_are_not_three(hall: Hall) -> None:
    missed(hall, 2)
    missed(hall, 2, support_needs=["mobility"])
    li = hall.world.sign_in(LI)
    today = {"branch": HALL, "service": QUICK, "start": soon(hall, hours=1).isoformat().replace("+00:00", "Z")}

    assert hall.world.ask("POST", "/v1/holds", today, li).status == 201


def test_what_is_still_open_when_the_day_ends_is_ended_and_counts_against_nobody(hall: Hall) -> None:
    waiting, parked, serving = (hall.walk_in() for _ in range(3))
    done(hall.step(parked, "park", {"reason": "fetches"}))
    hall.called(serving)
    done(hall.step(serving, "serve", {}))
    hall.world.drain()

    hall.world.pass_time(hours=14)
    lead(hall)

    assert [status(hall, one) for one in (waiting, parked, serving)] == ["no_show", "no_show", "done"]
    (record,) = [it for it in hall.world.records(waiting["id"]) if it["event"] == "appointment.no_show"]
    assert '"because":"left"' in record["body"] and '"counts":false' in record["body"]


def test_who_is_near_is_told_once_to_come(hall: Hall) -> None:
    first = [hall.walk_in() for _ in range(3)]
    fourth = hall.walk_in(customer={"phone": SMITH})
    hall.world.drain()
    assert hall.world.provider.to(SMITH, "appointment_near") == []

    for counter, visit in enumerate(first[:2]):
        hall.called(visit, str(counter))
        hall.world.drain()

    (text,) = hall.world.provider.to(SMITH, "appointment_near")
    assert fourth["ticket"] in text.body
    hall.called(first[2], "3")
    hall.world.drain()
    hall.world.pass_time(hours=1)
    assert len(hall.world.provider.to(SMITH, "appointment_near")) == 1
    assert hall.world.events(fourth["id"]).count("appointment.word_asked") == 1


def test_who_is_near_is_found_by_the_sweep_where_hints_are_lost(hall: Hall) -> None:
    first = [hall.walk_in() for _ in range(3)]
    hall.walk_in(customer={"phone": SMITH})
    for counter, visit in enumerate(first[:2]):
        hall.called(visit, str(counter))
    hall.world.unpublished.clear()

    hall.world.pass_time(hours=2)

    assert len(hall.world.provider.to(SMITH, "appointment_near")) == 1


def test_who_came_near_already_is_told_nothing_more(hall: Hall) -> None:
    visit = hall.walk_in(customer={"phone": SMITH})
    hall.world.drain()
    hall.world.pass_time(hours=1)

    assert hall.world.provider.to(SMITH, "appointment_near") == []
    assert hall.world.events(visit["id"]) == ["appointment.arrived"]


def test_times_who_came_and_how_well_estimates_held_are_measured(hall: Hall) -> None:
    came, gone = hall.booked(soon(hall, minutes=15)), hall.booked(soon(hall, hours=2), SMITH)
    hall.world.drain()
    first = hall.walk_in()
    shown = hall.came(came)
    # Counts since half an hour before its start, so before the other one; told that nobody is before them.
    assert shown["wait"]["normal_minutes"] == 0
    hall.world.now += timedelta(minutes=5)
    hall.served(came, minutes=20)
    hall.served(first, minutes=40)
    hall.world.pass_time(hours=3)
    lead(hall)
    assert status(hall, gone) == "no_show"

    (line,) = done(hall.desk("figures", method="GET"))["items"]

    assert line == {
        "service": QUICK,
        "served": 2,
        "seconds": 1800,
        "called": 2,
        "waited": (300 + 1500) // 2,
        "came": 1,
        "missed": 1,
        "show_rate": 0.5,
        "estimates": 2,
        "within_range": 0.5,
        # The other one was told an hour and a half, since who was booked was expected: an hour, and half of it.
        "off": (300 + 90 * 60 - 1500) // 2,
        "asked_again": 0,
        "saved_minutes": 0,
        "prepared": 0,
        "prepared_seconds": None,
    }
    assert done(hall.desk("figures?from=2026-11-24&to=2026-11-24", method="GET"))["items"] == []
    assert refused(hall.desk("figures?from=2026-01-01&to=2026-11-24", method="GET")) == (422, "invalid")


def test_as_many_more_are_booked_as_do_not_come_and_no_more_than_the_service_allows(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    services = hall.world.services
    service = replace(services._catalogue.services()[CARD], overbooking=50)
    monkeypatch.setitem(services._catalogue._pages["services"][1], CARD, service)
    free = f"/v1/branches/{HALL}/slots?service={CARD}"

    def most() -> int:
        return max(slot["free"] for slot in done(hall.world.ask("GET", free))["days"][0]["slots"])

    assert most() == 2
    for figure, seats in ((Figure(came=30, missed=19), 2), (Figure(came=30, missed=20), 3), (Figure(came=50), 2)):
        monkeypatch.setattr(services._days, "measured", lambda _, figure=figure: {CARD: figure})
        assert most() == seats
