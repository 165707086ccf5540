"""Measures of continuity, and the plans of the bookings they affect."""

from collections.abc import Sequence
from datetime import date

from chalicelib.aws.tables import Put, Tables, unchanged
from chalicelib.kernel.events import Record
from chalicelib.kernel.paging import Page, Position

from ..model import Measure, Plan, PlanEntry
from .catalogue import TABLE, DynamoCatalogue
from .measures import PAGE, measure_item, measure_of
from .plans import LAST_ENTRY, entry_from, entry_of, past_item, plan_item, plan_key, plan_of


class DynamoContinuity:
    """Keeps measures and plans; the catalogue knows of a measure at once where it was set, elsewhere within a minute."""

    def __init__(self, tables: Tables, catalogue: DynamoCatalogue) -> None:
        self._tables = tables
        self._catalogue = catalogue

    def measure(self, target: str) -> Measure | None:
        item = self._tables.get(TABLE, {"pk": PAGE, "sk": target})
        return None if item is None else measure_of(item)

    def set_measure(self, measure: Measure, records: Sequence[Record]) -> None:
        item = measure_item(measure)
        put = Put(TABLE, item) if measure.version == 1 else unchanged(TABLE, item, measure.version - 1)
        self._tables.commit([put], records)
        self._catalogue.forget()

    def plan(self, branch: str) -> Plan | None:
        item = self._tables.get(TABLE, plan_key(branch))
        return None if item is None else plan_of(item)

    def set_plan(self, plan: Plan, records: Sequence[Record], former: Plan | None = None) -> None:
        item = plan_item(plan)
        put = Put(TABLE, item) if plan.version == 1 else unchanged(TABLE, item, plan.version - 1)
        past = [Put(TABLE, past_item(former))] if former else []
        self._tables.commit([put, *past], records)

    def entries(self, branch: str, since: date, standing: str, limit: int, start: Position | None) -> Page[PlanEntry]:
        values = {":pk": plan_key(branch)["pk"], ":from": entry_from(since), ":to": LAST_ENTRY}
        chosen = {"filter": "standing = :standing"} if standing else {}
        values |= {":standing": standing} if standing else {}
        page = self._tables.query(
            TABLE, "pk = :pk AND sk BETWEEN :from AND :to", values, limit=limit, start=start, **chosen
        )
        return Page(tuple(entry_of(item) for item in page.items), page.next)
