"""The word by which a customer knows that it is us who call; it is made of the root secret, and kept nowhere."""

import hmac
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.tokens import Keys

from .. import policy
from ..model import Callback, Status
from ..ports import Callbacks

WORD = "callback_word"
# Who hangs up and thinks about it can still ask.
ASKED_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Proof:
    """What somebody hears who asks about a word: whether it is one of ours that is in use, and whether we call just now."""

    genuine: bool
    calling: bool = False
    number: str = ""


@dataclass(frozen=True)
class Proving:
    """Makes words and recognises them."""

    store: Callbacks
    keys: Keys

    def word(self, id_: str) -> str:
        """Make the word of a callback, the same each time."""
        return policy.word_written(hmac.digest(self.keys.key(WORD), id_.encode(), "sha256"))

    def is_word(self, id_: str, text: str) -> bool:
        """Tell whether somebody has said the word of a callback."""
        return hmac.compare_digest(policy.word_said(text).encode(), self.word(id_).encode())

    def digest(self, id_: str) -> str:
        """Give what a word is looked up by; it cannot be told from the word without the root secret."""
        return self.keys.digest(WORD, self.word(id_))

    def check(self, text: str, call: Call) -> Proof:
        """Say of a word that a caller named whether it is ours and in use; anybody may ask, and hears not whose it is."""
        found = self._found(text)
        return Proof(genuine=False) if found is None or not in_use(found, call) else Proof(True, calling(found))

    def check_own(self, text: str, call: Call) -> Proof:
        """Say of a word that a caller named whether it is that of the asking customer's own call, and of which."""
        access.require(call.actor, Act.CALLBACK_LIST)
        found = self._found(text)
        if found is None or found.customer_id != call.actor.id or not in_use(found, call):
            return Proof(genuine=False)
        return Proof(True, calling(found), found.number)

    def _found(self, text: str) -> Callback | None:
        word = policy.word_said(text)
        return self.store.by_word(self.keys.digest(WORD, word)) if word else None


def in_use(callback: Callback, call: Call) -> bool:
    """Tell whether a call is still to come, is going on, or has just been."""
    return callback.open or (callback.ended_at is not None and call.now < callback.ended_at + ASKED_AFTER)


def calling(callback: Callback) -> bool:
    """Tell whether an agent has the call in hand just now."""
    return callback.status is Status.LEASED
