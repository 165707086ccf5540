"""What the documentation says of each route."""

import json
from functools import cache
from html import escape
from typing import Any

from aws_lambda_powertools.event_handler.openapi.models import HTTPBearer

from chalicelib.kernel import errors

from . import problems
from .api import Api, Route

_ALWAYS: tuple[type[errors.Refusal], ...] = (errors.Unavailable,)
_WITH_BODY = (errors.Malformed, errors.Unsupported, errors.Invalid, errors.KeyReused)
_SIGNED_IN = (errors.NotSignedIn, errors.Forbidden)
_OBJECT = (errors.NotFound,)


def described(api: Api, route: Route) -> dict[str, Any]:
    """Give what the resolver needs to document a route: summary, tag, name, and every status that can occur."""
    return {
        "summary": route.summary,
        "description": (route.view.__doc__ or "").strip(),
        "tags": [api.tag],
        "operation_id": route.view.__name__,
        "responses": _responses(route),
        "security": [{"session": []}] if route.act is not None else [],
    }


def refusals(route: Route) -> list[type[errors.Refusal]]:
    """List the refusals a route can answer with, the general ones included."""
    kinds = list(_ALWAYS) + list(route.refusals)
    if route.method in ("POST", "PUT", "PATCH"):
        kinds += _WITH_BODY
    if route.act is not None:
        kinds += _SIGNED_IN
    if "{" in route.path:
        kinds += _OBJECT
    return sorted(set(kinds), key=lambda kind: (problems.status_of(kind), kind.code))


def _responses(route: Route) -> dict[int, Any]:
    by_status: dict[int, list[type[errors.Refusal]]] = {500: []}
    for kind in refusals(route):
        by_status.setdefault(problems.status_of(kind), []).append(kind)
    answers: dict[int, Any] = {route.status: {"description": "Done"}}
    for status, kinds in sorted(by_status.items()):
        codes = [kind.code for kind in kinds] or ["internal"]
        answers[status] = {
            "description": "; ".join(_title(code) for code in codes),
            "content": {"application/problem+json": {"schema": _problem(codes)}},
        }
    return answers


def _title(code: str) -> str:
    return " / ".join(problems.texts(language)["problems"][code]["title"] for language in problems.LANGUAGES)


def _problem(codes: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "title", "status", "code", "detail", "request_id"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "code": {"type": "string", "enum": codes},
            "detail": {"type": "string"},
            "request_id": {"type": "string"},
        },
    }


_source: list[Any] = []


def documents(resolver: Any) -> None:
    """Say whose routes the documentation describes."""
    _source[:] = [resolver]


@cache
def documentation() -> dict[str, Any]:
    """Give the OpenAPI document of every route."""
    text = _source[0].get_openapi_json_schema(
        title="Dutydesk",
        version="1",
        description="Customer service for banks, brokers and insurers. / 金融机构客户服务。",
        security_schemes={"session": HTTPBearer(scheme="bearer", description="A session token")},
    )
    document: dict[str, Any] = json.loads(text)
    return _tidied(document)


def _tidied(document: dict[str, Any]) -> dict[str, Any]:
    """Drop what the resolver adds of its own accord and this API never answers."""
    for operations in document["paths"].values():
        for operation in operations.values():
            invalid = operation["responses"].get("422", {})
            if "application/json" in invalid.get("content", {}):
                del operation["responses"]["422"]
    return document


def page(document: dict[str, Any]) -> str:
    """Write the documentation as one plain page that needs nothing from anywhere."""
    rows = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            codes = ", ".join(operation["responses"])
            rows.append(
                f"<tr><td>{escape(operation['tags'][0])}</td><td><code>{method.upper()} {escape(path)}</code></td>"
                f"<td>{escape(operation['summary'])}</td><td>{escape(codes)}</td></tr>"
            )
    return _PAGE.replace("{rows}", "\n".join(sorted(rows)))


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Dutydesk API</title>
<style>body{font:15px/1.5 sans-serif;margin:2em;max-width:80em}td,th{text-align:left;padding:.3em .8em;vertical-align:top}
tr:nth-child(even){background:#f4f4f4}code{white-space:nowrap}</style>
<h1>Dutydesk API</h1><p>The whole contract, for machines and tools: <a href="/v1/openapi.json">/v1/openapi.json</a></p>
<table><tr><th>Area</th><th>Call</th><th>What</th><th>Answers</th></tr>
{rows}
</table></html>"""
