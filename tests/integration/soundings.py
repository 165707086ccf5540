"""Campaigns for the tests that walk through every route: brought where a step is the next."""

from datetime import timedelta
from typing import Any

from chalicelib.callbacks.campaigns.model import Campaign, Plan
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from tests.world import World

UNIT = "east"
# What was done before each step.
BEFORE = {"draw": (), "start": ("draw",), "pause": ("draw", "start"), "stop": ("draw",), "figures": ("draw",), "": ()}
LEAD = Actor("lead-east", frozenset({Role.SUPERVISOR}), UNIT, frozenset({UNIT}))


def planned(world: World, name: str = "Cards") -> dict[str, Any]:
    """Give what is sent to plan one, for the cases closed in the last days, whenever a test runs."""
    days = {"closed_from": day(world, -9), "closed_to": day(world, -1), "ends_on": day(world, 30)}
    return {"name": name, "unit": UNIT, **days, "quotas": {"all": 5}}


def day(world: World, later: int) -> str:
    """Name a day so many days from now."""
    return (world.now + timedelta(days=later)).date().isoformat()


def campaign_where(world: World, path: str) -> Campaign:
    """Bring a campaign where the step of a route is the next."""
    running, call = world.services.campaigns, Call(LEAD, world.now, "soundings", "test")
    body = planned(world)
    first, last, ends = (world.now.date() + timedelta(days=n) for n in (-9, -1, 30))
    made = running.create(Plan(body["name"], UNIT, first, last, ends, body["quotas"]), call)
    for step in BEFORE[path.partition("{campaign}")[2].strip("/")]:
        made = getattr(running, step)(made.id, call)
    return made
