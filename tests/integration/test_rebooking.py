"""Moving and cancelling over HTTP: by customers, by link, by staff."""

from datetime import timedelta

from tests.integration.visits import (
    Reception,
    book,
    done,
    hold,
    link,
    refused,
    seats,
    spending,
)
from tests.world import LI, World


def test_moving_gives_the_old_time_back_in_the_same_moment_and_spends_the_link(world: World, li: str) -> None:
    booked = done(book(world, li, done(hold(world, li))))
    world.drain()
    held = done(hold(world, li, "2026-11-24T02:00:00Z", instead_of=booked["id"]))

    moved = done(world.ask("POST", f"/v1/appointments/{booked['id']}/reschedule", spending(held), li))

    assert (moved["id"], moved["number"]) == (booked["id"], booked["number"])
    assert moved["starts_at"] == "2026-11-24T02:00:00.000Z"
    assert seats(world) == {"desk#2026-11-24T02:00:00.000Z": 1}
    assert refused(world.ask("GET", f"/v1/visits/{link(booked)}")) == (404, "not_found")
    world.drain()
    (text,) = world.provider.to(LI, "appointment_moved")
    assert moved["manage_url"] in text.body and "10:00" in text.body


def test_what_is_held_to_move_an_appointment_makes_no_other_one(world: World, li: str) -> None:
    booked = [done(book(world, li, done(hold(world, li, f"2026-11-24T0{hour}:00:00Z")))) for hour in (1, 2, 3)]

    held = done(hold(world, li, "2026-11-24T05:00:00Z", instead_of=booked[0]["id"]))

    assert refused(book(world, li, held)) == (422, "invalid")
    other = f"/v1/appointments/{booked[1]['id']}/reschedule"
    assert refused(world.ask("POST", other, spending(held), li)) == (404, "not_found")
    assert world.ask("POST", f"/v1/appointments/{booked[0]['id']}/reschedule", spending(held), li).status == 200


def test_within_the_hours_of_its_rule_a_customer_neither_moves_nor_cancels(
    world: World, reception: Reception, li: str
) -> None:
    rule = {"service": "account-opening", "start": "2026-11-24T01:00:00Z"}
    plain = done(book(world, li, done(hold(world, li, **rule))))
    world.now += timedelta(hours=18, minutes=59)
    li = world.sign_in(LI)
    held = done(hold(world, li, "2026-11-25T01:00:00Z", service="account-opening"))
    world.now += timedelta(minutes=1)  # five in the morning in Shanghai, four hours before

    for step, body in (("cancel", None), ("reschedule", spending(held))):
        answer = world.ask("POST", f"/v1/appointments/{plain['id']}/{step}", body, li)
        assert refused(answer) == (422, "too_late")
        assert (answer.body["hours"], answer.body["until"]) == (4, "2026-11-23T21:00:00.000Z")
    assert refused(world.ask("POST", f"/v1/visits/{link(plain)}/cancel")) == (422, "too_late")

    lead = world.staff("lead-east")
    assert done(world.ask("POST", f"/v1/appointments/{plain['id']}/cancel", None, lead))["status"] == "cancelled"


def test_who_needs_support_may_cancel_until_the_end(world: World, li: str) -> None:
    held = done(hold(world, li, service="account-opening"))
    booked = done(book(world, li, held, support_needs=["mobility"]))
    world.now += timedelta(hours=22)
    li = world.sign_in(LI)

    assert world.ask("POST", f"/v1/appointments/{booked['id']}/cancel", None, li).status == 200
    assert seats(world) == {}


def test_whoever_holds_the_link_sees_when_and_where_and_not_who(world: World, li: str) -> None:
    booked = done(book(world, li, done(hold(world, li)), contact={"name": "Li Na"}))

    shown = done(world.ask("GET", f"/v1/visits/{link(booked)}"))

    assert set(shown) == {"number", "branch", "timezone", "starts_at", "documents", "rebooking"}
    assert "Li Na" not in str(shown) and booked["id"] not in str(shown)
    held = done(world.ask("POST", f"/v1/visits/{link(booked)}/holds", {"start": "2026-11-24T03:00:00Z"}))
    moved = done(world.ask("POST", f"/v1/visits/{link(booked)}/reschedule", spending(held)))
    assert moved["starts_at"] == "2026-11-24T03:00:00.000Z"
    now = done(world.ask("GET", f"/v1/appointments/{booked['id']}", token=li))
    assert done(world.ask("POST", f"/v1/visits/{link(now)}/cancel"))["status"] == "cancelled"
    assert refused(world.ask("GET", f"/v1/visits/{link(now)}")) == (404, "not_found")
    assert refused(world.ask("POST", f"/v1/visits/{link(now)}/cancel")) == (404, "not_found")


def test_a_cancelled_visit_is_neither_cancelled_again_nor_moved(world: World, li: str) -> None:
    booked = done(book(world, li, done(hold(world, li))))
    path = f"/v1/appointments/{booked['id']}"
    done(world.ask("POST", f"{path}/cancel", None, li))

    answer = world.ask("POST", f"{path}/cancel", None, li)
    assert refused(answer) == (409, "not_allowed_now")
    assert answer.body == {**answer.body, "state": "cancelled", "allowed": []}
    held = done(hold(world, li, "2026-11-24T02:00:00Z"))
    assert refused(world.ask("POST", f"{path}/reschedule", spending(held), li)) == (409, "not_allowed_now")


def test_who_has_not_seen_the_newest_version_changes_nothing(world: World, li: str) -> None:
    booked = done(book(world, li, done(hold(world, li))))
    path = f"/v1/appointments/{booked['id']}"
    world.drain()

    assert refused(world.ask("POST", f"{path}/cancel", None, li, If_Match='"1"')) == (412, "outdated")
    tag = world.ask("GET", path, token=li).headers["ETag"]
    assert world.ask("POST", f"{path}/cancel", None, li, If_Match=tag).status == 200
