"""What is said on a ticket, by whom, who sees it, and what it does to the clocks."""

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import Forbidden, NotAllowedNow
from chalicelib.tickets.model import Author, Message, Reason, Relation, Ticket, Visibility
from tests.builders import make_ticket
from tests.office import Office
from tests.world import START


def post(office: Office, ticket: Ticket, who: str, visibility: Visibility = Visibility.PUBLIC) -> Message:
    return office.services.conversation.post(ticket.id, "Hello.", visibility, office.call(who))


def shown(office: Office, ticket: Ticket, who: str) -> list[str]:
    page = office.services.conversation.messages(ticket.id, 25, None, office.call(who))
    return [message.visibility for message in page.items]


def test_a_customer_neither_speaks_nor_reads_internally(office: Office) -> None:
    ticket = office.enquiry()
    post(office, ticket, "lead-east", Visibility.INTERNAL)
    post(office, ticket, "lead-east")

    with pytest.raises(Forbidden):
        post(office, ticket, ticket.customer_id, Visibility.INTERNAL)
    assert shown(office, ticket, ticket.customer_id) == ["public"]
    assert shown(office, ticket, "lead-east") == ["internal", "public"]


@pytest.mark.parametrize(
    ("by_owner", "visibility", "answered", "accepted"),
    [
        (True, Visibility.PUBLIC, True, True),
        (True, Visibility.INTERNAL, False, True),
        (False, Visibility.PUBLIC, True, True),
        (False, Visibility.INTERNAL, False, False),
    ],
)
def test_a_public_word_of_staff_answers_and_any_word_of_the_owner_accepts(
    office: Office, by_owner: bool, visibility: Visibility, answered: bool, accepted: bool
) -> None:
    ticket = office.enquiry()
    message = post(office, ticket, ticket.owner if by_owner else "lead-east", visibility)

    clocks = office.clocks(ticket.id)
    assert clocks["house.first_response"].over is answered
    assert clocks["house.accept"].over is accepted
    assert message.author is Author.STAFF


def test_a_customer_s_word_answers_nothing(office: Office) -> None:
    ticket = office.enquiry()
    message = post(office, ticket, ticket.customer_id)

    assert not office.clocks(ticket.id)["house.first_response"].over
    assert message.author is Author.CUSTOMER


def test_a_customer_s_word_ends_the_waiting_for_it_and_no_other(office: Office) -> None:
    ticket = office.enquiry()
    for reason in (Reason.CUSTOMER, Reason.THIRD_PARTY):
        office.services.handling.wait(ticket.id, reason, None, "", office.call("lead-east"))
    post(office, ticket, ticket.customer_id)

    assert [wait.reason for wait in office.ticket(ticket.id).waits] == [Reason.THIRD_PARTY]
    assert office.ledger.bodies(ticket.id, "ticket.resumed")[0]["why"] == "customer"


def test_a_customer_s_word_puts_what_is_resolved_back_to_work(office: Office) -> None:
    ticket = office.enquiry()
    office.services.handling.resolve(ticket.id, "Yes.", office.call("lead-east"))
    post(office, ticket, ticket.customer_id)

    after = office.ticket(ticket.id)
    assert (after.status, after.open) == ("in_progress", True)
    clocks = office.clocks(ticket.id)
    assert not clocks["house.answer"].over
    assert clocks["house.silence_after_answer"].met_at == START


def closed(office: Office) -> Ticket:
    ticket = office.enquiry(topic="fees", product="card")
    office.services.handling.resolve(ticket.id, "Yes.", office.call("lead-east"))
    return office.services.handling.close(ticket.id, office.call("lead-east"))


def test_what_a_customer_says_on_a_closed_one_opens_a_follow_up_tied_both_ways(office: Office) -> None:
    ticket = closed(office)
    office.now += timedelta(days=1)
    message = post(office, ticket, ticket.customer_id)

    new = office.ticket(message.ticket)
    assert new.id != ticket.id
    assert (new.received_at, new.topic, new.product, new.body) == (office.now, "fees", "card", "Hello.")
    assert [(tie.relation, tie.ticket) for tie in new.ties] == [(Relation.FOLLOW_UP_OF, ticket.id)]
    assert [(tie.relation, tie.ticket) for tie in office.ticket(ticket.id).ties] == [(Relation.FOLLOWED_BY, new.id)]
    assert not office.ticket(ticket.id).open
    assert [one.id for one in office.tickets.messages(new.id, 5, None).items] == [message.id]


def test_staff_may_note_something_on_a_closed_one(office: Office) -> None:
    ticket = closed(office)

    assert post(office, ticket, "lead-east", Visibility.INTERNAL).ticket == ticket.id
    assert len(office.tickets.kept) == 1


def test_nothing_is_said_on_what_goes_on_elsewhere(office: Office) -> None:
    ticket = office.put(make_ticket(status="merged", open=False, closed_at=START))

    with pytest.raises(NotAllowedNow):
        post(office, ticket, "cus_li")
    assert len(office.tickets.kept) == 1


def test_who_writes_when_nobody_is_there_is_told_when_somebody_is(office: Office) -> None:
    ticket = office.enquiry()

    assert post(office, ticket, ticket.customer_id).opens_at is None
    office.now = START + timedelta(hours=12)
    assert post(office, ticket, ticket.customer_id).opens_at > office.now


def test_the_record_has_the_hash_of_a_message_and_not_a_word_of_it(office: Office) -> None:
    ticket = office.enquiry()
    post(office, ticket, ticket.customer_id)

    (body,) = office.ledger.bodies(ticket.id, "message.posted")
    assert len(body["sha256"]) == 64
    assert "Hello" not in str(body)
