"""The fake SMS provider's receipts: signed calls of our webhook, repeated until one is taken."""

import hashlib
import hmac
import http.client
import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib.kernel import clock

from .outbox import Outbox, Pending

PATH = "/v1/webhooks/sms/dutydesk"
_LOOK = 0.5  # seconds between two looks for what is due
_FIRST_PAUSE = timedelta(seconds=1)
_LONGEST_PAUSE = timedelta(minutes=5)

Post = Callable[[bytes, str], int]


def receipts_key(root_secret: str) -> bytes:
    """Derive the key that provider and webhook share."""
    return hmac.digest(root_secret.encode(), b"receipts", hashlib.sha256)


def signature(key: bytes, at: int, body: bytes) -> str:
    """Make the Dutydesk-Signature header of a body at a second."""
    return f"t={at},v1={hmac.new(key, b'%d.' % at + body, hashlib.sha256).hexdigest()}"


def poster(port: int) -> Post:
    """Make the function that calls the webhook on this machine's own front door and gives the status, 0 for none."""

    def post(body: bytes, signed: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            headers = {"Content-Type": "application/json", "Dutydesk-Signature": signed}
            connection.request("POST", PATH, body, headers)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    return post


class Receipts:
    """Sends receipts at least once: each is on the disk from when it is asked for until the webhook has taken it."""

    def __init__(self, outbox: Outbox, key: bytes, now: Callable[[], datetime], post: Post) -> None:
        self._outbox = outbox
        self._key = key
        self._now = now
        self._post = post
        self._stopping = threading.Event()
        self._lock = threading.Lock()

    def order(self, id_: str, status: str, delay: timedelta, times: int) -> list[int]:
        """Have a message's receipt sent so many times, and give the answers; none yet if there is a delay.

        An unknown id raises KeyError.
        """
        if self._outbox.find(id_) is None:
            raise KeyError(id_)
        with self._lock:
            owed = [self._outbox.owe(id_, status, self._now() + delay) for _ in range(times)]
            return [] if delay else [self._send(receipt) for receipt in owed]

    def run(self) -> None:
        """Send what is due until told to stop."""
        while not self._stopping.wait(_LOOK):
            self.work_off()

    def stop(self) -> None:
        """Ask to stop."""
        self._stopping.set()

    def work_off(self) -> None:
        """Send what is due now."""
        with self._lock:
            for receipt in self._outbox.owed(self._now()):
                if not self._stopping.is_set():
                    self._send(receipt)

    def next_after(self, moment: datetime) -> datetime | None:
        """Tell when the next receipt is due."""
        return self._outbox.next_due(moment)

    def _send(self, receipt: Pending) -> int:
        sent = self._outbox.find(receipt.id)
        now = self._now()
        told = {"id": receipt.id, "message": sent.ours if sent else "", "status": receipt.status, "at": clock.text(now)}
        body = json.dumps(told).encode()
        answered = self._post(body, signature(self._key, int(now.timestamp()), body))
        if 200 <= answered < 300:
            self._outbox.mark(receipt.id, receipt.status)
            self._outbox.paid(receipt)
        else:
            pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**receipt.tries)
            self._outbox.put_off(receipt, self._now() + pause)
        return answered
