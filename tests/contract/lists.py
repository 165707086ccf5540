"""Words for the contracts of lists: tickets put there, and a list walked to its end."""

from collections.abc import Callable
from typing import Any

from chalicelib.kernel.paging import Page
from chalicelib.tickets.model import Ticket


def added(store: Any, *tickets: Ticket) -> None:
    for ticket in tickets:
        store.write([ticket], {ticket.id}, [], None)


def walked(ask: Callable[[Any], Page[Any]]) -> list[Any]:
    """Go through every page of a list."""
    found: list[Any] = []
    start = None
    for _ in range(50):
        page = ask(start)
        found += page.items
        start = page.next
        if start is None:
            return found
    raise AssertionError("a list without an end")
