"""Campaigns in the table `callbacks`, beside the calls they are about; who was drawn stands apart, since it never changes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Tables, unchanged
from chalicelib.kernel.calls import Stamp
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record
from chalicelib.kernel.ids import number_of
from chalicelib.kernel.notices import Notice
from chalicelib.kernel.paging import Page, Position

from .model import LETTER, By, Campaign, Plan, Row, Sample, Status, Stratum, Why, due_shard

TABLE = "callbacks"


class DynamoCampaigns:
    """Keeps campaigns, and a line of each in the list of its unit; there are few."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, id_: str) -> Campaign | None:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "campaign"})
        return None if item is None else campaign_of(item)

    def sample(self, id_: str) -> Sample:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "sample"})
        return {name: tuple(drawn) for name, drawn in json.loads(item["drawn"]).items()} if item else {}

    def save(
        self, campaign: Campaign, records: Sequence[Record], stamp: Stamp | None, sample: Sample | None = None
    ) -> None:
        item = campaign_item(campaign, campaign.version + 1)
        put = unchanged(TABLE, item, campaign.version) if campaign.version else Put(TABLE, item)
        # The line follows its campaign, whose condition holds for both.
        line = {name: item[name] for name in ("name", "campaign_state", "why", "created_at")}
        writes = [put, Put(TABLE, {"pk": list_key(campaign.plan.unit), "sk": campaign.id, **line}, WHATEVER)]
        if sample is not None:
            drawn = json.dumps(sample, separators=(",", ":"))
            writes.append(Put(TABLE, {"pk": campaign.id, "sk": "sample", "drawn": drawn}))
        self._tables.commit(writes, records, stamp)

    def remember(self, stamp: Stamp | None) -> None:
        if stamp is not None:
            self._tables.commit([], [], stamp)

    def of_unit(self, unit: str, limit: int, start: Position | None) -> Page[Row]:
        values = {":pk": list_key(unit)}
        page = self._tables.query(TABLE, "pk = :pk", values, limit=limit, start=start, forward=False)
        return Page(tuple(_row(item) for item in page.items), page.next)


def list_key(unit: str) -> str:
    """Hash key of the list of a unit's campaigns."""
    return f"campaigns#{unit}"


def campaign_item(campaign: Campaign, version: int) -> Item:
    """Write a campaign."""
    return {
        "pk": campaign.id,
        "sk": "campaign",
        "id": campaign.id,
        "name": campaign.plan.name,
        "campaign_state": campaign.status.value,
        "why": campaign.why.value if campaign.why else None,
        "created_at": text(campaign.created_at),
        "created_by": campaign.by,
        "seed": campaign.seed,
        "plan": _json({**vars(campaign.plan)}),
        "strata": _json([vars(stratum) for stratum in campaign.strata]),
        "begun": campaign.begun,
        "begun_on": campaign.begun_on.isoformat() if campaign.begun_on else None,
        "next_at": text(campaign.next_at) if campaign.next_at else None,
        "notices": _json([{**vars(it), "asked_at": text(it.asked_at)} for it in campaign.notices]),
        "due_at": text(campaign.due_at) if campaign.due_at else None,
        "due_shard": due_shard(campaign.id) if campaign.due_at else None,
        "version": version,
        "seq": campaign.link.seq,
        "head": campaign.link.head,
    }


def campaign_of(item: Item) -> Campaign:
    """Read a campaign back."""
    return Campaign(
        id=item["id"],
        plan=_plan(json.loads(item["plan"])),
        seed=item["seed"],
        by=item["created_by"],
        created_at=moment(item["created_at"]),
        status=Status(item["campaign_state"]),
        why=Why(item["why"]) if "why" in item else None,
        strata=tuple(Stratum(**{**told, "open": tuple(told["open"])}) for told in json.loads(item["strata"])),
        begun=item["begun"],
        begun_on=date.fromisoformat(item["begun_on"]) if "begun_on" in item else None,
        next_at=moment(item["next_at"]) if "next_at" in item else None,
        notices=tuple(Notice(**{**it, "asked_at": moment(it["asked_at"])}) for it in json.loads(item["notices"])),
        due_at=moment(item["due_at"]) if "due_at" in item else None,
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def _plan(told: dict[str, Any]) -> Plan:
    days = {name: date.fromisoformat(told[name]) for name in ("first", "last", "ends_on")}
    lists = {name: tuple(told[name]) for name in ("kinds", "products")}
    return Plan(**{**told, **days, **lists, "by": By(told["by"])})


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_written)


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else list(value)  # type: ignore[call-overload]


def _row(item: Item) -> Row:
    id_ = item["sk"]
    return Row(
        id_,
        number_of(id_, LETTER),
        item["name"],
        item["campaign_state"],
        item.get("why", ""),
        moment(item["created_at"]),
    )
