"""The register of kiosks, for the people of a branch."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotAllowedNow, NotFound
from chalicelib.kernel.paging import Page, Position
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import CODE_TOKEN, NEXT, Enrolment, Kiosk, Registered, State
from ..ports import Units
from .keeping import TRIES, Change, Keeping, named


@dataclass(frozen=True)
class Registry:
    """Registering, a new code, disabling, enabling, retiring, looking."""

    keeping: Keeping
    keys: Keys
    units: Units

    def register(self, unit: str, branch: str, name: str, services: frozenset[str], call: Call) -> Registered:
        """Register a device that somebody at the branch will enrol; the code is shown now only. Raises NotFound."""
        access.require_on(call.actor, Act.KIOSK_MANAGE, unit=unit)
        if unit not in self.units.zones():
            raise NotFound
        for _ in range(TRIES):
            kiosk = Kiosk(call.new_id("kio"), unit, branch, name, services, version=0)
            told = events.KioskRegistered(kiosk.id, unit, branch, tuple(sorted(services)))
            try:
                return self._coded(kiosk, told, call)
            except Changed as taken:  # the handle of another code that waits to be typed
                last = taken
        raise last

    def code(self, id_: str, call: Call) -> Registered:
        """Show another code, to enrol it for the first time or under another key; the one before is worth nothing.

        Raises NotFound, and NotAllowedNow for one that is disabled or retired.
        """
        for _ in range(TRIES):
            kiosk = self._mine(id_, call)
            if not kiosk.enrols:
                raise NotAllowedNow(state=kiosk.state.value, allowed=sorted(NEXT[kiosk.state]))
            try:
                return self._coded(kiosk, events.CodeAsked(kiosk.id), call)
            except Changed as overtaken:
                last = overtaken
        raise last

    def _coded(self, kiosk: Kiosk, told: Any, call: Call) -> Registered:
        id_ = call.new_id("enr")
        handle = policy.handle_of(policy.code_of(self.keys.digest(CODE_TOKEN, id_)))
        enrolment = Enrolment(id_, handle, kiosk.id, call.now + policy.CODE_LIFE)
        coded = replace(kiosk, enrolment=id_)
        beside = [self.keeping.store.enrolling(enrolment, call.now)]
        shown = Registered(replace(coded, version=kiosk.version + 1), enrolment)
        return self.keeping.keep(kiosk, Change(coded, [told], beside, told=shown), call)  # type: ignore[no-any-return]

    def disable(self, id_: str, call: Call) -> Kiosk:
        """Let it do nothing from its next request on, nor whoever is signed in there; done again, it changes nothing."""

        def change(kiosk: Kiosk) -> Change:
            if kiosk.state is State.DISABLED:
                return Change(kiosk)
            return self._shut(kiosk, State.DISABLED, events.KioskDisabled, call)

        return self._change(id_, call, change)

    def enable(self, id_: str, call: Call) -> Kiosk:
        """Let it sign in again; one that has lost its key has to be enrolled first. Raises NotAllowedNow."""

        def change(kiosk: Kiosk) -> Change:
            if kiosk.state is State.ACTIVE:
                return Change(kiosk)
            after = kiosk.moved(State.ACTIVE if kiosk.key else State.REGISTERED)
            # It has been silent by order: whoever enables it gives it the time to sign in.
            after = replace(after, heard_at=call.now if kiosk.key else kiosk.heard_at, silent_since=None)
            return Change(after, [events.KioskEnabled(kiosk.id, after.state.value)])

        return self._change(id_, call, change)

    def retire(self, id_: str, call: Call) -> Kiosk:
        """Take it out of the register for good; done again, it changes nothing."""

        def change(kiosk: Kiosk) -> Change:
            if kiosk.state is State.RETIRED:
                return Change(kiosk)
            return self._shut(replace(kiosk, key=None), State.RETIRED, events.KioskRetired, call)

        return self._change(id_, call, change)

    def list(self, unit: str, limit: int, start: Position | None, call: Call) -> Page[Kiosk]:
        """List the kiosks of a unit, those that were registered first first; as they were a moment ago."""
        access.require_on(call.actor, Act.KIOSK_READ, unit=unit)
        return self.keeping.store.of_unit(unit, limit, start)

    def _shut(self, kiosk: Kiosk, state: State, told: Any, call: Call) -> Change:
        after, ended = kiosk.moved(state).closed(call.now)
        after = replace(after, enrolment="", silent_since=None, notices=())
        return Change(after, [told(kiosk.id, named(ended))], self.keeping.ending(ended))

    def _mine(self, id_: str, call: Call) -> Kiosk:
        access.require(call.actor, Act.KIOSK_MANAGE)
        kiosk = self.keeping.found(id_)
        access.require_on(call.actor, Act.KIOSK_MANAGE, unit=kiosk.unit)
        return kiosk

    def _change(self, id_: str, call: Call, change: Callable[[Kiosk], Change]) -> Kiosk:
        def mine(kiosk: Kiosk) -> Change:
            access.require_on(call.actor, Act.KIOSK_MANAGE, unit=kiosk.unit)
            return change(kiosk)

        access.require(call.actor, Act.KIOSK_MANAGE)
        return self.keeping.change(id_, call, mine)  # type: ignore[no-any-return]
