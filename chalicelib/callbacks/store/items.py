"""Callbacks and rows as items: what indexes and lists need as attributes, the rest as one JSON text."""

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link
from chalicelib.kernel.notices import Notice

from ..model import Answers, Asker, Attempt, Callback, Held, Outcome, Purpose, Row, Status, callback_key, due_shard

TABLE = "callbacks"
_TIMES = ("asked_at", "expires_at", "cell", "next_at", "lease_until", "ended_at")
_PLAIN = ("reason", "chosen", "about", "phone", "leased_by", "announced", "owes_ticket", "owes_recovery", "country")
_TOLD = ("language", "timezone", "topic", "prefer", "about_staff")
_SORTED = ("starts_at", "ends_at", "place", "ready_at", "due_at")
_UNSET = {one.name: one.default for one in fields(Callback)}


def to_item(callback: Callback) -> Item:
    """Write a callback."""
    return {
        **callback_key(callback.id),
        "id": callback.id,
        "number": callback.number,
        "stage": callback.status.value,
        "unit": callback.unit,
        "unit_month": callback.month,
        "purpose": callback.purpose.value,
        "starts_at": text(callback.starts_at),
        "ends_at": text(callback.ends_at),
        "customer_id": callback.customer_id,
        **{name: getattr(callback, name) or None for name in _TOLD},
        "support": bool(callback.support_needs),
        **_line(callback),
        "tried_at": text(callback.tried_at) if callback.tried_at else None,
        "tries": len(callback.tries),
        "lost": callback.lost,
        "late": callback.late,
        **_answered(callback),
        "version": callback.version,
        "seq": callback.link.seq,
        "head": callback.link.head,
        **_due(callback),
        "facts": _facts(callback),
    }


def _answered(callback: Callback) -> Item:
    """Write what figures count of the answers, for the index; a callback that nobody was asked in has none."""
    if callback.answers is None:
        return {}
    told = {"scores": callback.answers.scores, "unhappy": bool(callback.answers.unhappy)}
    return {"answered": json.dumps(told, separators=(",", ":"), default=dict)}


def _due(callback: Callback) -> Item:
    return {"due_at": text(callback.due_at), "due_shard": due_shard(callback.id)} if callback.due_at else {}


def _line(callback: Callback) -> Item:
    """Write its place; only what may be taken now stands in the line, but the place is kept by whoever has it in hand."""
    if callback.place is None or callback.ready_at is None:
        return {}
    stands = callback.unit if callback.status is Status.READY else None
    return {"line": stands, "place": text(callback.place), "ready_at": text(callback.ready_at)}


def _facts(callback: Callback) -> str:
    facts: dict[str, Any] = {name: getattr(callback, name) for name in (*_TIMES, *_PLAIN)}
    facts = {name: value for name, value in facts.items() if value != _UNSET[name]}
    facts |= {"held": vars(callback.held)} if callback.held else {}
    facts |= {"by": callback.by, "support_needs": callback.support_needs}
    facts |= {"answers": vars(callback.answers)} if callback.answers else {}
    facts |= {"attempts": [vars(one) for one in callback.attempts], "notices": [vars(it) for it in callback.notices]}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=_written)


def _written(value: object) -> Any:
    return text(value) if isinstance(value, datetime) else dict(value)  # type: ignore[call-overload]


def from_item(item: Item) -> Callback:
    """Read a callback back."""
    facts = json.loads(item["facts"])
    times: dict[str, Any] = {name: moment(facts[name]) for name in _TIMES if name in facts}
    times |= {
        name: moment(item[name]) for name in ("starts_at", "ends_at", "place", "ready_at", "due_at") if name in item
    }
    return Callback(
        id=item["id"],
        status=Status(item["stage"]),
        unit=item["unit"],
        customer_id=item["customer_id"],
        purpose=Purpose(item["purpose"]),
        by=Asker(facts["by"]),
        **{name: item.get(name, "") for name in _TOLD},
        **{name: facts[name] for name in _PLAIN if name in facts},
        **times,
        support_needs=tuple(facts["support_needs"]),
        answers=_answers_of(facts.get("answers")),
        attempts=tuple(_attempt(told) for told in facts["attempts"]),
        notices=tuple(Notice(**{**told, "asked_at": moment(told["asked_at"])}) for told in facts["notices"]),
        held=_held(facts.get("held")),
        lost=item["lost"],
        late=item["late"],
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def _answers_of(told: dict[str, Any] | None) -> Answers | None:
    if told is None:
        return None
    return Answers(**{**told, "unhappy": tuple(told["unhappy"]), "at": moment(told["at"])})


def _held(told: dict[str, Any] | None) -> Held | None:
    return Held(**{**told, "at": moment(told["at"])}) if told else None


def _attempt(told: dict[str, Any]) -> Attempt:
    times = {name: moment(told[name]) for name in ("claimed_at", "rung_at", "ended_at") if told[name]}
    return Attempt(**{**told, **times, "outcome": Outcome(told["outcome"]) if told["outcome"] else None})


def row_of(item: Item) -> Row:
    """Read a callback as a line in a list."""
    answered: dict[str, Any] = json.loads(item.get("answered", "{}"))
    times: dict[str, Any] = {name: moment(item[name]) for name in ("place", "ready_at", "tried_at") if name in item}
    return Row(
        id=item["id"],
        number=item["number"],
        status=item["stage"],
        purpose=item["purpose"],
        starts_at=moment(item["starts_at"]),
        ends_at=moment(item["ends_at"]),
        version=item["version"],
        unit=item["unit"],
        **{name: item.get(name, "") for name in _TOLD},
        **times,
        support=item["support"],
        tries=item["tries"],
        lost=item["lost"],
        late=item["late"],
        **answered,
    )
