"""How content those are who were asked, by question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.sla.questionnaires import Kind, Questionnaires

from ..model import Purpose, Row, Status
from .figures import Figures, written

COLUMNS = ("unit", "purpose", "question", "kept", "answered", "mean", "unhappy", *(str(score) for score in range(6)))
Line = dict[str, int | str | float | None]


@dataclass(frozen=True)
class Scoring:
    """Counted from what the index has of each callback, by the local days that calls were promised for."""

    figures: Figures
    questionnaires: Questionnaires

    def report(self, unit: str, first: date, last: date, call: Call) -> list[Line]:
        """Count the answers to each question that is asked now, and those who are not content with anything, as `all`.

        `mean` is of what was answered, `kept` are the calls in which the question could have been asked. Columns 0 to 5 count
        answers: yes is 1 and no is 0. At most 31 days; raises Invalid for more.
        """
        unit = unit or call.actor.unit
        access.require_on(call.actor, Act.CALLBACK_REPORT, unit=unit)
        rows = [row for row in self.figures.rows(unit, first, last) if row.status == Status.KEPT]
        return [line for purpose in Purpose for line in self._of(unit, purpose, rows, call)]

    def csv(self, lines: Sequence[Line]) -> str:
        """Write the figures as CSV."""
        return written(lines, COLUMNS)

    def _of(self, unit: str, purpose: Purpose, rows: Sequence[Row], call: Call) -> Iterator[Line]:
        asked = self.questionnaires.at(purpose, call.now)
        kept = [row for row in rows if row.purpose == purpose]
        if asked is None or not kept:
            return
        whose: Line = {"unit": unit, "purpose": purpose.value, "kept": len(kept)}
        for question in asked.questions:
            if question.kind is not Kind.TEXT:
                given = [row.scores[question.id] for row in kept if question.id in row.scores]
                told = [score for score in given if question.complains(_meant(question.kind, score))]
                yield {**whose, "question": question.id, **_counted(given, len(told))}
        answered = [row for row in kept if row.scores]
        unhappy = sum(row.unhappy for row in answered)
        yield {**whose, "question": "all", "answered": len(answered), "mean": None, "unhappy": unhappy, **_none()}


def _meant(kind: Kind, score: int) -> int | bool:
    return bool(score) if kind is Kind.YES_NO else score


def _counted(given: Sequence[int], unhappy: int) -> Line:
    mean = round(sum(given) / len(given), 2) if given else None
    by_score: Line = {str(score): given.count(score) for score in range(6)}
    return {"answered": len(given), "mean": mean, "unhappy": unhappy, **by_score}


def _none() -> Line:
    return {str(score): None for score in range(6)}
