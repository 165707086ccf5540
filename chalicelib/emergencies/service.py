"""Beginning, asking, answering."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import ConflictOfInterest, Forbidden, Invalid, NotFound
from chalicelib.kernel.events import Event, Link, chained, end
from chalicelib.kernel.notices import Notice
from chalicelib.kernel.paging import Page, Position

from . import events, policy
from .model import PREFIX, Emergency, State
from .ports import Begun, Emergencies, Sessions


@dataclass(frozen=True)
class Reaching:
    """What somebody may do stays the same; where they may do it is one unit more, for a while that is looked at."""

    store: Emergencies
    sessions: Sessions

    def begin(self, unit: str, reason: str, minutes: int, call: Call) -> Emergency:
        """Begin a session that reaches one more unit, for at most an hour.

        Raises NotFound for no such unit, Invalid for one's own, and Forbidden for who is in an emergency already.
        """
        access.require(call.actor, Act.EMERGENCY_BEGIN)
        if call.actor.emergency:
            raise Forbidden
        if unit in call.actor.units:
            raise Invalid.field("unit", "not_one_of")
        until = call.now + min(timedelta(minutes=minutes), policy.LONGEST)
        begun = self.sessions.widened(unit, id_ := call.new_id(PREFIX), until, call)
        made = _made(id_, unit, reason, begun, until, call)
        word = _word(made, "emergency_review", "compliance", call)
        told = events.EmergencyBegun(id_, made.staff, unit, until, begun.id, _sha256(reason), (word,))
        records = chained(id_, Link(), [told], call)
        made = replace(made, link=end(records, Link()))
        shown = replace(made, version=1)
        self.store.save(made, records, call.stamp(shown), begun.writes, begun.records)
        return shown

    def newest(self, limit: int, start: Position | None, call: Call, *, unanswered: bool) -> Page[Emergency]:
        """List emergencies, the newest first, all or those nobody has answered."""
        access.require(call.actor, Act.EMERGENCY_READ)
        return self.store.newest(limit, start, unanswered=unanswered)

    def answer(self, id_: str, justified: bool, note: str, call: Call) -> Emergency:
        """Say whether it was justified; where it was not, what is left of it ends and the lead is told.

        Raises NotFound, NotAllowedNow once it is answered, ConflictOfInterest for whoever did it, Changed.
        """
        access.require(call.actor, Act.EMERGENCY_ANSWER)
        before = self._found(id_)
        if call.actor.id == before.staff:
            raise ConflictOfInterest
        after = before.answered(State.JUSTIFIED if justified else State.UNJUSTIFIED, call.actor.id, call.now)
        word = () if justified else (_word(before, "emergency_unjustified", "lead", call),)
        ends = {} if justified or call.now >= before.until else {before.mark: before.until}
        told = events.EmergencyAnswered(id_, justified, _sha256(note), word)
        return self._write(before, after, told, call, self.sessions.ending(ends))

    def due(self, id_: str, call: Call) -> str:
        """Ask compliance once more; too early or twice changes nothing."""
        before = self._found(id_)
        if before.ask_at is None or call.now < before.ask_at:
            return "settled"
        after = replace(before, ask_at=call.now + policy.ASK_AGAIN, asked=before.asked + 1)
        told = events.EmergencyReminded(id_, (_word(after, "emergency_review", "compliance", call),))
        self._write(before, after, told, call)
        return "asked"

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether what was told under a key is still so."""
        found = self.store.get(id_)
        wanted = State.OPEN if key.startswith("emergency_review") else State.UNJUSTIFIED
        return found is not None and found.state is wanted

    def _found(self, id_: str) -> Emergency:
        found = self.store.get(id_)
        if found is None:
            raise NotFound
        return found

    def _write(self, before: Emergency, after: Emergency, told: Event, call: Call, beside: Any = ()) -> Emergency:
        records = chained(before.id, before.link, [told], call)
        after = replace(after, link=end(records, before.link))
        shown = replace(after, version=before.version + 1)
        self.store.save(after, records, call.stamp(shown), beside)
        return shown


def _made(id_: str, unit: str, reason: str, begun: Begun, until: datetime, call: Call) -> Emergency:
    return Emergency(
        id=id_,
        staff=call.actor.id,
        home=call.actor.unit,
        unit=unit,
        reason=reason,
        began_at=call.now,
        until=until,
        session=begun.id,
        mark=begun.mark,
        ask_at=call.now + policy.ASK_AGAIN,
    )


def _word(about: Emergency, template: str, to: str, call: Call) -> dict[str, Any]:
    facts = {"staff": about.staff, "unit": about.unit, "until": text(about.until)}
    if template == "emergency_review":
        notice = Notice(f"emergency_review/{about.asked}", "emergency_review", to, call.now, facts=facts)
    else:
        notice = Notice("emergency_unjustified", "emergency_unjustified", to, call.now, facts=facts)
    return notice.word(number=about.id, unit=about.home, owner="", customer="", language="")


def _sha256(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
