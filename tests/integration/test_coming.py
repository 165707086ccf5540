"""The day itself over HTTP: coming, in time, late, or without a booking."""

from datetime import datetime, timedelta

from tests.integration.halls import CARD, HALL, SEEN, Hall, open_hall
from tests.integration.matters import done, refused
from tests.world import LI, SMITH


def at(hall: Hall, **ahead: float) -> datetime:
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
    assert refused(hall.desk("check-in", {"code": later["check_in_code"][:-1] + "!"})) == (404, "not_found")
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
