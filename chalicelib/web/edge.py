"""From an API Gateway event to a view and back: each route stands in Chalice and in the validating resolver."""

import base64
import binascii
import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from chalice.app import Chalice
from chalice.app import Response as ChaliceResponse
from pydantic_core import to_json

from chalicelib.kernel import clock
from chalicelib.kernel.calls import Replayed
from chalicelib.kernel.errors import Malformed, Refusal, TooLarge, Unsupported

from . import idempotency, index, log, openapi, problems, validation
from .api import Api, Route, begin, call
from .auth import serving
from .index import Index
from .shapes import Versioned

JSON = "application/json"
PROBLEM = "application/problem+json"
_HTTP_METHODS_WITH_BODY = ("POST", "PUT", "PATCH")


class Edge:
    """All routes of the deployment, as the index names them; `declared` gives what one of its modules declares."""

    def __init__(self, routes: Index | None = None, declared: Callable[[str], Iterable[Api]] = index.declared) -> None:
        named = index.read() if routes is None else routes
        self._modules = {_parted(name): module for module, names in named.items() for name in names}
        self._declared = declared
        self._routes: dict[tuple[str, str], tuple[Api, Route]] = {}
        self._resolvers: dict[tuple[str, str], APIGatewayRestResolver] = {}
        self._event: Mapping[str, Any] = {}

    def mount(self, app: Chalice) -> None:
        """Register every route in Chalice too, so that API Gateway gets its resources and methods, and document them."""
        openapi.documents(self.routes)
        for path in dict.fromkeys(path for _, path in self._modules):
            methods = [method for method, of in self._modules if of == path]
            app.route(path, methods=methods, name=f"{methods[0]} {path}", content_types=["*/*"])(self._view(app, path))

    def routes(self) -> list[tuple[Api, Route]]:
        """Give every route there is; imports every module of routes."""
        return [self._route(*named) for named in self._modules]

    def _route(self, method: str, path: str) -> tuple[Api, Route]:
        if (method, path) not in self._routes:
            for api in self._declared(self._modules[method, path]):
                self._routes |= {(route.method, route.path): (api, route) for route in api.routes}
        return self._routes[method, path]

    def _view(self, app: Chalice, path: str) -> Callable[..., ChaliceResponse]:
        def view(**_: str) -> ChaliceResponse:
            request = app.current_request
            return self.serve({} if request is None else request.to_original_event(), app.lambda_context)

        view.__name__ = path
        return view

    def serve(self, event: dict[str, Any], context: Any) -> ChaliceResponse:
        """Serve one event; whatever happens, the answer is one of the documented ones."""
        began = clock.monotonic()
        begin(None)
        self._event = event
        try:
            named = event["httpMethod"], event["resource"]
            api, route = self._route(*named)
            self._event = _readable(event, route.kind)
            # Who asks comes before what is asked: nobody learns from a 422 what only the signed-in may try.
            begin(serving(self._event, api, route))
            # Headers have been read; the resolver would go through them all twice to hand on none.
            answer = self._resolver(*named).resolve({**self._event, "headers": {}, "multiValueHeaders": {}}, context)
        except Refusal as refusal:
            status, text, extra = problems.problem(refusal, self._language, self._request_id)
            answer = {"statusCode": status, "body": text, "headers": {"Content-Type": PROBLEM, **extra}}
        except Exception as broken:  # what breaks outside the resolver is answered like what breaks inside
            log.broken(broken, self._request_id)
            text = problems.body("internal", 500, self._language, self._request_id, {})
            answer = {"statusCode": 500, "body": text, "headers": {"Content-Type": PROBLEM}}
        headers = {**answer.get("headers", {})}
        headers |= {name: ", ".join(values) for name, values in answer.get("multiValueHeaders", {}).items()}
        headers |= {"X-Request-Id": self._request_id, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
        log.served(event, answer["statusCode"], headers, clock.monotonic() - began)
        return ChaliceResponse(body=answer["body"], status_code=answer["statusCode"], headers=headers)

    def _resolver(self, method: str, path: str) -> APIGatewayRestResolver:
        """Give the resolver of a route.

        API Gateway has found the route already. One resolver for all would look for it once more, and a cold start would
        have to declare every route to it.
        """
        known = self._resolvers.get((method, path))
        if known is None:
            known = self._resolvers[method, path] = APIGatewayRestResolver(serializer=_json, enable_validation=True)
            known.route(openapi.template(path), [method])(_guarded(self._route(method, path)[1]))
            known.exception_handler(Refusal)(self._refused)
            known.exception_handler(RequestValidationError)(self._misread)
            known.exception_handler(Replayed)(self._replayed)
            known.exception_handler(Exception)(self._broken)
        return known

    def _refused(self, refusal: Refusal) -> Response[str]:
        status, text, extra = problems.problem(refusal, self._language, self._request_id)
        return Response(status, PROBLEM, text, headers=extra)

    def _misread(self, misread: RequestValidationError) -> Response[str]:
        return self._refused(validation.refusal(misread))

    def _replayed(self, replayed: Replayed) -> Response[str]:
        return idempotency.again(replayed.reply)

    def _broken(self, broken: Exception) -> Response[str]:
        log.broken(broken, self._request_id)
        return Response(500, PROBLEM, problems.body("internal", 500, self._language, self._request_id, {}))

    @property
    def _language(self) -> str:
        return problems.language_of(header(self._event, "accept-language"))

    @property
    def _request_id(self) -> str:
        return str(self._event.get("requestContext", {}).get("requestId", ""))


def _parted(name: str) -> tuple[str, str]:
    method, _, path = name.partition(" ")
    return method, path


def header(event: Mapping[str, Any], name: str) -> str:
    """Give a header of an event, whatever its case; empty if it is not there."""
    return next((value for key, value in (event.get("headers") or {}).items() if key.lower() == name), "") or ""


def _json(body: Any) -> str:
    return to_json(body).decode()  # a quarter of the time of json.dumps


def _guarded(route: Route) -> Callable[..., Any]:
    """Give a view that answers what its route declares, and a call that was carried out before as it was then."""

    @functools.wraps(route.view)
    def guarded(**arguments: Any) -> Any:
        try:
            result = route.view(**arguments)
        except Refusal as refusal:
            idempotency.raise_if_done(call(), refusal)
            raise
        return result if route.raw else _answer(route, result)

    if not route.raw:
        # Told what a view returns, the resolver would turn it into plain data and that into text.
        signature = inspect.signature(route.view).replace(return_annotation=inspect.Signature.empty)
        guarded.__signature__ = signature  # type: ignore[attr-defined]
    return guarded


def _answer(route: Route, result: Any) -> Response[str]:
    """Write an answer as text, in one go; what is not what the view has declared raises ValidationError."""
    declared = route.answer
    out = declared.validate_python(result)
    tag = {"ETag": f'"{out.version}"'} if isinstance(out, Versioned) else {}
    return Response(route.status, JSON, declared.dump_json(out).decode(), headers=tag)


def _readable(event: dict[str, Any], other: str = "") -> dict[str, Any]:
    """Give the event with its body as text; refuse what is too much, no JSON by its type, or no UTF-8 by its bytes.

    `other` is a type that the route takes too.
    """
    body = event.get("body")
    if event["httpMethod"] not in _HTTP_METHODS_WITH_BODY or not body:
        return event
    if _size(body, encoded=bool(event.get("isBase64Encoded"))) > TooLarge.MOST_BYTES:
        raise TooLarge(limit=TooLarge.MOST_BYTES)
    kind = header(event, "content-type").partition(";")[0].strip().lower()
    if kind and kind not in (JSON, other) and not kind.endswith("+json"):
        raise Unsupported
    if event.get("isBase64Encoded"):
        try:
            body = base64.b64decode(body, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError) as unreadable:
            raise Malformed from unreadable
    if "\ufffd" in body or validation.outsized(body):
        # A gateway that had to guess at broken bytes puts U+FFFD in their place.
        raise Malformed
    return {**event, "body": body, "isBase64Encoded": False}


def _size(body: str, *, encoded: bool) -> int:
    """Count the bytes of a body as they came; base64 makes four letters of three bytes, the last of them padding."""
    return len(body) // 4 * 3 - body.count("=", -2) if encoded else len(body.encode("utf-8", "surrogatepass"))
