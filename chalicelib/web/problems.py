"""Refusals as `application/problem+json`, in the reader's language; here is the one table to statuses."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.kernel import errors

STATUS: dict[type[errors.Refusal], int] = {
    errors.Malformed: 400,
    errors.NotSignedIn: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Gone: 410,
    errors.Outdated: 412,
    errors.TooLarge: 413,
    errors.Unsupported: 415,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
LANGUAGES = ("en", "zh-CN")
_TEXTS = Path(__file__).parent / "texts"


def status_of(kind: type[errors.Refusal]) -> int:
    """Give the status of a refusal: that of the nearest of its kinds in the table."""
    return next(STATUS[ancestor] for ancestor in kind.__mro__ if ancestor in STATUS)


@cache
def texts(language: str) -> dict[str, Any]:
    """Read the words of a language: `problems` and `fields`, by code."""
    return tomllib.loads((_TEXTS / f"{language}.toml").read_text("utf-8"))


def language_of(accept: str) -> str:
    """Choose a language from an Accept-Language header; English unless Chinese is asked for first."""
    wanted = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    for tag in wanted:
        if tag.startswith("zh"):
            return "zh-CN"
        if tag.startswith("en"):
            return "en"
    return "en"


def problem(refusal: errors.Refusal, language: str, request_id: str) -> tuple[int, str, dict[str, str]]:
    """Give status, body and headers of a refusal."""
    status = status_of(type(refusal))
    facts = {"retry_after": 1, **refusal.facts} if isinstance(refusal, errors.Unavailable) else refusal.facts
    return status, body(refusal.code, status, language, request_id, facts), _headers(facts)


def body(code: str, status: int, language: str, request_id: str, facts: Mapping[str, Any]) -> str:
    """Write a problem; facts become members beside the standard ones."""
    return json.dumps(members(code, status, language, request_id, facts), ensure_ascii=False, default=str)


def members(code: str, status: int, language: str, request_id: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give the members of a problem."""
    words = texts(language)["problems"][code]
    found = {
        "type": f"urn:dutydesk:problem:{code}",
        "title": words["title"],
        "status": status,
        "code": code,
        "detail": words["detail"],
        "request_id": request_id,
        **facts,
    }
    if "errors" in found:
        found["errors"] = [_field(error, language) for error in found["errors"]]
    return found


def _field(error: Mapping[str, str], language: str) -> dict[str, str]:
    fields = texts(language)["fields"]
    return {**error, "message": fields.get(error["code"], fields["invalid"])}


def _headers(facts: Mapping[str, Any]) -> dict[str, str]:
    return {"Retry-After": str(facts["retry_after"])} if "retry_after" in facts else {}
