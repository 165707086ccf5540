"""Queues to functions: one thread per mapping receives messages, calls the function and deletes what succeeded."""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from .chaos import Mischief
from .environment import Failed
from .events import failed_items, sqs_event
from .filters import passes
from .sources import QueueSource
from .wiring import Wiring

_IDLE = 0.5  # seconds between two looks when nothing rang
_AT_ONCE = 10  # messages one call can receive or delete
_MOST_HELD = 50  # messages in hand at which no more are received

Message = dict[str, Any]


@dataclass
class Held:
    """A message in hand: handed over at `ready` on the monotonic clock, `again` if it is the second time."""

    message: Message
    ready: float
    again: bool = False


@dataclass
class Waiting:
    """A message that failed: the queue shows it again at `until`, by the movable clock."""

    handle: str
    until: datetime


@dataclass
class Hand:
    """The messages a pump has received and not handed over yet."""

    mischief: Mischief
    held: list[Held] = field(default_factory=list)

    def take_in(self, messages: list[Message], now: float) -> None:
        """Hold messages; under chaos some are held back, and some are held twice."""
        for message in messages:
            ready = now + self.mischief.held_for()
            self.held.append(Held(message, ready))
            later = self.mischief.again_after()
            if later is not None:
                self.held.append(Held(message, ready + later, again=True))

    def batch(self, most: int, now: float) -> list[Held]:
        """Take the messages out that are ready, never one of them twice in a batch."""
        ready = [each for each in self.held if each.ready <= now]
        self.mischief.mix(ready)
        batch: dict[str, Held] = {}
        for each in ready:
            if len(batch) < most:
                batch.setdefault(each.message["MessageId"], each)
        taken = {id(each) for each in batch.values()}
        self.held = [each for each in self.held if id(each) not in taken]
        return list(batch.values())

    def next_ready(self) -> float | None:
        """Tell when the next message is ready."""
        return min((each.ready for each in self.held), default=None)


class QueuePump:
    """Works one queue off."""

    def __init__(self, source: QueueSource, visibility: timedelta, wiring: Wiring) -> None:
        self.source = source
        self._visibility = visibility
        self._wiring = wiring
        self._client = wiring.queues.client
        self._address = wiring.queues.addresses[source.queue]
        self._bell = wiring.bells.of(self._address)
        self._stopping = threading.Event()
        self._hand = Hand(wiring.mischief)
        self._waiting: dict[str, Waiting] = {}
        self._busy = False
        self.delivered = 0

    def run(self) -> None:
        """Pump until told to stop."""
        rings = self._bell.rings
        while not self._stopping.is_set():
            self._busy = True
            try:
                worked = self.turn()
            except (BotoCoreError, ClientError) as trouble:
                self._wiring.complain.about(f"the queue {self.source.queue}", trouble)
                self._stopping.wait(1)
                continue
            finally:
                self._busy = False
            if not worked:
                rings = self._bell.wait(rings, self._pause())

    def stop(self) -> None:
        """Ask to stop after the batch in work; messages in hand come again after the next start, from the stream."""
        self._stopping.set()
        self._bell.ring()

    def nudge(self) -> None:
        """Have the queue looked at at once."""
        self._bell.ring()

    @property
    def quiet(self) -> bool:
        """Tell whether nothing is in hand or in work, and no failed message is to be shown again by now."""
        now = self._wiring.now()
        return not (self._busy or self._hand.held or any(each.until <= now for each in list(self._waiting.values())))

    def next_after(self, moment: datetime) -> datetime | None:
        """Tell when the next message that failed is shown again."""
        return min((each.until for each in list(self._waiting.values()) if each.until > moment), default=None)

    def turn(self) -> bool:
        """Receive, hand one batch over, and tell whether there was anything to do."""
        self._show_again()
        received = self._receive() if len(self._hand.held) < _MOST_HELD else []
        self._hand.take_in(received, time.monotonic())
        batch = self._hand.batch(self.source.batch, time.monotonic())
        if batch:
            self._work(batch)
        return bool(received or batch)

    def _show_again(self) -> None:
        # The clock of the queue engine does not move with ours.
        now = self._wiring.now()
        for id_ in [id_ for id_, each in self._waiting.items() if each.until <= now]:
            handle = self._waiting.pop(id_).handle
            try:
                self._client.change_message_visibility(
                    QueueUrl=self._address, ReceiptHandle=handle, VisibilityTimeout=0
                )
            except ClientError:
                # Its time was over by the engine's clock too.
                continue

    def _receive(self) -> list[Message]:
        answer = self._client.receive_message(
            QueueUrl=self._address,
            MaxNumberOfMessages=_AT_ONCE,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
            WaitTimeSeconds=0,
        )
        kept = []
        for message in answer.get("Messages", []):
            self._waiting.pop(message["MessageId"], None)
            if self._wiring.mischief.drops():
                self._delete([dict(message)])
            else:
                kept.append(dict(message))
        return kept

    def _work(self, batch: list[Held]) -> None:
        event = sqs_event([each.message for each in batch], self.source.queue)
        wanted = [record for record in event["Records"] if passes(record, self.source.filters)]
        known = [record["messageId"] for record in wanted]
        failed: set[str] = set()
        if wanted:
            try:
                failed = failed_items(
                    self._wiring.invoke(self.source.function, {"Records": wanted}), known, self.source.partial
                )
            except Failed:
                failed = set(known)
            finally:
                self._wiring.called()
        self._finish(batch, failed)

    def _finish(self, batch: list[Held], failed: set[str]) -> None:
        until = self._wiring.now() + self._visibility
        for each in batch:
            if each.message["MessageId"] in failed and not each.again:
                self._waiting[each.message["MessageId"]] = Waiting(each.message["ReceiptHandle"], until)
        done = [each for each in batch if each.message["MessageId"] not in failed]
        self._delete([each.message for each in done])
        for each in done:
            self._waiting.pop(each.message["MessageId"], None)
        self.delivered += sum(not each.again for each in done)

    def _delete(self, messages: list[Message]) -> None:
        for first in range(0, len(messages), _AT_ONCE):
            part = messages[first : first + _AT_ONCE]
            # A handle that is no longer good belongs to a message that was deleted, or comes again.
            self._client.delete_message_batch(
                QueueUrl=self._address,
                Entries=[{"Id": str(n), "ReceiptHandle": each["ReceiptHandle"]} for n, each in enumerate(part)],
            )

    def _pause(self) -> float:
        ready = self._hand.next_ready()
        return _IDLE if ready is None else max(0.0, min(_IDLE, ready - time.monotonic()))
