"""The inside of a Lambda environment: one process, one event at a time, for as long as the other end of the line lives."""

import importlib
import os
import queue
import socket
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import wire
from .clock import from_offset

_offset = [0.0]


@dataclass
class Context:
    """What Lambda hands to a handler beside the event."""

    aws_request_id: str
    function_name: str
    invoked_function_arn: str
    memory_limit_in_mb: int
    deadline: float
    function_version: str = "$LATEST"
    log_stream_name: str = "local"
    identity: None = None
    client_context: None = None

    @property
    def log_group_name(self) -> str:
        return f"/aws/lambda/{self.function_name}"

    def get_remaining_time_in_millis(self) -> int:
        """Give how long the handler may still take."""
        return max(0, int((self.deadline - time.monotonic()) * 1000))


class Logs:
    """Leads everything that a function prints to the file of that function."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, int] = {}

    def lead(self, function: str) -> None:
        """Send what is printed from now on, by Python or below it, to the function's file."""
        if function not in self._files:
            file = self._folder / f"{function}.log"
            self._files[function] = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        for standard in (1, 2):
            os.dup2(self._files[function], standard)


def resolve(handler: str) -> Any:
    """Import what a handler string names."""
    module, _, name = handler.rpartition(".")
    return getattr(importlib.import_module(module), name)


def answer(call: dict[str, Any]) -> dict[str, Any]:
    """Run one call and give its result, or what went wrong, as Lambda would tell it."""
    _offset[0] = call["offset"]
    function = call["function"]
    os.environ["AWS_LAMBDA_FUNCTION_NAME"] = function["name"]
    os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = str(function["memory"])
    context = Context(
        call["id"], function["name"], function["arn"], function["memory"], time.monotonic() + function["timeout"]
    )
    try:
        handle = resolve(function["handler"])
        return {"result": None if call["event"] is None else handle(call["event"], context)}
    except Exception as trouble:
        traceback.print_exc()
        return {
            "error": {
                "errorType": type(trouble).__name__,
                "errorMessage": str(trouble),
                "stackTrace": traceback.format_tb(trouble.__traceback__),
            }
        }
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def serve(line: socket.socket, logs: Logs) -> None:
    """Take calls off the line until it closes, which ends the process at once, in the middle of an event too."""
    calls: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def listen() -> None:
        try:
            while True:
                calls.put(wire.receive(line))
        except wire.Closed:
            os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    while True:
        call = calls.get()
        logs.lead(call["log"])
        reply = answer(call)
        try:
            wire.send(line, reply)
        except TypeError as trouble:
            wire.send(line, {"error": {"errorType": "Runtime.MarshalError", "errorMessage": str(trouble)}})


def main(arguments: list[str]) -> None:
    """Set the movable clock before any handler is imported, then serve."""
    from chalicelib.kernel import clock

    clock.use(from_offset(lambda: _offset[0]))
    serve(socket.socket(fileno=int(arguments[0])), Logs(Path(arguments[1])))


if __name__ == "__main__":
    main(sys.argv[1:])
