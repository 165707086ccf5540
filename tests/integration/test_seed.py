"""What a first start plants: the institution, and canned answers that were approved like any other."""

from types import SimpleNamespace
from typing import Any

from infra.local.seed import plant
from tests.integration.wordings import Library
from tests.world import LI, World

EVENT = ("answer.created", "answer.version_written", "answer.proposed", "answer.approved")


def planted(world: World) -> Any:
    return plant({}, SimpleNamespace(aws_request_id="seed"))


def test_three_answers_are_written_by_one_and_approved_by_another_and_planted_once(world: World) -> None:
    assert planted(world)["answers"] == 3
    assert planted(world)["answers"] == 0
    world.drain()

    rows = Library(world).list(by="agent-east")
    assert [(row["in_force"], row["languages"]) for row in rows] == [(1, ["en", "zh-CN"])] * 3
    for row in rows:
        assert tuple(world.events(row["id"])) == EVENT
        assert [record["actor"] for record in world.records(row["id"])] == [*["head-hq"] * 3, "compliance-hq"]
    assert [it for it in world.provider.sent.values() if it.template.startswith("answer")] == []


def test_what_is_planted_can_be_used_at_once_in_both_languages(world: World) -> None:
    planted(world)
    library, customer = Library(world), world.sign_in(LI)
    by_title = {row["title"]: row["id"] for row in library.list()}

    for language in ("en", "zh-CN"):
        ticket = world.complain(customer, language=language)["id"]
        said = library.say(ticket, by_title["By when we answer"])
        assert said.status == 201, said.text
        decision = {"outcome": "upheld", "findings": "f", "reasons": "r", "redress": {"amount": 100, "currency": "CNY"}}
        decided = world.ask(
            "POST",
            f"/v1/desk/complaints/{ticket}/decide",
            decision | {"answer": {"id": by_title["Decision with redress"]}},
            library.token("lead-east"),
        )
        assert decided.status == 200, decided.text
        assert "CNY 1.00" in decided.body["decision"]["text"]
