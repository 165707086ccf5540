"""What becomes of a word on its way to somebody; receipts come doubled and in any order, and none moves it back."""

from enum import StrEnum


class Delivery(StrEnum):
    """Where a word is; `delivered` and `failed` are the end.

    `held` is not begun yet: whoever owes it asks again when its time has come. `withheld` is what its reader does not want; it
    is the end too, unless they want it after all before its owner has heard.
    """

    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    WITHHELD = "withheld"

    def leads_to(self, other: "Delivery") -> bool:
        """Tell whether that would be a step forward."""
        return other in NEXT[self]


NEXT: dict[Delivery, frozenset[Delivery]] = {
    Delivery.HELD: frozenset({Delivery.SENDING, Delivery.WITHHELD}),
    Delivery.SENDING: frozenset({Delivery.SENT, Delivery.DELIVERED, Delivery.FAILED, Delivery.WITHHELD}),
    Delivery.SENT: frozenset({Delivery.DELIVERED, Delivery.FAILED}),
    Delivery.DELIVERED: frozenset(),
    Delivery.FAILED: frozenset(),
    Delivery.WITHHELD: frozenset({Delivery.SENDING}),
}
