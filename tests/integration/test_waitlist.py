"""The waitlist over the real stores: joined, offered, given way, taken; and nobody looks where nobody waits."""

from typing import Any

from tests.integration.visits import Reception, done, seats
from tests.world import World

BRANCH, ONE = "shanghai-pudong", "account-opening"  # one adviser
DAY = "2026-11-24"


def waits(world: World, desk: Reception, phone: str) -> dict[str, Any]:
    body = {"customer": {"phone": phone}, "branch": BRANCH, "service": ONE, "first": DAY}
    return dict(done(world.ask("POST", "/v1/desk/waitlist", body, desk.lead)))


def link(entry: dict[str, Any]) -> str:
    return str(entry["waiting_url"].rpartition("/")[2])


def stands(world: World, entry: dict[str, Any]) -> dict[str, Any]:
    return dict(done(world.ask("GET", f"/v1/waits/{link(entry)}")))


def test_what_comes_free_goes_from_one_to_the_next_until_somebody_takes_it(world: World, reception: Reception) -> None:
    only = {"first": DAY, "last": DAY, "blocks": [{"opens": "14:00", "closes": "15:00"}]}
    done(world.ask("PUT", f"/v1/desk/branches/{BRANCH}/closures", {"overrides": [only]}, reception.lead))
    visit = reception.booked(phone="+8613800138031", service=ONE, start="2026-11-24T06:00:00Z")
    entries = [waits(world, reception, f"+861380013803{number}") for number in (2, 3)]
    world.drain()
    assert [stands(world, entry)["stage"] for entry in entries] == ["waiting", "waiting"]

    done(world.ask("POST", f"/v1/appointments/{visit['id']}/cancel", token=reception.lead))
    world.drain()
    offered = [entry for entry in entries if stands(world, entry)["stage"] == "offered"]
    assert len(offered) == 1
    world.pass_time(hours=2)
    (now,) = [entry for entry in entries if stands(world, entry)["stage"] == "offered"]
    assert now["id"] != offered[0]["id"]

    hold = stands(world, now)["offer"]["hold"]
    booked = done(world.ask("POST", f"/v1/waits/{link(now)}/accept", {"hold": hold}))

    assert booked["starts_at"] == "2026-11-24T06:00:00.000Z"
    taken = seats(world)
    world.drain()
    done(world.ask("POST", f"/v1/waits/{link(offered[0])}/leave"))
    world.pass_time(minutes=16)
    assert seats(world) == taken and len(taken) == 4
    assert not [item for item in world.items("appointments") if item["sk"] == "watch"]
    assert world.provider.to("+8613800138032", "waitlist_offered") and world.provider.to(
        "+8613800138033", "waitlist_offered"
    )
