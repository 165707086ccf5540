"""An answer: for which matters it is, and its versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Link
from chalicelib.kernel.notices import Notice, ask_again_at

from .version import State, Version

# The hash key of the index `library`, which lists all of them, and the sort key of the item that changes.
LIBRARY = "answers"
HEAD = "answer"
# Of each wording, as many characters as the list looks through.
_SEARCHED = 2_000
# Some hundred answers, each due once a year.
DUE_SHARDS = 1


class Kind(StrEnum):
    """The kinds of matter an answer may be for."""

    ENQUIRY = "enquiry"
    REQUEST = "request"
    COMPLAINT = "complaint"


@dataclass(frozen=True)
class Scope:
    """For what it is: a unit and all below it; kinds of matter, and topics and products, all of them where none is named."""

    unit: str
    kinds: tuple[Kind, ...]
    topics: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """A wording filled for a case, the version it is of, as `id@n`, and that version's digest."""

    text: str
    ref: str
    sha256: str
    language: str


@dataclass(frozen=True)
class Answer:
    """`owner` is whoever wrote the newest version, and hears when it has to be looked at again."""

    id: str
    title: str
    scope: Scope
    owner: str
    versions: tuple[Version, ...] = ()
    notices: tuple[Notice, ...] = ()
    version: int = 0
    link: Link = field(default_factory=Link)
    searched: str = ""

    @property
    def place(self) -> dict[str, str]:
        """Say where it stands in the library, for the next page to begin behind it."""
        return {"library": LIBRARY, "id": self.id, "pk": self.id, "sk": HEAD}

    def found_by(self, wordings: Mapping[str, str]) -> "Answer":
        """Give the answer as a list finds it: by its title and the beginning of each wording, without capitals."""
        texts = [self.title, *(wording[:_SEARCHED] for wording in wordings.values())]
        return replace(self, searched="\n".join(texts).casefold())

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    @property
    def due_at(self) -> datetime | None:
        """When somebody has to be told something next: of a review, or again of what they have not heard."""
        instants = [ask_again_at(notice) for notice in self.notices]
        instants += [one.review_at for one in self.versions if one.review_at and self.to_review(one)]
        return min(instants, default=None)

    def nth(self, n: int) -> Version:
        """Give a version by its number; raises NotFound."""
        found = next((version for version in self.versions if version.n == n), None)
        if found is None:
            raise NotFound
        return found

    def in_force(self, now: datetime) -> Version | None:
        """Give the version in force: the newest that took effect, unless it was retired; an older one never comes back."""
        newest = max((it for it in self.versions if it.took_effect(now)), key=lambda it: it.n, default=None)
        return newest if newest is not None and newest.state is State.APPROVED else None

    def to_review(self, version: Version) -> bool:
        """Tell whether a version still waits for the day on which its owner is told to look at it."""
        return not version.reminded and version.review_at is not None and self.in_force(version.review_at) == version

    def with_version(self, version: Version) -> "Answer":
        """Give the answer with a version as it is now, or with one more."""
        others = [one for one in self.versions if one.n != version.n]
        return replace(self, versions=tuple(sorted([*others, version], key=lambda one: one.n)))

    def owing(self, notice: Notice) -> "Answer":
        """Give the answer owing word of something; one key is owed once."""
        return replace(self, notices=(*(n for n in self.notices if n.key != notice.key), notice))

    def told(self, key: str) -> "Answer":
        """Give the answer no longer owing word under a key, or any that begins with it and a colon."""
        kept = (notice for notice in self.notices if not f"{notice.key}:".startswith(f"{key}:"))
        return replace(self, notices=tuple(kept))

    def word(self, notice: Notice) -> dict[str, Any]:
        """Write a notice as an event carries it: whom to tell what about which answer."""
        return {
            "key": notice.key,
            "template": notice.template,
            "to": notice.to,
            "tries": notice.tries,
            "number": self.title,
            "unit": self.scope.unit,
            "owner": self.owner,
            "customer": "",
            "language": "",
            "facts": dict(notice.facts),
        }


@dataclass(frozen=True)
class Asked:
    """What somebody looks for; what is empty does not matter."""

    kind: str = ""
    topic: str = ""
    language: str = ""
    words: str = ""

    def fits(self, answer: Answer, version: Version) -> bool:
        """Tell whether an answer, in that version, is what was looked for."""
        kinds, topics = answer.scope.kinds, answer.scope.topics
        return (
            (not self.kind or self.kind in kinds)
            and (not self.topic or not topics or self.topic in topics)
            and (not self.language or self.language in version.languages)
            and self.words.casefold() in answer.searched
        )
