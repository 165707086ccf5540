"""Finding, holding, booking, moving and cancelling over HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.visits import SETTINGS, Reception, done, link, spending
from tests.world import LI, SMITH, Answer, World

AT = "/v1/branches/shanghai-pudong/slots?service=card-replacement"
NINE = "2026-11-24T01:00:00Z"


@pytest.fixture
def li(world: World) -> str:
    return world.open_branches().sign_in(LI)


@pytest.fixture
def desk(world: World, li: str) -> Iterator[Reception]:
    yield Reception(world, world.staff("lead-east"))


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.code


def hold(world: World, token: str, start: str = NINE, **what_matters: Any) -> Answer:
    body = {"branch": "shanghai-pudong", "service": "card-replacement", "start": start, **what_matters}
    return world.ask("POST", "/v1/holds", body, token)


def book(world: World, token: str, held: dict[str, Any], **what_matters: Any) -> Answer:
    return world.ask("POST", "/v1/appointments", {**spending(held), **what_matters}, token)


def free_at(world: World, start: str = NINE) -> int:
    days = done(world.ask("GET", f"{AT}&from=2026-11-24"))["days"]
    return next((slot["free"] for slot in days[0]["slots"] if slot["start"][:16] == start[:16]), 0)


def seats(world: World) -> dict[str, int]:
    """Count what is taken, by the start of the cell."""
    return {
        item["sk"].partition("#")[2]: int(item["taken"])
        for item in world.items("appointments")
        if item["sk"].startswith("cell#") and item["taken"]
    }


def test_a_service_says_what_to_bring_and_whether_one_has_to_come(world: World, li: str) -> None:
    known = {service["id"]: service for service in done(world.ask("GET", "/v1/services"))["items"]}

    assert len(known) == 6
    assert known["account-opening"]["need_to_come"] and known["account-opening"]["assurance"] == "document"
    assert [it["id"] for it in known["account-opening"]["documents"]] == ["id-document", "proof-of-address"]
    assert not known["card-replacement"]["need_to_come"]
    assert known["card-replacement"]["instead"]["en"].startswith("Order a new card in the app")
    assert known["card-replacement"]["channels"] == ["branch", "kiosk", "online"]


def test_branches_come_nearest_first_and_only_where_the_service_can_be_had(world: World, li: str) -> None:
    def ids(query: str) -> list[str]:
        return [branch["id"] for branch in done(world.ask("GET", f"/v1/branches{query}"))["items"]]

    assert ids("?near=51.5,-0.1") == ["london-city", "shanghai-bund", "shanghai-pudong"]
    assert ids("?near=31.236,121.506&service=card-replacement")[0] == "shanghai-pudong"
    assert ids("?service=safe-deposit") == ["shanghai-bund"]
    assert refused(world.ask("GET", "/v1/branches?service=none")) == (404, "not_found")
    assert refused(world.ask("GET", "/v1/branches?near=95,0")) == (422, "invalid")
    assert refused(world.ask("GET", "/v1/branches?near=here")) == (422, "invalid")


def test_slots_tell_why_a_day_is_empty_and_when_the_next_is_free(world: World, li: str) -> None:
    found = done(world.ask("GET", f"{AT}&from=2026-11-28&days=2"))

    assert [(day["date"], day["closed_because"]) for day in found["days"]] == [
        ("2026-11-28", "closed"),
        ("2026-11-29", "closed"),
    ]
    assert found["next_free"] == "2026-11-30T01:00:00.000Z"
    assert (found["timezone"], found["minutes"]) == ("Asia/Shanghai", 15)


def test_several_services_in_one_visit_add_up_and_their_documents_are_told_once(world: World, li: str) -> None:
    found = done(world.ask("GET", f"{AT}&also=account-opening,statement-stamp&from=2026-11-24"))

    assert found["minutes"] == 15 + 45 + 15
    assert [it["id"] for it in found["documents"]] == ["id-document", "proof-of-address"]
    held = done(hold(world, li, also=["account-opening", "statement-stamp"]))
    assert held["ends_at"] == "2026-11-24T02:15:00.000Z"
    booked = done(book(world, li, held))
    assert booked["services"] == ["card-replacement", "account-opening", "statement-stamp"]
    assert booked["late_cancel_hours"] == 4


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
    assert booked["ics_url"].endswith(f"/v1/appointments/{booked['id']}/calendar.ics")
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


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("2026-11-24T01:05:00Z", "closed"),
        ("2026-11-24T00:45:00Z", "closed"),
        ("2026-11-28T01:00:00Z", "closed"),
        ("2026-11-23T02:30:00Z", "lead_time"),
        ("2026-11-20T02:00:00Z", "lead_time"),
        ("2027-03-01T01:00:00Z", "horizon"),
    ],
)
def test_a_time_at_which_no_visit_begins_is_refused_with_the_reason(
    world: World, li: str, start: str, why: str
) -> None:
    answer = hold(world, li, start)

    assert refused(answer) == (422, "not_a_slot")
    assert answer.body["closed_because"] == why
    assert seats(world) == {}


def test_what_cannot_be_had_there_is_refused(world: World, li: str) -> None:
    assert refused(hold(world, li, service="estate")) == (422, "not_bookable")
    assert refused(hold(world, li, service="none")) == (404, "not_found")
    assert refused(hold(world, li, branch="none")) == (404, "not_found")


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
    other = done(hold(world, smith))

    assert refused(book(world, smith, held)) == (404, "not_found")
    for token in (held["token"][:-1] + "!", "x", other["token"], world.keys.token("visit", "x")):
        assert refused(book(world, li, {**held, "token": token})) == (404, "not_found")
    assert world.ask("POST", "/v1/appointments", spending(held), li).status == 201


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
    world: World, desk: Reception, li: str
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

    assert set(shown) == {"number", "branch", "timezone", "starts_at", "documents"}
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


def test_staff_books_by_phone_from_its_own_share(world: World, desk: Reception) -> None:
    start = {"branch": "shanghai-bund", "start": "2026-11-25T01:00:00Z"}
    held = desk.desk_hold(customer={"phone": "+8613800138055"}, **start)

    booked = done(world.ask("POST", "/v1/desk/appointments", spending(held), desk.lead))

    assert booked["channel"] == "call_centre"
    second = world.ask(
        "POST", "/v1/desk/holds", {"customer": {"phone": LI}, "service": "card-replacement", **start}, desk.lead
    )
    assert refused(second) == (409, "slot_taken")  # one of three counters is the call centre's, two are the customers'
    world.drain()
    assert world.provider.to("+8613800138055", "appointment_booked")
    nobody = {"customer": {"id": "cus_none"}, **desk.wanted()}
    assert refused(world.ask("POST", "/v1/desk/holds", nobody, desk.lead)) == (404, "not_found")
    unreachable = {"customer": {"phone": "12345"}, **desk.wanted()}
    assert refused(world.ask("POST", "/v1/desk/holds", unreachable, desk.lead)) == (422, "phone_invalid")


def test_states_are_published(world: World, li: str) -> None:
    table = done(world.ask("GET", "/v1/states", token=li))["kinds"]["appointment"]

    assert table["booked"] == ["cancelled", "checked_in", "no_show"]
    assert table["done"] == table["no_show"] == table["cancelled"] == []


def put(world: World, token: str, body: Any, **headers: str) -> Answer:
    return world.ask("PUT", "/v1/desk/branches/shanghai-pudong", body, token, **headers)


def test_a_manager_sets_a_branch_and_a_closure_is_seen_at_once(world: World, desk: Reception) -> None:
    shut = {"first": "2026-11-24", "last": "2026-11-24", "reason": {"en": "Flood", "zh-CN": "水浸"}}

    assert done(put(world, desk.lead, {**SETTINGS, "overrides": [shut]}, If_Match='"1"'))["version"] == 2

    (day,) = done(world.ask("GET", f"{AT}&from=2026-11-24"))["days"]
    assert (day["closed_because"], day["reason"]) == ("closure", {"en": "Flood", "zh-CN": "水浸"})
    assert refused(put(world, desk.lead, SETTINGS, If_Match='"1"')) == (412, "outdated")
    assert world.events("branch#shanghai-pudong") == ["branch.registered"] * 2
    assert done(put(world, desk.lead, {**SETTINGS, "overrides": [shut]}))["version"] == 2


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"cell": 10}, 422, "cell"),
        ({"interval": 20}, 422, "interval"),
        ({"shares": {"public": 50}}, 422, "shares"),
        ({"counters": {"desk": -1}}, 422, "counters"),
        ({"timezone": "Mars/Olympus"}, 422, "timezone"),
        ({"calendar": "XX"}, 422, "calendar"),
        ({"services": ["none"]}, 422, "services.none"),
        ({"unit": "nowhere"}, 404, ""),
        ({"opening": {"7": []}}, 422, "opening.-1"),
        ({"opening": {"0": [{"opens": "09:00", "closes": "08:00"}]}}, 422, "opening.0"),
        ({"opening": {"0": [{"opens": "09:05", "closes": "12:00"}]}}, 422, "opening.0"),
        ({"overrides": [{"first": "2026-12-02", "last": "2026-12-01"}]}, 422, "overrides.0"),
        ({"leaves": [{"pool": "none", "counters": 1, "first": "2026-12-01", "last": "2026-12-01"}]}, 422, "leaves.0"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_field(
    world: World, desk: Reception, change: dict[str, Any], status: int, field: str
) -> None:
    answer = put(world, desk.lead, {**SETTINGS, **change})

    assert answer.status == status
    assert not field or [error["field"] for error in answer.body["errors"]] == [field]


def test_the_grain_of_a_branch_never_changes(world: World, desk: Reception) -> None:
    assert refused(put(world, desk.lead, {**SETTINGS, "cell": 5})) == (409, "cell_fixed")
