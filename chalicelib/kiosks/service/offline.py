"""Checking in at a kiosk: a list to take along while there is no network, and what is brought back."""

import hmac
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel.access import Act, require
from chalicelib.kernel.calls import Call

from .. import events, policy
from ..model import Arrival, Kiosk, KioskDisabled, Line, Offline, Settled, State
from ..ports import Arrivals
from .keeping import Change, Keeping


@dataclass(frozen=True)
class OfflineList:
    """Digests of numbers and codes, no names; who came is told to appointments, each once."""

    keeping: Keeping
    arrivals: Arrivals

    def of(self, day: date | None, call: Call) -> Offline:
        """Give who is expected on a local day at the branch of the kiosk that asks, today if none is named.

        Raises NotFound for a branch that is not there or another unit's, and Invalid for a day that is neither today nor
        tomorrow.
        """
        require(call.actor, Act.KIOSK_ARRIVALS)
        kiosk = self.keeping.found(call.actor.device)
        salt = call.entropy(16).hex()
        told_for, expected = self.arrivals.expected(kiosk.branch, day, call)
        lines = (Line(hashed(one.number, salt), hashed(one.code, salt), one.starts_at) for one in expected)
        return Offline(kiosk.branch, told_for, call.now, salt, tuple(lines))

    def sync(self, arrivals: Sequence[Arrival], call: Call) -> list[Settled]:
        """Check in who came, each once by the kiosk's own name for it; late and doubled, they change nothing.

        Times are the kiosk's: two minutes ahead of ours at most, and a day old; what cannot be believed is told, not done.
        Each is done for itself, and the record of them all comes last: if that fails, all of it may be sent again.
        """
        require(call.actor, Act.KIOSK_ARRIVALS)
        kiosk = self.keeping.found(call.actor.device)
        settled = [self._settled(kiosk, one, call) for one in arrivals]
        outcomes = dict(Counter(one.outcome for one in settled))

        def change(kiosk: Kiosk) -> Change:
            if kiosk.state is not State.ACTIVE:  # disabled since the request came in
                raise KioskDisabled
            return Change(kiosk, [events.ArrivalsBrought(kiosk.id, outcomes)], told=settled)

        return self.keeping.change(kiosk.id, call, change)  # type: ignore[no-any-return]

    def _settled(self, kiosk: Kiosk, one: Arrival, call: Call) -> Settled:
        if doubt := policy.believed(one.at, call.now):
            return Settled(one.event, doubt)
        at, note = min(one.at, call.now), f"{kiosk.id}.{one.event}"
        came = self.arrivals.came(kiosk.branch, (one.number, one.code), at, note, call)
        return Settled(one.event, came.outcome, came.ticket, came.line, came.wait, came.facts)


def hashed(known: str, salt: str) -> str:
    """Give what a kiosk compares with what somebody typed or showed: HMAC-SHA-256 under the list's salt, in hex.

    A code cannot be found from it: nobody can try 192 bits. A number can, and says nothing but that somebody comes.
    """
    return hmac.digest(bytes.fromhex(salt), known.encode(), "sha256").hex()
