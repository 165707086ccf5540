"""Hearing of kiosks, and what is done when nothing is heard."""

from dataclasses import dataclass, replace

from chalicelib.kernel.access import Act, require
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.events import Event

from .. import events, policy
from ..model import Kiosk, KioskDisabled, Notice, Pulse, State
from .keeping import Change, Keeping, named


@dataclass(frozen=True)
class Beating:
    """A heartbeat that finds nothing new is written without a record: it is a reading, and happens every minute."""

    keeping: Keeping

    def beat(self, pulse: Pulse, call: Call) -> Kiosk:
        """Hear of the kiosk that asks; one that was opened by force is disabled at once and forgets its key."""
        require(call.actor, Act.KIOSK_USE)
        return self.keeping.change(call.actor.device, call, lambda kiosk: self._heard(kiosk, pulse, call))  # type: ignore[no-any-return]

    def due(self, id_: str, call: Call) -> str:
        """Find a kiosk silent, once, or ask for word again that nobody took over; too early or twice changes nothing."""
        before = self.keeping.found(id_)
        after = self.keeping.change(id_, call, lambda kiosk: self._due(kiosk, call))
        return "told" if after.link.seq > before.link.seq else "settled"

    def taken(self, id_: str, key: str, call: Call) -> str:
        """Hear that the word owed under a key is on its way; it is owed no longer."""

        def change(kiosk: Kiosk) -> Change:
            if all(notice.key != key for notice in kiosk.notices):
                return Change(kiosk)
            return Change(kiosk.told(key), [events.WordTaken(id_, key)])

        self.keeping.change(id_, call, change)
        return "taken"

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether word is still owed under a key; if not, what is on its way about it is stale."""
        kiosk = self.keeping.store.get(id_)
        return kiosk is not None and any(notice.key == key for notice in kiosk.notices)

    def _heard(self, kiosk: Kiosk, pulse: Pulse, call: Call) -> Change:
        if kiosk.state is not State.ACTIVE:  # disabled since the request came in
            raise KioskDisabled
        after = replace(
            kiosk,
            software=pulse.software,
            paper=pulse.paper,
            heard_at=call.now,
            offline_since=pulse.offline_since or kiosk.offline_since,
        )
        happened: list[Event] = []
        if kiosk.silent_since is not None:
            # Word of a silence that is over is not sent any more.
            after = replace(after, silent_since=None, notices=tuple(n for n in kiosk.notices if not _silence(n)))
            happened.append(events.KioskHeard(kiosk.id, kiosk.silent_since, pulse.offline_since))
        return self._forced(after, happened, call) if pulse.tamper else Change(after, happened)

    def _forced(self, kiosk: Kiosk, happened: list[Event], call: Call) -> Change:
        after, ended = kiosk.moved(State.DISABLED).closed(call.now)
        notice = Notice(f"tampered/{text(call.now)}", "kiosk_tampered", call.now, facts={"since": text(call.now)})
        after = replace(after, key=None, thumbprint="", enrolment="").owing(notice)
        told = events.KioskTampered(kiosk.id, named(ended), (after.word(notice),))
        return Change(after, [*happened, told], self.keeping.ending(ended))

    def _due(self, kiosk: Kiosk, call: Call) -> Change:
        happened: list[Event] = []
        silent = kiosk.state is State.ACTIVE and kiosk.silent_since is None
        since = kiosk.heard_at
        if silent and since is not None and since + policy.SILENT_AFTER <= call.now:
            notice = Notice(f"silent/{text(since)}", "kiosk_silent", call.now, facts={"since": text(since)})
            kiosk = replace(kiosk, silent_since=since).owing(notice)
            happened.append(events.KioskSilent(kiosk.id, since, (kiosk.word(notice),)))
        for notice in kiosk.notices:
            if policy.ask_again_at(notice) <= call.now:
                again = replace(notice, asked_at=call.now, tries=notice.tries + 1)
                kiosk = kiosk.owing(again)
                happened.append(events.WordRepeated(kiosk.id, (kiosk.word(again),)))
        return Change(kiosk, happened)


def _silence(notice: Notice) -> bool:
    return notice.template == "kiosk_silent"
