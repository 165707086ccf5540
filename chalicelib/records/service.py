"""Telling the queues what was recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.kernel.events import Record

from .ports import Outlet


@dataclass(frozen=True)
class Publishing:
    """`subscriptions` says which queues hear of which event."""

    outlet: Outlet
    subscriptions: Mapping[str, tuple[str, ...]]

    def publish(self, records: Sequence[Record]) -> None:
        """Send one hint per record and subscribed queue; raises Unavailable, and then all of them come again."""
        hints: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            for queue in self.subscriptions.get(record.event, ()):
                if queue != "notifications" or record.body.get("notices"):
                    hints.setdefault(queue, []).append(_hint(record))
        for queue, messages in hints.items():
            self.outlet.send(queue, messages)


def _hint(record: Record) -> dict[str, Any]:
    return {
        "event": record.event,
        "subject": record.subject,
        "seq": record.seq,
        "at": record.at,
        "body": dict(record.body),
        "request_id": record.request_id,
    }
