"""Which module declares which route: so a cold start imports none of them, and a request those of its own capability.

`index.json` says it, written by `make openapi` from what the modules declare; a test fails when it is stale.
"""

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path

from .api import Api

FILE = Path(__file__).with_name("index.json")
Index = Mapping[str, Sequence[str]]


def read() -> Index:
    """Give the routes of each module, as "GET /v1/health"."""
    index: Index = json.loads(FILE.read_text("utf-8"))
    return index


def declared(module: str) -> list[Api]:
    """Import a module of routes, and give what it declares."""
    return [value for value in vars(import_module(module)).values() if isinstance(value, Api)]
