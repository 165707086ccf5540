"""Measures of continuity as items."""

import json
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link

from ..model import Measure, due_shard

PAGE = "continuity"
_WHEN = ("until", "first", "last")
_PLAIN = ("unit", "cap", "buffer", "appointment_only", "health", "closed")


def measure_item(measure: Measure) -> Item:
    """Write a measure: all of them stand on one page, since every slot asks for them."""
    due = text(measure.due_at) if measure.due_at else None
    facts: dict[str, Any] = {name: getattr(measure, name) for name in _PLAIN}
    facts |= {"units": measure.units, "reason": dict(measure.reason), "since": text(measure.since)}
    facts |= {name: text(at) if (at := getattr(measure, name)) else None for name in _WHEN}
    return {
        "pk": PAGE,
        "sk": measure.target,
        "id": measure.id,
        "demands": json.dumps(facts, ensure_ascii=False, separators=(",", ":")),
        "due_at": due,
        "due_shard": due_shard(measure.id) if due else None,
        "version": measure.version,
        "seq": measure.chain.seq,
        "head": measure.chain.head,
    }


def measure_of(item: Item) -> Measure:
    """Read a measure back."""
    facts = json.loads(item["demands"])
    when: dict[str, Any] = {name: moment(facts[name]) if facts[name] else None for name in _WHEN}
    return Measure(
        id=item["id"],
        target=item["sk"],
        since=moment(facts["since"]),
        **when,
        units=tuple(facts["units"]),
        reason=facts["reason"],
        due_at=moment(item["due_at"]) if "due_at" in item else None,
        version=item["version"],
        chain=Link(item["seq"], item["head"]),
        **{name: facts[name] for name in _PLAIN},
    )
