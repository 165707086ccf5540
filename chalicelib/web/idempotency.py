"""The Idempotency-Key header: one effect per key, and the same answer each time."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools.event_handler import Response

from chalicelib.bootstrap import services
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.calls import Call, Once, Replayed, Reply
from chalicelib.kernel.errors import Invalid, Refusal

from .api import Route


def once(event: Mapping[str, Any], headers: Mapping[str, str], route: Route, actor: Actor) -> Once | None:
    """Read the key; it belongs to the caller and the path, so two callers never collide."""
    key = headers.get("idempotency-key")
    if key is None:
        return None
    if not 1 <= len(key) <= 255 or not all("!" <= letter <= "~" for letter in key):
        raise Invalid.field("Idempotency-Key", "format")
    body = event.get("body") or ""
    caller = _nobody(event, route, body) if route.act is None else actor.id
    named = "\x1f".join((caller, event["httpMethod"], event["path"], key))
    # What people type is short: whoever sees the table must not find it by trying.
    return Once(_digest(named), services().keys.digest("fingerprint", _canonical(body)))


def raise_if_done(call: Call, refusal: Refusal) -> None:
    """Raise Replayed if the call was carried out before: what is refused now may be the consequence of that."""
    if call.once is None or refusal.code == "idempotency_key_reused":
        return
    earlier = services().tables.replay(call.once, call.now)
    if earlier is not None:
        raise Replayed(earlier) from refusal


def again(reply: Reply) -> Response[str]:
    """Answer as before, the tokens made anew."""
    body = {
        **json.loads(reply.body),
        **{field: services().made_again(purpose, id_) for field, (purpose, id_) in reply.secrets.items()},
    }
    tag = {"ETag": f'"{body["version"]}"'} if "version" in body else {}
    return Response(
        reply.status,
        "application/json",
        json.dumps(body, ensure_ascii=False),
        headers={"Idempotent-Replayed": "true", **tag},
    )


def _nobody(event: Mapping[str, Any], route: Route, body: str) -> str:
    """Who calls where nobody is signed in: the value the route says stands for the caller."""
    given = {**_object(body), **(event.get("pathParameters") or {})}
    return f"{route.once_by}={given.get(route.once_by, '')}"


def _canonical(body: str) -> str:
    try:
        return json.dumps(json.loads(body), sort_keys=True)
    except ValueError:
        return body


def _object(body: str) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
