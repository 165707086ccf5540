"""A case as reports see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from chalicelib.kernel.clock import moment


class Name(StrEnum):
    """Which report."""

    OPEN = "open"
    BREACHED = "breached"
    ANSWERS = "answers"
    OUTCOMES = "outcomes"
    CAUSES = "causes"
    PAUSES = "pauses"
    EXTENSIONS = "extensions"
    REDRESS = "redress"


class By(StrEnum):
    """What the rows of a report tell apart, besides the kind of case."""

    UNIT = "unit"
    PRODUCT = "product"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Line:
    """What the desk's index shows of a case, looked at when it was `seen_at`.

    `clocks` says when those that run are due, `missed` names those known to be too late.

    `redress` is an amount in minor units and its currency, `paid_on` a local date.
    """

    id: str
    kind: str
    status: str
    unit: str
    channel: str
    received_at: datetime
    seen_at: datetime
    closed_at: datetime | None = None
    product: str = ""
    cause: str = ""
    outcome: str = ""
    clocks: Mapping[str, datetime] = field(default_factory=dict)
    missed: tuple[str, ...] = ()
    answered_at: datetime | None = None
    flags: tuple[str, ...] = ()
    extensions: int = 0
    redress: tuple[int, str] | None = None
    paid_on: str = ""

    @classmethod
    def of(cls, facts: Mapping[str, Any], seen_at: datetime) -> "Line":
        """Read a line from plain data, as the store of tickets gives it."""
        return cls(
            id=facts["id"],
            kind=facts["kind"],
            status=facts["status"],
            unit=facts["unit"],
            channel=facts["channel"],
            received_at=facts["received_at"],
            seen_at=seen_at,
            closed_at=facts["closed_at"],
            product=facts.get("product", ""),
            cause=facts.get("cause", ""),
            outcome=facts.get("outcome", ""),
            clocks={name: moment(at) for name, at in facts.get("clocks", {}).items()},
            missed=tuple(facts.get("missed", ())),
            answered_at=moment(facts["answered"]) if facts.get("answered") else None,
            flags=tuple(facts.get("flags", ())),
            extensions=facts.get("extensions", 0),
            redress=(int(facts["redress"][0]), facts["redress"][1]) if facts.get("redress") else None,
            paid_on=facts.get("paid", ""),
        )

    @property
    def open(self) -> bool:
        return self.closed_at is None

    @property
    def age_days(self) -> int:
        return (self.seen_at - self.received_at).days

    @property
    def late(self) -> tuple[str, ...]:
        """Name the clocks that were too late, or are by now."""
        running = {name for name, due in self.clocks.items() if due <= self.seen_at}
        return tuple(sorted(running | set(self.missed)))

    def nearest(self) -> str:
        """Name the running clock that is due first; empty if none runs."""
        return min(self.clocks, key=lambda name: (self.clocks[name], name), default="")
