"""Texts to customers: what has to wait, and what they do not want, in the book that their calls stand in."""

from dataclasses import dataclass

from chalicelib.kernel import phone as phones
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.sla.contact import Frame, Purpose

from .. import policy
from ..model import Barred, Book, Contact
from ..ports import Callbacks
from .framing import Framing

TRIES = 4


@dataclass(frozen=True)
class Texting:
    """Asked before a text begins, and again when it is taken up; what is owed to somebody waits for nothing."""

    store: Callbacks
    framing: Framing

    def leave(self, template: str, to: tuple[str, str, str], word: str, call: Call) -> Barred | None:
        """Give why a text must not go to a customer now, or None; then it is written into their book, if it counts.

        `to` is the customer, the unit whose clocks and holidays are theirs, and their number; `word` names what they are told:
        said again, by another way or after a crash, it is the same contact.
        """
        purpose = self.framing.rules.text(template, call.now)
        if purpose is None:
            return None
        customer, unit, phone = to
        country = phones.country(phone) if phone else ""
        frame = self.framing.frame(unit, country, purpose, self.framing.units.of(unit)[0], call.now)
        if purpose is Purpose.NEWS:
            return policy.barred(Book(customer), frame, call.now)
        for attempt in range(TRIES):
            try:
                return self._counted(frame, customer, word, call)
            except Changed:
                if attempt + 1 == TRIES:
                    raise
        raise Changed

    def _counted(self, frame: Frame, customer: str, word: str, call: Call) -> Barred | None:
        book = self.store.book(customer)
        known = any(one.ref == word for one in book.contacts)
        found = policy.barred(book.given_back(word), frame, call.now)
        if found is None and not known:
            self.store.save_book(book.taken(Contact(call.now, frame.rule.purpose, word)), [], None)
        return found
