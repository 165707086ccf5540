"""Reading a ticket with its rights, and changing it under its version."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Link, Record, chained, end
from chalicelib.sla.packs import Packs

from .. import events
from ..model import MOVES, ConflictOfInterest, Kind, Message, Said, TaskRow, Ticket, moves, task_row
from ..policy import scheduled
from ..ports import Tickets
from .task_ending import ended

TRIES = 4
# Under this name a record tells what word is owed no longer although nobody took it over.
DROPPED = "dropped"
Change = tuple[Ticket, Sequence[Event]]


def sha256(*texts: str) -> str:
    """Hash what people wrote, so that a record proves it without telling it."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()


def posted(ticket: Ticket, message: Message) -> events.MessagePosted:
    """Say that a message is on a ticket."""
    answer = {"ref": message.answer, "sha256": message.answer_sha256} if message.answer else None
    digest = sha256(message.body)
    return events.MessagePosted(ticket.id, message.id, message.author, message.visibility, digest, answer)


@dataclass(frozen=True)
class Part:
    """What one ticket has to do with a use case: as it was (None if it is new), as it is now, and what happened to it.

    `say` is said on the ticket, `said` on one of its tasks.
    """

    before: Ticket | None
    after: Ticket
    happened: Sequence[Event]
    say: Message | None = None
    said: Said | None = None


@dataclass(frozen=True)
class Changing:
    """The one way a ticket is read for somebody, and the one way it is written.

    `tells` says for a kind of ticket what reports may know of its process.
    """

    store: Tickets
    packs: Packs
    tells: Mapping[Kind, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = field(default_factory=dict)

    def reach(self, id_: str, act: Act, call: Call) -> Ticket:
        """Give a ticket the caller may do this to; raises NotFound for a foreign one, Forbidden for a foreign act.

        Staff who are complained about may see the ticket in no way, and who works in a unit that is may only look
        (回避): ConflictOfInterest.
        """
        access.require(call.actor, act)
        ticket = self.store.get(id_)
        if ticket is None:
            raise NotFound
        return self.permitted(ticket, act, call)

    def permitted(self, ticket: Ticket, act: Act, call: Call) -> Ticket:
        """Give a ticket that was read already, if the caller may do this to it; raises as `reach` does."""
        actor = call.actor
        spoken_for = actor.id if ticket.speaks(actor.id, call.now) else ticket.customer_id
        access.require_on(actor, act, customer=spoken_for, unit=ticket.unit)
        works_there = "" if act in access.LOOKING else actor.unit
        if actor.is_staff and ticket.complained_about(actor.id, works_there):
            raise ConflictOfInterest
        return ticket

    def add(self, ticket: Ticket, happened: Sequence[Event], call: Call) -> Ticket:
        """Store a new ticket with its records; raises Changed if its number is taken."""
        return self._write([Part(None, ticket, happened)], call)[0]

    def change(
        self,
        id_: str,
        act: Act,
        call: Call,
        change: Callable[[Ticket], Change],
        say: Message | None = None,
    ) -> Ticket:
        """Change a ticket the caller may do this to, and record what happened; what others do meanwhile is kept."""
        return self.apply(lambda: self.reach(id_, act, call), call, change, say)

    def apply(
        self, read: Callable[[], Ticket], call: Call, change: Callable[[Ticket], Change], say: Message | None = None
    ) -> Ticket:
        """Read, change, and write if nobody wrote in between; else again. No events, no write but the answer's."""

        def part(tickets: list[Ticket]) -> list[Part]:
            return [Part(tickets[0], *change(tickets[0]), say)]

        return self.together(lambda: [read()], call, part)[0]

    def together(
        self, read: Callable[[], list[Ticket]], call: Call, change: Callable[[list[Ticket]], list[Part]]
    ) -> list[Ticket]:
        """Change several tickets, or make new ones beside them, in one transaction; If-Match is about the first."""
        for attempt in range(TRIES):
            before = read()
            call.expect(before[0].version)
            parts = change(before)
            if not any(part.happened for part in parts):
                self.store.remember(call.stamp(before[0]))
                return before
            try:
                return self._write(parts, call)
            except Changed:
                if attempt + 1 == TRIES:
                    raise
        raise Changed

    def _write(self, parts: Sequence[Part], call: Call) -> list[Ticket]:
        records: list[Record] = []
        written: list[Ticket] = []
        parts = [self._settled(part, call) for part in parts]
        for part in parts:
            link = part.before.link if part.before else Link()
            moved = moves(part.before.clocks if part.before else (), part.after.clocks)
            beside = {MOVES: moved, DROPPED: _dropped(part)}
            chain = chained(part.after.id, link, part.happened, call, {name: it for name, it in beside.items() if it})
            version = part.before.version + 1 if part.before else part.after.version
            after = replace(part.after, link=end(chain, link), version=version)
            told = self.tells.get(after.kind)
            written.append(scheduled(after, self.packs, call.now, told(after.process) if told else None))
            records += chain
        new = frozenset(part.after.id for part in parts if part.before is None)
        says = [(part.after.id, part.say) for part in parts if part.say is not None]
        pairs = zip(parts, written, strict=True)
        rows = [row for part, ticket in pairs for row in self._tasks(part.before, ticket, call)]
        said = [(part.after.id, part.said) for part in parts if part.said is not None]
        self.store.write(written, new, records, call.stamp(written[0]), says, rows, said)
        return written

    def _settled(self, part: Part, call: Call) -> Part:
        """Let nobody go on with a task of a ticket that is over, whoever ended it and how."""
        if part.after.open:
            return part
        after, news = ended(part.after, "closed", call, self.packs)
        return replace(part, after=after, happened=[*part.happened, *news])

    def _tasks(self, before: Ticket | None, after: Ticket, call: Call) -> list[TaskRow]:
        """List the lines of the tasks that are not as they were."""
        known = before.tasks if before else ()
        return [task_row(after, task, self.packs, call.now) for task in after.tasks if task not in known]


def _dropped(part: Part) -> list[str]:
    """List the word that is owed no longer, but for what an event of the call itself says was told."""
    owed = {notice.key for notice in (part.before.notices if part.before else ())}
    told = {getattr(event, "key", "") for event in part.happened}
    return sorted(owed - {notice.key for notice in part.after.notices} - told)
