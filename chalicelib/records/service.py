"""Telling the queues what was recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.events import Record

from .ports import Outlet


@dataclass(frozen=True)
class Publishing:
    """`subscriptions` says which queues hear of which event; of those that watch over something, `watching` says by the
    prefix of an id which one, so that news about it goes there alone.
    """

    outlet: Outlet
    subscriptions: Mapping[str, tuple[str, ...]]
    watching: Mapping[str, str]

    def publish(self, records: Sequence[Record]) -> None:
        """Send one hint per record and subscribed queue; raises Unavailable, and then all of them come again."""
        hints: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            for queue in self.subscriptions.get(record.event, ()):
                if self._concerns(queue, record):
                    hints.setdefault(queue, []).append(_hint(record))
        for queue, messages in hints.items():
            self.outlet.send(queue, messages)

    def _concerns(self, queue: str, record: Record) -> bool:
        if queue == "notifications":
            return bool(record.body.get("notices"))
        about = str(record.body.get("about", ""))
        return not about or self.watching.get(about.partition("_")[0]) == queue


def _hint(record: Record) -> dict[str, Any]:
    return {
        "event": record.event,
        "subject": record.subject,
        "seq": record.seq,
        "at": record.at,
        "body": dict(record.body),
        "request_id": record.request_id,
    }
