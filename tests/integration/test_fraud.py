"""One report of fraud shuts strangers out at once: of codes, bookings and promised calls."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.exchange import Exchange
from tests.integration.visits import Reception
from tests.kiosk import SHOWN
from tests.world import LI, Answer, World

REPORTS = "/v1/fraud-reports"


@pytest.fixture
def stranger(world: World) -> str:
    """A session of Li's in somebody else's hands, with an appointment and a call to move."""
    return world.sign_in(LI)


def acts(world: World, token: str, booked: dict[str, Any], promised: str) -> list[Answer]:
    """Do whatever somebody with a session of Li's would do."""
    ask = world.ask
    return [
        ask("POST", "/v1/holds", {"branch": "shanghai-bund", "service": "card-replacement"}, token),
        ask("POST", f"/v1/appointments/{booked['id']}/cancel", None, token),
        ask("POST", "/v1/callbacks", {"window": "now", "reason": "Send the card to my new address."}, token),
        ask("POST", f"/v1/callbacks/{promised}/cancel", None, token),
        ask("GET", "/v1/tickets", None, token),
    ]


@pytest.mark.parametrize("kind", ["sim_taken", "account_used"])
def test_a_report_shuts_a_stranger_out_of_bookings_and_calls_and_lets_nobody_in_again(
    world: World, stranger: str, kind: str
) -> None:
    world.now += timedelta(minutes=2)
    mine = world.sign_in(LI)
    booked = Reception(world.open_branches(), world.staff("lead-east")).booked(phone=LI)
    promised = Exchange(world).promised(LI).id
    before = world.items("appointments"), world.items("callbacks")

    told = world.ask("POST", REPORTS, {"kind": kind}, mine)
    assert (told.status, told.body["sessions_ended"]) == (201, 1), told.text

    assert {answer.status for answer in acts(world, stranger, booked, promised)} == {401}
    assert (world.items("appointments"), world.items("callbacks")) == before
    world.forgive()
    asked = world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI})
    assert asked.code == "sms_unavailable"
    assert world.ask("GET", "/v1/me", token=mine).status == 200


def test_staff_shut_everybody_out_for_who_calls_them(world: World, stranger: str) -> None:
    told = world.ask("POST", "/v1/desk/fraud-reports", {"kind": "device_lost", "phone": LI}, world.staff("agent-east"))
    assert (told.status, told.body["sessions_ended"]) == (201, 1), told.text
    assert world.ask("GET", "/v1/me", token=stranger).status == 401


def test_a_report_that_is_about_nobodys_access_leaves_sessions_alone(world: World, stranger: str) -> None:
    mine = world.sign_in(LI)
    told = world.ask("POST", REPORTS, {"kind": "code_asked"}, mine)
    assert told.body["sessions_ended"] == 0
    assert world.ask("GET", "/v1/me", token=stranger).status == 200


def test_at_the_desk_things_go_on(world: World, stranger: str) -> None:
    world.ask("POST", "/v1/desk/fraud-reports", {"kind": "account_used", "phone": LI}, world.staff("agent-east"))
    wish = {"window": "2026-11-23T06:00:00Z", "reason": "Came to the branch.", "customer": {"phone": LI}}
    assert world.ask("POST", "/v1/desk/callbacks", wish, world.staff("agent-east")).status == 201


def grant(world: World) -> str:
    """Type a right code for Li's phone, and take up nothing with it yet."""
    world.forgive()
    started = world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": LI}).body["id"]
    return str(world.ask("POST", f"/v1/verifications/{started}/check", {"code": world.code(LI)}).body["grant"])


def taken_up(world: World, grant: str) -> Answer:
    return world.ask("POST", "/v1/sessions", {"grant": grant, "warning_acknowledged": SHOWN})


def test_what_was_proved_before_the_report_opens_nothing_after_it_and_what_is_proved_later_does(world: World) -> None:
    mine, held = world.sign_in(LI), grant(world)
    world.now += timedelta(minutes=1)
    world.ask("POST", REPORTS, {"kind": "device_lost"}, mine)

    assert taken_up(world, held).code == "grant_invalid"
    assert "session.shut_out" in world.events(world.services.identity.found_by_phone(LI))
    world.now += timedelta(minutes=1)
    assert taken_up(world, grant(world)).status == 201


def test_who_signs_in_at_the_moment_of_the_report_is_shut_out_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, held = world.sign_in(LI), grant(world)
    people, reported = world.services.people, []
    read = people.customer_by_phone

    def read_and_then(phone: str) -> Any:
        found = read(phone)
        if not reported:
            reported.append(world.ask("POST", REPORTS, {"kind": "device_lost"}, mine).status)
        return found

    monkeypatch.setattr(people, "customer_by_phone", read_and_then)

    assert taken_up(world, held).code == "grant_invalid"
    assert reported == [201]
