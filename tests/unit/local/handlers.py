"""Handlers that environments under test run."""

import os
import sys
import time
from typing import Any

from chalicelib.kernel import clock

_calls: list[Any] = []


def echo(event: Any, context: Any) -> Any:
    """Tell everything a handler can see."""
    _calls.append(event)
    print("seen", event)
    return {
        "event": event,
        "calls": len(_calls),
        "function": context.function_name,
        "named": os.environ["AWS_LAMBDA_FUNCTION_NAME"],
        "told": os.environ.get("TOLD"),
        "left": context.get_remaining_time_in_millis(),
        "now": clock.now().timestamp(),
        "app": "app" in sys.modules,
    }


def breaks(event: Any, context: Any) -> Any:
    raise ValueError("as told")


def dies(event: Any, context: Any) -> Any:
    os._exit(3)


def hangs(event: Any, context: Any) -> Any:
    time.sleep(60)


def unwritable(event: Any, context: Any) -> Any:
    return object()
