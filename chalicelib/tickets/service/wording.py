"""Approved words for a ticket: what its facts are, and asking for the words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Invalid

from ..model import AnswerRef, Kind, Matter, Message, Ticket, answer_by, opens_at
from ..ports import Answers, Names, Worded
from .changing import Changing


@dataclass(frozen=True)
class Wording:
    """`tells` says for a kind of ticket which facts of its process customers may read."""

    changing: Changing
    names: Names
    answers: Answers
    tells: Mapping[Kind, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = field(default_factory=dict)

    def matter(self, id_: str, call: Call) -> Matter:
        """Give what a wording may know of a ticket that the caller may see; raises NotFound."""
        return self._matter(self.changing.reach(id_, Act.DESK_READ, call), call, {})

    def worded(self, ticket: Ticket, answer: AnswerRef, call: Call, more: Mapping[str, Any] | None = None) -> Worded:
        """Give the words of an answer for a ticket; `more` are facts of what is being done with it just now.

        Raises NotFound for an answer out of reach, and what the answers say of one that may not be used.
        """
        return self.answers.worded(answer.id, answer.version, self._matter(ticket, call, more or {}), call)

    def message(self, ticket: Ticket, message: Message, answer: AnswerRef | None, call: Call) -> Message:
        """Put the words of an answer before what somebody has to say themselves, which may be nothing.

        Raises Invalid where there is neither, and what `worded` raises.
        """
        if answer is None:
            if not message.body:
                raise Invalid.field("body", "missing")
            return message
        words = self.worded(ticket, answer, call)
        body = "\n\n".join(text for text in (words.text, message.body) if text)
        return replace(message, body=body, answer=words.ref, answer_sha256=words.sha256)

    def _matter(self, ticket: Ticket, call: Call, more: Mapping[str, Any]) -> Matter:
        told = self.tells.get(ticket.kind)
        facts = {**self._facts(ticket, call), **(told(ticket.process) if told else {}), **more}
        known = {name: fact for name, fact in facts.items() if fact}
        return Matter(ticket.kind, ticket.unit, ticket.language, ticket.topic, ticket.product, known)

    def _facts(self, ticket: Ticket, call: Call) -> dict[str, Any]:
        packs = self.changing.packs
        calendar = packs.calendar(ticket.calendar)
        opens, due = opens_at(ticket.calendar, packs, call.now), answer_by(ticket.clocks, packs, call.now)
        unit, owner = self.names.named(ticket.unit, ticket.owner)
        return {
            "number": ticket.number,
            "subject": ticket.subject,
            "received_date": calendar.local_day(ticket.received_at),
            "due_date": date.fromisoformat(due) if due else None,
            "next_open": opens.astimezone(calendar.zone) if opens else None,
            "unit_name": unit,
            "owner_name": owner,
        }
