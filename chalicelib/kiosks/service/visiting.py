"""A customer in front of a kiosk."""

from dataclasses import dataclass, replace

from chalicelib.kernel.access import Act, require
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotSignedIn

from .. import events, policy
from ..model import VISIT_IDLE, Begun, Kiosk, Open, Started, VisitOver
from .keeping import TRIES, Change, Keeping


@dataclass(frozen=True)
class Visiting:
    """One customer at a time: whoever signs in ends what somebody has left open."""

    keeping: Keeping

    def begin(self, grant: str, warning: tuple[str, int], call: Call) -> Started:
        """Sign a customer in for at most ten minutes, two of them idle, never longer than the kiosk's own session.

        Raises what identity does: a grant that is worth nothing, another warning than the one shown.
        """
        require(call.actor, Act.KIOSK_VISIT)
        for _ in range(TRIES):
            kiosk = self.keeping.found(call.actor.device)
            begun, change = self._begin(kiosk, grant, warning, call)
            try:
                return self.keeping.keep(kiosk, change, call)  # type: ignore[no-any-return]
            except Changed as changed:
                # Either the grant is spent, or the kiosk or the same customer changed at this moment.
                self.keeping.sessions.unspent(begun.grant)
                last = changed
        raise last

    def end(self, call: Call) -> Kiosk:
        """End what is open, whoever it is; the kiosk wipes what it has of them. Raises VisitOver if nobody is there."""
        require(call.actor, Act.KIOSK_VISIT)

        def change(kiosk: Kiosk) -> Change:
            visit = kiosk.visit(call.now)
            if visit is None:
                raise VisitOver
            after, ended = kiosk.closed(call.now, lambda one: one.id == visit.id)
            told = events.VisitEnded(kiosk.id, visit.id, "left")
            return Change(after, [told], self.keeping.ending(ended))

        return self.keeping.change(call.actor.device, call, change)  # type: ignore[no-any-return]

    def current(self, call: Call) -> tuple[Kiosk, Open]:
        """Give who is in front of the kiosk that asks; raises VisitOver if they left, were idle or were signed out."""
        require(call.actor, Act.KIOSK_VISIT)
        kiosk = self.keeping.found(call.actor.device)
        visit = kiosk.visit(call.now)
        if visit is None or not self.keeping.sessions.in_force(visit.mark, call.now):
            raise VisitOver
        return kiosk, visit

    def _begin(self, kiosk: Kiosk, grant: str, warning: tuple[str, int], call: Call) -> tuple[Begun, Change]:
        own = next((one for one in kiosk.open if one.id == call.actor.session), None)
        if own is None:  # ended since the request came in
            raise NotSignedIn
        until = min(call.now + policy.VISIT_LIFE, own.until)
        device = kiosk.id, kiosk.services
        begun = self.keeping.sessions.visit(grant, warning, device, (until, VISIT_IDLE), call)
        after, ended = kiosk.closed(call.now, lambda one: bool(one.customer))
        visit = Open(begun.id, begun.mark, until, begun.actor.id, within=own.id)
        told = Started(begun.id, until, kiosk.id, kiosk.unit, kiosk.branch, kiosk.services, begun.actor.id)
        happened = [events.VisitEnded(kiosk.id, one.id, "next") for one in ended]
        return begun, Change(
            replace(after, open=(*after.open, visit)),
            [*happened, events.VisitStarted(kiosk.id, begun.id)],
            [*begun.writes, *self.keeping.ending(ended)],
            begun.records,
            told,
        )
