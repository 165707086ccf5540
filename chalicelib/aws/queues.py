"""SQS: sending hints."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chalicelib.kernel.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_BATCH = 10
_LONGEST_DELAY = 900


@dataclass
class Queues:
    """The queues of one deployment, by their short names."""

    client: Callable[[], "SQSClient"]
    prefix: str
    _urls: dict[str, str] = field(default_factory=dict)

    def send(self, queue: str, messages: Sequence[Mapping[str, Any]], delays: Sequence[int] = ()) -> None:
        """Send messages, each after its delay in seconds (at most 900, none if not given); raises Unavailable."""
        for first in range(0, len(messages), _BATCH):
            part = messages[first : first + _BATCH]
            entries = [
                {
                    "Id": str(number),
                    "MessageBody": json.dumps(message, ensure_ascii=False, separators=(",", ":")),
                    "DelaySeconds": max(0, min(_LONGEST_DELAY, delays[first + number])) if delays else 0,
                }
                for number, message in enumerate(part)
            ]
            answer = self.client().send_message_batch(QueueUrl=self._url(queue), Entries=entries)  # type: ignore[arg-type]
            if answer.get("Failed"):
                raise Unavailable(queue=queue)

    def depth(self, queue: str) -> dict[str, int]:
        """Give how many messages wait, are in work, and lie in the dead-letter queue."""
        return {
            "waiting": self._count(queue, "ApproximateNumberOfMessages"),
            "in_flight": self._count(queue, "ApproximateNumberOfMessagesNotVisible"),
            "dead": self._count(f"{queue}-dead", "ApproximateNumberOfMessages"),
        }

    def _count(self, queue: str, attribute: str) -> int:
        answer = self.client().get_queue_attributes(QueueUrl=self._url(queue), AttributeNames=[attribute])  # type: ignore[list-item]
        return int(answer["Attributes"][attribute])  # type: ignore[index]

    def _url(self, queue: str) -> str:
        if queue not in self._urls:
            self._urls[queue] = self.client().get_queue_url(QueueName=f"{self.prefix}-{queue}")["QueueUrl"]
        return self._urls[queue]
