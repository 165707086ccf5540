"""The packs and calendars an institution runs on, read once from a folder of TOML files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from chalicelib.sla.calendar_files import read_calendar, read_override
from chalicelib.sla.calendars import Calendar
from chalicelib.sla.pack_files import read_pack
from chalicelib.sla.reading import PackError
from chalicelib.sla.rules import Pack, Rule, Status

__all__ = ["Pack", "PackError", "Packs", "UnknownPackError"]


class UnknownPackError(ValueError):
    """No such pack, version, rule or calendar, or none in force on that day."""


@dataclass(frozen=True)
class Packs:
    """Every version of every pack by its ref, and every calendar by its id."""

    packs: Mapping[str, Pack]
    calendars: Mapping[str, Calendar]

    @classmethod
    def load(cls, folder: Path) -> "Packs":
        """Read `regimes/`, `calendars/` and `calendars/overrides/`; anything wrong raises PackError."""
        calendars = {path.stem: read_calendar(path) for path in sorted((folder / "calendars").glob("*.toml"))}
        for path in sorted((folder / "calendars" / "overrides").glob("*.toml")):
            if path.stem not in calendars:
                raise PackError(f"overrides/{path.name}: there is no calendar {path.stem}")
            calendars[path.stem] = read_override(path).applied_to(calendars[path.stem])
        packs: dict[str, Pack] = {}
        for path in sorted((folder / "regimes").glob("*.toml")):
            pack = read_pack(path)
            if pack.ref in packs:
                raise PackError(f"{path.name}: version: {pack.ref} is in two files")
            _check_calendar(path.name, pack, calendars)
            packs[pack.ref] = pack
        _check_periods(packs)
        return cls(packs, calendars)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all packs, in order and once each."""
        return tuple(sorted({pack.id for pack in self.packs.values()}))

    def versions(self, pack_id: str) -> tuple[Pack, ...]:
        """Give every version of a pack, oldest first."""
        found = [pack for pack in self.packs.values() if pack.id == pack_id]
        return tuple(sorted(found, key=lambda pack: (pack.effective_from, len(pack.version), pack.version)))

    def in_force(self, pack_id: str, day: date) -> Pack:
        """Give the version a case received on that local day falls under."""
        for pack in self.versions(pack_id):
            if pack.covers(day):
                return pack
        raise UnknownPackError(f"no version of {pack_id} is in force on {day}")

    def get(self, ref: str) -> Pack:
        """Give the version a case was pinned to, whether or not it is still in force."""
        try:
            return self.packs[ref]
        except KeyError:
            raise UnknownPackError(f"there is no pack {ref}") from None

    def rule(self, ref: str, rule_id: str) -> Rule:
        """Give a rule of a pinned version, switched on or not."""
        found = self.get(ref).rule(rule_id)
        if found is None:
            raise UnknownPackError(f"{ref} has no rule {rule_id}")
        return found

    def calendar(self, calendar_id: str) -> Calendar:
        """Give a calendar with its overrides."""
        try:
            return self.calendars[calendar_id]
        except KeyError:
            raise UnknownPackError(f"there is no calendar {calendar_id}") from None

    def calendar_for(self, pack: Pack, unit_calendar: str) -> Calendar:
        """Give the calendar the pack counts on, in the pack's time zone; `unit_calendar` is the owning unit's."""
        if pack.calendar == "unit":
            return self.calendar(unit_calendar)
        own = self.calendar(pack.calendar)
        return own if own.timezone == pack.timezone else replace(own, timezone=pack.timezone)


def _check_calendar(name: str, pack: Pack, calendars: Mapping[str, Calendar]) -> None:
    if pack.calendar == "unit":
        return
    if pack.calendar not in calendars:
        raise PackError(f"{name}: calendar: there is no calendar {pack.calendar}")
    for rule in pack.rules:
        if rule.needs_opening and not calendars[pack.calendar].opening:
            raise PackError(f"{name}: calendar: {pack.calendar} has no opening blocks, which {rule.id} needs")


def _check_periods(packs: Mapping[str, Pack]) -> None:
    """Refuse two versions of one pack that a case received on the same day could fall under."""
    live = [pack for pack in packs.values() if pack.status is not Status.WITHDRAWN]
    for one, other in pairwise(sorted(live, key=lambda pack: (pack.id, pack.effective_from))):
        if one.id == other.id and one.covers(other.effective_from):
            raise PackError(
                f"{one.id}: effective_to: {one.ref} is still in force when {other.ref} begins;"
                f" give the older one an effective_to before {other.effective_from}, or the status withdrawn"
            )
