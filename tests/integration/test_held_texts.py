"""Texts that wait for the day, are overtaken by the morning, or are not wished; over HTTP, with queues and tables."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.test_reminders import AFTERNOON, booked, reminded, shuffled
from tests.integration.visits import Reception, done
from tests.world import LI, World

MIDNIGHT = timedelta(hours=62)  # from the beginning on, in Shanghai


@pytest.fixture
def desk(world: World) -> Reception:
    return Reception(world.open_branches(), world.staff("lead-east"))


def wish(world: World, **wishes: Any) -> dict[str, Any]:
    return done(world.ask("PUT", "/v1/me/contact-wishes", {"do_not_call": False, **wishes}, world.sign_in(LI)))


def held(world: World) -> list[str]:
    records = [item for item in world.items("records") if item["event"].startswith("text.")]
    return sorted({record["event"] for record in records})


def test_what_comes_up_at_night_waits_and_its_appointment_knows_until_when(world: World, desk: Reception) -> None:
    appointment = booked(world, desk)
    world.drain()
    world.now += MIDNIGHT

    world.pass_time(shuffled(world), hours=7, minutes=58)
    assert reminded(world) == []
    assert world.events(appointment["id"]).count("appointment.word_put_off") == 1
    world.pass_time(shuffled(world), minutes=2)

    assert len(reminded(world)) == 1
    assert held(world) == ["text.held", "text.sent", "text.started"]


def test_the_reminder_of_a_visit_that_is_cancelled_at_night_is_never_sent(world: World, desk: Reception) -> None:
    appointment = booked(world, desk)
    world.drain()
    world.now += MIDNIGHT
    world.pass_time(hours=1)
    assert "appointment.word_put_off" in world.events(appointment["id"])

    done(world.ask("POST", f"/v1/appointments/{appointment['id']}/cancel", {}, world.sign_in(LI)))
    world.pass_time(hours=48)

    assert reminded(world) == []


def test_who_refuses_reminders_gets_none_and_their_visit_owes_none(world: World, desk: Reception) -> None:
    assert wish(world, refuses=["reminder"])["refused"] == {"reminder": "9999-12-31T00:00:00.000Z"}
    appointment = booked(world, desk)
    world.drain()

    world.pass_time(hours=75)

    assert reminded(world) == []
    assert held(world) == ["text.sent", "text.started", "text.withheld"]
    assert world.events(appointment["id"]).count("appointment.word_taken") == 3, "two reminders, and that it is booked"


def test_reminders_count_as_contacts_and_what_is_owed_does_not(world: World, desk: Reception) -> None:
    booked(world, desk)
    world.drain()
    shown = done(world.ask("GET", "/v1/me/contact-wishes", token=world.sign_in(LI)))
    assert (shown["calls_lately"], shown["texts_lately"]) == (0, 0)

    world.pass_time(hours=76)

    shown = done(world.ask("GET", "/v1/me/contact-wishes", token=world.sign_in(LI)))
    assert (shown["calls_lately"], shown["texts_lately"]) == (0, 2)


@pytest.mark.parametrize(
    "wishes",
    [
        {"refuses": ["service"]},
        {"refuses": ["news"]},
        {"consents": ["service"]},
        {"consents": ["sales"], "refuses": ["sales"]},
        {"refuses": "reminder"},
    ],
)
def test_what_cannot_be_wished_is_refused_and_nothing_is_kept(world: World, wishes: dict[str, Any]) -> None:
    token = world.sign_in(LI)
    answer = world.ask("PUT", "/v1/me/contact-wishes", {"do_not_call": True, **wishes}, token)

    assert (answer.status, answer.body["code"]) == (422, "invalid")
    assert done(world.ask("GET", "/v1/me/contact-wishes", token=token))["do_not_call"] is False


def test_a_call_of_a_purpose_of_texts_is_none(world: World) -> None:
    body = {"customer": {"phone": LI}, "purpose": "reminder", "reason": "x", "window": AFTERNOON}

    assert world.ask("POST", "/v1/desk/callbacks", body, world.staff("agent-east")).status == 422
