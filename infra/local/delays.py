"""The queues' front door for the functions: messages sent with a delay wait here, by the movable clock.

The queue engine's own clock cannot be moved. Everything else goes through to it unchanged.
"""

import hashlib
import http.client
import json
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PREFIX = "/sqs"
_ONE, _MANY = "AmazonSQS.SendMessage", "AmazonSQS.SendMessageBatch"
_JSON = "application/x-amz-json-1.0"
_LOOK = 0.2  # seconds between two looks at what waits
_PASSED_ON = ("CONTENT_TYPE", "HTTP_X_AMZ_TARGET", "HTTP_AUTHORIZATION", "HTTP_X_AMZ_DATE", "HTTP_X_AMZ_SECURITY_TOKEN")

Answer = tuple[int, bytes]
Forward = Callable[[dict[str, str], bytes], Answer]


@dataclass(frozen=True)
class Later:
    """A message that waits, as it will be sent."""

    due: datetime
    queue: str
    message: dict[str, Any]


class Delays:
    """A WSGI application between the functions and the queue engine.

    What waits here is lost with the process, like everything in the queue engine: the sweep finds it again.
    """

    def __init__(self, forward: Forward, now: Callable[[], datetime], sent: Callable[[str], None]) -> None:
        self._forward = forward
        self._now = now
        self._sent = sent  # rings for a queue, by its address
        self._later: list[Later] = []
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        headers = {_header(name): environ[name] for name in _PASSED_ON if environ.get(name)}
        status, content = self.answer(headers, body)
        reason = http.client.responses.get(status, "Unknown")
        start_response(f"{status} {reason}", [("Content-Type", _JSON), ("Content-Length", str(len(content)))])
        return [content]

    def answer(self, headers: dict[str, str], body: bytes) -> Answer:
        """Keep what has a delay, pass on the rest, and answer for both."""
        target = headers.get("X-Amz-Target", "")
        if target not in (_ONE, _MANY):
            return self._forward(headers, body)
        asked = json.loads(body)
        entries = asked["Entries"] if target == _MANY else [asked]
        delayed = [entry for entry in entries if int(entry.get("DelaySeconds") or 0) > 0]
        if not delayed:
            return self._pass_on(headers, body, asked["QueueUrl"])
        kept = [self._keep(asked["QueueUrl"], entry) for entry in delayed]
        if target == _ONE:
            return 200, json.dumps(kept[0]).encode()
        return self._rest(headers, asked, kept)

    def run(self) -> None:
        """Send what is due until told to stop."""
        while not self._stopping.wait(_LOOK):
            self.work_off()

    def stop(self) -> None:
        """Ask to stop."""
        self._stopping.set()

    def work_off(self) -> None:
        """Send what is due now; what the engine does not take stays."""
        now = self._now()
        with self._lock:
            due = [each for each in self._later if each.due <= now]
            for each in due:
                headers = {"Content-Type": _JSON, "X-Amz-Target": _ONE}
                status, _ = self._forward(headers, json.dumps({"QueueUrl": each.queue, **each.message}).encode())
                if status == 200:
                    self._later.remove(each)
                    self._sent(each.queue)

    def waiting(self, queue: str) -> int:
        """Count what waits for a queue, given by address."""
        return sum(each.queue == queue for each in list(self._later))

    def next_after(self, moment: datetime) -> datetime | None:
        """Tell when the next message stops waiting."""
        return min((each.due for each in list(self._later) if each.due > moment), default=None)

    def _pass_on(self, headers: dict[str, str], body: bytes, queue: str) -> Answer:
        answer = self._forward(headers, body)
        self._sent(queue)
        return answer

    def _keep(self, queue: str, entry: dict[str, Any]) -> dict[str, Any]:
        due = self._now() + timedelta(seconds=int(entry["DelaySeconds"]))
        message = {name: value for name, value in entry.items() if name not in ("Id", "DelaySeconds", "QueueUrl")}
        with self._lock:
            self._later.append(Later(due, queue, message))
        digest = hashlib.md5(entry["MessageBody"].encode(), usedforsecurity=False).hexdigest()
        told = {"MessageId": str(uuid.uuid4()), "MD5OfMessageBody": digest}
        return {**told, "Id": entry["Id"]} if "Id" in entry else told

    def _rest(self, headers: dict[str, str], asked: dict[str, Any], kept: list[dict[str, Any]]) -> Answer:
        ids = {each["Id"] for each in kept}
        rest = [entry for entry in asked["Entries"] if entry["Id"] not in ids]
        if not rest:
            return 200, json.dumps({"Successful": kept, "Failed": []}).encode()
        status, content = self._pass_on(headers, json.dumps({**asked, "Entries": rest}).encode(), asked["QueueUrl"])
        if status != 200:
            # The caller sends all of them again: a hint too many does no harm.
            return status, content
        answer = json.loads(content)
        return 200, json.dumps({**answer, "Successful": [*answer.get("Successful", []), *kept]}).encode()


def _header(name: str) -> str:
    return name.removeprefix("HTTP_").replace("_", "-").title()


def forwarder(engine: str) -> Forward:
    """Make the function that passes a request on to the queue engine; one connection for each thread."""
    address = urlsplit(engine)
    connections = threading.local()

    def forward(headers: dict[str, str], body: bytes) -> Answer:
        for last in (False, True):
            if not hasattr(connections, "line"):
                connections.line = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
            try:
                connections.line.request("POST", "/", body, headers)
                answer = connections.line.getresponse()
                return answer.status, answer.read()
            except (OSError, http.client.HTTPException):
                # A connection that idled too long is closed by the engine.
                connections.line.close()
                del connections.line
                if last:
                    return 503, b'{"__type": "ServiceUnavailable", "message": "the queue engine does not answer"}'
        raise AssertionError("unreachable")

    return forward
