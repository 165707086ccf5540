"""Checking in while there is no network: a list to take along, and what is brought back."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.kernel.access import Act, require
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.tokens import Keys

from .. import policy
from ..model import Arrival, Offline, Settled
from ..ports import Arrivals
from .keeping import Keeping

# A stolen list must not be worth trying codes on: each try costs this much.
_ROUNDS = 10_000


@dataclass(frozen=True)
class OfflineList:
    """Numbers and hashes of codes, no names; who came is told to appointments, each once."""

    keeping: Keeping
    arrivals: Arrivals
    keys: Keys

    def of(self, day: date, call: Call) -> Offline:
        """Give who is expected on a local day at the branch of the kiosk that asks."""
        require(call.actor, Act.KIOSK_ARRIVALS)
        kiosk = self.keeping.found(call.actor.device)
        salt = call.entropy(16).hex()
        expected = tuple(
            (one.number, hashed(one.code, salt), one.starts_at) for one in self.arrivals.expected(kiosk.branch, day)
        )
        lines = [f"{number}\x1f{code}\x1f{text(at)}" for number, code, at in expected]
        parts = (kiosk.id, kiosk.branch, day.isoformat(), text(call.now), salt)
        signature = self.keys.digest("offline-list", *parts, *lines)
        return Offline(kiosk.id, kiosk.branch, day, call.now, salt, expected, signature)

    def sync(self, arrivals: Sequence[Arrival], call: Call) -> list[Settled]:
        """Check in who came, each once by the kiosk's own name for it; late and doubled, they change nothing.

        Times are the kiosk's: two minutes ahead of ours at most, and a day old; what cannot be believed is told, not done.
        """
        require(call.actor, Act.KIOSK_ARRIVALS)
        kiosk = self.keeping.found(call.actor.device)
        settled = []
        for one in arrivals:
            outcome = policy.believed(one.at, call.now)
            if not outcome:
                event = f"{kiosk.id}.{one.event}"
                at = min(one.at, call.now)
                outcome = self.arrivals.arrived(kiosk.branch, one.number, one.code, at, event, call)
            settled.append(Settled(one.event, outcome))
        return settled


def hashed(code: str, salt: str) -> str:
    """Give what a kiosk compares a typed code with: PBKDF2-HMAC-SHA-256 in hex, of the list's salt."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), bytes.fromhex(salt), _ROUNDS).hex()
