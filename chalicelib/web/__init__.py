"""The HTTP edge: routes, validation, sessions, problems, idempotency keys, OpenAPI.

`Api` is what a capability's `routes` use; `edge` mounts every Api on the Chalice app.
"""

from .api import Api, call, raw, reply
from .openapi import documentation, page
from .paging import given, sealed
from .shapes import Body, Listing, Out, Versioned

__all__ = [
    "Api",
    "Body",
    "Listing",
    "Out",
    "Versioned",
    "call",
    "documentation",
    "given",
    "page",
    "raw",
    "reply",
    "sealed",
]
