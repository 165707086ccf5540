"""The documented contract is the one that is served, and says everything a client needs."""

import json
import re
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest
from pydantic import BaseModel, TypeAdapter

from chalicelib.kernel.errors import Outdated
from chalicelib.notifications import policy
from chalicelib.notifications import routes as webhooks
from chalicelib.web import Body, examples, index, problems
from chalicelib.web.answers import refusals
from chalicelib.web.api import Route
from infra import openapi
from tests.architecture.declared import routes

WRITTEN = openapi.FILE.read_text("utf-8")
DOCUMENT = json.loads(WRITTEN)
BY_NAME = {(route.method.lower(), route.path): route for route in routes()}
OPERATIONS = [
    pytest.param(method, path, operation, id=operation["operationId"])
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
each_operation = pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)


def resolved(node: Any) -> Any:
    """Follow a reference within the document."""
    while isinstance(node, dict) and "$ref" in node:
        found: Any = DOCUMENT
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def references(node: Any) -> Iterator[str]:
    """List every reference of the document."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for inner in node:
            yield from references(inner)


def models(route: Route) -> tuple[Any, Any]:
    """Give the model of a route's body, None if it takes none, and that of its answer."""
    hints = get_type_hints(route.view, include_extras=True)
    bodies = [hint for hint in hints.values() if isinstance(hint, type) and issubclass(hint, Body)]
    return route.takes or next(iter(bodies), None), hints["return"]


def within(model: Any) -> Iterator[type[BaseModel]]:
    """Give every model that a model holds, itself first."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        yield model
        for field in model.model_fields.values():
            yield from within(field.annotation)
    for part in get_args(model):
        yield from within(part)


def headers(operation: dict[str, Any]) -> set[str]:
    """Name the headers an operation looks at."""
    return {found["name"] for one in operation["parameters"] if (found := resolved(one))["in"] == "header"}


def test_the_committed_document_is_fresh() -> None:
    assert openapi.text() == WRITTEN, "run `make openapi`"


def test_the_committed_index_of_routes_is_fresh() -> None:
    assert openapi.routes() == index.FILE.read_text("utf-8"), "run `make openapi`"


def test_it_documents_every_route_and_nothing_else() -> None:
    assert {(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods} == set(BY_NAME)


def test_it_is_openapi_3_1_with_sound_names_and_references() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert set(DOCUMENT) == {"openapi", "info", "servers", "paths", "components"}
    for reference in set(references(DOCUMENT)):
        assert resolved({"$ref": reference}), reference
    for name in [name for kind in DOCUMENT["components"].values() for name in kind]:
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name), name


def test_operation_names_are_unique() -> None:
    names = [param.values[2]["operationId"] for param in OPERATIONS]

    assert len(names) == len(set(names))


@each_operation
def test_an_operation_says_what_it_is_and_for_whom(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"].endswith(".")
    assert operation["tags"]
    route = BY_NAME[method, path]
    assert ("No session is needed." in operation["description"]) == (route.act is None)
    assert bool(operation.get("security")) == (route.act is not None)


@each_operation
def test_parameters_in_a_path_are_declared(method: str, path: str, operation: dict[str, Any]) -> None:
    declared = {found["name"] for one in operation["parameters"] if (found := resolved(one))["in"] == "path"}

    assert declared == set(re.findall(r"{(\w+)}", path))


@each_operation
def test_the_headers_that_matter_are_parameters(method: str, path: str, operation: dict[str, Any]) -> None:
    route = BY_NAME[method, path]

    assert "Accept-Language" in headers(operation)
    assert ("Idempotency-Key" in headers(operation)) == (method == "post" and not route.takes)
    assert ("If-Match" in headers(operation)) == (Outdated in route.refusals)
    assert set(route.signed) <= headers(operation)


@each_operation
def test_every_body_has_an_example_that_fits(method: str, path: str, operation: dict[str, Any]) -> None:
    route = BY_NAME[method, path]
    asked, answered = models(route)
    good = operation["responses"][str(route.status)]["content"]

    assert good
    assert bool(operation.get("requestBody")) == (asked is not None)
    if asked is not None:
        TypeAdapter(asked).validate_json(
            json.dumps(operation["requestBody"]["content"][route.kind or "application/json"]["example"])
        )
    if not route.raw:
        shown = json.dumps(good["application/json"]["example"])
        found = TypeAdapter(answered).validate_json(shown)
        assert json.loads(TypeAdapter(answered).dump_json(found)) == json.loads(shown)


@each_operation
def test_every_refusal_is_a_problem_with_examples_in_both_languages(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    route = BY_NAME[method, path]
    documented: dict[str, set[str]] = {}
    for status, answer in operation["responses"].items():
        found = resolved(answer)
        assert "X-Request-Id" in found["headers"], status
        if int(status) < 400:
            continue
        body = found["content"]["application/problem+json"]
        documented[status] = set(body["schema"]["allOf"][1]["properties"]["code"]["enum"])
        assert {name.rpartition(".")[2] for name in body["examples"]} == set(problems.LANGUAGES)
        for shown in map(resolved, body["examples"].values()):
            assert set(DOCUMENT["components"]["schemas"]["Problem"]["required"]) <= set(shown["value"])
            assert shown["value"]["code"] in documented[status]
            assert str(shown["value"]["status"]) == status
        assert ("Retry-After" in found["headers"]) == (status in ("429", "503"))

    wanted: dict[str, set[str]] = {"500": {"internal"}}
    for kind in refusals(route):
        wanted.setdefault(str(problems.status_of(kind)), set()).add(kind.code)
    assert documented == wanted


@each_operation
def test_what_was_versioned_says_its_etag_and_what_was_keyed_says_whether_it_is_told_again(
    method: str, path: str, operation: dict[str, Any]
) -> None:
    route = BY_NAME[method, path]
    good = operation["responses"][str(route.status)]
    body = next(iter(good["content"].values()))

    versioned = "version" in resolved(body["schema"]).get("properties", {})
    assert ("ETag" in good["headers"]) == versioned
    assert ("Idempotent-Replayed" in good["headers"]) == ("Idempotency-Key" in headers(operation))


def test_what_a_receipt_may_say_is_what_we_understand() -> None:
    schema = webhooks.ReceiptIn.model_json_schema()

    assert set(schema["properties"]["status"]["enum"]) == set(policy.STATUSES)


def test_a_field_without_an_example_is_named() -> None:
    with pytest.raises(examples.NoExample, match=r"thing\.subject"):
        examples.example({"properties": {"subject": {"type": "string"}}}, {}, "thing")


def test_whatever_is_sent_is_a_body_all_the_way_down_so_that_its_texts_are_masked() -> None:
    sent = [found for route in routes() if not route.takes and (body := models(route)[0]) for found in within(body)]
    assert len(sent) > 100
    assert [model for model in sent if not issubclass(model, Body)] == []


def test_what_is_exempt_from_masking_is_known() -> None:
    exempt = {
        model.__name__: set(model.exact)
        for route in routes()
        for model in within(models(route)[0])
        if getattr(model, "exact", None)
    }
    assert exempt == {"DocumentIn": {"number"}}
