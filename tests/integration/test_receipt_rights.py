"""The two ends of a receipt have different rights: only who takes it in may read the secret that it is signed with."""

import json
from pathlib import Path

import pytest

from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.tokens import Keys
from tests.world import LI, World

POLICIES = Path(__file__).parents[2] / "infra" / "policies"


def test_a_receipt_is_worked_off_by_a_worker_that_cannot_read_the_secret(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.complain(world.sign_in())
    world.drain()
    text = world.provider.to(LI, "complaint_received")[0].id
    assert world.receipt(text).status == 200
    world.publish()
    waiting, world.outlet.sent[:] = list(world.outlet.sent), []

    def locked(_: str) -> Keys:
        raise Unavailable

    for name in ("keys", "receipts"):
        world.services.__dict__.pop(name, None)  # as in a fresh worker
    monkeypatch.setattr("chalicelib.aws.keys.keys", locked)

    assert [world.work(queue, message) for queue, message, _ in waiting] == [[]]
    assert next(item["status"] for item in world.items("notifications") if item["pk"] == text) == "delivered"


@pytest.mark.parametrize(
    ("function", "may"), [("api", True), ("notify", True), ("receipt", False), ("escalate", False), ("sweep", False)]
)
def test_only_those_who_need_the_secret_may_read_it(function: str, may: bool) -> None:
    statements = json.loads((POLICIES / f"{function}.json").read_text("utf-8"))["Statement"]

    assert any("secretsmanager:GetSecretValue" in one["Action"] for one in statements) is may
