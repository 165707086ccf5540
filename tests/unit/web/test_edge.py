"""Whatever a view returns, the answer is what its route declares, or ours to blame."""

from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import Field

from chalicelib.web import Api, Listing, Out, Path, openapi
from chalicelib.web.edge import Edge

api = Api("Test")
returned: list[Any] = []


class Shown(Out):
    """What is declared."""

    name: str = Field(examples=["it"])


@api.get("/v1/one", None)
def one() -> Shown:
    return returned[0]


@api.get("/v1/many/{name}", None)
def many(name: str = Path()) -> Listing[Shown]:
    return returned[0]


@pytest.fixture(autouse=True)
def _documents_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """An edge says which routes the documentation describes; that of these tests describes none, and leaves it alone."""
    monkeypatch.setattr(openapi, "documents", lambda _: None)


def ask(path: str, resource: str, result: Any) -> Any:
    """Let a view return something, and give the answer."""
    returned[:] = [result]
    event = {
        "httpMethod": "GET",
        "path": path,
        "resource": resource,
        "headers": {},
        "body": None,
        "requestContext": {"resourcePath": resource, "requestId": "req-1"},
    }
    return Edge({"test": ["GET /v1/one", "GET /v1/many/{name}"]}, lambda _: [api]).serve(event, SimpleNamespace())


def test_a_view_answers_with_what_it_declares() -> None:
    answer = ask("/v1/one", "/v1/one", Shown(name="it"))

    assert (answer.status_code, answer.body) == (200, '{"name":"it"}')


def test_a_page_is_checked_row_by_row() -> None:
    good = ask("/v1/many/all", "/v1/many/{name}", Listing(items=[Shown(name="it")], next_cursor=None))
    bad = ask("/v1/many/all", "/v1/many/{name}", Listing(items=["no row"], next_cursor=None))

    assert (good.status_code, good.body) == (200, '{"items":[{"name":"it"}],"next_cursor":null}')
    assert bad.status_code == 500


@pytest.mark.parametrize("result", [None, {}, {"name": 7}, "it", Listing(items=[], next_cursor=None)])
def test_an_answer_that_breaks_its_model_is_a_500(result: Any) -> None:
    answer = ask("/v1/one", "/v1/one", result)

    assert answer.status_code == 500
    assert '"code":"internal"' in answer.body.replace(" ", "")
