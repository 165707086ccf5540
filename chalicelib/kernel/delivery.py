"""What becomes of a word on its way to somebody; receipts come doubled and in any order, and none moves it back."""

from enum import StrEnum


class Delivery(StrEnum):
    """Where a word is; `delivered` and `failed` are the end."""

    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"

    def leads_to(self, other: "Delivery") -> bool:
        """Tell whether that would be a step forward."""
        return other in NEXT[self]


NEXT: dict[Delivery, frozenset[Delivery]] = {
    Delivery.SENDING: frozenset({Delivery.SENT, Delivery.DELIVERED, Delivery.FAILED}),
    Delivery.SENT: frozenset({Delivery.DELIVERED, Delivery.FAILED}),
    Delivery.DELIVERED: frozenset(),
    Delivery.FAILED: frozenset(),
}
