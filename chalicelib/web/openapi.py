"""The documentation: what the resolver knows of bodies and parameters, and what we know of everything else."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver

from chalicelib.kernel.access import ALLOWED

from . import answers
from .api import Api, Route
from .examples import REF, example

JSON = "application/json"
_ABOUT = """Customer service for banks, brokers and insurers. / 金融机构客户服务。

Times are RFC 3339 in UTC with `Z`, ids only `[A-Za-z0-9_]`, unknown fields are refused. Refusals are
`application/problem+json`, in English or Simplified Chinese, with a `code` that never changes its meaning. Lists give
`next_cursor`, to be sent back as `cursor` unchanged."""
# What the resolver describes of its own accord and this API never answers.
_NOT_OURS = ("HTTPValidationError", "ResponseValidationError", "ValidationError")


def described(api: Api, route: Route) -> dict[str, Any]:
    """Give what the resolver needs to document a route; its answers are written below."""
    return {
        "summary": route.summary,
        "description": _description(route),
        "tags": [api.tag],
        "operation_id": route.view.__name__,
        "responses": {route.status: {"description": ""}},
        "security": [{"session": []}] if route.act is not None else [],
    }


_documented: list[Callable[[], list[tuple[Api, Route]]]] = []


def documents(routes: Callable[[], list[tuple[Api, Route]]]) -> None:
    """Say which routes the documentation describes, once somebody asks for it."""
    _documented[:] = [routes]
    documentation.cache_clear()


def template(path: str) -> str:
    """Write a path as the resolver wants it."""
    return path.replace("{", "<").replace("}", ">")


@cache
def documentation() -> dict[str, Any]:
    """Give the OpenAPI document of every route."""
    # Its models take a seventh of a cold start to build, and no other request needs them.
    from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

    resolver = APIGatewayRestResolver(enable_validation=True)
    documented = [each for give in _documented for each in give()]
    for api, route in documented:
        resolver.route(template(route.path), [route.method], **described(api, route))(route.view)
    text = resolver.get_openapi_json_schema(
        title="Dutydesk",
        version="1",
        description=_ABOUT,
        security_schemes={"session": HTTPBearer(scheme="bearer", description="A session token")},
    )
    document: dict[str, Any] = json.loads(text)
    components = document["components"]
    for name in _NOT_OURS:
        components["schemas"].pop(name, None)
    routes = [route for _, route in documented]
    for name, entries in answers.shared(routes).items():
        components.setdefault(name, {}).update(entries)
    for route in routes:
        _complete(document["paths"][route.path][route.method.lower()], route, components["schemas"])
    return document


def _complete(operation: dict[str, Any], route: Route, schemas: dict[str, Any]) -> None:
    """Add what the resolver does not know: headers, every answer, an example of each body."""
    if route.takes is not None:
        operation["requestBody"] = _taken(route, schemas)
    for body in operation.get("requestBody", {}).get("content", {}).values():
        body["example"] = example(body["schema"], schemas)
    content = operation["responses"][str(route.status)].get("content", {})
    if route.raw:
        content = {kind: {"schema": {"type": "object" if kind == JSON else "string"}} for kind in route.raw.split(", ")}
    else:
        content[JSON]["example"] = example(content[JSON]["schema"], schemas)
    operation["responses"] = answers.answers(route, content)
    operation["parameters"] = [
        *operation.get("parameters", []),
        *(_signed_by(name, like) for name, like in route.signed.items()),
        *answers.parameters(route),
    ]


def _taken(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    name = route.takes.__name__
    schemas[name] = route.takes.model_json_schema(ref_template=REF + "{model}")
    return {"required": True, "content": {JSON: {"schema": {"$ref": REF + name}}}}


def _signed_by(name: str, like: str) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": True, "schema": {"type": "string"}, "example": like}


def _description(route: Route) -> str:
    rest = (route.view.__doc__ or "").strip().partition("\n")[2].strip()
    if route.act is None:
        who = "No session is needed."
    else:
        reach = {1: "their own", 2: "their unit's", 3: "any"}
        allowed = ALLOWED[route.act]
        who = "For: " + ", ".join(f"{role} ({reach[allowed[role]]})" for role in sorted(allowed)) + "."
    return f"{rest}\n\n{who}".strip()
