"""How the developers' endpoints under /dev are asked and answered. They exist here only."""

import http
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_OURS = ("127.0.0.1", "localhost", "[::1]")


class Refused(Exception):
    """A call that cannot be answered as asked: a status, a stable code, and words."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


@dataclass(frozen=True)
class Asked:
    """One call: what its path, its query and its body say."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]


Handler = Callable[[Asked], Any]


@dataclass(frozen=True)
class Endpoint:
    """One of the endpoints, with the sentence that GET /dev shows for it."""

    method: str
    path: str
    about: str
    handle: Handler

    def match(self, path: str) -> Mapping[str, str] | None:
        """Give the path's parameters if it is this endpoint's, else None."""
        found = re.fullmatch(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path), path)
        return found.groupdict() if found else None


class Dev:
    """A WSGI application with all of them."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self._endpoints = [*endpoints, Endpoint("GET", "/dev", "this list", self._list)]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request; errors look like the product's own."""
        kind = "application/json"
        try:
            status, answer = 200, self._answer(environ)
        except Refused as refused:
            kind, status = "application/problem+json", refused.status
            answer = {
                "type": "about:blank",
                "title": http.HTTPStatus(status).phrase,
                "status": status,
                "code": refused.code,
                "detail": refused.detail,
            }
        content = json.dumps(answer, ensure_ascii=False, indent=1).encode() + b"\n"
        headers = [("Content-Type", kind), ("Content-Length", str(len(content))), ("Cache-Control", "no-store")]
        start_response(f"{status} {http.HTTPStatus(status).phrase}", headers)
        return [content]

    def _answer(self, environ: "WSGIEnvironment") -> Any:
        _refuse_strangers(environ)
        path = str(environ["PATH_INFO"]).rstrip("/")
        method = str(environ["REQUEST_METHOD"])
        known = [(each, found) for each in self._endpoints if (found := each.match(path)) is not None]
        for endpoint, found in known:
            if endpoint.method == method:
                query = {name: values[-1] for name, values in parse_qs(str(environ.get("QUERY_STRING", ""))).items()}
                return endpoint.handle(Asked(found, query, _body(environ)))
        if known:
            raise Refused(405, "method_not_allowed", f"allowed: {', '.join(each.method for each, _ in known)}")
        raise Refused(404, "not_found", "GET /dev lists what there is")

    def _list(self, _: Asked) -> Any:
        return {"items": [{"call": f"{each.method} {each.path}", "what": each.about} for each in self._endpoints]}


def _refuse_strangers(environ: "WSGIEnvironment") -> None:
    # A page from elsewhere, open in the developer's browser, must not get at codes and tokens.
    host = str(environ.get("HTTP_HOST", "127.0.0.1"))
    origin = environ.get("HTTP_ORIGIN")
    if host.rsplit(":", 1)[0] not in _OURS or (origin and origin != f"http://{host}"):
        raise Refused(403, "forbidden", "/dev is for this machine only")


def _body(environ: "WSGIEnvironment") -> Mapping[str, Any]:
    raw = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        body = json.loads(raw or b"{}")
    except ValueError as broken:
        raise Refused(400, "malformed", "the body is not JSON") from broken
    if not isinstance(body, dict):
        raise Refused(400, "malformed", "the body is not a JSON object")
    return body
