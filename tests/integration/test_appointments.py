"""Holding and booking over HTTP."""

from datetime import timedelta

from tests.integration.visits import (
    book,
    done,
    free_at,
    hold,
    refused,
    spending,
)
from tests.world import LI, SMITH, World


def test_what_is_booked_is_told_with_its_number_code_and_links_and_word_is_sent(world: World, li: str) -> None:
    held = done(hold(world, li))
    assert held["expires_at"] == "2026-11-23T02:05:00.000Z"

    booked = done(
        book(world, li, held, contact={"name": "Li Na"}, support_needs=["mobility"], health={"symptoms": False})
    )

    assert (booked["status"], booked["branch"], booked["starts_at"]) == (
        "booked",
        "shanghai-pudong",
        "2026-11-24T01:00:00.000Z",
    )
    assert booked["number"].startswith("A-20261123-")
    assert f"/v1/calendars/{booked['id']}-" in booked["ics_url"]
    assert world.keys.opened("check_in", booked["check_in_code"]) == booked["id"]
    assert done(world.ask("GET", f"/v1/appointments/{booked['id']}", token=li))["contact"] == {"name": "Li Na"}
    world.drain()
    (text,) = world.provider.to(LI, "appointment_booked")
    assert booked["number"] in text.body and "2026-11-24 09:00" in text.body and "上海浦东支行" in text.body
    assert booked["manage_url"] in text.body and "身份证" in text.body
    assert world.events(booked["id"]) == ["appointment.booked", "appointment.word_asked", "appointment.word_taken"]
    assert "Li Na" not in str(world.items("records"))


def test_a_confirmation_whose_hints_are_lost_is_found_by_the_sweep(world: World, li: str) -> None:
    done(book(world, li, done(hold(world, li))))
    world.unpublished.clear()

    world.pass_time(minutes=1)

    assert len(world.provider.to(LI, "appointment_booked")) == 1
    world.pass_time(hours=30)
    assert len(world.provider.to(LI, "appointment_booked")) == 1


def test_a_time_that_is_given_away_is_refused_with_the_three_nearest(world: World, li: str) -> None:
    smith = world.sign_in(SMITH)
    for token in (li, smith):
        done(hold(world, token))

    answer = hold(world, li)

    assert refused(answer) == (409, "slot_taken")
    assert answer.body["alternatives"] == [f"2026-11-24T01:{minute}:00.000Z" for minute in (15, 30, 45)]


def test_one_customer_has_at_most_three_and_cancelling_one_makes_room(world: World, li: str) -> None:
    held = [done(hold(world, li, f"2026-11-24T0{hour}:00:00Z")) for hour in (1, 2, 3)]

    answer = hold(world, li, "2026-11-24T04:00:00Z")
    assert refused(answer) == (409, "too_many_open")
    assert answer.body["most"] == 3

    booked = done(book(world, li, held[0]))
    done(world.ask("POST", f"/v1/appointments/{booked['id']}/cancel", token=li))
    assert hold(world, li, "2026-11-24T04:00:00Z").status == 201


def test_a_hold_lasts_five_minutes_and_its_time_comes_back_by_the_sweep(world: World, li: str) -> None:
    held = done(hold(world, li))
    assert free_at(world) == 1
    world.now += timedelta(minutes=5)

    assert refused(book(world, li, held)) == (410, "hold_expired")
    world.sweep()
    world.drain()

    assert free_at(world) == 2
    assert world.events(held["id"]) == ["hold.taken", "hold.freed"]
    assert not [item for item in world.items("appointments") if item["sk"].startswith("hold#")]


def test_a_hold_that_lasts_is_not_freed_by_a_hint_that_comes_early(world: World, li: str) -> None:
    held = done(hold(world, li))
    hint = {"due": held["id"], "pk": "shanghai-pudong#2026-11-24", "sk": f"hold#{held['id']}", "at": held["expires_at"]}

    for _ in range(2):
        assert world.work("bookings", hint) == []

    assert free_at(world) == 1
    assert book(world, li, held).status == 201
    world.now += timedelta(minutes=6)
    assert world.work("bookings", hint) == []
    assert free_at(world) == 1


def test_whoever_needs_the_time_of_a_hold_that_is_over_does_not_wait_for_the_sweep(world: World, li: str) -> None:
    smith = world.sign_in(SMITH)
    over = [done(hold(world, token)) for token in (li, smith)]
    world.now += timedelta(minutes=5)

    assert hold(world, smith).status == 201

    assert [world.events(one["id"])[-1] for one in over] == ["hold.freed"] * 2


def test_a_hold_is_spent_once(world: World, li: str) -> None:
    held = done(hold(world, li))
    done(book(world, li, held))

    assert refused(book(world, li, held)) == (409, "hold_spent")
    assert len(done(world.ask("GET", "/v1/appointments", token=li))["items"]) == 1


def test_a_forged_or_foreign_token_books_nothing(world: World, li: str) -> None:
    held, smith = done(hold(world, li)), world.sign_in(SMITH)
    other, second = done(hold(world, smith)), done(hold(world, li, "2026-11-24T02:00:00Z"))

    assert refused(book(world, smith, held)) == (404, "not_found")
    for token in (held["token"][:-1] + "!", "x", other["token"], second["token"], world.keys.token("visit", "x")):
        assert refused(book(world, li, {**held, "token": token})) == (404, "not_found")
    assert world.ask("POST", "/v1/appointments", spending(held), li).status == 201
