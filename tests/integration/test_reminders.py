"""Reminders: each once, moved and dropped with the visit, never at night; by mail too where an address was left."""

import random
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.visits import Reception, done, spending
from tests.world import LI, SMITH, World

AFTERNOON = "2026-11-26T06:00:00Z"  # a Thursday, two in the afternoon in Shanghai
EARLIER = "2026-11-25T06:00:00Z"


@pytest.fixture
def desk(world: World) -> Reception:
    return Reception(world.open_branches(), world.staff("lead-east"))


def booked(world: World, desk: Reception, start: str = AFTERNOON, **what_matters: Any) -> dict[str, Any]:
    held = desk.desk_hold(start=start)
    return done(world.ask("POST", "/v1/desk/appointments", {**spending(held), **what_matters}, desk.lead))


def reminded(world: World, to: str = LI) -> list[str]:
    return [text.body for text in world.provider.to(to, "appointment_reminder")]


def shuffled(world: World) -> Any:
    """Give every message twice or thrice, in any order."""
    dice = random.Random(20261125)

    def order(waiting: list[Any]) -> list[Any]:
        several = [message for message in waiting for _ in range(dice.choice((2, 3)))]
        return dice.sample(several, len(several))

    return order


def test_a_customer_is_reminded_a_day_and_two_hours_before_each_once_however_messages_come(
    world: World, desk: Reception
) -> None:
    appointment = booked(world, desk)
    world.drain(shuffled(world))
    assert reminded(world) == []

    world.pass_time(shuffled(world), hours=52)  # to two in the afternoon the day before
    assert len(reminded(world)) == 1
    world.pass_time(shuffled(world), hours=21, minutes=58)
    assert len(reminded(world)) == 1
    world.pass_time(shuffled(world), minutes=2)

    texts = reminded(world)
    assert len(texts) == 2
    assert all(
        appointment["number"] in text and "2026-11-26 14:00" in text and "上海浦东支行" in text for text in texts
    )
    assert appointment["manage_url"] in texts[0]
    world.pass_time(shuffled(world), hours=48)
    assert len(reminded(world)) == 2
    assert not [item for item in world.items("appointments", "due") if item["id"] == appointment["id"]]


def test_reminders_move_with_the_visit_and_old_ones_are_never_sent(world: World, desk: Reception) -> None:
    appointment = booked(world, desk)
    world.drain()
    held = desk.desk_hold(start="2026-11-27T06:00:00Z")
    done(world.ask("POST", f"/v1/appointments/{appointment['id']}/reschedule", spending(held), desk.lead))

    world.pass_time(hours=52)
    assert reminded(world) == []
    world.pass_time(hours=48)

    assert len(reminded(world)) == 2
    assert all("2026-11-27 14:00" in text for text in reminded(world))


def test_nobody_is_reminded_of_what_was_cancelled_even_if_a_message_is_late(world: World, desk: Reception) -> None:
    appointment = booked(world, desk)
    world.drain()
    world.now += timedelta(hours=52)
    world.sweep()
    late, world.outlet.sent[:] = list(world.outlet.sent), []
    desk.lead = world.staff("lead-east")
    done(world.ask("POST", f"/v1/appointments/{appointment['id']}/cancel", token=desk.lead))

    for queue, message, _ in late:
        assert world.work(queue, message) == []
    world.pass_time(hours=30)

    assert reminded(world) == []
    assert "appointment.cancelled" in world.events(appointment["id"])


def test_a_reminder_that_was_asked_for_is_not_sent_once_the_visit_was_moved(world: World, desk: Reception) -> None:
    appointment = booked(world, desk)
    world.drain()
    world.now += timedelta(hours=52)
    assert world.work("bookings", {"due": appointment["id"]}) == []
    desk.lead = world.staff("lead-east")
    held = desk.desk_hold(start="2026-12-01T06:00:00Z")
    done(world.ask("POST", f"/v1/appointments/{appointment['id']}/reschedule", spending(held), desk.lead))

    world.drain()

    assert reminded(world) == []


def test_after_days_without_a_sweep_only_the_last_reminder_goes_out(world: World, desk: Reception) -> None:
    appointment = booked(world, desk)
    world.drain()
    world.now += timedelta(hours=75)

    world.sweep()
    world.drain()

    assert len(reminded(world)) == 1
    assert "appointment.word_dropped" in world.events(appointment["id"])


def test_what_comes_up_at_night_waits_for_the_morning(world: World, desk: Reception) -> None:
    appointment = booked(world, desk)
    world.drain()
    world.now += timedelta(hours=62)  # midnight in Shanghai

    world.pass_time(hours=7, minutes=58)
    assert reminded(world) == []
    world.pass_time(minutes=2)

    assert len(reminded(world)) == 1
    assert "appointment.word_put_off" in world.events(appointment["id"])


def test_whoever_left_an_address_hears_by_mail_too_in_the_customers_language(world: World, desk: Reception) -> None:
    appointment = booked(world, desk, EARLIER, contact={"name": "Li Na", "email": "li.na@example.cn"})
    world.drain()
    world.pass_time(hours=60)

    templates = [text.template for text in world.provider.to("li.na@example.cn")]
    assert templates == ["appointment_booked", "appointment_reminder", "appointment_reminder", "appointment_missed"]
    mail = world.provider.to("li.na@example.cn", "appointment_reminder")[0]
    assert mail.subject == f"您的预约 {appointment['number']}：2026-11-25 14:00"
    assert len(reminded(world)) == 2
    assert reminded(world, SMITH) == []
    assert "li.na@example.cn" not in str(world.items("records"))


def test_an_address_that_is_none_is_refused(world: World, desk: Reception) -> None:
    held = desk.desk_hold(start=EARLIER)

    answer = world.ask(
        "POST", "/v1/desk/appointments", {**spending(held), "contact": {"email": "nobody@nowhere"}}, desk.lead
    )

    assert answer.status == 422
