"""How a capability declares its routes, and what a view knows of the call it serves."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast, get_type_hints

from pydantic import TypeAdapter

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call, Reply
from chalicelib.kernel.errors import Refusal

from .shapes import Out

View = TypeVar("View", bound=Callable[..., Any])
T = TypeVar("T")
Shown = TypeVar("Shown", bound=Out)

# The refusals any route can answer with, for the documentation.
Bad = tuple[type[Refusal], ...]


@dataclass(frozen=True)
class Route:
    """One route as declared.

    `act` is None for what needs no session; `once_by` names the body or path field that stands for the caller's identity
    there. `raw` is the content type of an answer that is no model, or several of them with commas between. `takes` is the
    model of a body that the view reads itself because it is signed, and `signed` says by which headers, with an example:
    both for the documentation only; `kind` is the content type of such a body that is no JSON. `counted` says that calls
    are counted by where they come from.
    """

    method: str
    path: str
    view: Callable[..., Any]
    act: Act | None
    status: int
    summary: str
    once_by: str
    refusals: Bad
    raw: str
    takes: Any
    signed: Mapping[str, str]
    counted: bool
    kind: str

    @functools.cached_property
    def answer(self) -> "TypeAdapter[Any]":
        """What the view has declared that it returns."""
        return TypeAdapter(get_type_hints(self.view)["return"])


@dataclass
class Api:
    """A capability's routes, in the order they were declared; `tag` groups them in the documentation."""

    tag: str
    door: str = "api"
    routes: list[Route] = field(default_factory=list)

    def get(self, path: str, act: Act | None, **options: Any) -> Callable[[View], View]:
        """Declare a route that reads."""
        return self._route("GET", path, act, options)

    def post(self, path: str, act: Act | None, **options: Any) -> Callable[[View], View]:
        """Declare a route that writes; it takes an Idempotency-Key."""
        return self._route("POST", path, act, options)

    def put(self, path: str, act: Act | None, **options: Any) -> Callable[[View], View]:
        """Declare a route that sets something, all of it: sent again, it changes nothing."""
        return self._route("PUT", path, act, options)

    def delete(self, path: str, act: Act | None, **options: Any) -> Callable[[View], View]:
        """Declare a route that ends something."""
        return self._route("DELETE", path, act, options)

    def _route(self, method: str, path: str, act: Act | None, options: dict[str, Any]) -> Callable[[View], View]:
        def declare(view: View) -> View:
            self.routes.append(
                Route(
                    method=method,
                    path=path,
                    view=view,
                    act=act,
                    status=options.get("status", 200),
                    summary=(view.__doc__ or "").strip().partition("\n")[0],
                    once_by=options.get("once_by", ""),
                    refusals=options.get("refusals", ()),
                    raw=options.get("raw", ""),
                    takes=options.get("takes"),
                    signed=options.get("signed", {}),
                    counted=options.get("counted", False),
                    kind=options.get("kind", ""),
                )
            )
            return view

        return declare


@dataclass(frozen=True)
class Serving:
    """The request being served: its call, the status it will be answered with, its headers in lower case, its body.

    `shown` is what has been rendered for it: by what, of what, and how it came out.
    """

    call: Call
    status: int
    headers: Mapping[str, str]
    body: str
    shown: list[tuple[Callable[..., Out], Any, Out]] = field(default_factory=list)


# A Lambda environment serves one event at a time, and so does a process of the local stack.
_serving: list[Serving] = []


def begin(serving: Serving | None) -> None:
    """Say what is served from now on."""
    _serving[:] = [serving] if serving else []


def serving() -> Serving | None:
    """Give what is being served, if anything is."""
    return _serving[0] if _serving else None


def call(render: Callable[[T], Out] | None = None) -> Call:
    """Give the call being served; with `render`, its result will be remembered as rendered."""
    current = _serving[0]
    if render is None:
        return current.call
    return current.call.answering(lambda result: reply(render(result), current.status))


def shown_once(render: Callable[[T], Shown]) -> Callable[[T], Shown]:
    """Render the same thing once for a call: what is remembered of an answer and the answer itself are alike."""

    @functools.wraps(render)
    def shown(result: T) -> Shown:
        known = _serving[0].shown
        for by, of, out in known:
            if by is render and of is result:
                return cast(Shown, out)
        known.append((render, result, render(result)))
        return cast(Shown, known[-1][2])

    return shown


def raw(header: str) -> tuple[str, str]:
    """Give the body as it came, and one header, for what is signed."""
    return _serving[0].body, _serving[0].headers.get(header, "")


def reply(out: Out, status: int) -> Reply:
    """Make the answer that can be given again: the body without its tokens, and how to make those anew."""
    secrets = out.secrets
    return Reply(status, out.model_dump_json(exclude=set(secrets)), secrets)
