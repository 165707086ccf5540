"""What a ticket keeps that no index and no list needs, as one JSON text, which is cheap to read."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from chalicelib.kernel.clock import moment, text
from chalicelib.sla.clocks import Extension, Pause

from ..model import ClockFacts, Notice, Ticket

_BESIDE = (
    "body",
    "language",
    "registered_at",
    "regimes",
    "product",
    "about_unit",
    "process",
    "moves_on",
)


def written(ticket: Ticket) -> str:
    """Write what no index needs as JSON without what is empty, since every hundred bytes are paid for."""
    facts = {name: getattr(ticket, name) for name in _BESIDE}
    facts["clocks"] = [asdict(clock) for clock in ticket.clocks]
    facts["notices"] = [asdict(notice) for notice in ticket.notices]
    return json.dumps(_filled(facts), ensure_ascii=False, separators=(",", ":"), default=_textual)


def read(text_: str) -> dict[str, Any]:
    """Read it back, as fields of a ticket."""
    facts = json.loads(text_)
    return {
        "body": facts["body"],
        "language": facts["language"],
        "registered_at": moment(facts["registered_at"]),
        "regimes": tuple(facts.get("regimes", ())),
        "product": facts.get("product", ""),
        "about_unit": facts.get("about_unit", ""),
        "process": facts.get("process", {}),
        "moves_on": facts.get("moves_on", {}),
        "clocks": tuple(_clock(clock) for clock in facts.get("clocks", ())),
        "notices": tuple(_notice(notice) for notice in facts.get("notices", ())),
    }


def _filled(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(inner) for key, inner in value.items() if inner not in (None, "", (), [], {})}
    if isinstance(value, list | tuple):
        return [_filled(inner) for inner in value]
    return value


def _textual(value: object) -> str:
    if isinstance(value, datetime):
        return text(value)
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
    )


def _notice(facts: Mapping[str, Any]) -> Notice:
    return Notice(
        key=facts["key"],
        template=facts["template"],
        to=facts["to"],
        asked_at=moment(facts["asked_at"]),
        tries=facts["tries"],
        facts=facts.get("facts", {}),
    )
