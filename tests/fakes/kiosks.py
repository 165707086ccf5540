"""Kiosks in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position
from chalicelib.kiosks.model import Claims, Enrolment, Handover, Kiosk


@dataclass
class MemoryKiosks:
    """Kiosks in memory; promises what the port promises. What is written beside them is `(key, value, may replace)`."""

    kept: dict[str, Kiosk] = field(default_factory=dict)
    beside: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def get(self, id_: str) -> Kiosk | None:
        return self.kept.get(id_)

    def of_unit(self, unit: str, limit: int, start: Position | None) -> Page[Kiosk]:
        after = start["id"] if start else ""
        found = [kiosk for id_, kiosk in sorted(self.kept.items()) if kiosk.unit == unit and id_ > after]
        return Page(tuple(found[:limit]), {"id": found[limit - 1].id} if len(found) > limit else None)

    def save(
        self, kiosk: Kiosk, records: Sequence[Record], stamp: Stamp | None, *beside: Any, more: Sequence[Record] = ()
    ) -> None:
        known = self.kept.get(kiosk.id)
        there = [key for key, _, may_replace in beside if key in self.beside and not may_replace(self.beside[key])]
        if (known.version if known else 0) != kiosk.version or there:
            raise Changed
        self.kept[kiosk.id] = replace(kiosk, version=kiosk.version + 1)
        self.beside |= {key: value for key, value, _ in beside}

    def enrolling(self, enrolment: Enrolment, now: datetime) -> Any:
        return ("code", enrolment.handle), enrolment, lambda old: old.expires_at <= now

    def count_attempt(self, handle: str, most: int, now: datetime) -> Enrolment | None:
        found: Enrolment | None = self.beside.get(("code", handle))
        if found is None or found.attempts >= most or found.expires_at <= now:
            return None
        self.beside["code", handle] = replace(found, attempts=found.attempts + 1)
        return replace(found, attempts=found.attempts + 1)

    def using(self, kiosk: str, claims: Claims) -> Any:
        return ("proof", kiosk, claims.jti), True, lambda _: False

    def used(self, kiosk: str, jti: str) -> bool:
        return ("proof", kiosk, jti) in self.beside


@dataclass
class MemoryHandovers:
    """What was handed over, in memory; promises what the port promises."""

    kept: dict[str, Handover] = field(default_factory=dict)

    def handover(self, id_: str) -> Handover | None:
        return self.kept.get(id_)

    def offer(self, handover: Handover, records: Sequence[Record], stamp: Stamp | None) -> None:
        if handover.id in self.kept:
            raise Changed
        self.kept[handover.id] = handover

    def take(self, handover: Handover, records: Sequence[Record], stamp: Stamp | None) -> None:
        known = self.kept.get(handover.id)
        if known is None or known.version != handover.version:
            raise Changed
        self.kept[handover.id] = replace(handover, version=handover.version + 1)
