"""The ticket: what moves it, what word it owes, and for whom it is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.complaints.model import NEXT as OF_COMPLAINTS
from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.sla.clocks import Pause
from chalicelib.tickets.model import (
    NEXT,
    Capacity,
    ClockFacts,
    Kind,
    Need,
    Notice,
    Reason,
    Relation,
    Representative,
    Status,
    SupportNeeds,
    Wait,
    desk_key,
    due_shard,
    ticket_key,
)
from tests.builders import DECISION, HOUSE, id_of, make_ticket
from tests.office import shared
from tests.world import START

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PACKS = shared().packs
TOLD = Notice("acknowledgement", "complaint_received", "customer", START)
WARNING = Notice("warning/x", "clock_warning", "lead", START)


def test_a_step_that_the_state_does_not_allow_is_refused_with_those_it_does() -> None:
    closed = make_ticket(kind=Kind.ENQUIRY, status="closed")

    with pytest.raises(NotAllowedNow) as refused:
        closed.moved("resolved", NEXT)
    assert refused.value.facts == {"state": "closed", "allowed": ["in_progress"]}


def test_a_step_leads_out_of_its_own_states_only() -> None:
    ticket = make_ticket(kind=Kind.ENQUIRY, status="received")

    assert ticket.moved("in_progress", NEXT).status == "in_progress"
    with pytest.raises(NotAllowedNow):
        ticket.moved("in_progress", NEXT, out_of={"resolved", "closed"})


@pytest.mark.parametrize("table", [NEXT, OF_COMPLAINTS], ids=["tickets", "complaints"])
def test_every_state_can_be_reached_and_none_leads_to_where_there_is_none(table: dict[str, frozenset[str]]) -> None:
    reached, ahead = {"received"}, ["received"]
    while ahead:
        new = set(table[ahead.pop()]) - reached
        reached |= new
        ahead += new

    assert reached == set(table)
    assert table[Status.MERGED] == frozenset()


def test_a_fact_starts_what_the_pinned_packs_say_each_rule_once() -> None:
    ticket = make_ticket().after("received", START, PACKS)

    assert [clock.id for clock in ticket.clocks][:1] == ["cn.nfra.decision"]
    assert len({clock.rule for clock in ticket.clocks}) == len(ticket.clocks) > 3
    assert ticket.after("received", START + DAY, PACKS).clocks == ticket.clocks
    assert {clock.calendar for clock in make_ticket(calendar="HK").after("received", START, PACKS).clocks} == {
        "CN",
        "HK",
    }


def test_on_what_is_over_clocks_end_but_none_begins() -> None:
    open_one = make_ticket(open=False, clocks=(DECISION, ClockFacts(HOUSE, "house.accept", "CN", START, met_at=START)))

    after = open_one.after("decision.delivered", START + HOUR, PACKS)
    assert after.clocks[0].met_at == START + HOUR
    assert len(after.clocks) == 2
    assert open_one.after("assigned", START + HOUR, PACKS) == open_one


def test_news_of_the_word_that_moves_it_moves_it_once_and_other_news_does_not() -> None:
    ticket = make_ticket(status="delivering", moves_on={"decision:3.delivered": "delivered", "decision:3.failed": "x"})

    moved = ticket.after("decision.delivered", START, PACKS, "decision:3.delivered")
    assert (moved.status, moved.moves_on) == ("delivered", {})
    assert ticket.after("decision.delivered", START, PACKS, "decision:2.delivered").status == "delivering"
    assert moved.after("decision.failed", START, PACKS, "decision:3.failed").status == "delivered"


def test_going_on_ends_one_reason_and_leaves_the_other() -> None:
    clock = replace(DECISION, pauses=(Pause("mediation", START), Pause("external_appraisal", START)))
    waits = tuple(Wait(reason, START, None, "ann") for reason in (Reason.MEDIATION, Reason.APPRAISAL))
    ticket = make_ticket(waits=waits, clocks=(clock,))

    after = ticket.resumed(Reason.MEDIATION, START + HOUR)

    assert not after.waits_for(Reason.MEDIATION)
    assert after.waits_for(Reason.APPRAISAL)
    assert after.clocks[0].pauses == (Pause("mediation", START, START + HOUR), Pause("external_appraisal", START))


def test_a_stopped_ticket_waits_for_nobody_and_owes_only_the_customer() -> None:
    ticket = make_ticket(clocks=(DECISION,), waits=(Wait(Reason.MEDIATION, START, None, "ann"),)).owing(TOLD, WARNING)

    stopped = ticket.stopping(START + DAY)

    assert (stopped.waits, stopped.notices, stopped.clocks[0].stopped_at) == ((), (TOLD,), START + DAY)


def test_one_word_is_owed_once_and_told_once() -> None:
    ticket = make_ticket().owing(TOLD, WARNING)
    later = replace(TOLD, tries=2)

    assert ticket.owing(later).notices == (WARNING, later)
    assert ticket.told("acknowledgement").notices == (WARNING,)
    assert ticket.told("nothing") == ticket


def test_a_word_carries_whom_to_tell_and_neither_subject_nor_body() -> None:
    word = make_ticket(subject="SECRET", body="SECRET").word(replace(TOLD, facts={"answer_by": "2026-12-08"}))

    assert (word["to"], word["customer"], word["owner"], word["unit"]) == ("customer", "cus_li", "agent-east", "east")
    assert word["facts"] == {"answer_by": "2026-12-08"}
    assert "SECRET" not in str(word)


def test_the_same_tie_stands_once() -> None:
    tied = make_ticket().tied(Relation.RELATED, id_of(2))

    assert tied.tied(Relation.RELATED, id_of(2)) is tied
    assert len(tied.tied(Relation.SPLIT_TO, id_of(2)).ties) == 2


@pytest.mark.parametrize(
    ("about", "staff", "unit", "is_about"),
    [
        ({"about_staff": "ann"}, "ann", "east", True),
        ({"about_staff": "ann"}, "bob", "east", False),
        ({"about_unit": "east"}, "bob", "east", True),
        ({"about_unit": "east"}, "bob", "west", False),
        ({}, "", "", False),
    ],
)
def test_who_is_complained_about(about: dict[str, str], staff: str, unit: str, is_about: bool) -> None:
    assert make_ticket(**about).complained_about(staff, unit) is is_about


@pytest.mark.parametrize(
    ("who", "hours", "speaks"),
    [
        ("cus_li", 0, True),
        ("cus_wang", 1, True),
        ("cus_wang", 0.5, False),
        ("cus_wang", 3, False),
        ("cus_else", 1, False),
    ],
)
def test_a_mandate_speaks_from_its_beginning_to_before_its_end(who: str, hours: float, speaks: bool) -> None:
    mandate = Representative("cus_wang", Capacity.AGENT, "5e" * 32, "ann", START + HOUR, START + 3 * HOUR)

    assert make_ticket(people=(mandate,)).speaks(who, START + hours * HOUR) is speaks


def test_a_mandate_without_an_end_has_none() -> None:
    assert Representative("cus_wang", Capacity.HEIR, "5e" * 32, "ann", START).speaks(START + 9000 * DAY)


def test_a_need_closes_the_ways_that_cannot_be_used_and_no_others() -> None:
    needs = SupportNeeds((Need.HEARING, Need.MOBILITY, Need.ELDERLY), START, START.date())

    assert needs.closed_ways == {"phone", "branch"}


def test_a_ticket_lies_under_its_number_and_is_spread_over_shards() -> None:
    assert ticket_key(id_of(1))["pk"] == make_ticket().number
    assert {due_shard(id_of(n)) for n in range(32)} == {f"tickets#{n}" for n in range(4)}
    assert desk_key("east", is_open=True) != desk_key("east", is_open=False)
