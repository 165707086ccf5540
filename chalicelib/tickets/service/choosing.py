"""Who works on a task: somebody of its unit who is there, has the least to do, and has no interest in the answer."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid, NotFound

from .. import policy
from ..model import ConflictOfInterest, Task, TaskKind, Ticket, task_id
from ..ports import Colleagues
from .changing import Changing
from .task_writing import parent

# In this order: where there is no agent a supervisor has it, and a head office's advice is often compliance's.
OWNERS = (Role.AGENT, Role.SUPERVISOR, Role.COMPLIANCE)
# What was done by agents is made good by who leads them.
MAKE_GOOD = (Role.SUPERVISOR, Role.COMPLIANCE)


@dataclass(frozen=True)
class Choosing:
    """Who may have a task, who gets it, and who may touch it."""

    changing: Changing
    colleagues: Colleagues

    def owner_for(self, ticket: Ticket, task: Task, now: datetime, but: str = "") -> str:
        """Choose an owner by what each has to do, tickets and tasks; never `but`; empty if there is nobody.

        A statement is for who is complained about, where they work in the unit that is asked.
        """
        there = self.colleagues.suited(task.unit, "", ticket.topic or ticket.product, now)
        there.pop(but, None)
        if task.kind is TaskKind.STATEMENT and ticket.about_staff in self.colleagues.working(task.unit, now):
            return ticket.about_staff
        free = {who: roles for who, roles in there.items() if not barred(ticket, task, who)}
        able = ([who for who, roles in free.items() if role in roles] for role in _owners(task))
        candidates: list[str] = next((found for found in able if found), [])
        if len(candidates) < 2:
            return "".join(candidates)
        store = self.changing.store
        loads = Counter(store.loads(task.unit)) + Counter(store.task_loads(task.unit))
        id_ = task_id(ticket.id, task.n)
        return policy.choose_owner(candidates, id_, loads, self.colleagues.capacities(task.unit))

    def check(self, ticket: Ticket, task: Task, who: str, now: datetime) -> None:
        """Raise Invalid for who is not there, ConflictOfInterest for who has an interest."""
        roles = self.colleagues.working(task.unit, now).get(who)
        if roles is None or not roles & set(_owners(task)):
            raise Invalid.field("owner", "not_one_of")
        if barred(ticket, task, who):
            raise ConflictOfInterest

    def there(self, task: Task, now: datetime) -> bool:
        """Tell whether its owner is there."""
        return task.owner in self.colleagues.working(task.unit, now)

    def found(self, id_: str) -> tuple[Ticket, Task]:
        """Read a task with its ticket, for nobody in particular; raises NotFound."""
        ticket_id, n = parent(id_)
        ticket = self.changing.store.get(ticket_id)
        task = ticket.task(n) if ticket else None
        if ticket is None or task is None:
            raise NotFound
        return ticket, task

    def reach(self, id_: str, act: Act, call: Call) -> tuple[Ticket, Task]:
        """Give a task somebody of its unit may do this to; raises NotFound for a foreign one.

        Who is complained about reaches a task only to make their own statement, and who works in a unit that is only the
        unit's (回避): ConflictOfInterest.
        """
        access.require(call.actor, act)
        return self.permitted(*self.found(id_), act, call)

    def permitted(self, ticket: Ticket, task: Task, act: Act, call: Call) -> tuple[Ticket, Task]:
        """Give a task that was read already, if somebody of its unit may do this to it; raises as `reach` does."""
        access.require_on(call.actor, act, unit=task.unit)
        statement = task.kind is TaskKind.STATEMENT
        about_me = call.actor.id == ticket.about_staff and not (statement and task.owner == call.actor.id)
        works_there = act not in access.LOOKING and ticket.complained_about("", call.actor.unit) and not statement
        if about_me or works_there:
            raise ConflictOfInterest
        return ticket, task


def _owners(task: Task) -> tuple[Role, ...]:
    return MAKE_GOOD if task.kind is TaskKind.RECOVERY else OWNERS


def barred(ticket: Ticket, task: Task, who: str) -> bool:
    """Tell whether somebody must not have this task: for a gate who wants through it, else who is complained about."""
    if task.kind is TaskKind.STATEMENT:
        return False
    return not task.may_answer(who, ticket.owner) or ticket.complained_about(who, task.unit)
