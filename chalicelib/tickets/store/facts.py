"""What a ticket keeps that no index and no list needs, as one JSON text, which is cheap to read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from chalicelib.kernel.clock import moment, text
from chalicelib.sla.clocks import Extension, Pause

from ..model import (
    Capacity,
    ClockFacts,
    Need,
    Notice,
    Reason,
    Relation,
    Representative,
    Severity,
    Spell,
    SupportNeeds,
    Task,
    TaskKind,
    TaskState,
    Ticket,
    Tie,
    Wait,
)

_TEXTS = ("about_unit", "calendar", "backup")
_PLAIN = (
    "body",
    "language",
    "registered_at",
    "severity",
    "regimes",
    "process",
    "moves_on",
    "closed_at",
    "update_asked_at",
    "suspected_at",
    "flags",
    *_TEXTS,
)
_PARTS = ("clocks", "notices", "waits", "people", "ties", "tasks")


def written(ticket: Ticket) -> str:
    """Write what no index needs as JSON without what is empty, since every hundred bytes are paid for."""
    facts = {name: getattr(ticket, name) for name in _PLAIN}
    facts |= {name: [vars(part) for part in getattr(ticket, name)] for name in _PARTS}
    facts["needs"] = vars(ticket.needs) if ticket.needs else None
    return json.dumps(_filled(facts), ensure_ascii=False, separators=(",", ":"), default=_textual)


def read(text_: str) -> dict[str, Any]:
    """Read it back, as fields of a ticket."""
    facts = json.loads(text_)
    return {
        **{name: facts.get(name, "") for name in _TEXTS},
        "body": facts["body"],
        "language": facts["language"],
        "registered_at": moment(facts["registered_at"]),
        "closed_at": _moment(facts.get("closed_at")),
        "update_asked_at": _moment(facts.get("update_asked_at")),
        "suspected_at": _moment(facts.get("suspected_at")),
        "severity": Severity(facts["severity"]),
        "regimes": tuple(facts.get("regimes", ())),
        "flags": tuple(facts.get("flags", ())),
        "process": facts.get("process", {}),
        "moves_on": facts.get("moves_on", {}),
        "needs": _needs(facts["needs"]) if "needs" in facts else None,
        **{name: tuple(_READERS[name](part) for part in facts.get(name, ())) for name in _PARTS},
    }


def _filled(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: _filled(inner) for key, inner in value.items() if inner not in (None, "", (), [], {})}
    if isinstance(value, list | tuple):
        return [_filled(inner) for inner in value]
    return value


def _textual(value: object) -> Any:
    if isinstance(value, datetime):
        return text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Pause | Extension | Spell):
        return _filled({each.name: getattr(value, each.name) for each in fields(value)})
    raise TypeError(f"no fact of a ticket: {type(value).__name__}")


def _moment(value: str | None) -> datetime | None:
    return None if value is None else moment(value)


def _clock(facts: Mapping[str, Any]) -> ClockFacts:
    return ClockFacts(
        pack=facts["pack"],
        rule=facts["rule"],
        calendar=facts["calendar"],
        started_at=moment(facts["started_at"]),
        pauses=tuple(
            Pause(pause["reason"], moment(pause["started_at"]), _moment(pause.get("ended_at")))
            for pause in facts.get("pauses", ())
        ),
        extensions=tuple(
            Extension(step["step"], step["to_total"], moment(step["granted_at"]))
            for step in facts.get("extensions", ())
        ),
        met_at=_moment(facts.get("met_at")),
        stopped_at=_moment(facts.get("stopped_at")),
        warned=tuple(facts.get("warned", ())),
        about=facts.get("about", ""),
        count=facts.get("count"),
    )


def _notice(facts: Mapping[str, Any]) -> Notice:
    return Notice(
        key=facts["key"],
        template=facts["template"],
        to=facts["to"],
        asked_at=moment(facts["asked_at"]),
        tries=facts["tries"],
        facts=facts.get("facts", {}),
        task=facts.get("task"),
    )


def _wait(facts: Mapping[str, Any]) -> Wait:
    return Wait(Reason(facts["reason"]), moment(facts["since"]), _moment(facts.get("until")), facts["by"])


def _needs(facts: Mapping[str, Any]) -> SupportNeeds:
    kinds = tuple(Need(kind) for kind in facts["kinds"])
    return SupportNeeds(kinds, moment(facts["consented_at"]), date.fromisoformat(facts["review_on"]))


def _person(facts: Mapping[str, Any]) -> Representative:
    return Representative(
        customer_id=facts["customer_id"],
        capacity=Capacity(facts["capacity"]),
        document_sha256=facts["document_sha256"],
        checked_by=facts["checked_by"],
        since=moment(facts["since"]),
        until=_moment(facts.get("until")),
    )


def _tie(facts: Mapping[str, Any]) -> Tie:
    return Tie(Relation(facts["relation"]), facts["ticket"])


def _task(facts: Mapping[str, Any]) -> Task:
    return Task(
        n=facts["n"],
        kind=TaskKind(facts["kind"]),
        unit=facts["unit"],
        owner=facts.get("owner", ""),
        by=facts["by"],
        asked_from=facts["asked_from"],
        gate=facts["gate"],
        state=TaskState(facts["state"]),
        spells=tuple(Spell(moment(spell["since"]), _moment(spell.get("until"))) for spell in facts["spells"]),
        accepted_at=_moment(facts.get("accepted_at")),
        answered_by=facts.get("answered_by", ""),
        texts=facts["texts"],
        version=facts["version"],
    )


_READERS: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "clocks": _clock,
    "notices": _notice,
    "waits": _wait,
    "people": _person,
    "ties": _tie,
    "tasks": _task,
}
