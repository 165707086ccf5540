"""An entry of the waitlist as an item."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link

from ..model import Channel, Hold, Part, Stage, Waiting, Wish, due_shard, read, written
from .items import notice_of, notice_text


def entry_key(id_: str) -> Item:
    """Key of an entry."""
    return {"pk": id_, "sk": "waiting"}


def waiting_item(waiting: Waiting) -> Item:
    """Write an entry: what indexes need as attributes, the rest as one JSON text."""
    due = text(waiting.due_at) if waiting.due_at else None
    return {
        **entry_key(waiting.id),
        "id": waiting.id,
        "customer_id": waiting.customer_id,
        "stage": waiting.stage.value,
        "due_at": due,
        "due_shard": due_shard(waiting.id) if due else None,
        "version": waiting.version,
        "seq": waiting.link.seq,
        "head": waiting.link.head,
        "facts": json.dumps(_facts(waiting), ensure_ascii=False, separators=(",", ":")),
    }


def _facts(waiting: Waiting) -> dict[str, Any]:
    wish, offer = waiting.wish, waiting.offer
    return {
        "wish": [wish.branch, wish.services, wish.first.isoformat(), wish.last.isoformat(), wish.part],
        "told": [wish.support_needs, wish.email],
        "of": [waiting.unit, waiting.timezone, waiting.channel],
        "offer": [written(offer), offer.link.seq, offer.link.head] if offer else [],
        "not_taken": [text(at) for at in waiting.not_taken],
        "passed": waiting.passed,
        "appointment": waiting.appointment,
        "notices": [notice_text(notice) for notice in waiting.notices],
    }


def waiting_of(item: Item) -> Waiting:
    """Read an entry back."""
    facts = json.loads(item["facts"])
    unit, timezone, channel = facts["of"]
    return Waiting(
        id=item["id"],
        stage=Stage(item["stage"]),
        wish=_wish(facts),
        unit=unit,
        timezone=timezone,
        customer_id=item["customer_id"],
        channel=Channel(channel),
        offer=_offer(facts),
        not_taken=tuple(moment(at) for at in facts["not_taken"]),
        passed=tuple(facts["passed"]),
        appointment=facts["appointment"],
        notices=tuple(notice_of(notice) for notice in facts["notices"]),
        due_at=moment(item["due_at"]) if "due_at" in item else None,
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def _wish(facts: dict[str, Any]) -> Wish:
    branch, services, first, last, part = facts["wish"]
    needs, email = facts["told"]
    days = {"first": date.fromisoformat(first), "last": date.fromisoformat(last)}
    return Wish(branch, tuple(services), **days, part=Part(part), support_needs=tuple(needs), email=email)


def _offer(facts: dict[str, Any]) -> Hold | None:
    if not facts["offer"]:
        return None
    said, seq, head = facts["offer"]
    return replace(read(said), link=Link(seq, head))
