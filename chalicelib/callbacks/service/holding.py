"""Looking at a number before it rings: where somebody else may answer the agent is told, and nothing rings by itself."""

from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.risk import Decision, Use

from .. import events
from ..model import Callback, CallHeld, Held, WordNeeded
from ..ports import Trust
from .changing import Change, Changing
from .proving import Proving

# So long the agent has it on the screen: asked again sooner it was a double click, or a program, and nobody has read it.
LOOKED_AT = timedelta(seconds=5)


@dataclass(frozen=True)
class Holding:
    """Asks before anything is claimed, and within no transaction; what nobody knows rings as ever."""

    changing: Changing
    trust: Trust
    proving: Proving

    def by_hand(self, found: Callback, call: Call) -> bool:
        """Tell whether the agent dials by themselves, having been told why; raises CallHeld to tell them."""
        if found.running is not None:
            return found.running.by_hand
        decision = self.trust.judged(Use.CALLBACK, found.phone, call)
        if decision.allowed:
            return False
        held = found.held
        if held is None or (held.by, held.row) != (call.actor.id, decision.row):
            held = self._kept(found, decision, call)
        if call.now < held.at + LOOKED_AT:
            until = text(held.at + LOOKED_AT)
            raise CallHeld(row=held.row, signals=dict(held.signals), why=dict(decision.why), until=until)
        return True

    def proven(self, found: Callback, word: str) -> None:
        """Raise WordNeeded unless whoever answered a held call has said its word, which the agent does not see."""
        if found.held is not None and not self.proving.is_word(found.id, word):
            raise WordNeeded

    def _kept(self, found: Callback, decision: Decision, call: Call) -> Held:
        held = Held(decision.row, decision.signals, call.actor.id, call.now)
        told = events.CallbackHeld(found.id, held.row, decision.table, decision.check, held.by)

        def change(before: Callback) -> Change | None:
            return None if before.running else Change(replace(before, held=held), [told])

        self.changing.apply(self.changing.again(found), change, replace(call, once=None, if_match=None))
        return held
