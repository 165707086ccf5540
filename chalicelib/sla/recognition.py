"""What sounds like a complaint: words of dissatisfaction, as their file states them; a complaint's time begins with them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from chalicelib.sla.reading import PackError, Table, succession


@dataclass(frozen=True)
class Recognition:
    """One version of the words, by language. It asks a person, and never decides."""

    id: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    effective_from: date
    source: str
    words: Mapping[str, tuple[str, ...]] = field(hash=False)

    @property
    def ref(self) -> str:
        """The name of the version, such as `house@2020-01-01.1`."""
        return f"{self.id}@{self.version}"

    def heard(self, *texts: str) -> tuple[str, ...]:
        """Give the words of the list that stand in the texts, in the order of the list; the language of the texts is open."""
        found = self._pattern.findall(_folded("\n".join(texts)))
        return tuple(word for words in self.words.values() for word in words if _folded(word) in found)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # The longest first, so that "不满意" is not told as "不满"; one pass over the text whatever the number of words.
        whole = sorted((_folded(word) for words in self.words.values() for word in words), key=len, reverse=True)
        return re.compile("|".join(_sought(word) for word in whole))


def _sought(word: str) -> str:
    """A Latin word is sought between word boundaries; Chinese has none. One with digits alone is a hotline's number."""
    return rf"\b{re.escape(word)}\b" if word.isascii() and not word.isdigit() else re.escape(word)


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).casefold())


def read_recognition(path: Path) -> Recognition:
    """Read one version; its file must be called `<id>.toml` or `<id>@<version>.toml`. Raises PackError."""
    table, id_, version, begins = Table.versioned(path)
    words = table.table("words")
    found = Recognition(
        id=id_,
        version=version,
        title=table.names("title"),
        effective_from=begins,
        source=table.text("source"),
        words={language: tuple(words.words(language)) for language in words.left()},
    )
    table.done()
    if not any(found.words.values()):
        raise words.fail("en", "there are no words")
    return found


class Recognitions:
    """The versions of a folder, each read once; the newest that is in force applies to what is written today."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[Recognition, ...] = ()

    def at(self, now: datetime) -> Recognition:
        """Give the version in force at an instant (by its UTC day); raises PackError if there is none."""
        if not self._known:
            read = (read_recognition(path) for path in self._folder.glob("*.toml"))
            self._known = tuple(sorted(read, key=succession))
        day = now.astimezone(UTC).date()
        for one in reversed(self._known):
            if one.effective_from <= day:
                return one
        raise PackError(f"recognition: no version is in force on {day}")
