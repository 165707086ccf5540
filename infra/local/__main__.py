"""`python -m infra.local [--port 8000] [--data .local]`: starts the whole product here and says where to look."""

import argparse
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from infra import build
from infra.package.merging import PackagingFailed

from . import engines
from .environment import Failed
from .folder import Folder, write_durably
from .intrinsics import Unsupported
from .processes import Children
from .server import PortBusy, listen
from .stack import Stack, Wishes
from .template import read_template

# What can go wrong at the start for reasons that a sentence explains better than a trace.
_EXPLAINED = (engines.EngineMissing, Unsupported, Failed, PackagingFailed, BotoCoreError, ClientError)
_KEEP_TIME = 60.0  # seconds between two notes of the time on the disk


class Terminal:
    """Says what happens, each line with the seconds since the start."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """Print one line of progress."""
        print(f"{time.monotonic() - self._began:6.1f} s  {text}", flush=True)

    def ready(self, stack: Stack, folder: Folder) -> None:
        """Print where to look."""
        self.say("ready\n")
        for what, where in (
            ("API", f"{stack.url}/v1/health"),
            ("pages", f"{stack.url}/docs"),
            ("SMS, clock, tokens", f"{stack.url}/dev"),
            ("data", str(folder.root)),
            ("logs", str(folder.logs)),
        ):
            print(f"  {what:<20}{where}")
        print("\nCtrl-C stops it; the data stays.", flush=True)


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    """Read the options; each may also come from the environment."""
    reading = argparse.ArgumentParser(prog="python -m infra.local", description=(__doc__ or "").partition("\n")[0])
    told = os.environ.get
    reading.add_argument("--port", type=int, default=told("DUTYDESK_LOCAL_PORT", "8000"), help="0 takes any free one")
    reading.add_argument("--data", type=Path, default=told("DUTYDESK_LOCAL_DATA", ".local"), help="folder for all data")
    reading.add_argument(
        "--environments",
        type=int,
        default=told("DUTYDESK_LOCAL_ENVIRONMENTS", "2"),
        help="processes that answer API calls, default %(default)s",
    )
    reading.add_argument(
        "--visibility",
        type=int,
        default=told("DUTYDESK_LOCAL_VISIBILITY"),
        help="at most so many seconds until a message that failed comes again; default: as in the template",
    )
    return reading.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run until Ctrl-C; gives the exit code."""
    asked = read_arguments(arguments)
    folder = Folder(asked.data.absolute())
    folder.prepare()
    claim = folder.claim()
    if claim is None:
        print(f"Dutydesk is already running on {folder.root}; stop it first, or give another --data", file=sys.stderr)
        return 1
    try:
        front = listen(asked.port)
    except PortBusy:
        print(f"port {asked.port} is busy: stop what listens there, or give another --port", file=sys.stderr)
        return 1
    children = Children(folder.path("children.json"))
    try:
        return run(folder, front, children, Wishes(asked.environments, asked.visibility))
    except _EXPLAINED as trouble:
        print(f"\n{trouble}\nMore in {folder.logs}", file=sys.stderr)
        return 1
    finally:
        children.stop()
        claim.close()


def run(folder: Folder, front: socket.socket, children: Children, wishes: Wishes) -> int:
    """Start everything, wait for a signal, stop everything."""
    stopping = _on_signals()
    terminal = Terminal()
    terminal.say(f"Dutydesk starts, data in {folder.root}")
    if left := children.reclaim():
        terminal.say(f"ended {left} programs that an earlier run left behind")
    with ThreadPoolExecutor(1) as beside:
        packaging = beside.submit(build.template, "local", folder.package)
        aws = engines.start(folder, children, os.environ, terminal.say)
        packaged = packaging.result()
    # For tools beside the stack, like the verifier.
    write_durably(folder.path("endpoints.json"), json.dumps(aws.environment({})).encode(), mode=0o600)
    terminal.say("template packaged")
    stack = Stack(folder, aws, front, wishes)
    try:
        stack.start(read_template(packaged, stack.parameters(), aws.region), terminal.say)
        terminal.ready(stack, folder)
        return watch(stopping, children, stack.clock.keep)
    finally:
        print("stopping ...", flush=True)
        stack.stop()


def _on_signals() -> threading.Event:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping


def watch(stopping: threading.Event, children: Children, keep_time: Callable[[], None]) -> int:
    """Wait for a signal; an engine that ends before it is a failure of the whole."""
    noted = time.monotonic()
    while not stopping.wait(0.5):
        if ended := children.ended():
            print(f"{', '.join(ended)} ended unexpectedly", file=sys.stderr)
            return 1
        if time.monotonic() - noted > _KEEP_TIME:
            keep_time()
            noted = time.monotonic()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
