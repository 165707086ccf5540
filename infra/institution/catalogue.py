"""Branches and services of an institution's file.

What changes from day to day, overrides of opening hours and clerks' leave, is told at the desk and is no part of it.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import time
from typing import Any

from chalicelib.appointments.model import Assurance, Block, Branch, Channel, Document, Service, Way
from chalicelib.appointments.policy import branch_faults, service_faults
from chalicelib.identity.policy import LANGUAGES
from chalicelib.sla.packs import Packs

from .entry import Entry

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_BLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
_OUGHT = {
    "not_one_of": "unknown",
    "invalid": "makes no sense; see docs/appointments.md",
    "too_small": "is too small",
    "too_large": "is too large",
    "missing": "is missing",
}


def service(id_: str, entry: Entry) -> Service:
    """Read a service, and note what is wrong with it."""
    found = Service(
        id=id_,
        name=_words(entry, "name"),
        minutes=entry.take("minutes", int),
        pool=entry.text("pool"),
        before=entry.take("before", int, 0),
        after=entry.take("after", int, 0),
        documents=tuple(_documents(entry)),
        ways=frozenset(Way(way) for way in entry.some_of("ways", {way.value for way in Way}) if way in set(Way)),
        assurance=_assurance(entry),
        instead=_words(entry, "instead", {}),
        link=entry.text("link", ""),
        late_hours=entry.take("late_hours", int, 0),
        overbooking=entry.take("overbooking", int, 0),
    )
    for name, code in service_faults(found):
        entry.fault(name, _OUGHT[code])
    return found


def branch(id_: str, entry: Entry, packs: Packs, services: Mapping[str, Service]) -> Branch:
    """Read a branch, and note what is wrong with it."""
    usual = Branch("", "", {}, "UTC", "", {}, {})
    found = Branch(
        id=id_,
        unit=entry.text("unit"),
        name=_words(entry, "name"),
        address=_words(entry, "address", {}),
        timezone=entry.text("timezone"),
        calendar=entry.text("calendar"),
        opening=_opening(entry),
        counters=_counts(entry, "counters"),
        services=tuple(entry.take("services", list)),
        latitude=_degrees(entry, "latitude"),
        longitude=_degrees(entry, "longitude"),
        shares={Channel(name): share for name, share in _counts(entry, "shares", {}, set(Channel)).items()},
        active=not entry.take("closed_down", bool, default=False),
        self_check_in=entry.take("self_check_in", bool, default=False),
        **{name: entry.take(name, int, getattr(usual, name)) for name in _NUMBERS},
    )
    for name, code in branch_faults(found, packs.calendars, services):
        entry.fault(name, _OUGHT[code])
    return found


_NUMBERS = ("cell", "interval", "lead", "horizon", "release", "early", "late")


def _words(entry: Entry, name: str, default: Any = None) -> dict[str, str]:
    found = entry.take(name, dict, default)
    if found and set(found) != set(LANGUAGES):
        entry.fault(name, f"says it in {' and '.join(LANGUAGES)}")
    return {language: str(word) for language, word in found.items()}


def _documents(entry: Entry) -> Iterator[Document]:
    for told in entry.take("documents", list, []):
        if not isinstance(told, dict) or set(told) - {"saves"} != {"id", *LANGUAGES}:
            entry.fault("documents", f"each has id, {' and '.join(LANGUAGES)}, and perhaps saves")
            return
        saves = told.get("saves", 0)
        if type(saves) is not int:
            entry.fault("documents", "saves is a number of minutes")
            return
        yield Document(told["id"], {language: told[language] for language in LANGUAGES}, saves)


def _assurance(entry: Entry) -> Assurance:
    told = entry.text("assurance", Assurance.NONE.value)
    if told not in set(Assurance):
        entry.fault("assurance", f"unknown: {told}")
        return Assurance.NONE
    return Assurance(told)


def _counts(entry: Entry, name: str, default: Any = None, known: Collection[str] = ()) -> dict[str, int]:
    found = entry.take(name, dict, default)
    for key, value in found.items():
        if type(value) is not int or (known and key not in known):
            entry.fault(name, f"makes no sense: {key}")
            return {}
    return dict(found)


def _degrees(entry: Entry, name: str) -> float | None:
    entry.asked.add(name)
    value = entry.data.get(name)
    if value is not None and (type(value) not in (int, float) or not -180 <= value <= 180):
        entry.fault(name, "must be degrees")
        return None
    return value


def _opening(entry: Entry) -> dict[int, tuple[Block, ...]]:
    """Read opening blocks by weekday: `mon`, or several in a row as `mon-fri`."""
    found: dict[int, tuple[Block, ...]] = {}
    for told, blocks in entry.take("opening", dict).items():
        first, _, last = told.partition("-")
        days = (first, last or first)
        if not set(days) <= set(_DAYS) or not all(isinstance(b, str) and _BLOCK.fullmatch(b) for b in blocks):
            entry.fault(f"opening.{told}", 'is no weekday with blocks like "09:00-12:00"')
            continue
        for day in range(_DAYS.index(days[0]), _DAYS.index(days[1]) + 1):
            found[day] = tuple(_block(block) for block in blocks)
    return found


def _block(told: str) -> Block:
    opens, closes = (time.fromisoformat(at) for at in told.split("-"))
    return opens, closes
