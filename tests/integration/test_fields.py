"""Field by field: what staff writes and a customer ever reads, and what nobody may set."""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture.declared import routes
from tests.integration.bodies import BODIES, BODILESS
from tests.integration.callers import Cast
from tests.integration.cast import COLUMNS, signed_in
from tests.integration.places import filled
from tests.integration.stages import STAGES
from tests.integration.texts import Place, made, texts, written
from tests.world import LI, SMITH, World

WRITES = [route for route in routes() if route.method in ("POST", "PUT") and not route.takes]
DESK = sorted(f"{route.method} {route.path}" for route in WRITES if route.path.startswith("/v1/desk/"))
TAKING = [route for route in WRITES if not route.path.endswith(BODILESS)]
# What of a text that staff writes reaches the customer it is about, or all of them. Findings and reasons are told when the
# decision is delivered, why a branch works differently while it does; neither is so here.
TOLD = {
    "POST /v1/desk/complaints": {"subject", "body"},
    "POST /v1/desk/complaints/{ticket}/extensions": {"reason"},
    "POST /v1/desk/tickets": {"subject", "body"},
    "POST /v1/desk/tickets/{ticket}/resolve": {"body"},
    "POST /v1/desk/tickets/{ticket}/split": {"subject", "body"},
    "PUT /v1/desk/branches/{branch}": {"name.zh-CN"},
}
NOTED = "Kept among us"
LISTS = ("tickets", "appointments", "callbacks", "waitlist")
PARTS = {"tickets": ("", "/messages", "/history", "/attachments"), "appointments": ("", "/checklist")}
PUBLIC = ("/v1/me", "/v1/states", "/v1/branches", "/v1/services", "/v1/opening-hours?unit=east", "/v1/faces")
# What stands on our items and is nobody's to set from outside.
INNER = ("id", "pk", "sk", "version", "status", "owner_since", "registered_at", "decided_by", "approved", "hash", "seq")
INNER += (
    "roles",
    "actor",
    "by",
    "author",
    "tries",
    "attempts",
    "digest",
    "clocks",
    "met_at",
    "paused",
    "held_by",
    "level",
)
EACH = 500 if os.environ.get("RELIABILITY") == "full" else 100


@pytest.fixture(scope="module")
def cast(standing: World) -> Iterator[Cast]:
    with pytest.MonkeyPatch.context() as patch:
        for most in ("MOST_OPEN", "MOST_WAITING"):
            patch.setattr(f"chalicelib.appointments.policy.{most}", 1000)
        yield Cast(standing)


def test_of_what_staff_writes_a_customer_reads_what_the_table_says(standing: World, cast: Cast) -> None:
    words = dict(_written(standing, cast))
    note = {"body": NOTED, "visibility": "internal"}
    assert standing.ask("POST", f"/v1/tickets/{cast.case()}/messages", note, cast.lead).status == 201
    standing.drain()

    read = "\n".join(_everything(standing, cast))

    told: dict[str, set[str]] = {}
    for word, (route, place) in words.items():
        if word in read:
            told.setdefault(route, set()).add(".".join(map(str, place)))
    assert told == TOLD
    assert NOTED not in read
    assert len(words) > 40


def _written(world: World, cast: Cast) -> Iterator[tuple[str, tuple[str, Place]]]:
    """Write a word of its own into every text of every route at the desk; give those that were taken."""
    for route in DESK:
        call = made(cast, route)
        for n, place in enumerate(texts(call.body)):
            word = f"Zq{DESK.index(route):03}{n:02}x"
            answer = world.ask(route.split()[0], call.path, written(call.body, place, word), call.token)
            if answer.status < 300:
                yield word, (route, place)
                call = made(cast, route)


def _everything(world: World, cast: Cast) -> Iterator[str]:
    """Give whatever customers can read of their own, and what was sent to them."""
    for phone, token in ((LI, cast.li), (SMITH, cast.smith)):
        yield from (text.body for text in world.provider.to(phone, ""))
        yield from (world.ask("GET", path, token=token).text for path in PUBLIC)
        for kind in LISTS:
            yield from _of_kind(world, kind, token)


def _of_kind(world: World, kind: str, token: str) -> Iterator[str]:
    cursor: str | None = ""
    while cursor is not None:
        after = f"&cursor={cursor}" if cursor else ""
        listed = world.ask("GET", f"/v1/{kind}?limit=100{after}", token=token)
        assert listed.status == 200, listed.text
        yield listed.text
        for item in listed.body["items"]:
            paths = [f"/v1/{kind}/{item['id']}{part}" for part in PARTS.get(kind, ())]
            paths += [f"/v1/complaints/{item['id']}"] if item.get("kind") == "complaint" else []
            yield from (world.ask("GET", path, token=token).text for path in paths)
        cursor = listed.body["next_cursor"]


@pytest.fixture(scope="module")
def tokens(standing: World, cast: Cast) -> dict[str, str]:
    return signed_in(standing)


@pytest.mark.parametrize("column", COLUMNS)
def test_nobody_sets_what_is_not_theirs_to_set(standing: World, tokens: dict[str, str], column: str) -> None:
    chance, before = random.Random(column), len(standing.unpublished)
    refused = 0
    for _ in range(EACH):
        route, name = chance.choice(TAKING), chance.choice(INNER)
        body = _body(f"{route.method} {route.path}")
        if name in body:
            continue
        standing.forgive()
        answer = standing.ask(route.method, filled(route.path), {**body, name: "1"}, tokens[column])
        assert answer.status in (400, 401, 403, 404, 422), (route.path, name, answer.text)
        refused += answer.status == 422
        if answer.status == 422:
            assert {"field": name, "code": "unknown_field"}.items() <= _of(answer.body, name).items(), answer.text
    assert len(standing.unpublished) == before
    assert refused > EACH // 20


def _body(route: str) -> dict[str, Any]:
    path = route.split()[1]
    sent = BODIES.get(route) or (STAGES[path].body if path in STAGES else None)
    return sent if isinstance(sent, dict) else {}


def _of(problem: dict[str, Any], name: str) -> dict[str, Any]:
    return next((error for error in problem["errors"] if error["field"] == name), {})
