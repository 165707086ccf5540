"""Emergencies in the table `identity`, beside the sessions they are about."""

from collections.abc import Sequence
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.paging import Page, Position

from .model import Emergency, State

TABLE = "identity"
LIST = "emergencies"
_DUE_SHARD = "identity#0"


class DynamoEmergencies:
    """Keeps emergencies, and a line of each in one list; there are few."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, id_: str) -> Emergency | None:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "emergency"})
        return None if item is None else emergency_of(item)

    def save(
        self,
        emergency: Emergency,
        records: Sequence[Record],
        stamp: Stamp | None,
        beside: Sequence[Any] = (),
        more: Sequence[Record] = (),
    ) -> None:
        item = emergency_item(emergency)
        put = unchanged(TABLE, item, emergency.version) if emergency.version else Put(TABLE, item)
        # The line follows its emergency, whose condition holds for both.
        line = {name: value for name, value in item.items() if name not in ("due_at", "due_shard", "id")}
        line |= {"pk": LIST, "sk": emergency.id}
        self._tables.commit([put, Put(TABLE, line, WHATEVER), *beside], [*records, *more], stamp)

    def newest(self, limit: int, start: Position | None, *, unanswered: bool) -> Page[Emergency]:
        values = {":pk": LIST} | ({":open": State.OPEN.value} if unanswered else {})
        only = {"filter": "emergency_state = :open"} if unanswered else {}
        page = self._tables.query(TABLE, "pk = :pk", values, limit=limit, start=start, forward=False, **only)
        return Page(tuple(emergency_of(item | {"id": item["sk"]}) for item in page.items), page.next)


def emergency_item(emergency: Emergency) -> Item:
    """Write an emergency, in its next version."""
    return {
        "pk": emergency.id,
        "sk": "emergency",
        "id": emergency.id,
        "staff": emergency.staff,
        "home": emergency.home,
        "of_unit": emergency.unit,
        "reason": emergency.reason,
        "began_at": text(emergency.began_at),
        "until": text(emergency.until),
        "session": emergency.session,
        "mark": emergency.mark,
        "emergency_state": emergency.state.value,
        "asked": emergency.asked,
        "answered_by": emergency.answered_by or None,
        "answered_at": text(emergency.answered_at) if emergency.answered_at else None,
        "due_at": text(emergency.ask_at) if emergency.ask_at else None,
        "due_shard": _DUE_SHARD if emergency.ask_at else None,
        "version": emergency.version + 1,
        "seq": emergency.link.seq,
        "head": emergency.link.head,
    }


def emergency_of(item: Item) -> Emergency:
    """Read it back."""
    return Emergency(
        id=item["id"],
        staff=item["staff"],
        home=item["home"],
        unit=item["of_unit"],
        reason=item["reason"],
        began_at=moment(item["began_at"]),
        until=moment(item["until"]),
        session=item["session"],
        mark=item["mark"],
        state=State(item["emergency_state"]),
        ask_at=moment(item["due_at"]) if "due_at" in item else None,
        asked=item["asked"],
        answered_by=item.get("answered_by", ""),
        answered_at=moment(item["answered_at"]) if "answered_at" in item else None,
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )
