"""What nobody asks for on the day: whose turn is near, and what is over."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import Notice

from .. import events, policy
from ..model import COME_NOW, Appointment, Hall, Status, Turn
from .changing import Changing
from .missing import Missing
from .queueing import Queueing
from .words import Words


@dataclass(frozen=True)
class Watching:
    """Events and the sweep ask for these; coming late, twice, or for nothing, they change nothing."""

    changing: Changing
    queueing: Queueing
    missing: Missing
    words: Words

    def due(self, id_: str, call: Call) -> str:
        """Do whatever is due about an appointment; give what was done."""
        asked = self.words.due(id_, call)
        found = self.changing.found(id_)
        over = policy.over_at(found)
        if over is not None and over <= call.now:
            return self.missing.over(id_, call)
        if found.status == Status.CHECKED_IN and found.turn and found.turn.look_at and found.turn.look_at <= call.now:
            return self._look(id_, self._hall(found.branch, call), call)
        return asked

    def moved(self, id_: str, branch: str, call: Call) -> str:
        """Hear that somebody left the queue, or their place in it: who is near now is told so."""
        asked = self.words.due(id_, call)
        hall = self._hall(branch, call)
        near = [it for it in hall.waiting if it.place <= policy.NEAR and it.turn.look_at is not None]
        for standing in near:
            self._look(standing.entry.id, hall, call)
        return "told" if near else asked

    def _look(self, id_: str, hall: Hall, call: Call) -> str:
        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            turn = before.turn
            if before.status != Status.CHECKED_IN or turn is None or turn.look_at is None:
                return None
            wait = self.queueing.wait(before.entry, turn, hall)
            if wait.place <= policy.NEAR:
                return self._near(before, turn, wait.place, call)
            if turn.look_at > call.now:
                return None
            after = replace(before, turn=replace(turn, look_at=policy.look_again(wait, call.now)))
            return after, events.WaitEstimated(before.id, wait.place, wait.optimistic, wait.normal)

        after = self.changing.apply(lambda: self.changing.found(id_), change, call, self.changing.saved)
        return "told" if after.turn and after.turn.look_at is None else "looked"

    def _near(self, before: Appointment, turn: Turn, place: int, call: Call) -> tuple[Appointment, Event]:
        """Let somebody be told, once, that their turn is near."""
        notice = Notice(
            COME_NOW, "appointment_near", "customer", call.now, facts={"ticket": turn.ticket, "place": str(place)}
        )
        catalogue = self.queueing.catalogue
        facts = policy.facts_of(before, catalogue.branches(), catalogue.services())
        after = replace(before, turn=replace(turn, look_at=None), notices=(*before.notices, notice))
        return after, events.WordAsked(before.id, (before.word(notice, facts),))

    def _hall(self, branch: str, call: Call) -> Hall:
        return self.queueing.hall(self.queueing.branch(branch), call.now)
