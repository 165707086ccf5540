"""Canned answers."""

from functools import cached_property

from chalicelib.answers.service import Changing, Reviewing, Using, Writing
from chalicelib.answers.store import DynamoAnswers
from chalicelib.kernel.wording import Wording

from .foundations import HERE
from .genuine import Genuine


class Wordings(Genuine):
    """What is said in approved words."""

    @cached_property
    def _answers(self) -> Changing:
        return Changing(DynamoAnswers(self.tables), self.institution)

    @cached_property
    def answers(self) -> Using:
        return Using(self._answers, Wording(HERE / "answers" / "texts"))

    @cached_property
    def writing(self) -> Writing:
        return Writing(self._answers)

    @cached_property
    def reviewing(self) -> Reviewing:
        return Reviewing(self._answers)
