"""What a customer said when they were asked how it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

Said = bool | int | str


@dataclass(frozen=True)
class Answers:
    """The answers to one version of a questionnaire, noted by the agent who had them on the line.

    `scores` are those that can be counted, yes as 1 and no as 0; `unhappy` names the questions that were answered by somebody
    who is not content; `reopen` if they want the matter taken up again.
    """

    questionnaire: str
    given: Mapping[str, Said]
    scores: Mapping[str, int]
    unhappy: tuple[str, ...]
    reopen: bool
    by: str
    at: datetime
