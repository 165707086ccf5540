"""Bodies with something else written into one of their texts."""

import json
from collections.abc import Iterator
from typing import Any

from tests.integration.callers import Cast
from tests.integration.repeated import Calling

Place = tuple[Any, ...]


def texts(body: Any, at: Place = ()) -> Iterator[Place]:
    """Find every text in a body."""
    if isinstance(body, str):
        yield at
    for key, value in body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ():
        yield from texts(value, (*at, key))


def written(body: Any, at: Place, text: str) -> Any:
    """Give the body with another text in one place."""
    copy = json.loads(json.dumps(body))
    within = copy
    for step in at[:-1]:
        within = within[step]
    within[at[-1]] = text
    return copy


def made(cast: Cast, route: str) -> Calling:
    """Make a valid call of a route that writes."""
    method, path = route.split()
    if method == "POST":
        return cast.make(path).call
    token = cast.lead if "/desk/" in path else cast.li
    return Calling(*cast.reception.ready(route, token), token)
