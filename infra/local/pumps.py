"""All the pumps of a template, and whether they have worked everything off."""

from datetime import timedelta

from .aws import Aws
from .queue_pump import QueuePump
from .stream_pump import StreamPump
from .template import Template
from .wiring import Wiring

_DEFAULT_VISIBILITY = 30  # seconds, SQS's own


class Pumps:
    """Streams and queues to functions; `visibility` caps the seconds until a failed message comes again."""

    def __init__(self, template: Template, aws: Aws, wiring: Wiring, visibility: int | None) -> None:
        self._wiring = wiring
        self.streams = _stream_pumps(template, aws, wiring)
        self.queues = [
            QueuePump(source, _visibility(template, source.queue, visibility), wiring)
            for source in template.queue_sources
        ]

    @property
    def delivered(self) -> int:
        """Count the messages worked off so far."""
        return sum(pump.delivered for pump in self.queues)

    def caught_up(self, since: float) -> bool:
        """Tell whether all streams were seen empty after a second of the monotonic clock."""
        return all(pump.empty_since >= since for pump in self.streams)

    def busy(self) -> str | None:
        """Name a queue with work left, if there is one."""
        for pump in self.queues:
            # The depth first: a message that left the queue since then is in the pump's hand, or done.
            if self._wiring.queues.depth(pump.source.queue).visible:
                pump.nudge()
                return f"the queue {pump.source.queue}"
            if not pump.quiet:
                return f"the queue {pump.source.queue}"
        return None

    def nudge(self) -> None:
        """Have the streams looked at at once."""
        self._wiring.bells.written.ring()


def _stream_pumps(template: Template, aws: Aws, wiring: Wiring) -> list[StreamPump]:
    tables, streams = aws.dynamodb(), aws.streams()
    pumps = []
    for source in template.stream_sources:
        stream = str(tables.describe_table(TableName=source.table)["Table"]["LatestStreamArn"])
        pumps.append(StreamPump(source, stream, streams, wiring))
    return pumps


def _visibility(template: Template, name: str, cap: int | None) -> timedelta:
    (attributes,) = (queue.attributes for queue in template.queues if queue.name == name)
    seconds = int(attributes.get("VisibilityTimeout", _DEFAULT_VISIBILITY))
    return timedelta(seconds=seconds if cap is None else min(cap, seconds))
