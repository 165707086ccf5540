"""Appointments in calendars: one entry that follows its visit."""

from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from tests.integration.visits import Reception, calendar, done, link, spending
from tests.world import LI, SMITH, World


@pytest.fixture
def desk(world: World) -> Reception:
    return Reception(world.open_branches(), world.staff("lead-east"))


def entry(text: str) -> tuple[str, Any]:
    """Read a file of one appointment: its method, and the event."""
    read = Calendar.from_ical(text)
    (event,) = read.walk("VEVENT")
    return str(read["METHOD"]), event


def looked(world: World, appointment: dict[str, Any]) -> tuple[str, Any]:
    answer = world.ask("GET", f"/v1/calendars/{calendar(appointment)}/visit.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return entry(answer.text)


def test_a_calendar_follows_a_visit_through_moving_and_cancelling_under_one_name(world: World, desk: Reception) -> None:
    appointment = desk.booked(start="2026-11-26T06:00:00Z")
    method, first = looked(world, appointment)
    assert (method, first["STATUS"], first["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 0)
    assert first.start == datetime(2026, 11, 26, 6, tzinfo=UTC)
    assert first.end == datetime(2026, 11, 26, 6, 15, tzinfo=UTC)
    assert "上海浦东支行" in first["LOCATION"] and appointment["number"] in first["DESCRIPTION"]

    held = desk.desk_hold(start="2026-11-27T02:30:00Z")
    path = f"/v1/appointments/{appointment['id']}"
    moved = done(world.ask("POST", f"{path}/reschedule", spending(held), desk.lead))
    method, second = looked(world, appointment)
    assert (method, second["SEQUENCE"], second["UID"]) == ("PUBLISH", 1, first["UID"])
    assert second.start == datetime(2026, 11, 27, 2, 30, tzinfo=UTC)
    assert moved["ics_url"] == appointment["ics_url"]

    done(world.ask("POST", f"{path}/cancel", token=desk.lead))
    method, third = looked(world, appointment)
    assert (method, third["STATUS"], third["SEQUENCE"], third["UID"]) == ("CANCEL", "CANCELLED", 2, first["UID"])


def test_times_are_instants_so_that_no_calendar_has_to_know_when_clocks_change(world: World, desk: Reception) -> None:
    world.now = datetime(2027, 3, 20, 9, tzinfo=UTC)
    lead = world.staff("lead-london")
    wanted = {"branch": "london-city", "service": "card-replacement", "customer": {"phone": SMITH}}
    # Half past ten in the morning in London: 10:30 UTC in winter, 9:30 from 28 March on.
    for start in ("2027-03-25T10:30:00Z", "2027-03-30T09:30:00Z"):
        held = done(world.ask("POST", "/v1/desk/holds", {**wanted, "start": start}, lead))
        booked = done(world.ask("POST", "/v1/desk/appointments", spending(held), lead))
        text = world.ask("GET", f"/v1/appointments/{booked['id']}/calendar.ics", token=lead).text
        assert "DTSTART:" + start.replace("-", "").replace(":", "") in text
        assert "TZID" not in text


def test_a_calendar_shows_no_name_and_no_link_that_changes_anything(world: World, desk: Reception) -> None:
    held = desk.desk_hold()
    body = {**spending(held), "contact": {"name": "Li Na", "phone": LI}}
    appointment = done(world.ask("POST", "/v1/desk/appointments", body, desk.lead))

    text = world.ask("GET", f"/v1/calendars/{calendar(appointment)}/visit.ics").text

    assert "Li Na" not in text and LI not in text and link(appointment) not in text and "/v1/visits/" not in text


def test_no_other_token_opens_a_calendar_and_a_calendars_token_opens_nothing_else(
    world: World, desk: Reception
) -> None:
    appointment = desk.booked()

    for token in (link(appointment), appointment["check_in_code"], "nothing", calendar(appointment)[:-1] + "!"):
        assert world.ask("GET", f"/v1/calendars/{token}/visit.ics").status == 404
    assert world.ask("GET", f"/v1/visits/{calendar(appointment)}").status == 404
    foreign = world.ask("GET", f"/v1/appointments/{appointment['id']}/calendar.ics", token=world.sign_in(SMITH))
    assert foreign.status == 404
