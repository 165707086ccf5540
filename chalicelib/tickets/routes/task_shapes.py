"""What is sent and answered about tasks."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.web import Body, Out, Versioned
from chalicelib.web.shapes import Moment

from ..model import TaskKind
from .bodies import Prose, Word

Question = Annotated[str, Field(min_length=1, max_length=10_000)]
TASK = "task_01M83255V069EDXC383WSXJHG7_1"


class TaskIn(Body):
    """What is to be found out, by whom, and within how much of the rule's own unit if it is to be less than the rule's."""

    kind: Literal[TaskKind.BUSINESS, TaskKind.LEGAL, TaskKind.QUALITY, TaskKind.STATEMENT] = Field(
        examples=["business"]
    )
    unit: Word = Field(examples=["hq"])
    question: Question = Field(examples=["Was the fee booked twice on 3 November?"])
    owner: Word | None = Field(default=None, examples=["head-hq"])
    gate: bool = False
    within: int | None = Field(default=None, ge=1, le=10_000, examples=[8])


class TaskAnswer(Body):
    """What was found out."""

    body: Prose = Field(examples=["Yes: the batch of that night ran twice."])


class TaskAssignment(Body):
    """Who goes on with a task, and what they have to know."""

    owner: Word = Field(examples=["head-hq"])
    note: Question | None = Field(default=None, examples=["The log of that night is with operations."])


class TaskFacts(Out):
    """What every view of a task tells; `due_at` is the first instant that is too late, null where no rule gives a time."""

    id: str = Field(examples=[TASK])
    number: str = Field(examples=["T-20261123-JHG7T"])
    subject: str = Field(examples=["Card fee"])
    kind: str = Field(examples=["business"])
    gate: bool = Field(examples=[False])
    state: str = Field(examples=["open"])
    unit: str = Field(examples=["hq"])
    owner: str | None = Field(examples=["head-hq"])
    asked_from: str = Field(examples=["east"])
    asked_at: Moment
    due_at: Moment | None


class TaskRowOut(TaskFacts):
    """A task as a line in the queue of the unit that was asked."""

    version: int = Field(examples=[2])


class TaskOut(TaskFacts, Versioned):
    """A task; `waited_for` is how long nobody accepted it, `open_for` how long somebody had to do something about it."""

    ticket: str = Field(examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    asked_by: str = Field(examples=["agent-east"])
    accepted_at: Moment | None
    answered_at: Moment | None
    answered_by: str | None = Field(examples=["head-hq"])
    clock: str | None = Field(examples=["house.task_business:1"])
    clock_state: str | None = Field(examples=["running"])
    waited_for: str = Field(examples=["PT3600S"])
    open_for: str = Field(examples=["PT7200S"])


class PartOut(TaskOut):
    """A task as who answers for the ticket sees it: `share` is the part, in percent, of the time counted so far by the clock
    that promises the customer an answer (`of_clock`) in which the task was open; `eats_most` marks the largest.
    """

    of_clock: str | None = Field(examples=["cn.nfra.decision"])
    share: int = Field(examples=[40])
    eats_most: bool = Field(examples=[True])


class SaidOut(Out):
    """Something said on a task: the question, an answer, what was missing in it, a note."""

    word: str = Field(examples=["question"])
    by: str = Field(examples=["agent-east"])
    at: Moment
    body: str = Field(examples=["Was the fee booked twice on 3 November?"])


class ToldTaskOut(TaskOut):
    """A task with all that was said on it, oldest first."""

    said: list[SaidOut]
