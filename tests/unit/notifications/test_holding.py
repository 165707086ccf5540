"""What must not go to a customer yet is held for its owner, and what they do not wish is withheld."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.kernel.calls import Call
from chalicelib.notifications.model import Status, Text
from chalicelib.notifications.service import Holding, Sending
from chalicelib.tickets.model import Ticket
from tests.office import Office
from tests.world import START

MORNING = START + timedelta(hours=9)


@dataclass(frozen=True)
class Stop:
    """Why not now."""

    why: str = "hours"
    until: datetime | None = MORNING


@dataclass
class Book:
    """Says what it was told to say, and remembers what it was asked."""

    stop: Stop | None = None
    asked: list[tuple[str, tuple[str, str, str], str]] | None = None

    def leave(self, template: str, to: tuple[str, str, str], word: str, _: Call) -> Stop | None:
        self.asked = [*(self.asked or []), (template, to, word)]
        return self.stop


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def sending(office: Office, book: Book) -> Sending:
    return replace(office.services.sending, holding=Holding(office.texts, book))


def tell(sending: Sending, office: Office, ticket: Ticket, **but: Any) -> str:
    words = [ticket.word(notice) | but for notice in ticket.notices] or [but]
    return sending.tell(ticket.id, words, office.call("system:notifications"))


def text(office: Office) -> Text:
    (found,) = (one for one in office.texts.kept.values() if isinstance(one, Text))
    return found


def test_the_book_is_asked_by_whom_what_and_where(office: Office, sending: Sending, book: Book) -> None:
    ticket = office.complaint()
    tell(sending, office, ticket)

    key = ticket.notices[0].key
    assert book.asked == [("complaint_received", (ticket.customer_id, "east", "+8613800138000"), f"{ticket.id}/{key}")]


def test_staff_are_told_at_any_hour(office: Office, sending: Sending, book: Book) -> None:
    book.stop = Stop()

    assert tell(sending, office, office.complaint(), to="lead", template="case_assigned") == "sent"
    assert book.asked is None


def test_what_must_wait_is_not_begun_and_its_owner_hears_until_when(
    office: Office, sending: Sending, book: Book
) -> None:
    book.stop, ticket = Stop(), office.complaint()

    assert tell(sending, office, ticket) == "held"
    assert (text(office).status, text(office).due_at) == (Status.HELD, None)
    assert office.provider.asked == []
    (record,) = office.ledger.chain(text(office).id)
    assert (record.event, record.body["until"], record.body["why"]) == (
        "text.held",
        "2026-11-23T11:00:00.000Z",
        "hours",
    )


def test_whoever_asks_again_hears_it_again_and_in_the_morning_it_goes_once(
    office: Office, sending: Sending, book: Book
) -> None:
    book.stop, ticket = Stop(), office.complaint()
    tell(sending, office, ticket)
    tell(sending, office, ticket, tries=2)
    office.now, book.stop = MORNING, None

    assert tell(sending, office, ticket) == "sent"
    assert tell(sending, office, ticket) == "settled"
    assert office.events(text(office).id) == ["text.held", "text.held", "text.started", "text.sent"]
    assert len(office.provider.asked) == 1
    assert text(office).status is Status.SENT


def test_what_is_owed_no_longer_by_the_morning_is_never_sent(office: Office, sending: Sending, book: Book) -> None:
    book.stop, ticket = Stop(), office.complaint()
    tell(sending, office, ticket)
    office.now, book.stop = MORNING, None
    office.changed(ticket.id, notices=())

    assert tell(sending, office, ticket) == "stale"
    assert office.provider.asked == []


def test_what_its_reader_refuses_is_withheld_and_said_so_again_to_who_has_not_heard(
    office: Office, sending: Sending, book: Book
) -> None:
    book.stop, ticket = Stop("refused", None), office.complaint()

    assert tell(sending, office, ticket) == "withheld"
    assert tell(sending, office, ticket, tries=2) == "withheld"
    assert text(office).status is Status.WITHHELD
    assert office.events(text(office).id) == ["text.withheld", "text.withheld"]
    assert office.provider.asked == []


def test_two_workers_that_hold_the_same_text_at_once_hold_it_once(office: Office, sending: Sending, book: Book) -> None:
    book.stop, ticket = Stop(), office.complaint()
    missing = office.texts.text
    office.texts.text = lambda _: None  # type: ignore[method-assign]
    outcomes = [tell(sending, office, ticket) for _ in range(2)]
    office.texts.text = missing  # type: ignore[method-assign]

    assert outcomes == ["held", "busy"]
    assert office.events(text(office).id) == ["text.held"]


def test_a_provider_that_comes_back_at_night_wakes_nobody(office: Office, sending: Sending, book: Book) -> None:
    office.provider.away = True
    tell(sending, office, office.complaint())
    office.now += timedelta(hours=1)
    office.provider.away, book.stop = False, Stop()
    call = office.call("system:notifications")

    assert sending.resume(text(office).id, call) == "held"
    assert (text(office).status, text(office).due_at, text(office).tries) == (Status.SENDING, MORNING, 1)
    assert office.provider.sent == {}

    office.now, book.stop = MORNING, None
    assert sending.resume(text(office).id, office.call("system:notifications")) == "sent"


def test_what_was_refused_while_the_provider_was_away_is_withheld(office: Office, sending: Sending, book: Book) -> None:
    office.provider.away = True
    tell(sending, office, office.complaint())
    office.now += timedelta(hours=1)
    office.provider.away, book.stop = False, Stop("refused", None)

    assert sending.resume(text(office).id, office.call("system:notifications")) == "withheld"
    assert (text(office).status, text(office).due_at) == (Status.WITHHELD, None)
    assert sending.resume(text(office).id, office.call("system:notifications")) == "settled"
    assert office.provider.sent == {}
