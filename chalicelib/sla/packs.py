"""The packs and calendars an institution runs on, read from a folder of TOML files, at once or as they are needed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from chalicelib.sla.calendar_files import read_calendar, read_override
from chalicelib.sla.calendars import Calendar
from chalicelib.sla.pack_files import read_pack
from chalicelib.sla.reading import PackError, succession
from chalicelib.sla.rules import Pack, Rule, Status

__all__ = ["Pack", "PackError", "Packs", "UnknownPackError"]

V = TypeVar("V")


class UnknownPackError(ValueError):
    """No such pack, version, rule or calendar, or none in force on that day."""


class _Shelf(Mapping[str, V]):
    """What stands in files, each read when it is first asked for."""

    def __init__(self, files: Mapping[str, list[Path]], read: Callable[[list[Path]], V]) -> None:
        self._files, self._read = files, read
        self._known: dict[str, V] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._known:
            self._known[key] = self._read(self._files[key])
        return self._known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@dataclass(frozen=True)
class Packs:
    """Every version of every pack by the pack's id, oldest first, and every calendar by its id."""

    regimes: Mapping[str, tuple[Pack, ...]]
    calendars: Mapping[str, Calendar]

    @classmethod
    def load(cls, folder: Path) -> "Packs":
        """Read `regimes/`, `calendars/` and `calendars/overrides/`; anything wrong raises PackError."""
        packs = cls.open(folder)
        for calendar_id in packs.calendars:
            packs.calendar(calendar_id)
        for pack in packs.packs.values():
            _check_calendar(pack, packs.calendars)
        return packs

    @classmethod
    def open(cls, folder: Path) -> "Packs":
        """Read each file when it is first needed, for who starts often and needs few; `load` has checked them all."""
        calendars = _by_id(folder / "calendars")
        for calendar_id, files in _by_id(folder / "calendars" / "overrides").items():
            if calendar_id not in calendars:
                raise PackError(f"overrides/{calendar_id}.toml: there is no calendar {calendar_id}")
            calendars[calendar_id] += files
        return cls(_Shelf(_by_id(folder / "regimes"), _versions), _Shelf(calendars, _calendar))

    def including(self, pack: Pack) -> "Packs":
        """Give these with one more version, or with another text of it; raises PackError if they do not fit together."""
        kept = [known for known in self.versions(pack.id) if known.ref != pack.ref]
        more = Packs({**self.regimes, pack.id: _in_order([*kept, pack])}, self.calendars)
        _check_calendar(pack, self.calendars)
        return more

    @property
    def packs(self) -> Mapping[str, Pack]:
        """Every version of every pack by its ref."""
        return {pack.ref: pack for versions in self.regimes.values() for pack in versions}

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all packs, in order and once each."""
        return tuple(sorted(self.regimes))

    def versions(self, pack_id: str) -> tuple[Pack, ...]:
        """Give every version of a pack, oldest first."""
        return self.regimes.get(pack_id, ())

    def in_force(self, pack_id: str, day: date) -> Pack:
        """Give the version a case received on that local day falls under."""
        for pack in self.versions(pack_id):
            if pack.covers(day):
                return pack
        raise UnknownPackError(f"no version of {pack_id} is in force on {day}")

    def get(self, ref: str) -> Pack:
        """Give the version a case was pinned to, whether or not it is still in force."""
        for pack in self.versions(ref.partition("@")[0]):
            if pack.ref == ref:
                return pack
        raise UnknownPackError(f"there is no pack {ref}")

    def rule(self, ref: str, rule_id: str) -> Rule:
        """Give a rule of a pinned version, switched on or not."""
        found = self.get(ref).rule(rule_id)
        if found is None:
            raise UnknownPackError(f"{ref} has no rule {rule_id}")
        return found

    def counted(self, ref: str, rule_id: str, unit_calendar: str) -> tuple[Rule, Calendar]:
        """Give a rule of a pinned version and the calendar it counts on, looked up once: a call asks dozens of times."""
        asked = ref, rule_id, unit_calendar
        if asked not in self._counted:
            self._counted[asked] = self.rule(ref, rule_id), self.calendar_for(self.get(ref), unit_calendar)
        return self._counted[asked]

    @cached_property
    def _counted(self) -> dict[tuple[str, str, str], tuple[Rule, Calendar]]:
        return {}

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


def _by_id(folder: Path) -> dict[str, list[Path]]:
    """Sort the files of a folder by what they are called before the @ of a version."""
    found = defaultdict[str, list[Path]](list)
    for path in sorted(folder.glob("*.toml")):
        found[path.stem.partition("@")[0]].append(path)
    return dict(found)


def _calendar(files: list[Path]) -> Calendar:
    calendar = read_calendar(files[0])
    for path in files[1:]:
        calendar = read_override(path).applied_to(calendar)
    return calendar


def _versions(files: list[Path]) -> tuple[Pack, ...]:
    """Read every version of one pack; refuses two of one name, and two that a case of one day could fall under."""
    found: dict[str, Pack] = {}
    for path in files:
        pack = read_pack(path)
        if pack.ref in found:
            raise PackError(f"{path.name}: version: {pack.ref} is in two files")
        found[pack.ref] = pack
    return _in_order(found.values())


def _in_order(found: Iterable[Pack]) -> tuple[Pack, ...]:
    versions = sorted(found, key=succession)
    _check_periods(versions)
    return tuple(versions)


def _check_calendar(pack: Pack, calendars: Mapping[str, Calendar]) -> None:
    if pack.calendar == "unit":
        return
    if pack.calendar not in calendars:
        raise PackError(f"{pack.ref}: calendar: there is no calendar {pack.calendar}")
    for rule in pack.rules:
        if rule.needs_opening and not calendars[pack.calendar].opening:
            raise PackError(f"{pack.ref}: calendar: {pack.calendar} has no opening blocks, which {rule.id} needs")


def _check_periods(versions: list[Pack]) -> None:
    live = [pack for pack in versions if pack.status is not Status.WITHDRAWN]
    for one, other in pairwise(live):
        if one.covers(other.effective_from):
            raise PackError(
                f"{one.id}: effective_to: {one.ref} is still in force when {other.ref} begins;"
                f" give the older one an effective_to before {other.effective_from}, or the status withdrawn"
            )
