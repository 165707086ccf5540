"""Whom a customer complains about."""

from dataclasses import dataclass

from ..ports import Tickets

PAGE = 100


@dataclass(frozen=True)
class Concerning:
    """Reads a customer's tickets, the newest hundred."""

    store: Tickets

    def complained_about(self, customer: str) -> frozenset[str]:
        """Name the staff whom open matters of a customer are about: they decide nothing about that customer."""
        rows = self.store.of_customer(customer, PAGE, None).items
        return frozenset(row.about_staff for row in rows if row.open and row.about_staff)
