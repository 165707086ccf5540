"""Regulators' own codes as versioned data: which there are, what they are called, and whether a list is known to its end."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from chalicelib.sla.reading import PackError, Table
from chalicelib.sla.rules import Confidence


class UnknownCodeError(ValueError):
    """No such scheme, none in force, or a code that a list known to its end does not have."""

    def __init__(self, scheme: str, code: str = "") -> None:
        super().__init__(f"{scheme} has no code {code}" if code else f"there is no scheme {scheme}")
        self.scheme, self.code = scheme, code


@dataclass(frozen=True)
class CodeList:
    """One face of a scheme, such as product or cause; every code of it begins with `prefix`.

    A list that is not `complete` takes every code in the scheme's form: what is missing in it is missing with us only.
    """

    id: str
    prefix: str
    name: Mapping[str, str]
    complete: bool
    names: Mapping[str, Mapping[str, str]]

    def has(self, code: str) -> bool:
        """Tell whether a code is one of this list, as far as anybody can."""
        return code.startswith(self.prefix) and (code in self.names or not self.complete)


@dataclass(frozen=True)
class Scheme:
    """One version of a regulator's codes; local days in `timezone` are those its periods are counted in."""

    id: str
    version: str
    title: Mapping[str, str]
    effective_from: date
    effective_to: date | None
    timezone: str
    calendar: str
    regimes: tuple[str, ...]
    form: re.Pattern[str]
    confidence: Confidence
    source: str
    note: str
    lists: tuple[CodeList, ...]

    @property
    def ref(self) -> str:
        return f"{self.id}@{self.version}"

    def list_of(self, code: str) -> CodeList | None:
        """Find the list a code belongs to; None for a code that is in none, or not in the scheme's form."""
        if not self.form.fullmatch(code):
            return None
        return next((one for one in self.lists if one.has(code)), None)

    def checked(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Give the codes once each and in order; raises UnknownCodeError for one that can be none."""
        found = tuple(sorted(set(codes)))
        for code in found:
            if self.list_of(code) is None:
                raise UnknownCodeError(self.id, code)
        return found

    def name(self, code: str, language: str) -> str:
        """Say what a code is called, in en or zh; empty for one that our copy of the list does not have."""
        return next((one.names[code][language] for one in self.lists if code in one.names), "")

    def covers(self, regimes: Iterable[str]) -> bool:
        """Tell whether a case under these packs is one for this regulator."""
        return any(ref.partition("@")[0] in self.regimes for ref in regimes)


class Schemes:
    """Every version of every scheme in a folder, each file read when its scheme is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[Scheme, ...]] = {}

    def ids(self) -> tuple[str, ...]:
        """Name the schemes, in order."""
        return tuple(sorted({path.stem.partition("@")[0] for path in self._folder.glob("*.toml")}))

    def versions(self, id_: str) -> tuple[Scheme, ...]:
        """Give every version of a scheme, oldest first; none if there is no such scheme."""
        if id_ not in self._known:
            files = [path for path in self._folder.glob("*.toml") if path.stem.partition("@")[0] == id_]
            found = sorted((read_scheme(path) for path in files), key=lambda scheme: scheme.effective_from)
            self._known[id_] = tuple(found)
        return self._known[id_]

    def in_force(self, id_: str, now: datetime) -> Scheme:
        """Give the newest version in force then, on the local day of its place; raises UnknownCodeError if there is none."""
        for scheme in reversed(self.versions(id_)):
            day = now.astimezone(zone(scheme)).date()
            if scheme.effective_from <= day and (scheme.effective_to is None or day <= scheme.effective_to):
                return scheme
        raise UnknownCodeError(id_)

    def get(self, ref: str) -> Scheme:
        """Give a version by its ref; raises UnknownCodeError."""
        id_ = ref.partition("@")[0]
        for scheme in self.versions(id_):
            if scheme.ref == ref:
                return scheme
        raise UnknownCodeError(id_)


def zone(scheme: Scheme) -> ZoneInfo:
    """Give the time zone in which a scheme's days begin."""
    return ZoneInfo(scheme.timezone)


def read_scheme(path: Path) -> Scheme:
    """Read one version of a scheme; anything wrong raises PackError naming the file and the key."""
    table = Table.of(path)
    begins = table.day("effective_from")
    scheme = Scheme(
        id=table.text("id"),
        version=table.version("version", begins),
        title=table.names("title"),
        effective_from=begins,
        effective_to=table.day("effective_to") if table.has("effective_to") else None,
        timezone=table.timezone("timezone"),
        calendar=table.text("calendar"),
        regimes=table.words("regimes"),
        form=_form(table),
        confidence=table.choice("confidence", Confidence),
        source=table.text("source"),
        note=table.text("note", ""),
        lists=tuple(_list(row) for row in table.tables("lists")),
    )
    table.done()
    _check(table, scheme, path)
    return scheme


def _form(table: Table) -> re.Pattern[str]:
    form = table.text("form")
    try:
        return re.compile(form)
    except re.error as wrong:
        raise table.fail("form", f"is no pattern: {wrong}") from wrong


def _list(table: Table) -> CodeList:
    found = CodeList(
        id=table.text("id"),
        prefix=table.text("prefix"),
        name=table.names("name"),
        complete=table.take("complete", bool),
        names=_names(table),
    )
    table.done()
    return found


def _names(table: Table) -> dict[str, dict[str, str]]:
    rows = table.table("codes")
    return {code: rows.names(code) for code in rows.left()}


def _check(table: Table, scheme: Scheme, path: Path) -> None:
    if path.stem.partition("@")[0] != scheme.id:
        raise table.fail("id", f"must be what the file is called, {path.stem.partition('@')[0]}")
    prefixes = [one.prefix for one in scheme.lists]
    if any(one != other and one.startswith(other) for one in prefixes for other in prefixes) or len(
        set(prefixes)
    ) < len(prefixes):
        raise table.fail("lists", "no prefix may begin with another")
    for one in scheme.lists:
        for code in one.names:
            if not code.startswith(one.prefix) or not scheme.form.fullmatch(code):
                raise PackError(f"{table.where}: lists[{one.id}]: {code}: is not in the form of the list")
