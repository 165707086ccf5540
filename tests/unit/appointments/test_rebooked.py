"""What becomes of people whom their branch could not receive as agreed: when they come, when they do not, when they choose."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from tests.integration.visits import WHY
from tests.integration.visits import link as visit_link
from tests.unit.appointments.lobby import BUND, NINE, Lobby, done, phone

CONTINUITY = f"/v1/desk/branches/{BUND}/continuity"


@pytest.fixture(autouse=True)
def longer(lobby: Lobby) -> None:
    lobby.set(opening={day: ((time(9), time(12)),) for day in range(7)})


def closed(lobby: Lobby, minutes: int = 30) -> dict[str, Any]:
    """Close the branch from nine on, and let the plan run."""
    until = NINE + timedelta(minutes=minutes)
    body = {"from": f"{NINE:%FT%TZ}", "until": f"{until:%FT%TZ}", "closed": True, "reason": WHY}
    answer = done(lobby.world.ask("PUT", CONTINUITY, body, lobby.lead))
    lobby.world.drain()
    return dict(answer)


def shown(lobby: Lobby, visit: dict[str, Any]) -> dict[str, Any]:
    return dict(done(lobby.world.ask("GET", f"/v1/appointments/{visit['id']}", token=lobby.lead)))


def at(lobby: Lobby, now: datetime) -> None:
    lobby.world.now = now
    lobby.lead = lobby.world.staff("lead-east")


def test_who_comes_to_the_time_they_were_moved_to_has_accepted_it(lobby: Lobby) -> None:
    visit = lobby.book(1)
    closed(lobby)
    moved = shown(lobby, visit)
    assert (moved["starts_at"], moved["rebooking"]["standing"]) == ("2026-11-24T01:30:00.000Z", "offered")
    at(lobby, NINE + timedelta(minutes=30))

    done(lobby.world.ask("POST", f"/v1/desk/branches/{BUND}/check-in", {"code": visit["check_in_code"]}, lobby.lead))

    assert shown(lobby, visit)["rebooking"]["standing"] == "accepted"
    assert "appointment.rebooking_answered" in lobby.world.events(visit["id"])
    lobby.world.pass_time(hours=25)
    lobby.lead = lobby.world.staff("lead-east")
    assert shown(lobby, visit)["rebooking"]["standing"] == "accepted", "nobody is to be called any more"
    assert not lobby.world.provider.to("lead-east@dutydesk.test", "appointment_to_choose")


def test_who_was_told_that_it_cannot_take_place_and_comes_to_an_open_door_has_chosen_that(lobby: Lobby) -> None:
    visit = lobby.book(1)
    closed(lobby, minutes=240)
    assert shown(lobby, visit)["rebooking"]["how"] == "nothing"
    at(lobby, NINE)

    done(lobby.world.ask("POST", f"/v1/desk/branches/{BUND}/check-in", {"code": visit["check_in_code"]}, lobby.lead))
    lobby.world.pass_time(hours=16)
    lobby.lead = lobby.world.staff("lead-east")

    assert shown(lobby, visit)["rebooking"]["standing"] == "chosen"
    assert not lobby.world.provider.to(phone(1), "appointment_missed")
    assert not lobby.world.provider.to(phone(1), "appointment_unanswered")


@pytest.mark.parametrize("minutes", [30, 240])
def test_nobody_is_told_that_we_expected_them_who_was_told_it_cannot_take_place(lobby: Lobby, minutes: int) -> None:
    visit = lobby.book(1)
    closed(lobby, minutes)

    lobby.world.pass_time(hours=30)

    lobby.lead = lobby.world.staff("lead-east")
    assert shown(lobby, visit)["status"] == "no_show"
    assert not lobby.world.provider.to(phone(1), "appointment_missed")
    (text,) = lobby.world.provider.to(phone(1), "appointment_unanswered")
    assert visit["number"] in text.body


def test_what_somebody_missed_keeps_nobody_from_a_time_on_the_same_day_when_their_branch_closes(lobby: Lobby) -> None:
    lobby.set(opening={day: ((time(9), time(18)),) for day in range(7)})
    token = lobby.token(1)
    wanted = {"branch": BUND, "service": "card", "start": f"{NINE + timedelta(hours=3):%FT%TZ}"}
    held = done(lobby.world.ask("POST", "/v1/holds", wanted, token))
    visit = done(lobby.world.ask("POST", "/v1/appointments", {"hold": held["id"], "token": held["token"]}, token))
    lobby.world.drain()
    at(lobby, NINE)
    limited(lobby, visit)
    closing = {"from": f"{NINE:%FT%TZ}", "until": f"{NINE + timedelta(hours=4):%FT%TZ}", "closed": True, "reason": WHY}

    done(lobby.world.ask("PUT", CONTINUITY, closing, lobby.lead))
    lobby.world.drain()

    moved = shown(lobby, visit)
    assert (moved["rebooking"]["how"], moved["starts_at"]) == ("moved", "2026-11-24T05:00:00.000Z")
    later = {"start": f"{NINE + timedelta(hours=6):%FT%TZ}"}
    done(lobby.world.ask("POST", f"/v1/visits/{visit_link(moved)}/holds", later))
    done(lobby.world.ask("POST", f"/v1/visits/{visit_link(moved)}/accept"))
    another = {"start": f"{NINE + timedelta(hours=7):%FT%TZ}"}
    refused = lobby.world.ask("POST", f"/v1/visits/{visit_link(moved)}/holds", another)
    assert refused.code == "day_before_only", "who has accepted books like everybody"


def limited(lobby: Lobby, visit: dict[str, Any]) -> None:
    """Let a customer have missed too many."""
    found = lobby.world.services.rebooking.found(visit["id"])
    key = (f"customer#{found.customer_id}", "count")
    held = lobby.world.memory.items["appointments"][key]
    held["limited_until"] = int((lobby.world.now + timedelta(days=30)).timestamp())


def test_the_answer_to_a_closure_says_where_each_booking_goes_and_the_plan_does_so(lobby: Lobby) -> None:
    first = lobby.book(1)
    lobby.world.now += timedelta(seconds=1)  # who booked first goes first
    second, later = lobby.book(2, NINE + timedelta(minutes=15)), lobby.book(3, NINE + timedelta(minutes=60))

    answer = closed(lobby)

    told = {it["appointment"]: (it["how"], it["to_branch"], it["to"]) for it in answer["affected"]}
    assert told == {
        first["id"]: ("moved", BUND, "2026-11-24T01:30:00.000Z"),
        second["id"]: ("moved", BUND, "2026-11-24T01:45:00.000Z"),
    }
    assert {id_: shown(lobby, {"id": id_})["starts_at"] for id_ in told} == {
        id_: to for id_, (_, _, to) in told.items()
    }
    assert shown(lobby, later)["rebooking"] is None
