"""Reading TOML strictly: every key is taken once with its type, and what nobody took is an error naming it."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})\.[1-9]\d*")
_MISSING: Any = object()


class Version(Protocol):
    """One version of a file: when it takes effect, and its name, such as `2026-01-01.2`."""

    @property
    def effective_from(self) -> date: ...
    @property
    def version(self) -> str: ...


def succession(one: Version) -> tuple[date, int]:
    """Give what versions are ordered by: the day they take effect, then their running number, so that .10 follows .9."""
    return one.effective_from, int(one.version.rpartition(".")[2])


class PackError(ValueError):
    """A file of packs or calendars is wrong; the message names the file and the key."""


class Table:
    """One TOML table that is being read; `where` is its file and path, for messages."""

    def __init__(self, where: str, data: Mapping[str, Any]) -> None:
        self.where = where
        self._rest = dict(data)

    @classmethod
    def of(cls, path: Path) -> "Table":
        """Read the file; one that is not TOML raises PackError."""
        try:
            return cls(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
        except ValueError as error:
            raise PackError(f"{path.name}: not readable as TOML: {error}") from error

    @classmethod
    def versioned(cls, path: Path) -> "tuple[Table, str, str, date]":
        """Read the file of one version; give it with its id, its version, and the day it takes effect.

        It must be called `<id>.toml` or `<id>@<version>.toml`. Raises PackError.
        """
        table = cls.of(path)
        id_, begins = table.text("id"), table.day("effective_from")
        version = table.version("version", begins)
        if path.stem not in (id_, f"{id_}@{version}"):
            raise table.fail("id", f"the file must be called {id_}.toml or {id_}@{version}.toml")
        return table, id_, version, begins

    def fail(self, key: str, what: str) -> PackError:
        """Make the error that says what is wrong with the key."""
        return PackError(f"{self.where}: {key}: {what}")

    def left(self) -> tuple[str, ...]:
        """Give the keys nobody has taken yet."""
        return tuple(self._rest)

    def has(self, key: str) -> bool:
        """Tell whether the key is there and was not taken yet."""
        return key in self._rest

    def take(self, key: str, kind: type[T], default: T = _MISSING) -> T:
        """Take a value that must be of exactly that type (true is not a number); no default means required."""
        value = self._rest.pop(key, default)
        if value is _MISSING:
            raise self.fail(key, "is missing")
        if value is not default and type(value) is not kind:
            raise self.fail(key, f"must be a {kind.__name__}, not {value!r}")
        return value

    def text(self, key: str, default: str = _MISSING) -> str:
        """Take a text; a required one may not be empty."""
        value = self.take(key, str, default)
        if default is _MISSING and not value.strip():
            raise self.fail(key, "is empty")
        return value

    def number(self, key: str, low: int, high: int) -> int:
        """Take a whole number within bounds."""
        value = self.take(key, int)
        if not low <= value <= high:
            raise self.fail(key, f"must be {low} to {high}, not {value}")
        return value

    def day(self, key: str) -> date:
        """Take a local date; one with a time of day is refused."""
        return self.take(key, date)

    def version(self, key: str, begins: date) -> str:
        """Take the name of a version: the day it takes effect, a dot and a running number."""
        version = self.text(key)
        dated = VERSION.fullmatch(version)
        if dated is None or dated[1] != begins.isoformat():
            raise self.fail(key, f"must be {begins}.<number>, the day it takes effect")
        return version

    def choice(self, key: str, kind: type[E], default: E | None = None) -> E:
        """Take one of the values of an enumeration."""
        value = self.take(key, str, _MISSING if default is None else default.value)
        try:
            return kind(value)
        except ValueError:
            raise self.fail(key, f"must be one of {', '.join(kind)}, not {value!r}") from None

    def words(self, key: str) -> tuple[str, ...]:
        """Take a list of different, non-empty texts; none if the key is not there."""
        values = self.take(key, list, [])
        if any(not isinstance(value, str) or not value for value in values) or len(set(values)) < len(values):
            raise self.fail(key, "must be a list of different texts")
        return tuple(values)

    def timezone(self, key: str) -> str:
        """Take the name of a time zone that this machine knows."""
        name = self.text(key)
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError) as error:
            raise self.fail(key, f"{name!r} is not a known time zone") from error
        return name

    def names(self, key: str) -> dict[str, str]:
        """Take a name in English and in Chinese, both of them required."""
        table = self.table(key)
        both = {"en": table.text("en"), "zh": table.text("zh")}
        table.done()
        return both

    def table(self, key: str) -> "Table":
        """Take a table within this one; an empty one if it is not there."""
        return Table(f"{self.where}: {key}", self.take(key, dict, {}))

    def tables(self, key: str) -> list["Table"]:
        """Take a list of tables, each known in messages by its `id`; none if the key is not there."""
        rows = self.take(key, list, [])
        if any(not isinstance(row, dict) for row in rows):
            raise self.fail(key, "must be a list of tables")
        return [Table(f"{self.where}: {key}[{row.get('id', place)}]", row) for place, row in enumerate(rows)]

    def days(self) -> dict[date, Any]:
        """Take everything left as values under dates."""
        found = {}
        for key in list(self._rest):
            try:
                found[date.fromisoformat(key)] = self._rest.pop(key)
            except ValueError:
                raise self.fail(key, "is not a date such as 2026-02-14") from None
        return found

    def done(self) -> None:
        """Refuse whatever nobody has taken."""
        for key in self._rest:
            raise self.fail(key, "is not a known key")
