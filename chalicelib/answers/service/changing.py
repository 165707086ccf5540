"""Reading an answer with its rights, and changing it under its version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act, Scope
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, Link, chained, end

from ..model import Answer, Version
from ..ports import Answers, Units

TRIES = 4
Change = tuple[Answer, Sequence[Event]]


@dataclass(frozen=True)
class Changing:
    """The one way an answer is read for somebody, and the one way it is written."""

    store: Answers
    units: Units

    def reads(self, actor: Actor, answer: Answer) -> bool:
        """Tell whether somebody may see an answer: one for a unit above theirs is also for them."""
        unit = answer.scope.unit
        return access.reaches(actor, Act.ANSWER_READ, unit=unit) or unit in self.lineage(actor.unit)

    def edits(self, actor: Actor, answer: Answer) -> bool:
        """Tell whether somebody sees what is not in force: who may change it, and who looks at everything."""
        writes = access.reaches(actor, Act.ANSWER_WRITE, unit=answer.scope.unit)
        return writes or access.scope(actor, Act.ANSWER_READ) is Scope.ANY

    def read(self, id_: str, call: Call) -> Answer:
        """Give an answer the caller may see; raises NotFound for a foreign one."""
        access.require(call.actor, Act.ANSWER_READ)
        answer = self.found(id_)
        if not self.reads(call.actor, answer):
            raise NotFound
        return answer

    def found(self, id_: str) -> Answer:
        """Give an answer; raises NotFound."""
        answer = self.store.get(id_)
        if answer is None:
            raise NotFound
        return answer

    def lineage(self, unit: str) -> tuple[str, ...]:
        """Give a unit and all above it; raises NotFound for an unknown one."""
        found: list[str] = []
        try:
            while unit:
                found.append(unit)
                unit = self.units.of(unit)[3]
        except KeyError as unknown:
            raise NotFound from unknown
        return tuple(found)

    def add(self, answer: Answer, happened: Sequence[Event], call: Call) -> Answer:
        """Store a new answer with its first version."""
        return self._write(answer, answer, happened, call, answer.newest)

    def change(self, id_: str, act: Act, call: Call, change: Callable[[Answer], Change]) -> Answer:
        """Change an answer the caller may do this to, and record what happened; what others do meanwhile is kept."""
        access.require(call.actor, act)

        def reach() -> Answer:
            answer = self.found(id_)
            access.require_on(call.actor, act, unit=answer.scope.unit)
            return answer

        return self.apply(reach, call, change)

    def apply(self, read: Callable[[], Answer], call: Call, change: Callable[[Answer], Change]) -> Answer:
        """Read, change, and write if nobody wrote in between; else again. No events, no write."""
        for attempt in range(TRIES):
            before = read()
            call.expect(before.version)
            after, happened = change(before)
            if not happened:
                return before
            new = after.newest if after.newest.n > before.newest.n else None
            try:
                return self._write(before, after, happened, call, new)
            except Changed:
                if attempt + 1 == TRIES:
                    raise
        raise Changed

    def _write(
        self, before: Answer, after: Answer, happened: Sequence[Event], call: Call, new: Version | None
    ) -> Answer:
        link = before.link if before.version else Link()
        records = chained(after.id, link, happened, call)
        written = replace(after, link=end(records, link), version=before.version + 1)
        self.store.write(written, records, call.stamp(written), new)
        return written
