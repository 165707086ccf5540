"""The HTTP edge: routes, validation, sessions, problems, idempotency keys, OpenAPI.

`Api` is what a capability's `routes` use; `edge` mounts every Api on the Chalice app. What routes need of the validating
resolver (`Path`, `Query`, `Response`) comes from here too, so that they name no framework.
"""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Path, Query

from .api import Api, call, raw, reply, shown_once
from .openapi import documentation
from .paging import given, sealed
from .readable import page
from .shapes import Body, Listing, Out, Versioned

__all__ = [
    "Api",
    "Body",
    "Listing",
    "Out",
    "Path",
    "Query",
    "Response",
    "Versioned",
    "call",
    "documentation",
    "given",
    "page",
    "raw",
    "reply",
    "sealed",
    "shown_once",
]
