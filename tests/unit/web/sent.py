"""A request as API Gateway hands it on."""

import json
from typing import Any


def event(body: Any = None, method: str = "POST", path: str = "/v1/tickets", **headers: str) -> dict[str, Any]:
    """Make the event of a request; header names with _ for -."""
    return {
        "httpMethod": method,
        "path": path,
        "headers": {name.replace("_", "-"): value for name, value in headers.items()},
        "body": body if isinstance(body, str | None) else json.dumps(body),
        "requestContext": {"requestId": "req-1"},
        "pathParameters": None,
    }
