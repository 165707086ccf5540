"""HTTP servers of this process: waitress, one event loop on a thread of its own, and threads for the requests."""

import contextlib
import logging
import socket
import threading
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.server import create_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_LARGEST = 32 * 1024 * 1024  # bytes; the application refuses less than this in its own words
_LOOK = 1.0


class PortBusy(Exception):
    """Somebody else listens there."""


def listen(port: int) -> socket.socket:
    """Take a port of this machine, any free one for 0; raises PortBusy."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(1024)
    except OSError as busy:
        listener.close()
        raise PortBusy(str(busy)) from busy
    return listener


class Server:
    """Serves an application on a listening socket until stopped."""

    def __init__(self, listener: socket.socket, application: "WSGIApplication", threads: int) -> None:
        # Its warnings are about requests that wait for a thread, which they are meant to do here.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        self._map: dict[int, Any] = {}
        self._server = create_server(
            application,
            map=self._map,
            sockets=[listener],
            threads=threads,
            ident="",
            max_request_body_size=_LARGEST,
            connection_limit=2000,
            channel_timeout=300,
            clear_untrusted_proxy_headers=False,
        )
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="server", daemon=True)

    def start(self) -> None:
        """Begin to answer; what came since the socket listens is answered first."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, let those in work finish for a moment, and close."""
        self._stopping.set()
        self._server.pull_trigger()
        self._thread.join(timeout=5)
        self._server.task_dispatcher.shutdown(cancel_pending=True, timeout=2)
        with contextlib.suppress(OSError):
            wasyncore.close_all(self._map, ignore_all=True)

    def _run(self) -> None:
        while not self._stopping.is_set():
            wasyncore.loop(timeout=_LOOK, use_poll=True, map=self._map, count=1)
