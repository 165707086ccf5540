"""How routes are declared, what they say of themselves, and how an answer is made that can be given again."""

import json
from typing import Annotated, Any

import pytest
from pydantic import Field

from chalicelib.kernel import errors
from chalicelib.kernel.access import Act
from chalicelib.web import Api, Body, Out, Path, Versioned, answers, api, reply, shown_once
from chalicelib.web.api import Route, Serving
from tests.builders import CALL


class Thing(Versioned):
    """A thing."""

    token: str = Field(examples=["t"])

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"token": ("session", "ses_1")}


class ThingIn(Body):
    """A thing to make."""

    name: str


things = Api("Things")


@things.get("/v1/things/{thing}", Act.TICKET_READ)
def read(thing: Annotated[str, Path()]) -> Thing:
    """Show a thing.

    And more of it.
    """
    raise NotImplementedError


@things.post("/v1/things", Act.TICKET_FILE, status=201, refusals=(errors.Outdated,))
def make(body: ThingIn) -> Thing:
    """Make a thing."""
    raise NotImplementedError


@things.post("/v1/hook", None, takes=ThingIn, signed={"Signature": "s"}, raw="text/plain")
def hook() -> Thing:
    """Take something signed."""
    raise NotImplementedError


@things.delete("/v1/things/{thing}", Act.TICKET_WRITE)
def end(thing: Annotated[str, Path()]) -> Thing:
    """End a thing."""
    raise NotImplementedError


READ, MAKE, HOOK, END = things.routes


def test_routes_are_kept_in_the_order_of_their_declaration_with_what_was_said_of_them() -> None:
    assert [(route.method, route.path, route.view) for route in things.routes] == [
        ("GET", "/v1/things/{thing}", read),
        ("POST", "/v1/things", make),
        ("POST", "/v1/hook", hook),
        ("DELETE", "/v1/things/{thing}", end),
    ]
    assert (READ.summary, READ.status, MAKE.status, HOOK.act, HOOK.signed) == (
        "Show a thing.",
        200,
        201,
        None,
        {"Signature": "s"},
    )


def kinds(route: Route) -> set[type[errors.Refusal]]:
    return set(answers.refusals(route))


def test_a_route_can_refuse_what_it_says_and_what_comes_with_its_form() -> None:
    signed_in = {errors.NotSignedIn, errors.Forbidden}
    body = {errors.Malformed, errors.TooLarge, errors.Unsupported, errors.Invalid}

    assert kinds(READ) == {errors.Unavailable, errors.NotFound, errors.Invalid, *signed_in}
    assert kinds(MAKE) == {errors.Unavailable, errors.Outdated, errors.KeyReused, errors.Changed, *signed_in, *body}
    assert kinds(HOOK) == {errors.Unavailable, *body}
    assert kinds(END) == {errors.Unavailable, errors.NotFound, errors.Invalid, errors.Changed, *signed_in}


def test_refusals_are_listed_by_status_and_once() -> None:
    found = answers.refusals(MAKE)
    statuses = [answers.problems.status_of(kind) for kind in found]

    assert statuses == sorted(statuses)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("route", "names"),
    [
        (READ, ["AcceptLanguage"]),
        (MAKE, ["AcceptLanguage", "IdempotencyKey", "IfMatch"]),
        (HOOK, ["AcceptLanguage"]),
        (END, ["AcceptLanguage"]),
    ],
    ids=["read", "make", "hook", "end"],
)
def test_the_headers_a_route_looks_at_are_documented(route: Route, names: list[str]) -> None:
    assert [one["$ref"].rpartition("/")[2] for one in answers.parameters(route)] == names


def test_every_answer_is_documented_the_good_one_with_its_headers_and_ours_as_internal() -> None:
    found = answers.answers(MAKE, {"application/json": {}})

    assert set(found) == {"201", "400", "401", "403", "409", "412", "413", "415", "422", "500", "503"}
    assert set(found["201"]["headers"]) == {"X-Request-Id", "Cache-Control", "ETag", "Idempotent-Replayed"}
    assert found["422"]["$ref"].endswith("/idempotency_key_reused.invalid")
    shared = answers.shared(things.routes)
    for answer in found.values():
        if "$ref" in answer:
            assert answer["$ref"].rpartition("/")[2] in shared["responses"]
    assert {"internal.en", "internal.zh-CN"} <= set(shared["examples"])


def test_an_answer_that_can_be_given_again_holds_no_token() -> None:
    kept = reply(Thing(version=3, token="SECRET"), 201)

    assert (kept.status, json.loads(kept.body), dict(kept.secrets)) == (
        201,
        {"version": 3},
        {"token": ("session", "ses_1")},
    )


@pytest.fixture
def serving() -> Any:
    current = Serving(CALL, 201, {"signature": "s"}, "raw body")
    api.begin(current)
    yield current
    api.begin(None)


def test_a_view_is_given_the_call_it_serves_and_how_its_result_will_be_told(serving: Serving) -> None:
    assert api.call() is CALL
    answer = api.call(lambda result: Thing(version=result, token="x")).answer

    assert answer is not None
    assert (answer(7).status, json.loads(answer(7).body)) == (201, {"version": 7})
    assert api.raw("signature") == ("raw body", "s")
    assert api.raw("nothing") == ("raw body", "")


def test_what_is_rendered_for_a_call_is_rendered_once_for_each_thing(serving: Serving) -> None:
    rendered: list[object] = []

    @shown_once
    def shown(thing: object) -> Out:
        rendered.append(thing)
        return Out()

    one, two = object(), object()
    assert shown(one) is shown(one)
    assert shown(two) is not shown(one)
    assert rendered == [one, two]


def test_nothing_is_served_before_and_after() -> None:
    api.begin(None)
    assert api.serving() is None
