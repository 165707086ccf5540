"""Branches as their managers set them, and what staff gives away there."""

from typing import Any

import pytest

from tests.integration.visits import AT, SETTINGS, Reception, done, refused, spending
from tests.world import LI, Answer, World


def test_staff_books_by_phone_from_its_own_share(world: World, reception: Reception) -> None:
    start = {"branch": "shanghai-bund", "start": "2026-11-25T01:00:00Z"}
    held = reception.desk_hold(customer={"phone": "+8613800138055"}, **start)

    booked = done(world.ask("POST", "/v1/desk/appointments", spending(held), reception.lead))

    assert booked["channel"] == "call_centre"
    second = world.ask(
        "POST", "/v1/desk/holds", {"customer": {"phone": LI}, "service": "card-replacement", **start}, reception.lead
    )
    assert refused(second) == (409, "slot_taken")  # one of three counters is the call centre's, two are the customers'
    world.drain()
    assert world.provider.to("+8613800138055", "appointment_booked")
    nobody = {"customer": {"id": "cus_none"}, **reception.wanted()}
    assert refused(world.ask("POST", "/v1/desk/holds", nobody, reception.lead)) == (404, "not_found")
    unreachable = {"customer": {"phone": "12345"}, **reception.wanted()}
    assert refused(world.ask("POST", "/v1/desk/holds", unreachable, reception.lead)) == (422, "phone_invalid")


def test_states_are_published(world: World, li: str) -> None:
    table = done(world.ask("GET", "/v1/states", token=li))["kinds"]["appointment"]

    assert table["booked"] == ["cancelled", "checked_in", "no_show"]
    assert table["done"] == table["cancelled"] == []
    assert table["no_show"] == ["checked_in"]  # somebody came after all


def put(world: World, token: str, body: Any, **headers: str) -> Answer:
    return world.ask("PUT", "/v1/desk/branches/shanghai-pudong", body, token, **headers)


def test_a_manager_sets_a_branch_and_a_closure_is_seen_at_once(world: World, reception: Reception) -> None:
    shut = {"first": "2026-11-24", "last": "2026-11-24", "reason": {"en": "Flood", "zh-CN": "水浸"}}

    assert done(put(world, reception.lead, {**SETTINGS, "overrides": [shut]}, If_Match='"1"'))["version"] == 2

    (day,) = done(world.ask("GET", f"{AT}&from=2026-11-24"))["days"]
    assert (day["closed_because"], day["reason"]) == ("closure", {"en": "Flood", "zh-CN": "水浸"})
    assert refused(put(world, reception.lead, SETTINGS, If_Match='"1"')) == (412, "outdated")
    assert world.events("branch#shanghai-pudong") == ["branch.registered"] * 2
    assert done(put(world, reception.lead, {**SETTINGS, "overrides": [shut]}))["version"] == 2


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
    world: World, reception: Reception, change: dict[str, Any], status: int, field: str
) -> None:
    answer = put(world, reception.lead, {**SETTINGS, **change})

    assert answer.status == status
    assert not field or [error["field"] for error in answer.body["errors"]] == [field]


def test_the_grain_of_a_branch_never_changes(world: World, reception: Reception) -> None:
    assert refused(put(world, reception.lead, {**SETTINGS, "cell": 5})) == (409, "cell_fixed")
