"""Following a code until it arrives: hearing what became of its texts, and going the next way where one did not."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.calls import Call
from chalicelib.kernel.delivery import Delivery
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Event

from .. import events
from ..model import Because, DestinationClosed, SmsUnavailable, Status, TooManyCodes, named
from ..ports import Verifications
from .carrying import TRIES, NoWayLeft
from .checking import told
from .sending import Codes

_REFUSED = (TooManyCodes, SmsUnavailable, DestinationClosed)


@dataclass(frozen=True)
class Hearing:
    """What providers say about codes' texts; needs nothing but the table."""

    store: Verifications

    def heard(self, text: str, status: Delivery, call: Call) -> str:
        """Note what became of a text, and that another way has its turn if it did not arrive.

        Gives what it changed; an empty text for what is no code's. Raises Changed if others are quicker three times.
        """
        about = named(text)
        if about is None:
            return ""
        for _ in range(TRIES):
            try:
                return self._heard(*about, status, call)
            except Changed:
                continue
        raise Changed

    def _heard(self, id_: str, number: int, status: Delivery, call: Call) -> str:
        found = self.store.get(id_)
        if found is None or found.status is not Status.SENT or not 0 < number <= found.sends:
            return "unmatched"
        attempt = found.sent[number - 1]
        # That a carrier has it is no news: it may still not arrive.
        if status is Delivery.SENT or not attempt.outcome.leads_to(status):
            return "nothing_new"
        sent = list(found.sent)
        sent[number - 1] = replace(attempt, outcome=status)
        due, goes_on = found.due_at, status is Delivery.FAILED and number == found.sends
        if status is Delivery.DELIVERED:
            due = None
        elif goes_on and call.now < found.expires_at:
            due = call.now
        happened = _news(found.id, number, status, due if goes_on else None)
        heard, records = told(replace(found, sent=tuple(sent), due_at=due), happened, call)
        self.store.save(heard, records, None, None)
        return status.value


@dataclass(frozen=True)
class Following:
    """Goes on where a code has not arrived; under one verification, its lifetime and its limits."""

    codes: Codes

    def go_on(self, id_: str, call: Call) -> str:
        """Send the same code by the next way, if it is due for that; says what came of it."""
        found = self.codes.store.get(id_)
        if found is None or found.status is not Status.SENT or found.due_at is None:
            return "settled"
        if found.due_at > call.now:
            return "early"
        if found.expires_at <= call.now:
            return self._stuck(id_, Because.LATE, call)
        failed = found.sent[-1].outcome is Delivery.FAILED
        try:
            reach = self.codes.gate.reach()
            again = self.codes.another(found, reach, Because.FAILED if failed else Because.SILENT, call)
            self.codes.carry(again, reach, call)
        except NoWayLeft:
            return self._stuck(id_, Because.NO_WAY, call)
        except _REFUSED:
            return self._stuck(id_, Because.REFUSED, call)
        return "went_on"

    def _stuck(self, id_: str, because: Because, call: Call) -> str:
        found = self.codes.store.get(id_)
        if found is not None and found.due_at is not None:
            happened = events.VerificationStuck(id_, because)
            stuck, records = told(replace(found, due_at=None), happened, call)
            self.codes.store.save(stuck, records, None, None)
        return f"stuck_{because}"


def _news(id_: str, number: int, status: Delivery, go_on_at: datetime | None) -> Event:
    if status is Delivery.DELIVERED:
        return events.VerificationArrived(id_, number)
    return events.VerificationFailed(id_, number, go_on_at)
