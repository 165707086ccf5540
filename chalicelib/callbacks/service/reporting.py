"""What the telephony system says: how a call of ours ended, and who rang the hotline in vain."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel.actors import system
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import PhoneInvalid
from chalicelib.kernel.signatures import Signers, check_signature

from .. import policy
from ..model import AlreadyPromised, Asker, Callback, CallMalformed, Outcome, OutsideHours, Status, WindowFull, Wish
from .changing import Change
from .promising import Promising
from .trying import Trying

LONGEST = 16_384  # characters of what is said
OUTCOMES = {name: Outcome(name) for name in ("reached", "no_answer", "busy", "voicemail")}
# How many days are looked through for room, where nobody can call at once.
AHEAD = 7


@dataclass(frozen=True)
class Reporting:
    """Believed if signed and fresh; what was said before, or comes too late, changes nothing."""

    promising: Promising
    trying: Trying
    signers: Signers

    def take(self, signature: str, body: str, call: Call) -> str:
        """Hear what the telephony system says; give what came of it.

        Raises SignatureInvalid, and CallMalformed for what is signed but cannot be read.
        """
        check_signature(signature, body, self.signers.believed(call.now), call.now)
        said = _read(body)
        call = replace(call, actor=system("telephony"))
        try:
            return self._over(said, call) if said["kind"] == "outcome" else self._overflow(said, call)
        except (KeyError, TypeError, AttributeError, PhoneInvalid) as unreadable:
            raise CallMalformed from unreadable

    def _over(self, said: dict[str, Any], call: Call) -> str:
        """End the try that is named, if it is under way; an agent who was quicker knows better."""
        id_, _, number = said["call"].rpartition("-")
        outcome = OUTCOMES[said["outcome"]]
        before = self.promising.store.get(id_)
        if before is None:
            return "nothing"

        def change(found: Callback) -> Change | None:
            running = found.running
            if found.status is not Status.LEASED or running is None or running.by_hand or str(running.n) != number:
                return None
            return self.trying.over(found, outcome, "", call)

        changing = self.trying.changing
        after = changing.apply(changing.again(before), change, call)
        return "known" if after.link == before.link else "taken"

    def _overflow(self, said: dict[str, Any], call: Call) -> str:
        """Promise a call to who rang in vain: at once, or for the first window with room."""
        promising, unit = self.promising, str(said["unit"])
        customer = promising.customers.by_phone(str(said["phone"]), call)
        wish = Wish(None, "Rang the hotline in vain.", language=str(said.get("language", "")))
        drafted = promising.drafted(customer, unit, wish, None, Asker.SYSTEM, call)
        try:
            return self._kept(drafted, None, call)
        except (OutsideHours, WindowFull):
            return self._later(drafted, call)

    def _kept(self, drafted: Callback, start: datetime | None, call: Call) -> str:
        try:
            kept = self.promising.keep(drafted, start, call)
        except AlreadyPromised:
            return "known"
        return "taken" if kept.id == drafted.id else "known"

    def _later(self, drafted: Callback, call: Call) -> str:
        frame, doors = self.promising.framing.of(drafted, call.now), self.promising.framing.doors(drafted.unit)
        today = doors.local_day(call.now)
        windows = self.promising.offering.windows_of(drafted.unit, frame, today, AHEAD, call.now)
        free = policy.nearest(windows, call.now)
        return self._kept(drafted, free[0], call) if free else "full"


def _read(body: str) -> dict[str, Any]:
    try:
        said = json.loads(body) if len(body) <= LONGEST else None
    except ValueError as unreadable:
        raise CallMalformed from unreadable
    if not isinstance(said, dict) or said.get("kind") not in ("outcome", "overflow"):
        raise CallMalformed
    return said
