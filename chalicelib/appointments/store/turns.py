"""Where somebody stands, as one short JSON text: the index `day` carries it, so that a queue is one query."""

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text

from ..model import Entry, Line, Proof, Status, Turn, Wait

_TIMES = ("arrived_at", "counts_since", "called_at", "served_at", "ended_at", "look_at")
_UNSET = {one.name: one.default for one in fields(Turn)}


def turn_text(turn: Turn | None) -> str | None:
    """Write where somebody stands; what is not set is left out."""
    if turn is None:
        return None
    filled = {name: value for name, value in vars(turn).items() if value != _UNSET[name]}
    return json.dumps(filled, separators=(",", ":"), default=_plain)


def _plain(value: object) -> Any:
    return text(value) if isinstance(value, datetime) else vars(value)


def turn_of(item: Item) -> Turn | None:
    """Read it back."""
    if "turn" not in item:
        return None
    facts = json.loads(item["turn"])
    facts |= {name: moment(facts[name]) for name in _TIMES if name in facts}
    wait = Wait(**facts["wait"]) if "wait" in facts else None
    proof = Proof(**facts["proof"]) if "proof" in facts else None
    return Turn(**{**facts, "line": Line(facts["line"]), "wait": wait, "proof": proof})


def entry_of(item: Item) -> Entry:
    """Read an appointment as the queue sees it."""
    return Entry(
        id=item["id"],
        number=item["number"],
        status=Status(item["stage"]),
        services=tuple(item["services"]),
        starts_at=moment(item["starts_at"]),
        version=item["version"],
        turn=turn_of(item),
        ends_at=moment(item["ends_at"]),
    )
