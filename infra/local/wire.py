"""How this process and its environments talk: JSON values, each behind its length."""

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!I")


class Closed(Exception):
    """The other side is gone."""


def send(line: socket.socket, value: Any) -> None:
    """Send one value; raises Closed if nobody is there, TypeError if JSON cannot hold it."""
    content = json.dumps(value).encode()
    try:
        line.sendall(_LENGTH.pack(len(content)) + content)
    except TimeoutError:
        raise
    except OSError as gone:
        raise Closed from gone


def receive(line: socket.socket) -> Any:
    """Wait for one value; raises Closed if there will be none, TimeoutError if the line's time-out passes first."""
    (length,) = _LENGTH.unpack(_exactly(line, _LENGTH.size))
    return json.loads(_exactly(line, length))


def _exactly(line: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        try:
            part = line.recv(min(count - len(parts), 1 << 20))
        except TimeoutError:
            raise
        except OSError as gone:
            raise Closed from gone
        if not part:
            raise Closed
        parts += part
    return bytes(parts)
