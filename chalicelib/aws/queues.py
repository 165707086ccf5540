"""SQS: sending hints, and bringing dead ones back."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

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

    def bring_back(self, queue: str, most: int) -> tuple[int, int]:
        """Move at most so many messages from the dead-letter queue back; give how many, and about how many are left.

        A message is deleted there only once it is here: a crash doubles it, and loses none. Raises Unavailable if the
        first move fails; a later failure just ends it.
        """
        moved = 0
        while moved < most:
            try:
                batch = self._some_back(queue, min(_BATCH, most - moved))
            except (ClientError, BotoCoreError, Unavailable) as trouble:
                if not moved:
                    raise Unavailable(queue=queue) from trouble
                break
            if not batch:
                break
            moved += batch
        # Those that the queue did not take are hidden for half a minute, and still there.
        dead = f"{queue}-dead"
        return moved, sum(self._count(dead, f"ApproximateNumberOfMessages{which}") for which in ("", "NotVisible"))

    def _some_back(self, queue: str, most: int) -> int:
        # Waiting a second asks every server of the queue; without it, a few messages among many servers may not be seen.
        dead = self._url(f"{queue}-dead")
        answer = self.client().receive_message(QueueUrl=dead, MaxNumberOfMessages=most, WaitTimeSeconds=1)
        found = {str(number): message for number, message in enumerate(answer.get("Messages", []))}
        if not found:
            return 0
        entries = [{"Id": id_, "MessageBody": message["Body"]} for id_, message in found.items()]
        sent = self.client().send_message_batch(QueueUrl=self._url(queue), Entries=entries)  # type: ignore[arg-type]
        there = [found[each["Id"]]["ReceiptHandle"] for each in sent.get("Successful", [])]
        if not there:
            raise Unavailable(queue=queue)
        handles = [{"Id": str(number), "ReceiptHandle": handle} for number, handle in enumerate(there)]
        self.client().delete_message_batch(QueueUrl=dead, Entries=handles)  # type: ignore[arg-type]
        return len(there)

    def _count(self, queue: str, attribute: str) -> int:
        answer = self.client().get_queue_attributes(QueueUrl=self._url(queue), AttributeNames=[attribute])  # type: ignore[list-item]
        return int(answer["Attributes"][attribute])  # type: ignore[index]

    def _url(self, queue: str) -> str:
        if queue not in self._urls:
            self._urls[queue] = self.client().get_queue_url(QueueName=f"{self.prefix}-{queue}")["QueueUrl"]
        return self._urls[queue]
