"""Canned answers."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.kernel.wording import Wording

from .foundations import HERE, Foundations

if TYPE_CHECKING:
    from chalicelib.answers.service import Changing, Reviewing, Using, Writing


class Wordings(Foundations):
    """What is said in approved words."""

    @cached_property
    def _answers(self) -> "Changing":
        from chalicelib.answers.service import Changing
        from chalicelib.answers.store import DynamoAnswers

        return Changing(DynamoAnswers(self.tables), self.institution)

    @cached_property
    def answers(self) -> "Using":
        from chalicelib.answers.service import Using

        return Using(self._answers, Wording(HERE / "answers" / "texts"))

    @cached_property
    def writing(self) -> "Writing":
        from chalicelib.answers.service import Writing

        return Writing(self._answers)

    @cached_property
    def reviewing(self) -> "Reviewing":
        from chalicelib.answers.service import Reviewing

        return Reviewing(self._answers)
