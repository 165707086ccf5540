"""What a file would change in the register, shown and carried out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import time
from typing import Any, Protocol, TypeVar

from chalicelib.appointments.model import Branch, Document, Service
from chalicelib.identity.model import Staff, Unit
from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Link
from chalicelib.verification.codes.model import Reach
from chalicelib.verification.codes.service import Reaching
from chalicelib.verification.faces.model import Offer
from chalicelib.verification.faces.service import Offering

from .reading import Institution

# When somebody is away, or a branch opens otherwise than usual, is told at the desk.
_UNTOLD = {"id", "away", "link", "overrides", "leaves", "version", "chain"}


class Looking(Protocol):
    """Reads the register as it is now."""

    def unit(self, id_: str) -> Unit | None: ...

    def staff(self, id_: str) -> Staff | None: ...


class Shelf(Protocol):
    """Reads the catalogue of branches and services as it is now."""

    def service(self, id_: str) -> Service | None: ...

    def branch(self, id_: str) -> Branch | None: ...


class Registering(Protocol):
    """Writes to the register."""

    def register_unit(self, unit: Unit, call: Call) -> bool: ...

    def register_staff(self, staff: Staff, call: Call) -> bool: ...


class Stocking(Protocol):
    """Writes to the catalogue."""

    def register_service(self, service: Service, call: Call) -> bool: ...

    def found_branch(self, branch: Branch, call: Call) -> bool: ...


class Pages(Protocol):
    """Lists what is registered."""

    def units(self) -> Mapping[str, Unit]: ...

    def members(self, unit: str) -> tuple[Staff, ...]: ...


Thing = TypeVar("Thing", Unit, Staff, Service, Branch)
_KINDS: dict[type, str] = {Unit: "unit", Staff: "staff", Service: "service", Branch: "branch"}


@dataclass(frozen=True)
class Change:
    """One unit, member of staff, service or branch that is not registered as the file has it."""

    wanted: Unit | Staff | Service | Branch
    before: Unit | Staff | Service | Branch | None

    def lines(self) -> Iterator[str]:
        """Say it: `+` what is new, `~` what changes, each field that differs on a line of its own."""
        yield f"{'~' if self.before else '+'} {_KINDS[type(self.wanted)]} {self.wanted.id}"
        for name in (one.name for one in fields(self.wanted) if one.name not in _UNTOLD):
            new = _told(getattr(self.wanted, name))
            old = _told(getattr(self.before, name)) if self.before else None
            if old != new:
                yield f"    {name}: {new}" if old is None else f"    {name}: {old} -> {new}"

    def carry_out(self, register: Registering, catalogue: Stocking, call: Call) -> bool:
        """Write it, with its record; tell whether there was still anything to write. Raises Changed."""
        match self.wanted:
            case Unit():
                return register.register_unit(self.wanted, call)
            case Staff():
                return register.register_staff(self.wanted, call)
            case Service():
                return catalogue.register_service(self.wanted, call)
            case Branch():
                return catalogue.found_branch(self.wanted, call)


@dataclass(frozen=True)
class ReachChange:
    """Where codes may go, other than the file has it."""

    wanted: Reach
    before: Reach
    reaching: Reaching

    def lines(self) -> Iterator[str]:
        """Say it, each dial code and ceiling that differs on a line of its own."""
        yield f"{'~' if self.before.link.seq else '+'} codes"
        new, old = _reached(self.wanted), _reached(self.before) if self.before.link.seq else {}
        for name in sorted(new.keys() | old.keys()):
            if new.get(name) != old.get(name):
                told = f"{old[name]} -> {new.get(name, 'closed')}" if name in old else new[name]
                yield f"    {name}: {told}"

    def carry_out(self, _register: Registering, _catalogue: Stocking, call: Call) -> bool:
        """Write it, with its record; tell whether there was still anything to write. Raises Changed."""
        return self.reaching.set(self.wanted, call)


def of_reach(institution: Institution, reaching: Reaching) -> list[ReachChange]:
    """Compare where codes may go; a file that says nothing of it changes nothing."""
    before = reaching.store.reach()
    if institution.reach is None or replace(institution.reach, link=before.link) == before:
        return []
    return [ReachChange(institution.reach, before, reaching)]


@dataclass(frozen=True)
class OfferChange:
    """Face checks, other than the file has them."""

    wanted: Offer
    before: Offer
    offering: Offering

    def lines(self) -> Iterator[str]:
        """Say it, each part that differs on a line of its own."""
        yield f"{'~' if self.before.link.seq else '+'} faces"
        new, old = _offered(self.wanted), _offered(self.before) if self.before.link.seq else {}
        for name in sorted(new.keys() | old.keys()):
            if new.get(name) != old.get(name):
                yield (
                    f"    {name}: {old[name]} -> {new.get(name, 'none')}" if name in old else f"    {name}: {new[name]}"
                )

    def carry_out(self, _register: Registering, _catalogue: Stocking, call: Call) -> bool:
        """Write it, with its record; tell whether there was still anything to write. Raises Changed."""
        return self.offering.set(self.wanted, call)


def of_faces(institution: Institution, offering: Offering) -> list[OfferChange]:
    """Compare face checks; a file that says nothing of them changes nothing."""
    before = offering.store.offer()
    if institution.faces is None or replace(institution.faces, link=before.link) == before:
        return []
    return [OfferChange(institution.faces, before, offering)]


def _offered(offer: Offer) -> dict[str, str]:
    """Say each part of it under a name; words by their digest, which is what somebody agrees to."""
    said = {"open": _told(offer.open), "review_hours": str(offer.review_hours)}
    if terms := offer.terms:
        said |= {name: str(getattr(terms, name)) for name in ("version", "keep_days", "assessment", "assessed_on")}
        said |= {f"words {language}": terms.sha256(language) for language in terms.text}
    for risk, bar in offer.bars.items():
        said[f"risk {risk}"] = (
            f"passes at {bar.liveness} and {bar.similarity}, a person at {bar.liveness_least} and {bar.similarity_least}"
        )
    return said | {f"purpose {purpose}": risk.value for purpose, risk in offer.risks.items()}


def _reached(reach: Reach) -> dict[str, str]:
    """Say each number of it under a name."""
    said = {name: str(getattr(reach, name)) for name in ("currency", "daily_spend", "per_prefix", "per_address")}
    said |= {"ways": ", ".join(reach.ways), "patience": str(reach.patience)}
    for dial, one in reach.destinations.items():
        regions = ", ".join(sorted(one.regions)) or "all"
        said[f"dial {dial}"] = (
            f"price {one.price}, a day {one.daily_spend} and {one.daily_texts} texts, regions {regions}"
            + (f", by voice {one.voice_price}" if one.voice_price else "")
            + (f", ways {', '.join(one.ways)}" if one.ways else "")
        )
    return said


def changes(institution: Institution, register: Looking, catalogue: Shelf) -> list[Change]:
    """Compare; units first, parents before children, so that each change finds what it stands on."""
    return [
        *_differing(institution.units.values(), register.unit),
        *_differing(institution.staff.values(), register.staff),
        *_differing(institution.services.values(), catalogue.service),
        *_differing(institution.branches.values(), catalogue.branch),
    ]


def left_alone(institution: Institution, pages: Pages) -> list[str]:
    """Name what is registered and not in the file: nothing is ever taken away because somebody left it out."""
    units = pages.units()
    gone = [f"unit {id_}" for id_ in units if id_ not in institution.units]
    members = [member for id_ in units for member in pages.members(id_) if member.active]
    return gone + [f"staff {member.id}" for member in members if member.id not in institution.staff]


def _differing(wanted: Iterable[Thing], find: Callable[[str], Thing | None]) -> Iterator[Change]:
    for thing in wanted:
        before = find(thing.id)
        if before is None or not _chain(before).seq or _facts(thing) != _facts(before):
            yield Change(thing, before)


def _chain(thing: Unit | Staff | Service | Branch) -> Link:
    return thing.chain if isinstance(thing, Service | Branch) else thing.link


def _facts(thing: Unit | Staff | Service | Branch) -> dict[str, Any]:
    return {one.name: getattr(thing, one.name) for one in fields(thing) if one.name not in _UNTOLD}


def _told(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case time():
            return value.isoformat("minutes")
        case Document():
            return value.id
        case Mapping():
            return "; ".join(f"{name}: {_told(inner)}" for name, inner in value.items()) or "none"
        case tuple() | frozenset():
            return ", ".join(map(_told, sorted(value) if isinstance(value, frozenset) else value)) or "none"
    return str(value) if value not in (None, "") else "none"
