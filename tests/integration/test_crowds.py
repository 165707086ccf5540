"""Fewer people at once, declarations of health, a switch with dates: over HTTP."""

from typing import Any

import pytest

from tests.integration.visits import WHY, Reception, done, refused, spending
from tests.world import LI, World

PATH = "/v1/desk/branches/shanghai-pudong/continuity"
MORNING = "2026-11-25T00:00:00Z"
TEN = "2026-11-25T02:00:00Z"


@pytest.fixture
def desk(world: World) -> Reception:
    return Reception(world.open_branches(), world.staff("lead-east"))


def switch(desk: Reception, **demands: Any) -> dict[str, Any]:
    return dict(done(desk.world.ask("PUT", PATH, {"from": MORNING, "reason": WHY, **demands}, desk.lead)))


def test_a_cap_moves_who_booked_last_and_nobody_more_is_let_in(world: World, desk: Reception) -> None:
    kept, moved = (desk.booked(phone=f"+861380013800{number}", start=TEN) for number in (1, 2))

    # One for each of the two kinds of counter.
    answer = switch(desk, occupancy_cap=2, extra_buffer_minutes=10)
    world.drain()

    assert len(answer["affected"]) == 1
    told = {it["id"]: done(world.ask("GET", f"/v1/appointments/{it['id']}", token=desk.lead)) for it in (kept, moved)}
    assert sorted(str(it["rebooking"] and it["rebooking"]["how"]) for it in told.values()) == ["None", "moved"]
    full = world.ask("POST", "/v1/desk/holds", {"customer": {"phone": LI}, **desk.wanted(start=TEN)}, desk.lead)
    assert refused(full) == (409, "slot_taken")


def test_where_health_is_asked_for_nobody_books_without_a_declaration(world: World, desk: Reception) -> None:
    early = desk.booked(start="2026-11-24T02:00:00Z")
    switch(desk, health_declaration=True)
    held = desk.desk_hold(start=TEN)

    missing = world.ask("POST", "/v1/desk/appointments", spending(held), desk.lead)
    assert refused(missing) == (422, "health_declaration_missing")
    path = f"/v1/appointments/{early['id']}/reschedule"
    assert refused(world.ask("POST", path, spending(held), desk.lead)) == (422, "health_declaration_missing")
    moved = done(world.ask("POST", path, {**spending(held), "health": {"symptoms": False}}, desk.lead))
    assert moved["health"] == {"symptoms": False, "exposed": False}
    other = desk.desk_hold(start="2026-11-24T03:00:00Z")
    assert world.ask("POST", "/v1/desk/appointments", spending(other), desk.lead).status == 201


def test_where_only_bookings_are_received_nobody_walks_in_until_that_is_over(world: World, desk: Reception) -> None:
    path = "/v1/desk/branches/shanghai-pudong"
    walk_in = {"service": "card-replacement"}
    begins = world.now.strftime("%Y-%m-%dT%H:%M:%SZ")
    done(world.ask("PUT", f"{path}/continuity", {"from": begins, "appointment_only": True, "reason": WHY}, desk.lead))

    assert refused(world.ask("POST", f"{path}/walk-ins", walk_in, desk.lead)) == (409, "appointment_only")
    done(world.ask("DELETE", f"{path}/continuity", token=desk.lead))
    assert world.ask("POST", f"{path}/walk-ins", walk_in, desk.lead).status == 201


def test_a_switch_is_versioned_and_its_records_tell_before_and_after(world: World, desk: Reception) -> None:
    first = switch(desk, occupancy_cap=3)
    assert (first["version"], first["since"]) == (1, "2026-11-25T00:00:00.000Z")
    world.drain()
    tag = world.ask("GET", PATH, token=desk.lead).headers["ETag"]
    body = {"from": MORNING, "occupancy_cap": 2, "reason": WHY}

    assert refused(world.ask("PUT", PATH, body, desk.lead, If_Match='"1"')) == (412, "outdated")
    second = done(world.ask("PUT", PATH, body, desk.lead, If_Match=tag))
    assert done(world.ask("PUT", PATH, body, desk.lead))["version"] == second["version"]  # nothing to change

    (id_,) = (item["id"] for item in world.items("appointments") if item["pk"] == "continuity")
    told = [record for record in world.records(id_) if record["event"] == "continuity.set"]
    assert '"cap":3' in str(told[1]["body"]).replace(" ", "") and '"cap":2' in str(told[1]["body"]).replace(" ", "")
    assert [record["role"] for record in told] == ["supervisor", "supervisor"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"closed": True, "until": MORNING}, "until"),
        ({}, "closed"),
        ({"closed": True, "reason": {"en": "Flood"}}, "reason"),
        ({"occupancy_cap": 0}, "occupancy_cap"),
    ],
)
def test_a_switch_that_makes_no_sense_is_refused(
    world: World, desk: Reception, body: dict[str, Any], field: str
) -> None:
    answer = world.ask("PUT", PATH, {"from": MORNING, "reason": WHY, **body}, desk.lead)

    assert answer.status == 422
    assert [error["field"] for error in answer.body["errors"]] == [field]
    assert not [item for item in world.items("appointments") if item["pk"] == "continuity"]


def test_a_region_is_switched_at_once_and_others_are_not(world: World, desk: Reception) -> None:
    body = {"from": MORNING, "closed": True, "reason": WHY}

    done(world.ask("PUT", "/v1/desk/units/east/continuity", body, desk.lead))

    def because(branch: str) -> Any:
        query = f"/v1/branches/{branch}/slots?service=card-replacement&from=2026-11-25"
        return done(world.ask("GET", query))["days"][0]["closed_because"]

    assert [because(branch) for branch in ("shanghai-bund", "shanghai-pudong", "london-city")] == [
        "closure",
        "closure",
        None,
    ]
    done(world.ask("DELETE", "/v1/desk/units/east/continuity", token=desk.lead))
    assert because("shanghai-bund") is None
