"""API Gateway on this machine: HTTP in, proxy events to the functions, their answers out."""

import http
import json
import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule

from .environment import Failed
from .proxy import Answer, Malformed, Request, context_of, proxy_event, read_answer, read_request
from .routes import Gateway, Mock, refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

DEV = "/dev"
LARGEST = 10 * 1024 * 1024  # bytes of a request's body
LARGEST_EVENT = 6 * 1024 * 1024  # bytes of an event as JSON
_PARAMETER = re.compile(r"\{(\w+)(\+?)\}")
_NO_WRITE = ("GET", "HEAD", "OPTIONS")

Invoke = Callable[[str, Any], Any]


class FrontDoor:
    """A WSGI application: /dev goes to the developers' endpoints, all else is a route of the template or refused."""

    def __init__(
        self,
        gateway: Gateway,
        invoke: Invoke,
        dev: "WSGIApplication",
        now: Callable[[], datetime],
        written: Callable[[], None],
    ) -> None:
        self._gateway = gateway
        self._invoke = invoke
        self._dev = dev
        self._now = now
        self._written = written
        rules = [Rule(_pattern(path), endpoint=path) for path in gateway.targets]
        self._map = Map(rules, strict_slashes=False, merge_slashes=False, redirect_defaults=False)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        path = str(environ["PATH_INFO"])
        if path == DEV or path.startswith(f"{DEV}/"):
            return self._dev(environ, start_response)
        status, headers, content = self._answer(environ)
        try:
            phrase = http.HTTPStatus(status).phrase
        except ValueError:
            phrase = "Unknown"
        kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(f"{status} {phrase}", [*kept, ("Content-Length", str(len(content)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]

    def _answer(self, environ: "WSGIEnvironment") -> Answer:
        if int(environ.get("CONTENT_LENGTH") or 0) > LARGEST:
            return self._refuse("REQUEST_TOO_LARGE", {})
        try:
            request = read_request(environ, environ["wsgi.input"].read(LARGEST + 1))
        except Malformed:
            return self._refuse("BAD_REQUEST_PARAMETERS", {})
        if len(request.body) > LARGEST:
            return self._refuse("REQUEST_TOO_LARGE", {"requestId": request.id})
        try:
            resource, parameters = self._map.bind("").match(request.path)
        except HTTPException:
            return self._refuse("MISSING_AUTHENTICATION_TOKEN", {"requestId": request.id})
        target = self._gateway.target(resource, request.method)
        if target is None:
            return self._refuse("MISSING_AUTHENTICATION_TOKEN", {"requestId": request.id})
        if isinstance(target, Mock):
            return target.status, [*target.headers.items(), ("Content-Type", "application/json")], b""
        return self._ask(request, resource, parameters, target)

    def _ask(self, request: Request, resource: str, parameters: Mapping[str, str], function: str) -> Answer:
        context = context_of(request, resource, self._gateway.stage, self._now())
        event = proxy_event(request, resource, parameters, context, self._gateway.binary)
        if len(request.body) > LARGEST_EVENT // 8 and len(json.dumps(event)) > LARGEST_EVENT:
            return self._refuse("REQUEST_TOO_LARGE", context)
        try:
            return read_answer(self._invoke(function, event), request.id)
        except (Failed, Malformed):
            return self._refuse("DEFAULT_5XX", context)
        finally:
            if request.method not in _NO_WRITE:
                self._written()

    def _refuse(self, kind: str, context: Mapping[str, Any]) -> Answer:
        status, headers, body = refuse(self._gateway, kind, {"requestId": str(uuid.uuid4()), **context})
        return status, list(headers.items()), body


def _pattern(path: str) -> str:
    """Write a path of the template as werkzeug wants it."""
    return _PARAMETER.sub(lambda found: f"<{'path:' if found[2] else ''}{found[1]}>", path)
