"""Who is calling: the session is read anew for each request, so that ending one acts at once."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.bootstrap import services
from chalicelib.kernel import access, assurance, clock
from chalicelib.kernel.actors import ANONYMOUS, Actor
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotSignedIn
from chalicelib.kernel.network import network

from .api import Api, Route, Serving
from .idempotency import once

# A version as we write it in an ETag; weak where a proxy made it so, bare where a client forgot the quotes.
_TAG = re.compile(r'(?:W/)?"([0-9]{1,15})"|([0-9]{1,15})')

_LONGEST_DEVICE = 128


def serving(event: Mapping[str, Any], api: Api, route: Route) -> Serving:
    """Make what a view serves; raises NotSignedIn, Forbidden, StepUpNeeded, or Invalid for a header that makes no sense."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    now = clock.now()
    actor = ANONYMOUS if route.act is None else _signed_in(headers, now)
    if route.act is not None:
        access.require(actor, route.act)
        assurance.require(actor, route.act, now)
    call = Call(
        actor=actor,
        now=now,
        request_id=event["requestContext"].get("requestId", ""),
        # Whatever is asked for at a kiosk is marked with where it was asked.
        door="kiosk" if actor.device else api.door,
        once=once(event, headers, route, actor) if route.method == "POST" else None,
        if_match=_if_match(headers) if route.method != "GET" else None,
        address=network((event["requestContext"].get("identity") or {}).get("sourceIp") or ""),
        device=headers.get("device-id", "")[:_LONGEST_DEVICE],
    )
    return Serving(call, route.status, headers, event.get("body") or "")


def _signed_in(headers: Mapping[str, str], now: datetime) -> Actor:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn
    return services().sessions.actor(token.strip(), now)


def _if_match(headers: Mapping[str, str]) -> int | None:
    tag = headers.get("if-match", "*").strip()
    if tag == "*":
        return None
    version = _TAG.fullmatch(tag)
    if version is None:
        raise Invalid.field("If-Match", "format")
    return int(version[1] or version[2])
