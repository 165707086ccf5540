"""From a TOML file to units and staff; everything that is wrong is said at once, before anything is written."""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from chalicelib.appointments.model import Branch, Service
from chalicelib.identity.model import Staff, Unit
from chalicelib.identity.policy import LANGUAGES
from chalicelib.kernel.actors import STAFF, Role
from chalicelib.sla.packs import Packs
from chalicelib.verification.codes.model import Reach
from chalicelib.verification.faces.model import Offer

from .catalogue import branch, service
from .entry import Entry, Regions
from .faces import offering
from .reach import reaching

_PACKS = Path(__file__).parents[2] / "chalicelib" / "packs"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST_ID = 40
_ROLES = {role.value for role in STAFF}


class Wrong(Exception):
    """The file is not as it must be; `faults` says each thing that is wrong and where."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Institution:
    """Units, parents before children, staff, services and branches, by id; where codes may go; face checks.

    `mark` is the file's SHA-256.
    """

    units: Mapping[str, Unit]
    staff: Mapping[str, Staff]
    mark: str
    services: Mapping[str, Service] = field(default_factory=dict)
    branches: Mapping[str, Branch] = field(default_factory=dict)
    reach: Reach | None = None
    faces: Offer | None = None


@cache
def packs() -> Packs:
    """Give the regimes and calendars that units may name."""
    return Packs.load(_PACKS)


def read(path: Path) -> Institution:
    """Read a file; raises Wrong with everything that is not as it must be."""
    raw = path.read_bytes()
    try:
        data = tomllib.loads(raw.decode("utf-8"))
    except ValueError as broken:
        raise Wrong([f"{path.name}: {broken}"]) from broken
    faults: list[str] = []
    whole = Entry(path.stem, data, faults)
    units = {id_: _unit(id_, entry) for id_, entry in _entries(whole, "units")}
    staff = {id_: _member(id_, entry) for id_, entry in _entries(whole, "staff")}
    reach = reaching(whole.take("codes", dict, {}), faults)
    faces = offering(whole.take("faces", dict, {}), faults)
    services = {id_: service(id_, entry) for id_, entry in _entries(whole, "services", {})}
    branches = {id_: branch(id_, entry, packs(), services) for id_, entry in _entries(whole, "branches", {})}
    whole.done()
    faults += [*_of_the_tree(units), *_of_regions(units)]
    faults += [f"staff.{one.id}.unit: unknown: {one.unit}" for one in staff.values() if one.unit not in units]
    faults += [f"branches.{it.id}.unit: unknown: {it.unit}" for it in branches.values() if it.unit not in units]
    if faults:
        raise Wrong(faults)
    return Institution(_in_order(units), staff, hashlib.sha256(raw).hexdigest(), services, branches, reach, faces)


def _entries(whole: Entry, section: str, default: Any = None) -> Iterator[tuple[str, Entry]]:
    found = whole.take(section, dict, default)
    for id_, data in found.items():
        entry = Entry(f"{section}.{id_}", data if isinstance(data, dict) else {}, whole.faults)
        if not isinstance(data, dict):
            whole.fault(f"{section}.{id_}", "must be a table")
        elif not _ID.fullmatch(id_) or len(id_) > _LONGEST_ID:
            whole.fault(f"{section}.{id_}", "an id has small letters, digits and single dashes, at most forty")
        yield id_, entry
        entry.done()


def _unit(id_: str, entry: Entry) -> Unit:
    return Unit(
        id=id_,
        parent=entry.text("parent", ""),
        name=entry.text("name"),
        timezone=entry.one_of("timezone", available_timezones()),
        calendar=entry.one_of("calendar", packs().calendars),
        language=entry.one_of("language", LANGUAGES),
        regimes=entry.some_of("regimes", packs().ids),
        regions=entry.some_of("regions", Regions(), []),
    )


def _member(id_: str, entry: Entry) -> Staff:
    roles = entry.some_of("roles", _ROLES)
    if not roles:
        entry.fault("roles", "at least one; whoever has gone is `disabled = true`")
    mail = entry.text("mail")
    if mail and not _MAIL.fullmatch(mail):
        entry.fault("mail", "is no address")
    return Staff(
        id=id_,
        unit=entry.text("unit"),
        roles=frozenset(Role(role) for role in roles if role in _ROLES),
        name=entry.text("name"),
        mail=mail,
        language=entry.one_of("language", LANGUAGES),
        active=not entry.take("disabled", bool, default=False),
        languages=frozenset(entry.some_of("languages", LANGUAGES, [])),
        skills=frozenset(entry.words("skills")),
        capacity=entry.share("capacity"),
    )


def _of_the_tree(units: Mapping[str, Unit]) -> Iterator[str]:
    tops = [unit.id for unit in units.values() if not unit.parent]
    if len(tops) != 1:
        yield f"units: exactly one has no parent and is the top, not {len(tops)}: {', '.join(tops)}"
    for unit in units.values():
        if unit.parent and unit.parent not in units:
            yield f"units.{unit.id}.parent: unknown: {unit.parent}"
        elif unit.id in _above(units, unit):
            yield f"units.{unit.id}.parent: is above itself, by way of {unit.parent}"


def _above(units: Mapping[str, Unit], unit: Unit) -> list[str]:
    """List the units above one, nearest first; where they go round in a circle, each once."""
    found: list[str] = []
    while unit.parent in units and unit.parent not in found:
        found.append(unit.parent)
        unit = units[unit.parent]
    return found


def _of_regions(units: Mapping[str, Unit]) -> Iterator[str]:
    counted = Counter(region for unit in units.values() for region in unit.regions)
    yield from (f"units: the region {region} has {n} units" for region, n in counted.items() if n > 1)


def _in_order(units: Mapping[str, Unit]) -> dict[str, Unit]:
    return {unit.id: unit for unit in sorted(units.values(), key=lambda unit: len(_above(units, unit)))}
