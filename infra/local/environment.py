"""Lambda environments from the outside: processes that each run one event at a time, in pools."""

import os
import queue
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from . import wire
from .template import Function

_ROOT = Path(__file__).parents[2]
_GRACE = 1.0  # seconds beyond a function's time-out before its process is ended


class Failed(Exception):
    """A function ended with an error, ran out of time, or took its process down; `kind` is Lambda's errorType."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(f"{kind}: {message}")
        self.kind = kind


class Environment:
    """One process, started with what Lambda would set; it outlives handlers that raise, but not those that take too long."""

    def __init__(self, variables: Mapping[str, str], logs: Path) -> None:
        ours, theirs = socket.socketpair()
        with theirs, (logs / "environments.log").open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.worker", str(theirs.fileno()), str(logs)],
                cwd=_ROOT,
                env=dict(variables),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        self._line = ours

    def call(self, message: Mapping[str, Any], timeout: float) -> Any:
        """Have one event handled and give the result; `alive` tells afterwards whether the process can go on."""
        self._line.settimeout(timeout + _GRACE)
        try:
            wire.send(self._line, message)
            reply = wire.receive(self._line)
        except TimeoutError as late:
            self.end()
            raise Failed("Sandbox.Timedout", f"Task timed out after {timeout:.2f} seconds") from late
        except wire.Closed as gone:
            self.end()
            raise Failed("Runtime.ExitError", f"the process ended with {self._process.returncode}") from gone
        if "error" in reply:
            raise Failed(reply["error"]["errorType"], reply["error"]["errorMessage"])
        return reply["result"]

    @property
    def alive(self) -> bool:
        """Tell whether the process can take another event."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, at once; whoever waits for it on another thread sees it gone."""
        self._process.kill()
        self._process.wait()
        self._line.close()


class Pool:
    """A fixed number of environments that are all alike; a call waits until one is free."""

    def __init__(self, size: int, start: Callable[[], Environment], offset: Callable[[], float]) -> None:
        self._start = start
        self._offset = offset
        self._free: queue.LifoQueue[Environment] = queue.LifoQueue()
        self._all: list[Environment] = []
        self._lock = threading.Lock()
        self._ended = False
        self.calls = 0  # begun and ended ones together: it changes whenever something happens
        self.at_work = 0
        for _ in range(size):
            self._add()

    def warm(self, function: Function) -> None:
        """Import a function's handler in every environment, so that the first event is not the slow one; raises Failed."""
        taken = [self._free.get() for _ in self._all]
        threads = []
        troubles: list[Failed] = []

        def one(environment: Environment) -> None:
            try:
                environment.call(self._message(function, None), 60)
            except Failed as trouble:
                troubles.append(trouble)

        for environment in taken:
            threads.append(threading.Thread(target=one, args=(environment,)))
            threads[-1].start()
        for thread in threads:
            thread.join()
        for environment in taken:
            self._free.put(environment)
        if troubles:
            raise troubles[0]

    def invoke(self, function: Function, event: Any) -> Any:
        """Have a function handle an event and give the result; raises Failed.

        An environment that died, of this event or before it, is replaced; the event itself is not tried again.
        """
        environment = self._free.get()
        self._happened(1)
        try:
            if not environment.alive:
                environment = self._replace(environment)
            return environment.call(self._message(function, event), function.timeout)
        finally:
            if not environment.alive and not self._ended:
                environment = self._replace(environment)
            self._free.put(environment)
            self._happened(-1)

    def stop(self) -> None:
        """End all environments; events under way fail."""
        self._ended = True
        with self._lock:
            for environment in self._all:
                environment.end()

    def _message(self, function: Function, event: Any) -> dict[str, Any]:
        return {
            "id": str(uuid.uuid4()),
            "event": event,
            "offset": self._offset(),
            "log": log_name(function),
            "function": {
                "name": function.name,
                "arn": function.arn,
                "handler": function.handler,
                "memory": function.memory,
                "timeout": function.timeout,
            },
        }

    def _add(self) -> Environment:
        environment = self._start()
        with self._lock:
            self._all.append(environment)
        self._free.put(environment)
        return environment

    def _replace(self, dead: Environment) -> Environment:
        dead.end()
        fresh = self._start()
        with self._lock:
            self._all.remove(dead)
            self._all.append(fresh)
        return fresh

    def _happened(self, more: int) -> None:
        with self._lock:
            self.calls += 1
            self.at_work += more


def log_name(function: Function) -> str:
    """Give the name of a function's log file, short where the name follows our pattern."""
    return function.name.split("-", 2)[-1]


def variables(function: Function, aws: Mapping[str, str]) -> dict[str, str]:
    """Give the environment of a function's process: this machine's, without the user's AWS set-up, and Lambda's."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "DUTYDESK_"))}
    return {**own, "TZ": "UTC", "POWERTOOLS_TRACE_DISABLED": "1", **function.environment, **aws}
