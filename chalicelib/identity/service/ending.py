"""One's own sessions: seeing them, ending one, ending all others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Record, chained, end

from .. import events
from ..model import Session
from ..ports import People

MOST = 80  # a transaction holds a hundred items, and somebody else has some of them


@dataclass(frozen=True)
class Ending:
    """What is ended is refused on the next request, wherever it is."""

    people: People

    def list(self, call: Call) -> Sequence[Session]:
        """List the sessions that are in force of whoever asks, the newest first."""
        access.require(call.actor, Act.SESSION_MANAGE)
        marks = self.people.sessions_of(call.actor.id, call.now)
        return sorted(self.people.in_force(_newest(marks), call.now), key=lambda session: session.id, reverse=True)

    def end(self, session: str, call: Call) -> int:
        """End one of one's own sessions; raises NotFound for what is none, or no longer, and Changed."""
        if session not in {one.id for one in self.list(call)}:
            raise NotFound
        return self._end({session}, call)

    def end_others(self, call: Call) -> int:
        """End all of one's own sessions but this one, and tell how many there were; raises Changed."""
        return self._end({one.id for one in self.list(call)} - {call.actor.session}, call)

    def shut_out(self, customer: str, but: str, call: Call) -> tuple[Sequence[Any], Sequence[Record], int]:
        """Give what ends a customer's sessions but one, the newest eighty, for the transaction of somebody else.

        No session is begun any more with what was proved before then. Nothing for who is no customer.
        """
        person = self.people.customer(customer)
        if person is None:
            return (), (), 0
        marks = self.people.sessions_of(customer, call.now)
        ending = _newest({mark: session for mark, session in marks.items() if session != but})
        told = events.SessionsShut(tuple(sorted(marks[mark] for mark in ending)))
        records = chained(person.id, person.link, [told], call)
        shut = replace(person, shut_out_at=call.now, link=end(records, person.link))
        beside = [*self.people.ending(dict.fromkeys(ending, call.now)), *self.people.shutting(shut, records)]
        return beside, records, len(ending)

    def _end(self, sessions: Collection[str], call: Call) -> int:
        if not sessions:
            return 0
        id_ = call.actor.id
        person = self.people.staff(id_) if call.actor.is_staff else self.people.customer(id_)
        if person is None:
            raise NotFound
        marks = self.people.sessions_of(id_, call.now)
        records = chained(id_, person.link, [events.SessionsEnded(tuple(sorted(sessions)))], call)
        ending = [mark for mark, session in marks.items() if session in sessions]
        self.people.end_all(ending, replace(person, link=end(records, person.link)), records)
        return len(ending)


def _newest(marks: Mapping[str, str]) -> list[str]:
    """Give the marks of the newest sessions, as many as a transaction bears; ids tell their age."""
    return sorted(marks, key=lambda mark: marks[mark], reverse=True)[:MOST]
