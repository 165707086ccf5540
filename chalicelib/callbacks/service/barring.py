"""What stands against calling somebody just now, and what becomes of the call then."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call

from .. import events, policy
from ..model import Book, Callback, Contact, Status
from .changing import Change
from .framing import Framing
from .moving import ended, unreached

_NOT_WISHES = ("hours", "budget")


@dataclass(frozen=True)
class Barring:
    """One book of calls and texts, whatever they are for, and one look at it before each of them."""

    framing: Framing

    def put_off(self, callback: Callback, book: Book, call: Call) -> Change | None:
        """Give what becomes of a call that must not be made now: it waits, or is not made at all; None if it may be made."""
        found = policy.barred(book, self.framing.of(callback, call.now), call.now, chosen=chosen(callback, call))
        if found is None:
            return None
        doors = self.framing.doors(callback.unit)
        until = found.until and policy.fitting(self.framing.of(callback, call.now), doors, found.until)
        if until is None or until >= callback.expires_at:
            return self._given_up(callback, found.why, call)
        resting = replace(callback.moved(Status.RESTING, call.now), next_at=until)
        return Change(resting, [events.CallbackPutOff(callback.id, found.why, until)])

    def unwished(self, callback: Callback, book: Book, call: Call) -> Change | None:
        """Give the end of a call that its customer does not wish; None if nothing they said stands against it."""
        found = policy.forbidden(book, self.framing.of(callback, call.now), call.now)
        return None if found is None else self._given_up(callback, found.why, call)

    def _given_up(self, callback: Callback, why: str, call: Call) -> Change:
        """End what cannot be made in time: tried before, nobody was reached; else it is not made."""
        if callback.tries and why in _NOT_WISHES:
            return Change(*unreached(callback, why, call))
        declined = ended(callback.moved(Status.DECLINED, call.now))
        return Change(declined, [events.CallbackDeclined(callback.id, why)])


def chosen(callback: Callback, call: Call) -> bool:
    """Tell whether it is the time that the customer chose: then the wider hours hold, else the usual ones."""
    return callback.chosen and callback.starts_at <= call.now < callback.ends_at


def contact(callback: Callback, call: Call) -> Contact:
    """Give what is written into the book for the try that comes next."""
    return Contact(call.now, callback.purpose, ref(callback))


def ref(callback: Callback) -> str:
    """Name the try that comes next, or is under way, in the book of calls."""
    return f"{callback.id}/{len(callback.attempts) + (callback.running is None)}"
