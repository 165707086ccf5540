"""Texts, receipts and their tally in the table `notifications`."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib.aws.items import Item
from chalicelib.aws.tables import WHATEVER, Put, Tables, unchanged
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link, Record

from .model import Receipt, Status, Text, due_shard

TABLE = "notifications"
_TALLY = "tally#sms"
_RECEIPT_KEPT = timedelta(days=30)  # then TTL may take it; the records stay


class DynamoTexts:
    """Keeps texts and receipts."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def text(self, id_: str) -> Text | None:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "text"})
        return None if item is None else _text(item)

    def receipt(self, id_: str) -> Receipt | None:
        item = self._tables.get(TABLE, {"pk": id_, "sk": "receipt"})
        return None if item is None else _receipt(item)

    def add(self, thing: Text | Receipt, records: Sequence[Record]) -> None:
        self._tables.commit([Put(TABLE, to_item(thing, thing.version))], records)

    def save(self, things: Sequence[Text | Receipt], records: Sequence[Record]) -> None:
        puts = [unchanged(TABLE, to_item(thing, thing.version + 1), thing.version) for thing in things]
        self._tables.commit(puts, records)


class DynamoTally:
    """One item per hour; beside the transactions, since all texts of an hour would be in each other's way there."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def count(self, what: str, at: datetime) -> None:
        self._tables.add(TABLE, {"pk": _TALLY, "sk": hour(at)}, what, WHATEVER, {})

    def since(self, begin: datetime, end: datetime) -> dict[str, int]:
        """Add up the whole hours from the one of `begin` to the one of `end`."""
        values = {":pk": _TALLY, ":begin": hour(begin), ":end": hour(end)}
        hours = self._tables.query(TABLE, "pk = :pk AND sk BETWEEN :begin AND :end", values).items
        return {what: sum(item.get(what, 0) for item in hours) for what in ("sent", "delivered", "failed")}


def hour(at: datetime) -> str:
    """Sort key of a tally: the UTC hour."""
    return text(at)[: len("2026-11-23T08")]


def to_item(thing: Text | Receipt, version: int) -> Item:
    """Write a text or a receipt."""
    kept = _receipt_item(thing) if isinstance(thing, Receipt) else _text_item(thing)
    return kept | {
        "pk": thing.id,
        "id": thing.id,
        "version": version,
        "seq": thing.link.seq,
        "head": thing.link.head,
        "due_at": text(thing.due_at) if thing.due_at else None,
        "due_shard": due_shard(thing.id) if thing.due_at else None,
    }


def _text_item(told: Text) -> Item:
    return {
        "sk": "text",
        "about": told.about,
        "key": told.key,
        "template": told.template,
        "way": told.way,
        "ref": told.ref,
        "to": told.to,
        "word": json.dumps(told.word, ensure_ascii=False, separators=(",", ":")),
        "status": told.status.value,
        "asked_at": text(told.asked_at),
        "claimed_until": text(told.claimed_until),
        "tries": told.tries,
        "provider_id": told.provider_id or None,
    }


def _receipt_item(receipt: Receipt) -> Item:
    return {
        "sk": "receipt",
        "text": receipt.text,
        "provider_id": receipt.provider_id,
        "status": receipt.status.value,
        "at": text(receipt.at),
        "applied": receipt.applied or None,
        "expires": int((receipt.at + _RECEIPT_KEPT).timestamp()) if receipt.applied else None,
    }


def _due(item: Item) -> datetime | None:
    return moment(item["due_at"]) if "due_at" in item else None


def _text(item: Item) -> Text:
    return Text(
        id=item["id"],
        about=item["about"],
        key=item["key"],
        template=item["template"],
        way=item["way"],
        ref=item["ref"],
        to=item["to"],
        word=json.loads(item["word"]),
        status=Status(item["status"]),
        asked_at=moment(item["asked_at"]),
        claimed_until=moment(item["claimed_until"]),
        tries=item["tries"],
        provider_id=item.get("provider_id", ""),
        due_at=_due(item),
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def _receipt(item: Item) -> Receipt:
    return Receipt(
        id=item["id"],
        text=item["text"],
        provider_id=item["provider_id"],
        status=Status(item["status"]),
        at=moment(item["at"]),
        due_at=_due(item),
        applied=item.get("applied", ""),
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )
