"""What can be answered to a route besides what it is there for, and what every answer and request may carry."""

import inspect
from typing import Any, get_type_hints

from chalicelib.kernel import errors
from chalicelib.kernel.errors import Refusal

from . import problems
from .api import Route
from .examples import problem_example
from .shapes import Versioned

PROBLEM = "application/problem+json"
_WRITES = ("POST", "PUT", "PATCH")
_WITH_BODY: tuple[type[Refusal], ...] = (errors.Malformed, errors.TooLarge, errors.Unsupported, errors.Invalid)
_ONCE: tuple[type[Refusal], ...] = (errors.KeyReused, errors.Changed)
_SIGNED_IN: tuple[type[Refusal], ...] = (errors.NotSignedIn, errors.Forbidden)


def refusals(route: Route) -> list[type[Refusal]]:
    """List the refusals a route can answer with, the general ones included."""
    kinds: list[type[Refusal]] = [errors.Unavailable, *route.refusals]
    if route.method in _WRITES:
        kinds += (*_WITH_BODY, *_ONCE) if _keyed(route) else _WITH_BODY
    if route.method == "DELETE":
        kinds += (errors.Changed, errors.Invalid)
    if route.act is not None:
        kinds += _SIGNED_IN
    if "{" in route.path and not route.takes:
        kinds.append(errors.NotFound)
    if inspect.signature(route.view).parameters:
        kinds.append(errors.Invalid)
    return sorted(set(kinds), key=lambda kind: (problems.status_of(kind), kind.code))


def _keyed(route: Route) -> bool:
    """Tell whether a route takes an Idempotency-Key; what is set whole needs none, and what is signed is known by itself."""
    return route.method == "POST" and not route.takes


def answers(route: Route, content: dict[str, Any]) -> dict[str, Any]:
    """Give the answers of a route by status; `content` is that of the good one, by content type."""
    good = {"description": _returned(route), "content": content, "headers": _headers(route)}
    bad = {str(status): {"$ref": f"#/components/responses/{_name(codes)}"} for status, codes in _codes(route).items()}
    return {str(route.status): good, **bad}


def parameters(route: Route) -> list[dict[str, Any]]:
    """List the headers a route looks at, as references to the document's own."""
    names = ["AcceptLanguage"]
    if _keyed(route):
        names.append("IdempotencyKey")
    if errors.Outdated in route.refusals:
        names.append("IfMatch")
    if route.counted:
        names.append("DeviceId")
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def title(code: str) -> str:
    """Give the title of a problem in every language."""
    return " / ".join(problems.texts(language)["problems"][code]["title"] for language in problems.LANGUAGES)


def _returned(route: Route) -> str:
    model = get_type_hints(route.view)["return"]
    words = (inspect.getdoc(model) or "").partition("\n")[0] if hasattr(model, "model_fields") else ""
    return words if words and "[" not in model.__name__ else route.summary


def _headers(route: Route) -> dict[str, Any]:
    names = ["X-Request-Id", "Cache-Control"]
    model = get_type_hints(route.view)["return"]
    if isinstance(model, type) and issubclass(model, Versioned):
        names.append("ETag")
    if _keyed(route):
        names.append("Idempotent-Replayed")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _codes(route: Route) -> dict[int, list[str]]:
    by_status: dict[int, list[str]] = {}
    for kind in refusals(route):
        by_status.setdefault(problems.status_of(kind), []).append(kind.code)
    return {**by_status, 500: ["internal"]}


def _name(codes: list[str]) -> str:
    return ".".join(codes)


def _bad(status: int, codes: list[str]) -> dict[str, Any]:
    names = ["X-Request-Id", *(["Retry-After"] if status in (429, 503) else [])]
    shape = {"allOf": [{"$ref": "#/components/schemas/Problem"}, {"properties": {"code": {"enum": codes}}}]}
    shown = {
        f"{code}.{language}": {"$ref": f"#/components/examples/{code}.{language}"}
        for code in codes
        for language in problems.LANGUAGES
    }
    return {
        "description": "; ".join(f"`{code}`: {title(code)}" for code in codes),
        "content": {PROBLEM: {"schema": shape, "examples": shown}},
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
    }


def shared(routes: list[Route]) -> dict[str, Any]:
    """Give the components that routes refer to: headers, problems as answers, their examples and their shape."""
    kinds: set[type[Refusal] | None] = {None, *(kind for route in routes for kind in refusals(route))}
    shown = {
        f"{kind.code if kind else 'internal'}.{language}": {
            "summary": problems.texts(language)["problems"][kind.code if kind else "internal"]["title"],
            "value": problem_example(kind, language),
        }
        for kind in kinds
        for language in problems.LANGUAGES
    }
    bad = {_name(codes): _bad(status, codes) for route in routes for status, codes in _codes(route).items()}
    return {
        "parameters": _PARAMETERS,
        "headers": _HEADERS,
        "responses": bad,
        "examples": shown,
        "schemas": {"Problem": _PROBLEM},
    }


def _header(description: str, like: str, **more: Any) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string", **more}, "example": like}


_PARAMETERS: dict[str, Any] = {
    "AcceptLanguage": {
        "in": "header",
        "name": "Accept-Language",
        **_header("The language of problems: `en` or `zh-CN`; English unless Chinese is asked for first.", "zh-CN"),
    },
    "IdempotencyKey": {
        "in": "header",
        "name": "Idempotency-Key",
        **_header(
            "The same key and body within 24 hours: the same answer, and nothing is done twice. Keys belong to the caller.",
            "b1f0a7d2-8f0e-4c57-9c35-5a0d3a3c9f10",
            minLength=1,
            maxLength=255,
            pattern="^[!-~]+$",
        ),
    },
    "DeviceId": {
        "in": "header",
        "name": "Device-Id",
        **_header(
            "What the app calls this device, the same each time; calls are counted by it, and it is kept as a keyed hash only.",
            "7f2c9e0a41b84d3c",
            maxLength=128,
        ),
    },
    "IfMatch": {
        "in": "header",
        "name": "If-Match",
        **_header("The ETag that was seen; if it is not the newest, nothing is done (412).", '"3"'),
    },
}
_HEADERS: dict[str, Any] = {
    "X-Request-Id": _header(
        "Names this request; give it when you ask us about it.", "5f1c9a52-2b0e-4d7e-9a57-1f7d4e0c8a61"
    ),
    "Cache-Control": _header("Nothing is to be kept.", "no-store"),
    "ETag": _header("The version of what is shown; send it back as If-Match.", '"3"'),
    "Idempotent-Replayed": _header("`true` if this was answered before to the same key.", "true"),
    "Retry-After": _header("Seconds after which another try makes sense.", "30", pattern="^[0-9]+$"),
}
_PROBLEM: dict[str, Any] = {
    "description": "A refusal (RFC 9457). `code` is stable; facts stand beside, such as `retry_after` or `allowed`.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "pattern": "^urn:dutydesk:problem:"},
        "title": {"type": "string", "description": "In the language that was asked for."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {"field": {"type": "string"}, "code": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "retry_after": {"type": "integer"},
    },
}
