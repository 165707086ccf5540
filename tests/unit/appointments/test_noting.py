"""Who comes to a kiosk, with a line or without."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.appointments.model import Appointment, Came, Status
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import Forbidden, Invalid, NotFound, Unavailable
from tests.unit.appointments.office import HALL, KEYS, NINE, Office

TODAY = date(2026, 11, 24)


@pytest.fixture
def office() -> Office:
    """A branch at which somebody is booked for nine, and it is five to."""
    office = Office()
    office.booked()
    office.now = NINE - timedelta(minutes=5)
    return office


@pytest.fixture
def visit(office: Office) -> Appointment:
    return next(iter(booked(office)))


def booked(office: Office) -> list[Appointment]:
    rows = office.store.of_day("bund", TODAY, 10, None).items
    return [found for row in rows if (found := office.store.get(row.id))]


def code(visit: Appointment) -> str:
    return KEYS.token("check_in", visit.id)


def note(
    office: Office,
    visit: Appointment,
    at: datetime | None = None,
    name: str = "kio_1.e1",
    kiosk: str = "kio_1",
    **who: str,
) -> Came:
    named = (who.get("number", ""), who.get("code", "" if "number" in who else code(visit)))
    return office.noting.came("bund", named, at or office.now, name, office.kiosk(kiosk))


def test_a_kiosk_hears_who_is_booked_and_has_not_come(office: Office, visit: Appointment) -> None:
    later = office.booked(NINE + timedelta(hours=1), "cus_smith", "stamp")
    office.booked(NINE, "cus_jones", branch="far")

    day, guests = office.noting.expected("bund", None, office.kiosk())

    assert day == TODAY
    assert [(one.number, one.code, one.starts_at) for one in guests] == [
        (visit.number, code(visit), NINE),
        (later.number, code(later), NINE + timedelta(hours=1)),
    ]
    note(office, visit)
    assert [one.number for one in office.noting.expected("bund", TODAY, office.kiosk())[1]] == [later.number]


def test_a_kiosk_hears_of_today_and_tomorrow_at_a_branch_of_its_unit_and_of_nothing_else(office: Office) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert office.noting.expected("bund", tomorrow, office.kiosk())[0] == tomorrow
    for day in (TODAY - timedelta(days=1), tomorrow + timedelta(days=1)):
        with pytest.raises(Invalid):
            office.noting.expected("bund", day, office.kiosk())
    for branch, kiosk in (("nowhere", office.kiosk()), ("bund", office.kiosk(unit="london"))):
        with pytest.raises(NotFound):
            office.noting.expected(branch, None, kiosk)
    with pytest.raises(Forbidden):
        office.noting.expected("bund", None, office.call(role=Role.CLERK))


def test_a_kiosk_of_another_unit_checks_nobody_in(office: Office, visit: Appointment) -> None:
    came = office.noting.came("bund", ("", code(visit)), office.now, "n", office.kiosk(unit="london"))

    assert came.outcome == "not_found"
    assert office.got(visit).status is Status.BOOKED


def test_who_comes_is_checked_in_with_a_number_and_a_place(office: Office, visit: Appointment) -> None:
    came = note(office, visit)

    assert (came.outcome, came.ticket, came.line) == ("checked_in", "A001", "booked")
    assert came.wait is not None and came.wait.place == 1
    assert (office.got(visit).status, office.got(visit).came.note) == (Status.CHECKED_IN, "kio_1.e1")


def test_who_is_told_twice_is_checked_in_once(office: Office, visit: Appointment) -> None:
    first = note(office, visit)
    version = office.got(visit).version

    again = [note(office, visit) for _ in range(2)]

    assert [(one.outcome, one.ticket) for one in again] == [("checked_in", first.ticket)] * 2
    assert office.got(visit).version == version
    office.calling.call(visit.id, "1", office.clerk())
    assert (note(office, visit).outcome, note(office, visit).wait) == ("checked_in", None)


def test_of_two_kiosks_that_noted_the_same_person_the_second_hears_that_they_are_there(
    office: Office, visit: Appointment
) -> None:
    note(office, visit)

    other = note(office, visit, name="kio_2.e9", kiosk="kio_2")

    assert (other.outcome, other.ticket) == ("already", "A001")
    assert len([one for one in office.tables.chains[visit.id] if one.event == "appointment.arrived"]) == 1


def test_of_two_kiosks_that_tell_at_the_same_moment_one_is_first(office: Office, visit: Appointment) -> None:
    told: list[Came] = []

    def quicker() -> None:
        office.tables.before_commit = lambda: None
        told.append(note(office, visit, name="kio_2.e9", kiosk="kio_2"))

    office.tables.before_commit = quicker
    told.append(note(office, visit))

    assert [(one.outcome, one.ticket) for one in told] == [("checked_in", "A002"), ("already", "A002")]


def test_who_came_while_there_was_no_line_counts_since_they_came(office: Office, visit: Appointment) -> None:
    """The kiosk had no line for three hours; an hour after the start nobody had heard of them."""
    came_at, office.now = office.now, NINE + timedelta(minutes=60)
    assert office.missing.over(visit.id, office.call("system:bookings", Role.SYSTEM)) == "no_show"
    office.now = NINE + timedelta(hours=3)

    came = note(office, visit, came_at)

    turn = office.got(visit).came
    assert (came.outcome, came.line, came.wait) == ("checked_in", "booked", None)
    assert (turn.arrived_at, turn.counts_since) == (came_at, NINE - timedelta(minutes=30))
    assert turn.look_at == office.now  # nobody told them a place: whether they are near is looked after at once
    record = office.tables.chains[visit.id][-1]
    assert record.at > record.body["came_at"]  # a record is of when it was written, and says of when it tells
    assert office.days.misses("cus_li", NINE - timedelta(days=90)) == []


def test_who_came_late_is_told_so(office: Office, visit: Appointment) -> None:
    assert note(office, visit, NINE + timedelta(minutes=11)).line == "late"


def test_forged_and_foreign_codes_find_nobody(office: Office, visit: Appointment) -> None:
    real = code(visit)
    forged = real[:-1] + ("A" if real[-1] != "A" else "B")
    for what in (forged, visit.id, KEYS.token("visit", visit.link_id), KEYS.token("check_in", "apt_none"), "x"):
        assert note(office, visit, code=what).outcome == "not_found", what
    for number in ("A-20261124-00000", "x", "T-20261123-7K3QX"):
        assert note(office, visit, number=number).outcome == "not_found", number
    assert office.got(visit).status is Status.BOOKED


def test_a_number_of_another_branch_is_not_known_and_a_code_says_where(office: Office) -> None:
    far = office.booked(NINE, "cus_smith", branch="far")

    assert note(office, far, number=far.number).outcome == "not_found"
    came = note(office, far)
    assert (came.outcome, came.facts["branch"]) == ("wrong_branch", "far")


def test_a_booking_that_was_cancelled_meanwhile_is_told_so_and_stays_cancelled(
    office: Office, visit: Appointment
) -> None:
    came_at, office.now = office.now, NINE + timedelta(hours=1)
    office.changing.cancel(visit.id, office.clerk())

    assert note(office, visit, came_at).outcome == "cancelled"
    assert office.got(visit).status is Status.CANCELLED


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        (NINE - timedelta(minutes=31), "too_early"),
        (NINE - timedelta(minutes=30), "checked_in"),
        (NINE - timedelta(hours=10), "wrong_day"),
        (NINE + timedelta(minutes=59), "checked_in"),
    ],
)
def test_what_is_told_is_judged_by_when_they_came(
    office: Office, visit: Appointment, at: datetime, outcome: str
) -> None:
    assert note(office, visit, at).outcome == outcome


def test_who_came_an_hour_late_after_all_is_told_that_it_is_over(office: Office, visit: Appointment) -> None:
    office.now = NINE + timedelta(minutes=60)
    office.missing.over(visit.id, office.call("system:bookings", Role.SYSTEM))

    assert note(office, visit).outcome == "over"


def test_a_branch_that_is_not_there_any_more_knows_nobody(office: Office, visit: Appointment) -> None:
    del office.branches_["bund"]

    assert note(office, visit).outcome == "not_found"
    office.branches_["bund"] = replace(HALL, unit="hq")
    assert note(office, visit).outcome == "not_found"


def test_a_number_says_who_comes_as_well_as_a_code(office: Office, visit: Appointment) -> None:
    told: Any = note(office, visit, number=visit.number)

    assert told.outcome == "checked_in"


def test_what_is_over_when_it_is_told_again_is_no_answer(office: Office, visit: Appointment) -> None:
    """A kiosk forgets what was answered: while the tables are away nothing is."""

    def away() -> None:
        raise Unavailable

    office.tables.before_commit = away
    with pytest.raises(Unavailable):
        note(office, visit)
    office.tables.before_commit = lambda: None

    assert note(office, visit).outcome == "checked_in"
