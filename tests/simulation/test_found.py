"""What the random programs have found, each told once more as a story of its own."""

from datetime import timedelta

import pytest

from chalicelib.complaints.model import Outcome, Way
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.tickets.model import ConflictOfInterest, Kind, Ticket

from .acts import Acts
from .desk import Desk


@pytest.fixture
def desk() -> Desk:
    return Desk("what was found")


def filed(desk: Desk, kind: Kind = Kind.COMPLAINT, **but: object) -> Ticket:
    usual = {"about_staff": "", "about_unit": "", "needs": (), "process": {}, "product": "", "received_at": desk.now}
    return Acts(desk, desk.chance).file(kind, **{"unit": "china", **usual, **but})


def events(desk: Desk, ticket: Ticket, name: str) -> list[dict[str, object]]:
    return [dict(record.body) for record in desk.tables.chains[ticket.id] if record.event == name]


def working(desk: Desk, ticket: Ticket) -> str:
    return desk.ticket(ticket.id).owner


def test_a_case_nobody_accepts_goes_up_once_and_not_round_and_round(desk: Desk) -> None:
    ticket = filed(desk)
    desk.pass_time(desk.now + timedelta(days=5))
    assert len(events(desk, ticket, "ticket.assigned")) == 1
    assert len(events(desk, ticket, "ticket.assignment_failed")) == 1, "the unit above hears of it"


def test_a_clock_that_begins_anew_is_heard_of_anew(desk: Desk) -> None:
    ticket = filed(desk)
    services = desk.services
    desk.pass_time(desk.now + timedelta(days=14))
    services.extending.new_facts(ticket.id, "Look.", desk.call(working(desk, ticket)))
    desk.pass_time(desk.now + timedelta(days=14))
    warned = [told for told in events(desk, ticket, "clock.warned") if told["clock"] == "cn.nfra.decision"]
    assert [told["percent"] for told in warned] == [50, 75, 50, 75]
    sent = [sent for sent in desk.provider.sent.values() if "cn.nfra.decision" in sent.subject and "75" in sent.subject]
    assert len(sent) == 2 * len(desk.staff(unit="china", role="supervisor"))


def test_a_promoted_enquiry_is_acknowledged_as_a_complaint(desk: Desk) -> None:
    ticket = filed(desk, Kind.ENQUIRY)
    desk.drain()
    desk.services.joining.promote(ticket.id, None, desk.call(working(desk, ticket)))
    desk.drain()
    assert [sent.template for sent in desk.provider.to("+" + phone(desk, ticket))] == [
        "ticket_received",
        "complaint_received",
    ]


def phone(desk: Desk, ticket: Ticket) -> str:
    customer = desk.services.people.customer(ticket.customer_id)
    assert customer is not None
    return customer.phone.removeprefix("+")


def decided(desk: Desk, ticket: Ticket, who: str = "lead-china-1") -> None:
    desk.services.deciding.decide(ticket.id, Outcome.UPHELD, "We looked.", "So it was.", None, desk.call(who))


def closed(desk: Desk) -> Ticket:
    ticket = filed(desk)
    desk.services.answering.withdraw(ticket.id, desk.call(ticket.customer_id))
    return ticket


def test_on_a_complaint_that_is_over_no_clock_begins(desk: Desk) -> None:
    ticket = closed(desk)
    other = next(who for who in desk.staff(unit="china", role="agent") if who != ticket.owner)
    desk.services.routing.assign(ticket.id, other, "", desk.call("lead-china-1"))
    assert all(clock.over for clock in desk.ticket(ticket.id).clocks)


def test_a_decision_that_arrives_after_the_withdrawal_begins_nothing(desk: Desk) -> None:
    ticket = filed(desk)
    lead = desk.call("lead-china-1")
    decided(desk, ticket)
    desk.services.delivering.deliver(ticket.id, Way.SMS, "", lead)
    desk.drain()
    desk.services.answering.withdraw(ticket.id, desk.call(ticket.customer_id))
    for text in desk.unreported():
        desk.report(text)
    desk.drain()
    after = desk.ticket(ticket.id)
    assert after.status == "withdrawn"
    assert all(clock.over for clock in after.clocks)


def test_what_is_closed_is_not_taken_up_by_the_way(desk: Desk) -> None:
    ticket = filed(desk)
    lead = desk.call("lead-china-1")
    decided(desk, ticket)
    desk.services.delivering.deliver(ticket.id, Way.BRANCH, "signed", lead)
    desk.services.delivering.close(ticket.id, "process", None, lead)
    with pytest.raises(NotAllowedNow):
        desk.services.deciding.take_up(ticket.id, lead)


def test_only_what_may_be_merged_is_merged(desk: Desk) -> None:
    gone, kept = filed(desk, customer_id=desk.customers[0]), filed(desk, customer_id=desk.customers[0])
    lead = desk.call("lead-china-1")
    decided(desk, gone)
    with pytest.raises(NotAllowedNow):
        desk.services.joining.merge(gone.id, kept.id, lead)


def test_a_review_that_was_returned_is_still_not_for_who_decided_first(desk: Desk) -> None:
    ticket = filed(desk, unit="hq")
    decided(desk, ticket, "lead-hq-1")
    desk.services.delivering.deliver(ticket.id, Way.BRANCH, "signed", desk.call("lead-hq-1"))
    desk.services.answering.reject(ticket.id, "No.", desk.call(ticket.customer_id))
    rejecting = desk.call("agent-hq-1")
    desk.services.deciding.decide(ticket.id, Outcome.REJECTED, "We looked.", "So it was.", None, rejecting)
    approver = next(who for who in ("lead-hq-1", "lead-hq-2") if who != working(desk, ticket))
    desk.services.deciding.send_back(ticket.id, "Again.", desk.call(approver))
    with pytest.raises(ConflictOfInterest):
        decided(desk, ticket, "lead-hq-1")
    decided(desk, ticket, "agent-hq-1")
