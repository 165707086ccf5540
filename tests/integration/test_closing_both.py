"""Two branches that close one after the other: what the first plan says of whom the second one moves again."""

import pytest

from tests.integration.test_closure import EVENING, NOON, booked, plan, shown, shuffled, shut
from tests.integration.visits import WHY, Reception, done
from tests.world import World

BUND = "/v1/desk/branches/shanghai-bund"


@pytest.fixture
def desk(world: World) -> Reception:
    return Reception(world.open_branches(), world.staff("lead-east"))


def test_where_the_branch_they_were_moved_to_closes_too_both_plans_say_what_became_of_them(
    world: World, desk: Reception
) -> None:
    made = booked(desk, 1)
    shut(desk)
    world.drain()
    assert shown(desk, made)["branch"] == "shanghai-bund"

    body = {"from": NOON, "until": EVENING, "closed": True, "reason": WHY}
    done(world.ask("PUT", f"{BUND}/continuity", body, desk.lead))
    world.drain(shuffled())

    (first,) = plan(desk)["items"]
    (second,) = done(world.ask("GET", f"{BUND}/continuity/plan", token=desk.lead))["items"]
    assert (first["standing"], second["appointment"]) == ("moved_on", made["id"])
    assert second["standing"] == shown(desk, made)["rebooking"]["standing"] != "moved_on"
    assert plan(desk, "&standing=offered")["items"] == []
    assert len(plan(desk, "&standing=moved_on")["items"]) == 1
