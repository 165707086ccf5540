"""Pages of every list: each thing once, in order, and no cursor but one's own."""

import base64
import random
from datetime import timedelta
from typing import Any

import pytest

from tests.world import LI, SMITH, Answer, World

MANY = 7


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture(scope="module")
def people(standing: World) -> dict[str, str]:
    """A customer with some complaints of different ages and some messages on the first, another with two."""
    li, lead = standing.sign_in(LI), standing.staff("lead-east")
    logged = [{"received_at": (standing.now - timedelta(days=day)).isoformat()} for day in (3, 1, 4, 0, 5, 9, 2)]
    for number, when in enumerate(logged):
        body = {"subject": f"s{number}", "body": "b", "channel": "phone", "customer": {"phone": LI}, **when}
        assert standing.ask("POST", "/v1/desk/complaints", body, lead).status == 201
        standing.now += timedelta(seconds=1)
    first = standing.ask("GET", "/v1/tickets", token=li).body["items"][-1]["id"]
    for number in range(MANY):
        visibility = "internal" if number % 3 == 1 else "public"
        said = {"body": f"m{number}", "visibility": visibility}
        assert standing.ask("POST", f"/v1/tickets/{first}/messages", said, lead).status == 201
        standing.now += timedelta(seconds=1)
    smith = standing.sign_in(SMITH)
    other = [standing.complain(smith)["id"] for _ in range(2)]
    for number in range(2):
        standing.ask("POST", f"/v1/tickets/{other[0]}/messages", {"body": f"o{number}"}, smith)
    return {"li": li, "lead": lead, "smith": smith, "first": first, "other": other[0]}


def lists(people: dict[str, str]) -> list[tuple[str, str]]:
    """Every list that has pages, with somebody who may see it."""
    messages = f"/v1/tickets/{people['first']}/messages?"
    return [
        ("/v1/tickets?", people["li"]),
        ("/v1/desk/queue?", people["lead"]),
        ("/v1/desk/queue?kind=complaint&", people["lead"]),
        (messages, people["li"]),
        (messages, people["lead"]),
    ]


def walk(world: World, path: str, token: str, limit: int) -> list[dict[str, Any]]:
    found, cursor, pages = [], "", 0
    while cursor is not None:
        answer = world.ask("GET", f"{path}limit={limit}" + (f"&cursor={cursor}" if cursor else ""), token=token)
        assert answer.status == 200, answer.text
        assert len(answer.body["items"]) <= limit
        found += answer.body["items"]
        cursor, pages = answer.body["next_cursor"], pages + 1
        assert pages < 100
    return found


def ids(items: list[dict[str, Any]]) -> list[str]:
    return [item["id"] for item in items]


def refused(answer: Answer) -> bool:
    return (answer.status, answer.code) == (400, "cursor_invalid")


def first_cursor(world: World, path: str, token: str) -> str:
    return str(world.ask("GET", f"{path}limit=1", token=token).body["next_cursor"])


def test_every_size_of_page_gives_each_thing_once_in_the_same_order(world: World, people: dict[str, str]) -> None:
    for path, token in lists(people):
        whole = ids(walk(world, path, token, 100))
        assert len(set(whole)) == len(whole) > 3
        for limit in (1, 2, 3, MANY - 1, MANY, MANY + 1):
            assert ids(walk(world, path, token, limit)) == whole, (path, limit)


def test_own_tickets_come_newest_first(world: World, people: dict[str, str]) -> None:
    found = walk(world, "/v1/tickets?", people["li"], 3)

    assert len(found) == MANY
    assert ids(found) == sorted(ids(found), reverse=True)


def test_the_queue_comes_nearest_due_first(world: World, people: dict[str, str]) -> None:
    found = walk(world, "/v1/desk/queue?", people["lead"], 2)

    assert len(found) == MANY
    due = [item["due_at"] for item in found]
    assert due == sorted(due)
    assert len(set(due)) > 3
    assert [item["subject"] for item in found[:2]] == ["s5", "s4"]  # the oldest ones


def test_messages_come_oldest_first_and_internal_ones_only_to_staff(world: World, people: dict[str, str]) -> None:
    path = f"/v1/tickets/{people['first']}/messages?"

    assert [m["body"] for m in walk(world, path, people["lead"], 2)] == [f"m{n}" for n in range(MANY)]
    assert [m["body"] for m in walk(world, path, people["li"], 2)] == [f"m{n}" for n in range(MANY) if n % 3 != 1]


@pytest.mark.parametrize(
    ("limit", "status"), [("1", 200), ("100", 200), ("0", 422), ("101", 422), ("-1", 422), ("x", 422)]
)
def test_a_page_has_one_to_a_hundred_things(world: World, people: dict[str, str], limit: str, status: int) -> None:
    for path, token in lists(people):
        answer = world.ask("GET", f"{path}limit={limit}", token=token)
        assert answer.status == status, (path, answer.text)
        if status == 422:
            assert [error["field"] for error in answer.body["errors"]] == ["limit"]


def test_a_cursor_that_was_edited_is_refused(world: World, people: dict[str, str]) -> None:
    chance = random.Random(5)
    letters = "ABCXYZabcxyz019-_"
    for path, token in lists(people):
        cursor = first_cursor(world, path, token)
        for _ in range(60):
            place = chance.randrange(len(cursor))
            put = chance.choice([letter for letter in ("", *letters, "!!!!", "=", ".") if letter != cursor[place]])
            edited = cursor[:place] + put + cursor[place + 1 :]
            assert refused(world.ask("GET", f"{path}limit=1&cursor={edited}", token=token)), edited
            inserted = cursor[:place] + "!!!!" + cursor[place:]
            assert refused(world.ask("GET", f"{path}limit=1&cursor={inserted}", token=token)), inserted


def test_a_cursor_that_was_cut_or_made_up_is_refused(world: World, people: dict[str, str]) -> None:
    for path, token in lists(people):
        cursor = first_cursor(world, path, token)
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        unsigned = base64.urlsafe_b64encode(bytes(16) + raw[16:]).rstrip(b"=").decode()
        for wrong in (
            *(cursor[:end] for end in range(1, len(cursor), 9)),
            unsigned,
            "null",
            "W10",
            cursor * 2,
            "%C3%A9",
        ):
            assert refused(world.ask("GET", f"{path}limit=1&cursor={wrong}", token=token)), wrong


def test_a_cursor_of_another_caller_filter_or_list_is_refused(world: World, people: dict[str, str]) -> None:
    messages, other = (f"/v1/tickets/{people[name]}/messages?" for name in ("first", "other"))
    agent, auditor, lead = world.staff("agent-east"), world.staff("auditor-hq"), people["lead"]
    queue = "/v1/desk/queue?"
    for (path, token), (path_then, token_then) in (
        (("/v1/tickets?", people["li"]), ("/v1/tickets?", people["smith"])),
        ((queue, lead), (queue, agent)),
        ((queue, lead), (queue + "unit=east&", lead)),
        ((queue, lead), (queue + "kind=complaint&", lead)),
        ((queue, lead), (queue + "status=received&", lead)),
        ((queue + "kind=complaint&", lead), (queue, lead)),
        ((queue, lead), (queue + "open=false&", lead)),
        ((queue + "unit=east&", auditor), (queue + "unit=london&", auditor)),
        ((queue, lead), (messages, lead)),
        ((messages, lead), (queue, lead)),
        ((messages, people["li"]), ("/v1/tickets?", people["li"])),
        (("/v1/tickets?", people["li"]), (messages, people["li"])),
        ((messages, auditor), (other, auditor)),
        ((messages, lead), (messages, agent)),
    ):
        cursor = first_cursor(world, path, token)
        assert world.ask("GET", f"{path}limit=1&cursor={cursor}", token=token).status == 200
        answer = world.ask("GET", f"{path_then}limit=1&cursor={cursor}", token=token_then)
        assert refused(answer), (path, path_then, answer.text)


def test_a_cursor_outlives_the_session_but_not_the_caller(world: World, people: dict[str, str]) -> None:
    cursor = first_cursor(world, "/v1/tickets?", people["li"])

    assert world.ask("GET", f"/v1/tickets?cursor={cursor}", token=world.sign_in(LI)).status == 200
    assert world.ask("GET", f"/v1/tickets?cursor={cursor}").status == 401
