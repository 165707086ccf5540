"""What follows when somebody is not content after all: a supervisor makes it good, whether or not the matter goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Event

from ..model import Asking, ReopenWindowOver, Spell, Task, TaskKind, Ticket
from .changing import Part
from .handling import Handling
from .task_writing import written
from .tasking import Tasking


@dataclass(frozen=True)
class Recovering:
    """Told by whoever asked the customer."""

    tasking: Tasking
    handling: Handling

    def unhappy(self, read: Callable[[], Ticket], said: Mapping[str, Any], call: Call) -> None:
        """Hear from a call, `said["id"]`, that a customer is not content: once, however often it is said.

        The call is who asks for the task. If the customer wants it (`said["reopen"]`) and it is not too late, the ticket is
        taken up again in the same transaction.
        """

        def change(ticket: Ticket) -> tuple[Part, Task]:
            known = [task for task in ticket.tasks if task.by == said["id"]]
            if known:
                return Part(ticket, ticket, []), known[0]
            again, news = self._taken_up(ticket, said, call)
            part, task = self._made_good(again, said, call)
            return replace(part, before=ticket, happened=[*news, *part.happened]), task

        written(self.tasking.changing, read, call, change)

    def _taken_up(self, ticket: Ticket, said: Mapping[str, Any], call: Call) -> tuple[Ticket, list[Event]]:
        if not said["reopen"]:
            return ticket, []
        try:
            return self.handling.reopened(ticket, str(said["number"]), call)
        except (NotAllowedNow, ReopenWindowOver):
            # It goes on already, or it is too late: making good does not depend on it.
            return ticket, []

    def _made_good(self, ticket: Ticket, said: Mapping[str, Any], call: Call) -> tuple[Part, Task]:
        question = ": ".join(filter(None, (str(said["number"]), ", ".join(said["unhappy"]))))
        asking = Asking(TaskKind.RECOVERY, ticket.unit, question)
        task = Task(
            n=len(ticket.tasks) + 1,
            kind=TaskKind.RECOVERY,
            unit=ticket.unit,
            owner="",
            by=str(said["id"]),
            asked_from=ticket.unit,
            spells=(Spell(call.now),),
            texts=1,
        )
        owner = self.tasking.choosing.owner_for(ticket, task, call.now)
        return self.tasking.asked(ticket, replace(task, owner=owner), asking, call)
