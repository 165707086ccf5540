"""Between HTTP and the events of a Lambda proxy integration."""

import base64
import binascii
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from .aws import ACCOUNT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Answer = tuple[int, list[tuple[str, str]], bytes]
_PLAIN_HEADERS = {"CONTENT_TYPE": "Content-Type", "CONTENT_LENGTH": "Content-Length"}


class Malformed(Exception):
    """The request's path is not UTF-8, or the function's answer is no answer to HTTP."""


@dataclass(frozen=True)
class Request:
    """One HTTP request, read."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    source: str
    id: str


def read_request(environ: "WSGIEnvironment", body: bytes) -> Request:
    """Read a WSGI request; a path that is not UTF-8 raises Malformed."""
    try:
        path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError as broken:
        raise Malformed("the path") from broken
    headers = {_PLAIN_HEADERS[name]: str(environ[name]) for name in _PLAIN_HEADERS if environ.get(name)}
    for name, value in environ.items():
        if name.startswith("HTTP_"):
            headers[name.removeprefix("HTTP_").replace("_", "-").title()] = str(value)
    source = str(environ.get("REMOTE_ADDR", "127.0.0.1"))
    headers["X-Forwarded-For"] = ", ".join(filter(None, (headers.get("X-Forwarded-For"), source)))
    headers["X-Forwarded-Proto"] = "http"
    headers["X-Forwarded-Port"] = str(environ.get("SERVER_PORT", ""))
    query = str(environ.get("QUERY_STRING", ""))
    return Request(str(environ["REQUEST_METHOD"]), path, query, headers, body, source, str(uuid.uuid4()))


def context_of(request: Request, resource: str, stage: str, now: datetime) -> dict[str, Any]:
    """Make the requestContext of an event."""
    return {
        "resourceId": "local",
        "resourcePath": resource,
        "httpMethod": request.method,
        "extendedRequestId": request.id,
        "requestTime": f"{now.astimezone(UTC):%d/%b/%Y:%H:%M:%S +0000}",
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "path": f"/{stage}{request.path}",
        "accountId": ACCOUNT,
        "protocol": "HTTP/1.1",
        "stage": stage,
        "domainPrefix": "local",
        "domainName": request.headers.get("Host", "127.0.0.1"),
        "requestId": request.id,
        "apiId": "local",
        "identity": {"sourceIp": request.source, "userAgent": request.headers.get("User-Agent")},
    }


def proxy_event(
    request: Request, resource: str, parameters: Mapping[str, str], context: dict[str, Any], binary: frozenset[str]
) -> dict[str, Any]:
    """Make the event of a request; a body that is not UTF-8, or of a binary media type, travels in base64."""
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(request.query, keep_blank_values=True, errors="replace"):
        query.setdefault(name, []).append(value)
    body, encoded = _body(request, binary)
    return {
        "resource": resource,
        "path": request.path,
        "httpMethod": request.method,
        "headers": dict(request.headers),
        "multiValueHeaders": {name: [value] for name, value in request.headers.items()},
        "queryStringParameters": {name: values[-1] for name, values in query.items()} or None,
        "multiValueQueryStringParameters": query or None,
        "pathParameters": dict(parameters) or None,
        "stageVariables": None,
        "requestContext": context,
        "body": body,
        "isBase64Encoded": encoded,
    }


def _body(request: Request, binary: frozenset[str]) -> tuple[str | None, bool]:
    if not request.body:
        return None, False
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in binary:
        try:
            return request.body.decode("utf-8"), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(request.body).decode("ascii"), True


def read_answer(result: Any, request_id: str) -> Answer:
    """Read a function's answer; one that API Gateway would not take raises Malformed."""
    if not isinstance(result, dict):
        raise Malformed("no answer")
    try:
        status = int(result["statusCode"])
        body = result.get("body") or ""
        content = base64.b64decode(body, validate=True) if result.get("isBase64Encoded") else str(body).encode()
    except (KeyError, TypeError, ValueError, binascii.Error) as broken:
        raise Malformed("the answer") from broken
    headers = {str(name): [str(value)] for name, value in (result.get("headers") or {}).items()}
    for name, values in (result.get("multiValueHeaders") or {}).items():
        headers[str(name)] = [str(value) for value in values]
    told = [(name, value) for name, values in headers.items() for value in values]
    if not any(name.lower() == "content-type" for name, _ in told):
        told.append(("Content-Type", "application/json"))
    return status, [*told, ("x-amzn-RequestId", request_id)], content
