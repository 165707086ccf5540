"""Telling the queues what was recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.clock import moment
from chalicelib.kernel.events import Record

from .ports import Outlet

# Where a record says in its body when what it is about goes on by itself: sooner than a sweep could find it.
GO_ON_AT = "go_on_at"
LONGEST_DELAY = 900  # seconds; of a message of SQS


@dataclass(frozen=True)
class Publishing:
    """`subscriptions` says which queues hear of which event; of those that watch over something, `watching` says by the
    prefix of an id which one, so that news about it goes there alone. `carried` names what of a record goes along.
    """

    outlet: Outlet
    subscriptions: Mapping[str, tuple[str, ...]]
    watching: Mapping[str, str]
    carried: frozenset[str]

    def publish(self, records: Sequence[Record]) -> None:
        """Send one hint per record and subscribed queue; raises Unavailable, and then all of them come again."""
        hints: dict[str, list[Record]] = {}
        for record in records:
            for queue in self.subscriptions.get(record.event, ()):
                if self._concerns(queue, record):
                    hints.setdefault(queue, []).append(record)
        for queue, told in hints.items():
            self.outlet.send(queue, [self._hint(record) for record in told], [_delay(record) for record in told])

    def _concerns(self, queue: str, record: Record) -> bool:
        if queue == "notifications":
            return bool(record.body.get("notices")) or GO_ON_AT in record.body
        about = str(record.body.get("about", ""))
        return not about or self.watching.get(about.partition("_")[0]) == queue

    def _hint(self, record: Record) -> dict[str, Any]:
        """Say where to look: of what is carried, no mapping either, since nobody here knows what it holds."""
        return {
            "event": record.event,
            "subject": record.subject,
            "seq": record.seq,
            "at": record.at,
            "body": {
                name: value
                for name, value in record.body.items()
                if name in self.carried and not isinstance(value, Mapping)
            },
            "request_id": record.request_id,
        }


def _delay(record: Record) -> int:
    """Tell how many seconds a hint waits: until what it is about goes on by itself, if the record says when."""
    if GO_ON_AT not in record.body:
        return 0
    wait = moment(record.body[GO_ON_AT]) - moment(record.at)
    return min(LONGEST_DELAY, max(0, int(wait.total_seconds())))
