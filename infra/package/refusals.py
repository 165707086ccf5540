"""What API Gateway itself refuses, in the form and with the words of the API's own refusals."""

import json
import tomllib
from typing import Any

from chalicelib.kernel.errors import TooLarge

from .staging import ROOT

# API Gateway's name for it: status and code. Those that may pass can be tried again.
REFUSALS = {
    # API Gateway's own word for a path or method it does not know.
    "MISSING_AUTHENTICATION_TOKEN": (404, "not_found"),
    "RESOURCE_NOT_FOUND": (404, "not_found"),
    "REQUEST_TOO_LARGE": (413, "request_too_large"),
    "UNSUPPORTED_MEDIA_TYPE": (415, "unsupported"),
    "THROTTLED": (429, "too_many"),
    "QUOTA_EXCEEDED": (429, "too_many"),
    "ACCESS_DENIED": (403, "forbidden"),
    "WAF_FILTERED": (403, "forbidden"),
    # It may have been carried out all the same: whoever sent an Idempotency-Key can ask again and learn.
    "INTEGRATION_TIMEOUT": (503, "unavailable"),
    "INTEGRATION_FAILURE": (503, "unavailable"),
    # A status of its own for the rest, so that the one in the body is true.
    "DEFAULT_4XX": (400, "malformed"),
    "DEFAULT_5XX": (500, "internal"),
}
AGAIN_AFTER = 1  # seconds
# Where the code's own words would not be true.
_ONLY_HERE = {
    "unavailable": {
        "title": "Not available at the moment",
        "detail": "It is not known whether this was done. Ask again with the same Idempotency-Key.",
    },
}
_HEADERS = {
    "Content-Type": "'application/problem+json'",
    "Cache-Control": "'no-store'",
    "X-Content-Type-Options": "'nosniff'",
    "X-Request-Id": "context.requestId",
}


def gateway_responses() -> dict[str, Any]:
    """Give the `GatewayResponses` of the API; in English, since API Gateway cannot choose by language."""
    texts = ROOT / "chalicelib" / "web" / "texts" / "en.toml"
    words = tomllib.loads(texts.read_text("utf-8"))["problems"] | _ONLY_HERE
    return {name: _response(status, code, words[code]) for name, (status, code) in REFUSALS.items()}


def _response(status: int, code: str, words: dict[str, str]) -> dict[str, Any]:
    again = {"retry_after": AGAIN_AFTER} if status in (429, 503) else {}
    facts = again | (dict(TooLarge.such_as) if code == TooLarge.code else {})
    body = {
        "type": f"urn:dutydesk:problem:{code}",
        "title": words["title"],
        "status": status,
        "code": code,
        "detail": words["detail"],
        "request_id": "$context.requestId",
        **facts,
    }
    headers = _HEADERS | ({"Retry-After": f"'{AGAIN_AFTER}'"} if again else {})
    return {
        "StatusCode": status,
        "ResponseParameters": {"Headers": headers},
        "ResponseTemplates": {"application/json": json.dumps(body, ensure_ascii=False)},
    }
