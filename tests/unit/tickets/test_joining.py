"""Several tickets at once: merged, linked, split; and an enquiry that turns out to be a complaint."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.errors import Changed, Invalid, NotAllowedNow
from chalicelib.tickets.model import Kind, NotOfOneCustomer, Reason, Relation, Ticket
from tests.builders import CHINA, HOUSE
from tests.office import Office
from tests.world import SMITH, START

DAY = timedelta(days=1)


def merge(office: Office, gone: Ticket, kept: Ticket) -> Ticket:
    return office.services.joining.merge(gone.id, kept.id, office.call("lead-east"))


def test_what_is_merged_stops_and_the_other_counts_from_the_earlier_of_both(office: Office) -> None:
    early, late = office.enquiry(received_at=START - 2 * DAY), office.enquiry()
    gone = merge(office, early, late)
    kept = office.ticket(late.id)

    assert (gone.status, gone.open, all(clock.over for clock in gone.clocks)) == ("merged", False, True)
    assert kept.received_at == START - 2 * DAY
    started = {clock.rule: clock.started_at for clock in kept.clocks}
    assert started["house.answer"] == START - 2 * DAY
    assert started["house.accept"] == START, "the owner's own time counts from when it was theirs"
    assert [tie.relation for tie in gone.ties + kept.ties] == [Relation.MERGED_INTO, Relation.MERGED_FROM]


def test_merging_into_an_earlier_one_makes_nothing_later(office: Office) -> None:
    early, late = office.enquiry(received_at=START - DAY), office.enquiry()
    merge(office, late, early)

    assert office.ticket(early.id).received_at == START - DAY
    assert office.clocks(early.id)["house.answer"].started_at == START - DAY


def test_a_clock_that_is_over_is_not_counted_anew(office: Office) -> None:
    early, late = office.enquiry(received_at=START - DAY), office.enquiry()
    clocks = tuple(clock.stopping(START) for clock in late.clocks)
    office.changed(late.id, clocks=clocks)
    merge(office, early, late)

    assert office.ticket(late.id).clocks == clocks


def test_tickets_of_two_customers_are_never_merged(office: Office) -> None:
    one, two = office.enquiry(), office.enquiry(customer_id=office.customer(SMITH))

    with pytest.raises(NotOfOneCustomer):
        merge(office, one, two)
    assert (office.ticket(one.id).status, office.ticket(one.id).version) == ("received", 1)


def test_a_complaint_goes_on_in_a_complaint_alone(office: Office) -> None:
    complaint, enquiry = office.complaint(), office.enquiry()

    with pytest.raises(NotAllowedNow):
        merge(office, complaint, enquiry)
    assert merge(office, enquiry, complaint).status == "merged"


@pytest.mark.parametrize("first_is_closed", [True, False])
def test_only_open_tickets_are_merged(office: Office, first_is_closed: bool) -> None:
    one, two = office.enquiry(), office.enquiry()
    office.changed((one if first_is_closed else two).id, open=False, status="closed")

    with pytest.raises(NotAllowedNow):
        merge(office, one, two)


def test_a_ticket_is_neither_merged_nor_linked_with_itself(office: Office) -> None:
    one = office.enquiry()

    for step in (office.services.joining.merge, office.services.joining.link):
        with pytest.raises(Invalid):
            step(one.id, one.id, office.call("lead-east"))


def test_both_or_neither_are_written(office: Office) -> None:
    one, two = office.enquiry(), office.enquiry()
    read = office.tickets.get

    def overtaken(id_: str) -> Ticket | None:
        found = read(id_)
        kept = office.tickets.kept[two.number]
        office.tickets.kept[two.number] = replace(kept, version=kept.version + 1)
        return found

    office.tickets.get = overtaken  # type: ignore[method-assign]
    with pytest.raises(Changed):
        merge(office, one, two)

    assert office.tickets.kept[one.number] == one
    assert office.events(one.id) == ["ticket.received"]


def test_linked_tickets_each_go_their_own_way_and_are_linked_once(office: Office) -> None:
    one, two = office.enquiry(), office.enquiry()
    for _ in range(2):
        office.services.joining.link(one.id, two.id, office.call("lead-east"))

    for ticket, other in ((one, two), (two, one)):
        after = office.ticket(ticket.id)
        assert [(tie.relation, tie.ticket) for tie in after.ties] == [(Relation.RELATED, other.id)]
        assert (after.version, after.clocks, after.open) == (2, ticket.clocks, True)


def test_a_second_matter_was_received_when_the_first_was(office: Office) -> None:
    old = office.enquiry(received_at=START - DAY, topic="fees")
    new = office.services.joining.split(old.id, "Another", "And the card?", office.call("lead-east"))

    assert (new.subject, new.received_at, new.topic, new.customer_id) == (
        "Another",
        START - DAY,
        "fees",
        old.customer_id,
    )
    assert office.clocks(new.id)["house.answer"].started_at == START - DAY
    assert [tie.ticket for tie in office.ticket(old.id).ties] == [new.id]
    assert new.number != old.number


def test_a_complaint_is_not_split(office: Office) -> None:
    with pytest.raises(NotAllowedNow) as refused:
        office.services.joining.split(office.complaint().id, "s", "b", office.call("lead-east"))
    assert refused.value.facts["allowed"] == ["link"]


def promote(office: Office, ticket: Ticket, at: object = None) -> Ticket:
    return office.services.joining.promote(ticket.id, at, office.call("lead-east"))  # type: ignore[arg-type]


def test_an_enquiry_that_is_a_complaint_keeps_its_number_and_counts_from_its_first_expression(office: Office) -> None:
    ticket = office.enquiry(received_at=START - DAY)
    office.services.handling.wait(ticket.id, Reason.CUSTOMER, None, "", office.call("lead-east"))
    complaint = promote(office, ticket)

    assert (complaint.kind, complaint.number, complaint.status) == (Kind.COMPLAINT, ticket.number, "received")
    assert complaint.regimes == (CHINA, HOUSE)
    clocks = office.clocks(ticket.id)
    assert clocks["cn.nfra.decision"].started_at == START - DAY
    assert clocks["house.answer"].stopped_at == START, "what was promised for enquiries alone is over"
    assert not clocks["house.first_response"].over, "complaints have that one too"
    assert complaint.waits == ()
    assert f"acknowledgement:{ticket.version + 1}" in {notice.key for notice in complaint.notices}


@pytest.mark.parametrize(("days", "fits"), [(-1.5, False), (-1, True), (-0.5, True), (0, True), (0.1, False)])
def test_the_first_expression_lies_between_receipt_and_now(office: Office, days: float, fits: bool) -> None:
    ticket, at = office.enquiry(received_at=START - DAY), START + days * DAY

    if fits:
        promote(office, ticket, at)
        assert office.clocks(ticket.id)["cn.nfra.decision"].started_at == at
    else:
        with pytest.raises(Invalid):
            promote(office, ticket, at)


def test_what_is_a_complaint_already_or_goes_on_elsewhere_is_not_promoted(office: Office) -> None:
    merged = office.enquiry()
    office.changed(merged.id, status="merged", open=False)

    for ticket in (office.complaint(), merged):
        with pytest.raises(NotAllowedNow):
            promote(office, ticket)
