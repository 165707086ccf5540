"""What somebody is asked in a call, and which answers say that they are not content: as the files state it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from .contact import Purpose
from .reading import PackError, Table, succession

LOWEST, HIGHEST = 1, 5
LONGEST = 2_000  # characters of an answer in words
Given = bool | int | str


class Kind(StrEnum):
    """How a question is answered: from 1 to 5, yes or no, or in words."""

    SCORE = "score"
    YES_NO = "yes_no"
    TEXT = "text"


@dataclass(frozen=True)
class Question:
    """`unhappy` is the highest score, or the answer, that says somebody is not content; None if none does."""

    id: str
    kind: Kind
    text: Mapping[str, str] = field(hash=False)
    unhappy: int | bool | None = None
    optional: bool = False

    def fault(self, given: Given | None) -> str:
        """Say what is wrong with an answer, in a code of ours; empty if nothing is."""
        if given is None:
            return "" if self.optional else "missing"
        match self.kind:
            case Kind.SCORE:
                fits = type(given) is int and LOWEST <= given <= HIGHEST
            case Kind.YES_NO:
                fits = type(given) is bool
            case Kind.TEXT:
                fits = type(given) is str and 0 < len(given) <= LONGEST
        return "" if fits else "not_one_of"

    def complains(self, given: Given | None) -> bool:
        """Tell whether an answer that fits says that somebody is not content."""
        if self.unhappy is None or given is None:
            return False
        return given is self.unhappy if self.kind is Kind.YES_NO else int(given) <= self.unhappy


@dataclass(frozen=True)
class Questionnaire:
    """One version of what is asked in the calls of a purpose, in the order in which it is asked."""

    id: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    effective_from: date
    purpose: Purpose
    questions: Sequence[Question]

    @property
    def ref(self) -> str:
        """The name of the version, such as `follow_up@2026-01-01.1`."""
        return f"{self.id}@{self.version}"

    def faults(self, given: Mapping[str, Given]) -> Mapping[str, str]:
        """Say what is wrong with answers, by question; one that is not asked is unknown."""
        asked = {question.id for question in self.questions}
        found = {question.id: question.fault(given.get(question.id)) for question in self.questions}
        return {id_: fault for id_, fault in found.items() if fault} | {
            id_: "unknown_field" for id_ in given if id_ not in asked
        }

    def complaints(self, given: Mapping[str, Given]) -> tuple[str, ...]:
        """Name the questions whose answers say that somebody is not content."""
        return tuple(question.id for question in self.questions if question.complains(given.get(question.id)))

    def scored(self, given: Mapping[str, Given]) -> Mapping[str, int]:
        """Give the answers that can be counted: scores, and yes as 1 and no as 0."""
        counted = [question.id for question in self.questions if question.kind is not Kind.TEXT]
        return {id_: int(given[id_]) for id_ in counted if id_ in given}


def read_questionnaire(path: Path) -> Questionnaire:
    """Read one version; its file must be called `<id>.toml` or `<id>@<version>.toml`. Raises PackError."""
    table, id_, version, begins = Table.versioned(path)
    questions = tuple(_question(row) for row in table.tables("questions"))
    found = Questionnaire(id_, version, table.names("title"), begins, table.choice("purpose", Purpose), questions)
    table.done()
    if not questions or len({question.id for question in questions}) < len(questions):
        raise table.fail("questions", "there are none, or two of one id")
    if all(question.unhappy is None for question in questions):
        raise table.fail("questions", "no answer says that somebody is not content")
    return found


def _question(row: Table) -> Question:
    kind = row.choice("kind", Kind)
    question = Question(
        id=row.text("id"),
        kind=kind,
        text=row.names("text"),
        unhappy=_unhappy(row, kind),
        optional=row.take("optional", bool, default=False),
    )
    row.done()
    return question


def _unhappy(row: Table, kind: Kind) -> int | bool | None:
    told = row.text("unhappy", "")
    if not told:
        return None
    scores: Mapping[str, int | bool] = {str(score): score for score in range(LOWEST, HIGHEST)}
    meant = {Kind.SCORE: scores, Kind.YES_NO: {"yes": True, "no": False}}.get(kind, {})
    if told not in meant:
        raise row.fail("unhappy", f"must be one of {', '.join(meant) or 'nothing'}, not {told!r}")
    return meant[told]


class Questionnaires:
    """The files of a folder, read when one is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[Questionnaire, ...] = ()

    def load(self) -> Sequence[Questionnaire]:
        """Read every file, as a build does, earliest version first; raises PackError."""
        if not self._known:
            found = [read_questionnaire(path) for path in self._folder.glob("*.toml")]
            self._known = tuple(sorted(found, key=succession))
            if len({one.ref for one in found}) < len(found):
                raise PackError("questionnaires: two files have one version")
        return self._known

    def at(self, purpose: Purpose, now: datetime) -> Questionnaire | None:
        """Give what is asked in calls of a purpose, by the UTC day; None where nothing is."""
        day = now.astimezone(UTC).date()
        return next(
            (one for one in reversed(self.load()) if one.purpose is purpose and one.effective_from <= day), None
        )

    def version(self, ref: str, purpose: Purpose, now: datetime) -> Questionnaire | None:
        """Give a version of what is asked in calls of a purpose, if it has begun; an older one still counts."""
        day = now.astimezone(UTC).date()
        found = (one for one in self.load() if one.ref == ref and one.purpose is purpose)
        return next((one for one in found if one.effective_from <= day), None)
