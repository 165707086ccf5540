"""Tickets for the clock: each level once, word that arrives late or never, and what has become untrue."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import NotFound
from chalicelib.tickets.model import BREACH, Notice, Reason, Severity, Ticket, Wait
from tests.builders import DECISION, make_ticket
from tests.office import Office
from tests.world import START

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def escalate(office: Office, ticket: Ticket) -> str:
    return office.services.watch.escalate(ticket.id, office.call("system:escalations"))


def one_clock(office: Office, **what_matters: object) -> Ticket:
    """A ticket on which only the regulator's clock runs."""
    return office.put(make_ticket(clocks=(DECISION,), **what_matters))


DUE = "2026-12-08T16:00:00Z"


def test_each_level_is_recorded_once_however_often_it_is_hinted_at(office: Office) -> None:
    ticket = one_clock(office)
    office.now = START + 8.2 * DAY
    for _ in range(3):
        escalate(office, ticket)

    assert office.events(ticket.id) == ["clock.warned"]
    assert office.clocks(ticket.id)["cn.nfra.decision"].warned == (50,)
    (warned,) = office.ledger.bodies(ticket.id, "clock.warned")
    assert (warned["percent"], warned["level"], warned["stale"]) == (50, "owner", False)


def test_a_hint_that_comes_too_early_changes_nothing(office: Office) -> None:
    ticket = one_clock(office)

    assert escalate(office, ticket) == "settled"
    assert office.events(ticket.id) == []
    with pytest.raises(NotFound):
        office.services.watch.escalate("tkt_none", office.call("system"))


def test_the_breach_is_told_to_compliance_and_after_it_nothing_is_due(office: Office) -> None:
    ticket = one_clock(office)
    office.now = moment(DUE)
    escalate(office, ticket)

    assert office.events(ticket.id) == ["clock.warned"] * 3 + ["clock.missed"]
    assert {notice.to for notice in office.ticket(ticket.id).notices} >= {"compliance"}
    assert office.clocks(ticket.id)["cn.nfra.decision"].warned == (50, 75, 90, BREACH)


def test_an_instant_before_it_is_due_nothing_is_missed(office: Office) -> None:
    ticket = one_clock(office)
    office.now = moment(DUE) - timedelta(milliseconds=1)
    escalate(office, ticket)

    assert "clock.missed" not in office.events(ticket.id)


def test_a_level_long_past_and_overtaken_is_recorded_and_told_to_nobody(office: Office) -> None:
    ticket = one_clock(office)
    office.now = moment(DUE)
    escalate(office, ticket)

    stale = {body["percent"]: body["stale"] for body in office.ledger.bodies(ticket.id, "clock.warned")}
    assert stale == {50: True, 75: True, 90: True}
    percents = {notice.facts["percent"] for notice in office.ticket(ticket.id).notices}
    assert percents == {"100"}


def test_word_of_a_level_reached_at_lunch_waits_until_the_doors_open_unless_it_is_grave(office: Office) -> None:
    half = DECISION.clock(office.services.packs).due(START).reached(50)
    calm, grave = (one_clock(office, n=n, severity=s) for n, s in ((1, Severity.NORMAL), (2, Severity.MAJOR)))
    office.now = half
    for ticket in (calm, grave):
        escalate(office, ticket)

    first, others = (office.ticket(ticket.id).notices for ticket in (calm, grave))
    opening = office.services.packs.calendar("CN").next_opening(half)
    assert opening == half + timedelta(hours=1)
    assert [(n.to, n.tries, n.asked_at) for n in first] == [("owner", 0, opening)]
    assert {(n.to, n.tries, n.asked_at) for n in others} == {("owner", 1, half), ("lead", 1, half)}


def test_the_end_of_waiting_comes_by_itself_at_its_limit(office: Office) -> None:
    clock = DECISION.paused("mediation", START, office.services.packs)
    until = START + DAY
    ticket = office.put(make_ticket(clocks=(clock,), waits=(Wait(Reason.MEDIATION, START, until, "ann"),)))
    office.now = until + timedelta(hours=5)
    escalate(office, ticket)

    assert office.ticket(ticket.id).waits == ()
    assert office.clocks(ticket.id)["cn.nfra.decision"].pauses[0].ended_at == until, "at its limit, not when we looked"
    assert office.ledger.bodies(ticket.id, "ticket.resumed")[0]["why"] == "limit"


def owing(office: Office, *notices: Notice) -> Ticket:
    return office.put(make_ticket(clocks=(DECISION,), notices=notices))


RECEIVED = Notice("acknowledgement", "complaint_received", "customer", START)


def test_word_nobody_took_over_is_asked_for_again_until_somebody_does(office: Office) -> None:
    ticket, watch = owing(office, RECEIVED), office.services.watch
    office.now = START + 10 * MINUTE
    escalate(office, ticket)
    escalate(office, ticket)

    assert [(n.tries, n.asked_at) for n in office.ticket(ticket.id).notices] == [(2, office.now)]
    assert office.events(ticket.id) == ["notice.repeated"]
    assert watch.owes(ticket.id, "acknowledgement")
    for _ in range(2):
        watch.taken(ticket.id, "acknowledgement", office.call("system"))
    assert not watch.owes(ticket.id, "acknowledgement")
    assert office.events(ticket.id) == ["notice.repeated", "notice.taken"]


def test_a_warning_that_is_no_longer_true_is_dropped_and_one_that_is_goes_on(office: Office) -> None:
    run = "2026-11-23T02:00:00.000Z"
    true = Notice(f"warning/cn.nfra.decision/{run}/50/owner", "clock_warning", "owner", START)
    other_run = replace(true, key="warning/cn.nfra.decision/2026-11-01T02:00:00.000Z/50/owner")
    ended = replace(true, key=f"warning/cn.nfra.review/{run}/50/owner")
    ticket = owing(office, true, other_run, ended)
    office.now = START + 10 * MINUTE
    escalate(office, ticket)

    assert [notice.key for notice in office.ticket(ticket.id).notices] == [true.key]
    assert sorted(office.events(ticket.id)) == ["notice.dropped", "notice.dropped", "notice.repeated"]


def test_delivery_meets_the_clock_at_the_time_the_provider_says(office: Office) -> None:
    ticket = office.complaint()
    at = START + MINUTE
    office.now = START + DAY
    for _ in range(2):
        office.services.watch.arrived(ticket.id, "acknowledgement", "delivered", at, office.call("system"))

    assert office.clocks(ticket.id)["house.acknowledge"].met_at == at
    assert not office.services.watch.owes(ticket.id, "acknowledgement")
    assert office.events(ticket.id).count("notice.arrived") == 1


@pytest.mark.parametrize(("how", "status"), [("delivered", "delivered"), ("failed", "decided"), ("sent", "delivering")])
def test_news_of_the_decision_moves_the_complaint_on(office: Office, how: str, status: str) -> None:
    moves = {"decision:3.delivered": "delivered", "decision:3.failed": "decided"}
    ticket = office.put(make_ticket(status="delivering", moves_on=moves, clocks=(DECISION,)))

    office.services.watch.arrived(ticket.id, "decision:3", how, START, office.call("system"))

    assert office.ticket(ticket.id).status == status
    assert bool(office.clocks(ticket.id)["cn.nfra.decision"].met_at) == (how == "delivered")


def test_what_nobody_accepts_in_two_working_hours_moves_up(office: Office) -> None:
    ticket = office.enquiry()
    office.now = START + timedelta(hours=5)
    escalate(office, ticket)

    assert office.ticket(ticket.id).owner == "lead-east"
    assert "ticket.assigned" in office.events(ticket.id)
    assert "clock.missed" not in office.events(ticket.id)


def test_word_about_a_ticket_that_is_not_there_is_owed_by_nobody(office: Office) -> None:
    assert not office.services.watch.owes("tkt_none", "acknowledgement")
