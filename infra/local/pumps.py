"""All the pumps of a template, and whether they have worked everything off."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from .aws import Aws
from .bell import Bell
from .chaos import Mischief
from .positions import Positions
from .queue_pump import QueuePump
from .queues import Queues
from .stream_pump import StreamPump
from .template import Template

_DEFAULT_VISIBILITY = 30  # seconds, SQS's own

Invoke = Callable[[str, Any], Any]


class Pumps:
    """Streams and queues to functions; `streams` and `queues` are the bells that say there may be something to do."""

    def __init__(
        self,
        template: Template,
        aws: Aws,
        invoke: Invoke,
        queues: Queues,
        positions: Positions,
        now: Callable[[], datetime],
        mischief: Mischief,
        bells: Mapping[str, Bell],
        visibility: int | None,
    ) -> None:
        self._queues = queues
        self._bells = bells
        dynamodb = aws.dynamodb()
        self.streams = [
            StreamPump(
                source,
                str(dynamodb.describe_table(TableName=source.table)["Table"]["LatestStreamArn"]),
                aws.streams(),
                _to(invoke, source.function),
                queues,
                positions,
                heard=bells["streams"],
                told=bells["queues"],
            )
            for source in template.stream_sources
        ]
        self.queue_pumps = [
            QueuePump(
                source,
                queues.addresses[source.queue],
                _visibility(template, source.queue, visibility),
                queues.client,
                _to(invoke, source.function),
                now,
                mischief,
                heard=bells["queues"],
                told=bells["streams"],
            )
            for source in template.queue_sources
        ]

    @property
    def delivered(self) -> int:
        """Count the messages worked off so far."""
        return sum(pump.delivered for pump in self.queue_pumps)

    def caught_up(self, since: float) -> bool:
        """Tell whether all streams were seen empty after a second of the monotonic clock."""
        return all(pump.empty_since >= since for pump in self.streams)

    def busy(self) -> str | None:
        """Name a queue with work left, if there is one."""
        for pump in self.queue_pumps:
            # The depth first: a message that left the queue since then is in the pump's hand, or done.
            if self._queues.depth(pump.source.queue).visible or not pump.quiet:
                return f"the queue {pump.source.queue}"
        return None

    def nudge(self) -> None:
        """Have everybody look at once."""
        for bell in self._bells.values():
            bell.ring()


def _to(invoke: Invoke, function: str) -> Callable[[Any], Any]:
    return lambda event: invoke(function, event)


def _visibility(template: Template, name: str, cap: int | None) -> timedelta:
    (attributes,) = (queue.attributes for queue in template.queues if queue.name == name)
    seconds = int(attributes.get("VisibilityTimeout", _DEFAULT_VISIBILITY))
    return timedelta(seconds=seconds if cap is None else min(cap, seconds))
