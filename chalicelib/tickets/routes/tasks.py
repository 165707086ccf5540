"""What is asked of other units, for who asks and for who is asked."""

from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, NotAllowedNow, NotFound, Outdated
from chalicelib.web import Listing, Query, call, given, sealed

from ..model import ConflictOfInterest, GateHeld, TooManyTasks
from .asking import Cursor, Id, Limit
from .bodies import ReasonIn
from .desk import desk
from .task_shapes import PartOut, TaskAnswer, TaskAssignment, TaskIn, TaskOut, TaskRowOut, ToldTaskOut
from .task_showing import asked, parts_out, task_out, task_row_out, told_out

_STEP = (NotAllowedNow, Outdated, ConflictOfInterest)


@desk.post("/v1/desk/tickets/{ticket}/tasks", Act.TASK_ASK, status=201, refusals=(*_STEP, TooManyTasks))
def ask_task(ticket: Id, body: TaskIn) -> TaskOut:
    """Ask another unit, or one's own, to find something out; a gate holds the decision back until it is answered."""
    return task_out(services().tasking.ask(ticket, asked(body), call(task_out)))


@desk.get("/v1/desk/tickets/{ticket}/tasks", Act.TASK_READ, refusals=(ConflictOfInterest,))
def list_tasks_of_ticket(ticket: Id) -> Listing[PartOut]:
    """List what was asked for a ticket, oldest first, and which task eats how much of its time."""
    return Listing(items=parts_out(services().tasking.of(ticket, call())), next_cursor=None)


@desk.get("/v1/desk/tasks", Act.TASK_READ, refusals=(CursorInvalid, NotFound))
def list_tasks(
    unit: Annotated[str | None, Query(max_length=64)] = None,
    owner: Annotated[str | None, Query(max_length=64)] = None,
    limit: Limit = 25,
    cursor: Cursor = None,
) -> Listing[TaskRowOut]:
    """List what a unit was asked and has not answered, nearest due first; my own unit if none is named."""
    place, bound = unit or call().actor.unit, ("tasks", unit or "", owner or "")
    page = services().tasking.queue(place, owner or "", limit, given(cursor, *bound), call())
    return Listing(items=[task_row_out(row) for row in page.items], next_cursor=sealed(page.next, *bound))


@desk.get("/v1/desk/tasks/{task}", Act.TASK_READ, refusals=(ConflictOfInterest,))
def get_task(task: Id) -> ToldTaskOut:
    """Show a task with all that was said on it; of its ticket no more than number and subject."""
    return told_out(*services().tasking.read(task, call()))


@desk.post("/v1/desk/tasks/{task}/accept", Act.TASK_WORK, refusals=_STEP)
def accept_task(task: Id) -> TaskOut:
    """Take on what I was given."""
    return task_out(services().finding.accept(task, call(task_out)))


@desk.post("/v1/desk/tasks/{task}/answer", Act.TASK_WORK, refusals=_STEP)
def answer_task(task: Id, body: TaskAnswer) -> TaskOut:
    """Answer; a statement is its owner's alone, and a gate is answered by nobody who wants through it."""
    return task_out(services().finding.answer(task, body.body, call(task_out)))


@desk.post("/v1/desk/tasks/{task}/assign", Act.TASK_WORK, refusals=_STEP)
def assign_task(task: Id, body: TaskAssignment) -> TaskOut:
    """Give a task to somebody else of its unit, with a note."""
    return task_out(services().finding.assign(task, body.owner, body.note or "", call(task_out)))


@desk.post("/v1/desk/tasks/{task}/return", Act.TASK_ASK, refusals=_STEP)
def return_task(task: Id, body: ReasonIn) -> TaskOut:
    """Say, once, that more is wanted than was answered; its time begins anew."""
    return task_out(services().tasking.send_back(task, body.reason, call(task_out)))


@desk.post("/v1/desk/tasks/{task}/cancel", Act.TASK_ASK, refusals=(*_STEP, GateHeld))
def cancel_task(task: Id, body: ReasonIn) -> TaskOut:
    """Say that a task is not wanted any more; a gate is lifted by a supervisor who neither asked nor owns the ticket."""
    return task_out(services().tasking.cancel(task, body.reason, call(task_out)))
