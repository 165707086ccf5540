"""Looking at the queues without touching what lies in them."""

import contextlib
import json
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .template import Queue

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.literals import QueueAttributeNameType

_COUNTS: "list[QueueAttributeNameType]" = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
]


@dataclass(frozen=True)
class Depth:
    """How many messages wait, are being worked on, and are not to be seen yet."""

    visible: int
    in_flight: int
    delayed: int

    @property
    def empty(self) -> bool:
        return not (self.visible or self.in_flight or self.delayed)


class Queues:
    """All queues of the template, live ones and dead-letter ones."""

    def __init__(
        self,
        client: "SQSClient",
        queues: tuple[Queue, ...],
        addresses: Mapping[str, str],
        engine: str,
        later: Callable[[str], int] = lambda _: 0,
    ) -> None:
        self.client = client
        self.addresses = addresses
        self._engine = engine
        self._later = later  # how many messages wait outside the engine for a queue, given by address
        dead = {queue.dead for queue in queues}
        self._live = {queue.name: queue.dead for queue in queues if queue.name not in dead and queue.dead}
        # Live ones first: a message on its way to a dead-letter queue is then seen in one of the two.
        self._order = [*self._live, *(queue.name for queue in queues if queue.name not in self._live)]

    def depth(self, name: str) -> Depth:
        """Count a queue's messages."""
        answer = self.client.get_queue_attributes(QueueUrl=self.addresses[name], AttributeNames=_COUNTS)
        visible, in_flight, delayed = (int(answer["Attributes"][count]) for count in _COUNTS)
        return Depth(visible, in_flight, delayed + self._later(self.addresses[name]))

    def all_empty(self) -> bool:
        """Tell whether everything that was ever sent has been worked off, dead-letter queues included."""
        return all(self.depth(name).empty for name in self._order)

    def send(self, name: str, body: str) -> None:
        """Put one message into a queue."""
        self.client.send_message(QueueUrl=self.addresses[name], MessageBody=body)

    def told(self) -> list[dict[str, Any]]:
        """Describe every live queue, for people; ages in seconds, None where the engine does not tell."""
        told = []
        for name, dead in self._live.items():
            depth = self.depth(name)
            told.append(
                {
                    "queue": name,
                    "depth": depth.visible,
                    "in_flight": depth.in_flight,
                    "delayed": depth.delayed,
                    "oldest_age": self._oldest(name),
                    "dead": self.depth(dead).visible if dead else 0,
                }
            )
        return told

    def _oldest(self, name: str) -> float | None:
        # ministack shows its messages without counting that as a receive; other engines have no such door.
        address = f"{self._engine}/_ministack/sqs/messages?QueueUrl={quote(self.addresses[name], safe='')}"
        with contextlib.suppress(OSError, ValueError, KeyError, AttributeError):
            with urllib.request.urlopen(address, timeout=2) as answer:
                shown = json.load(answer)["messages"]
            sent = [
                message["SentTimestamp"]
                for regions in shown.values()
                for queues in regions.values()
                for messages in queues.values()
                for message in messages
            ]
            return round(max(0.0, time.time() - min(sent)), 1) if sent else 0.0
        return None
