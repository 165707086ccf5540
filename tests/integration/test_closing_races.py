"""A plan and a customer who act at the same moment."""

from typing import Any

import pytest

from tests.integration.visits import WHY, Reception, done
from tests.world import World


@pytest.fixture
def desk(world: World) -> Reception:
    return Reception(world.open_branches(), world.staff("lead-east"))


def test_who_cancels_while_the_plan_runs_stays_cancelled(
    world: World, desk: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    appointment = desk.booked(start="2026-11-25T06:00:00Z")
    world.drain()
    body = {"from": "2026-11-25T00:00:00Z", "until": "2026-11-25T12:00:00Z", "closed": True, "reason": WHY}
    done(world.ask("PUT", "/v1/desk/branches/shanghai-pudong/continuity", body, desk.lead))
    holding = type(world.services.holding)
    keep = holding.keep

    def keeping(*given: Any) -> Any:
        """Between the hold of the new time and the move, the customer cancels."""
        held = keep(*given)
        done(world.ask("POST", f"/v1/appointments/{appointment['id']}/cancel", token=desk.lead))
        return held

    monkeypatch.setattr(holding, "keep", keeping)
    world.drain()

    shown = done(world.ask("GET", f"/v1/appointments/{appointment['id']}", token=desk.lead))
    assert (shown["status"], shown["rebooking"]) == ("cancelled", None)
    assert "appointment.rebooked" not in world.events(appointment["id"])
    monkeypatch.setattr(holding, "keep", keep)
    world.pass_time(minutes=6)
    taken = [item for item in world.items("appointments") if item["sk"].startswith("cell#") and item["taken"]]
    assert taken == []  # what was held for the move is free again
