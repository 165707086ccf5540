"""Waiting and going on; resolving, closing and reopening."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Invalid, NotAllowedNow, NotFound
from chalicelib.tickets.model import BREACH, NotPausable, Reason, ReopenWindowOver, Status, Ticket, Visibility
from chalicelib.tickets.policy import REOPEN_WINDOW
from tests.office import Office
from tests.world import START

DAY = timedelta(days=1)


def wait(
    office: Office, ticket: Ticket, reason: Reason = Reason.CUSTOMER, until: Any = None, clock: str = ""
) -> Ticket:
    return office.services.handling.wait(ticket.id, reason, until, clock, office.call("lead-east"))


def resolved(office: Office, **what_matters: Any) -> Ticket:
    ticket = office.enquiry(**what_matters)
    return office.services.handling.resolve(ticket.id, "Yes, until noon.", office.call("lead-east"))


def closed(office: Office) -> Ticket:
    return office.services.handling.close(resolved(office).id, office.call("lead-east"))


def reopen(office: Office, ticket: Ticket) -> Ticket:
    who = ticket.customer_id
    return office.services.handling.reopen(ticket.id, "Not so.", Act.TICKET_REOPEN, office.call(who))


def test_while_it_waits_the_clocks_that_may_stand_and_the_others_run(office: Office) -> None:
    ticket = wait(office, office.enquiry())

    assert {clock.id for clock in ticket.clocks if clock.resting()} == {"house.answer"}
    assert (ticket.waits[0].until, ticket.waits[0].by) == (START + 14 * DAY, "lead-east")
    assert [notice.to for notice in ticket.notices if notice.template == "ticket_waiting"] == ["customer"]


@pytest.mark.parametrize(
    ("until", "code"),
    [(START, "in_the_past"), (START - DAY, "in_the_past"), (START + 14 * DAY + timedelta(seconds=1), "too_large")],
)
def test_it_waits_neither_into_the_past_nor_longer_than_the_policy_allows(
    office: Office, until: Any, code: str
) -> None:
    ticket = office.enquiry()

    with pytest.raises(Invalid) as refused:
        wait(office, ticket, until=until)
    assert refused.value.facts["errors"] == [{"field": "until", "code": code}]
    assert wait(office, ticket, until=START + 14 * DAY).waits


def test_it_waits_once_for_one_reason(office: Office) -> None:
    ticket = wait(office, office.enquiry())

    with pytest.raises(NotAllowedNow) as refused:
        wait(office, ticket)
    assert refused.value.facts["allowed"] == ["resume"]
    assert len(wait(office, ticket, Reason.THIRD_PARTY).waits) == 2


def test_a_closed_ticket_waits_for_nobody(office: Office) -> None:
    with pytest.raises(NotAllowedNow) as refused:
        wait(office, closed(office))
    assert refused.value.facts["allowed"] == ["reopen"]


def test_a_statutory_clock_does_not_stand_for_the_customer(office: Office) -> None:
    complaint = office.complaint()

    with pytest.raises(NotPausable) as refused:
        wait(office, complaint, clock="cn.nfra.decision")
    assert refused.value.facts == {"clock": "cn.nfra.decision", "pausable_for": ["external_appraisal", "mediation"]}
    assert not office.clocks(complaint.id)["cn.nfra.decision"].resting()
    with pytest.raises(NotFound):
        wait(office, complaint, clock="cn.nfra.nothing")


def test_a_reason_that_only_stops_clocks_must_stop_one(office: Office) -> None:
    with pytest.raises(NotPausable):
        wait(office, office.enquiry(), Reason.MEDIATION)
    complaint = wait(office, office.complaint(), Reason.MEDIATION, clock="cn.nfra.decision")

    assert complaint.waits[0].until is None
    assert office.clocks(complaint.id)["cn.nfra.decision"].resting("mediation")


def test_what_looks_like_an_abuse_is_flagged_and_the_lead_hears(office: Office) -> None:
    ticket = wait(office, office.enquiry())
    office.services.handling.resume(ticket.id, Reason.CUSTOMER, office.call("lead-east"))
    again = wait(office, ticket)

    assert again.flags == ("repeated",)
    assert [n.to for n in again.notices if n.template == "pause_flagged"] == ["lead"]
    assert office.ledger.bodies(ticket.id, "ticket.waiting")[-1]["flags"] == ["repeated"]


def test_going_on_ends_the_pause_then_and_there(office: Office) -> None:
    ticket = wait(office, office.enquiry())
    office.now += DAY
    after = office.services.handling.resume(ticket.id, Reason.CUSTOMER, office.call("lead-east"))

    assert after.waits == ()
    assert [pause.ended_at for pause in office.clocks(ticket.id)["house.answer"].pauses] == [START + DAY]
    with pytest.raises(NotAllowedNow):
        office.services.handling.resume(ticket.id, Reason.CUSTOMER, office.call("lead-east"))


def test_an_answer_is_said_to_the_customer_and_meets_the_clocks(office: Office) -> None:
    ticket = resolved(office)

    (message,) = office.tickets.messages(ticket.id, 5, None).items
    assert (message.body, message.visibility, message.by) == ("Yes, until noon.", Visibility.PUBLIC, "lead-east")
    met = {clock.id for clock in ticket.clocks if clock.met_at}
    assert {"house.answer", "house.first_response", "house.accept"} <= met
    assert "house.silence_after_answer" in {clock.id for clock in ticket.clocks if not clock.over}
    assert ticket.status == Status.RESOLVED
    assert {notice.to for notice in ticket.notices} == {"customer"}, "no warning is owed any more"


def test_a_complaint_is_neither_resolved_nor_closed_by_a_word_of_the_desk(office: Office) -> None:
    complaint, call = office.complaint(), office.call("lead-east")

    for step in (lambda: office.services.handling.resolve(complaint.id, "x", call), lambda: _close(office, complaint)):
        with pytest.raises(NotAllowedNow) as refused:
            step()
        assert refused.value.facts["allowed"] == ["decide"]


def _close(office: Office, ticket: Ticket) -> Ticket:
    return office.services.handling.close(ticket.id, office.call("lead-east"))


def test_only_what_is_resolved_is_closed_and_nothing_runs_then(office: Office) -> None:
    with pytest.raises(NotAllowedNow):
        _close(office, office.enquiry())
    ticket = closed(office)

    assert (ticket.open, ticket.closed_at, ticket.status) == (False, START, "closed")
    assert all(clock.over for clock in ticket.clocks)
    assert ticket.due_at is not None, "the customer is still owed word of the answer"


def test_silence_closes_what_is_resolved_at_its_end_and_not_before(office: Office) -> None:
    ticket, handling = resolved(office), office.services.handling

    assert handling.reached(ticket, BREACH - 1, office.call("system")) == (ticket, [])
    after, (event,) = handling.reached(ticket, BREACH, office.call("system"))
    assert (after.status, after.open, event.why) == ("closed", False, "silence")
    assert handling.reached(office.enquiry(), BREACH, office.call("system"))[1] == []


def test_what_is_reopened_runs_from_its_old_start_and_the_owner_hears(office: Office) -> None:
    ticket = closed(office)
    office.now += DAY
    again = reopen(office, ticket)

    assert (again.status, again.open, again.closed_at) == ("in_progress", True, None)
    answer = office.clocks(ticket.id)["house.answer"]
    assert (answer.started_at, answer.over) == (START, False)
    assert office.clocks(ticket.id)["house.first_response"].over, "the first answer was given"
    assert [n.to for n in again.notices if n.template == "case_reopened"] == ["owner"]


@pytest.mark.parametrize(("late", "refused"), [(timedelta(0), False), (timedelta(seconds=1), True)])
def test_thirty_days_after_it_was_closed_it_stays_closed(office: Office, late: timedelta, refused: bool) -> None:
    ticket = closed(office)
    office.now += REOPEN_WINDOW + late

    if refused:
        with pytest.raises(ReopenWindowOver):
            reopen(office, ticket)
    else:
        assert reopen(office, ticket).open


def test_what_is_under_way_cannot_be_reopened(office: Office) -> None:
    with pytest.raises(NotAllowedNow):
        reopen(office, office.enquiry())
