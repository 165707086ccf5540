"""ETag and If-Match: who has not seen the newest changes nothing, and nobody's change is lost without it either."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.tickets.store import DynamoTickets
from tests.world import Answer, World

DECISION = {"outcome": "upheld", "findings": "f", "reasons": "r"}
STEPS: list[tuple[str, Any]] = [
    ("complaints/{}/assign", {"owner": "lead-east"}),
    ("complaints/{}/take-up", None),
    ("complaints/{}/decide", DECISION),
    ("complaints/{}/deliver", {"channel": "letter", "proof": "RM123456785GB"}),
    ("complaints/{}/close", {"root_cause": "fee table"}),
    ("tickets/{}/assign", {"owner": "agent-east"}),
]


@pytest.fixture
def ticket(world: World) -> str:
    return str(world.complain(world.sign_in())["id"])


def tag(answer: Answer) -> str:
    return answer.headers["ETag"]


def stored(world: World) -> Any:
    return {table: sorted(map(str, world.items(table))) for table in ("tickets", "records", "idempotency")}


def test_every_single_ticket_carries_its_version_as_etag(world: World, ticket: str) -> None:
    customer, lead = world.sign_in(), world.staff("lead-east")

    for path in (f"/v1/tickets/{ticket}", f"/v1/complaints/{ticket}"):
        for token in (customer, lead):
            answer = world.ask("GET", path, token=token)
            assert tag(answer) == f'"{answer.body["version"]}"' == '"1"'
    for number, (path, body) in enumerate(STEPS, start=2):
        answer = world.ask("POST", "/v1/desk/" + path.format(ticket), body, lead)
        assert (answer.status, tag(answer)) == (200, f'"{number}"'), answer.text
    assert tag(world.ask("GET", f"/v1/tickets/{ticket}", token=lead)) == f'"{len(STEPS) + 1}"'


def test_with_a_stale_if_match_nothing_is_written_and_with_the_newest_it_is(world: World, ticket: str) -> None:
    lead = world.staff("lead-east")
    path = f"/v1/tickets/{ticket}"
    for step, body in [("/v1/tickets/{}/messages", {"body": "b"}), *((f"/v1/desk/{path}", b) for path, b in STEPS)]:
        version = int(tag(world.ask("GET", path, token=lead)).strip('"'))
        before = stored(world)
        for stale in (f'"{version - 1}"', f'W/"{version - 1}"', f'"{version + 1}"', str(version - 1)):
            answer = world.ask("POST", step.format(ticket), body, lead, If_Match=stale, Idempotency_Key=f"k{version}")
            assert (answer.status, answer.code, answer.body["version"]) == (412, "outdated", version), step
        assert stored(world) == before

        newest = world.ask("POST", step.format(ticket), body, lead, If_Match=f'"{version}"')
        assert newest.status in (200, 201), newest.text
        assert tag(world.ask("GET", path, token=lead)) == f'"{version + 1}"'


def test_any_version_will_do_for_a_star(world: World, ticket: str) -> None:
    answer = world.ask("POST", f"/v1/desk/complaints/{ticket}/take-up", None, world.staff("lead-east"), If_Match="*")

    assert answer.status == 200


def test_an_if_match_that_is_no_version_is_refused(world: World, ticket: str) -> None:
    lead = world.staff("lead-east")
    before = stored(world)

    for given in ("", '""', '"', '"*"', '"1', "abc", '"-1"', '"1", "2"', '"1.0"', '"١"', f'"{10**15}"'):
        answer = world.ask("POST", f"/v1/desk/complaints/{ticket}/take-up", None, lead, If_Match=given)
        assert (answer.status, answer.code) == (422, "invalid"), given
        assert [(error["field"], error["code"]) for error in answer.body["errors"]] == [("If-Match", "format")]
    assert stored(world) == before


def meanwhile(monkeypatch: pytest.MonkeyPatch, do: Callable[[], Answer]) -> list[Answer]:
    """Let somebody else act once, after a request has read the ticket and before it writes it."""
    get = DynamoTickets.get
    happened: list[Answer] = []

    def get_and_then(self: DynamoTickets, id_: str) -> Any:
        read = get(self, id_)
        if not happened:
            happened.append(None)  # type: ignore[arg-type]
            happened[0] = do()
        return read

    monkeypatch.setattr(DynamoTickets, "get", get_and_then)
    return happened


def test_two_who_act_at_once_lose_nothing(world: World, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lead, customer = world.staff("lead-east"), world.sign_in()
    said = f"/v1/tickets/{ticket}/messages"
    other = meanwhile(monkeypatch, lambda: world.ask("POST", said, {"body": "Is there news?"}, customer))

    answer = world.ask("POST", f"/v1/desk/complaints/{ticket}/assign", {"owner": "lead-east"}, lead)

    assert (other[0].status, answer.status) == (201, 200)
    now = world.ask("GET", f"/v1/tickets/{ticket}", token=lead).body
    assert (now["owner"], now["version"]) == ("lead-east", 3)
    assert [message["body"] for message in world.ask("GET", said, token=lead).body["items"]] == ["Is there news?"]
    assert world.events(ticket) == ["complaint.received", "message.posted", "ticket.assigned"]


def test_of_two_who_decide_at_once_the_second_hears_that_it_is_decided(
    world: World, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/v1/desk/complaints/{ticket}/decide"
    agent, lead = world.staff("agent-east"), world.staff("lead-east")
    other = meanwhile(monkeypatch, lambda: world.ask("POST", path, DECISION | {"outcome": "settled"}, agent))

    answer = world.ask("POST", path, DECISION, lead)

    assert other[0].status == 200
    assert (answer.status, answer.code, answer.body["state"]) == (409, "not_allowed_now", "decided")
    assert world.ask("GET", f"/v1/complaints/{ticket}", token=lead).body["decision"]["outcome"] == "settled"


def test_who_was_overtaken_after_showing_the_newest_version_is_told_so(
    world: World, ticket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent, lead = world.staff("agent-east"), world.staff("lead-east")
    other = meanwhile(monkeypatch, lambda: world.ask("POST", f"/v1/desk/complaints/{ticket}/take-up", None, agent))

    answer = world.ask("POST", f"/v1/desk/complaints/{ticket}/decide", DECISION, lead, If_Match='"1"')

    assert other[0].status == 200
    assert (answer.status, answer.code, answer.body["version"]) == (412, "outdated", 2)
    assert world.events(ticket) == ["complaint.received", "complaint.taken_up"]
