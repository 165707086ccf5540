"""When something is to be done next, what a report is told, and which rules apply."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.sla.clocks import Pause
from chalicelib.tickets import policy
from chalicelib.tickets.model import BREACH, Channel, ClockFacts, Need, Notice, Reason, Severity, SupportNeeds, Wait
from tests.builders import DECISION, HOUSE, make_ticket
from tests.office import shared
from tests.world import START

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PACKS = shared().packs
TOLD = Notice("acknowledgement", "complaint_received", "customer", START)
DUE = DECISION.clock(PACKS).due(START)


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, 0), (1, 10), (2, 20), (3, 40), (7, 640), (8, 1280), (9, 1440), (60, 1440)]
)
def test_word_that_nobody_took_over_is_asked_for_ever_more_seldom_but_every_day(tries: int, minutes: int) -> None:
    assert policy.ask_again_at(replace(TOLD, tries=tries)) == START + minutes * MINUTE


def test_the_earliest_of_levels_words_and_waits_is_when_something_is_to_be_done() -> None:
    half = DUE.reached(50)
    wait = Wait(Reason.CUSTOMER, START, START + 2 * DAY, "ann")
    only_clock = make_ticket(clocks=(DECISION,))

    assert policy.scheduled(only_clock, PACKS, START).due_at == half
    assert policy.scheduled(replace(only_clock, waits=(wait,)), PACKS, START).due_at == START + 2 * DAY
    assert policy.scheduled(only_clock.owing(TOLD), PACKS, START).due_at == START + 10 * MINUTE
    endless = replace(wait, until=None)
    assert policy.scheduled(replace(only_clock, waits=(endless,)), PACKS, START).due_at == half


def test_a_level_told_is_not_due_again_and_nothing_is_due_of_what_is_over() -> None:
    told = replace(DECISION, warned=(50, 75, 90, BREACH))

    assert policy.scheduled(make_ticket(clocks=(told,)), PACKS, START).due_at is None
    assert policy.scheduled(make_ticket(clocks=(DECISION.stopping(START),)), PACKS, START).due_at is None
    assert policy.scheduled(make_ticket(clocks=(replace(DECISION, warned=(50,)),)), PACKS, START).due_at == DUE.reached(
        75
    )


def test_the_desk_sorts_by_the_nearest_duty_that_runs() -> None:
    house = ClockFacts(HOUSE, "house.resolve", "CN", START)
    window = ClockFacts(DECISION.pack, "cn.nfra.review_window", "CN", START - 20 * DAY)
    ticket = make_ticket(clocks=(DECISION, house, window))

    assert policy.scheduled(ticket, PACKS, START).desk_due == house.clock(PACKS).due(START).at < DUE.at
    met = replace(ticket, clocks=(DECISION, replace(house, met_at=START), window))
    assert policy.scheduled(met, PACKS, START).desk_due == DUE.at
    assert policy.scheduled(replace(ticket, open=False), PACKS, START).desk_due is None
    assert policy.scheduled(make_ticket(clocks=(window,)), PACKS, START).desk_due is None


def outline(**what_matters: object) -> dict[str, object]:
    return dict(policy.scheduled(make_ticket(**what_matters), PACKS, START + 20 * DAY).outline)


def test_reports_are_told_what_runs_what_was_late_and_when_it_was_answered() -> None:
    late = replace(DECISION, met_at=DUE.at)
    in_time = replace(DECISION, met_at=DUE.at - timedelta(milliseconds=1))

    assert outline(clocks=(late,)) == {"missed": ["cn.nfra.decision"], "answered": "2026-12-08T16:00:00.000Z"}
    assert outline(clocks=(in_time,)) == {"answered": "2026-12-08T15:59:59.999Z"}
    assert outline(clocks=(replace(DECISION, warned=(BREACH,)),))["missed"] == ["cn.nfra.decision"]
    assert outline(clocks=(DECISION.stopping(DUE.at + DAY),))["missed"] == ["cn.nfra.decision"]
    assert outline(clocks=(DECISION,)) == {"clocks": {"cn.nfra.decision": "2026-12-08T16:00:00.000Z"}}


def test_what_is_no_duty_cannot_be_missed_and_what_is_closed_runs_nowhere() -> None:
    window = ClockFacts(DECISION.pack, "cn.nfra.review_window", "CN", START)

    assert outline(clocks=(window.stopping(START + 90 * DAY),)) == {}
    assert outline(clocks=(DECISION,), open=False) == {}


def test_reports_are_told_product_flags_extensions_and_what_the_kind_tells() -> None:
    ticket = make_ticket(product="card", flags=("late",), clocks=(DECISION.extended("complex", 30, START),))

    told = policy.scheduled(ticket, PACKS, START, {"cause": "fees"}).outline
    assert (told["product"], told["flags"], told["extensions"], told["cause"]) == ("card", ["late"], 1, "fees")


@pytest.mark.parametrize(
    ("received", "zone", "refs"),
    [
        ("2020-02-29T16:00:00", "Asia/Shanghai", ["cn.nfra@2020-03-01.1"]),
        ("1999-01-01T00:00:00", "Asia/Shanghai", ["cn.nfra@2020-03-01.1"]),
        ("2026-11-23T02:00:00", "Asia/Shanghai", ["cn.nfra@2020-03-01.1"]),
    ],
)
def test_the_version_of_the_local_day_of_receipt_applies_and_the_first_one_before_all(
    received: str, zone: str, refs: list[str]
) -> None:
    at = datetime.fromisoformat(received).replace(tzinfo=UTC)

    assert [pack.ref for pack in policy.regimes(PACKS, ["cn.nfra"], "", Channel.APP, at, zone)] == refs


def test_a_pack_for_some_products_applies_to_those_alone() -> None:
    def ids(product: str) -> list[str]:
        wanted = ["uk.disp", "uk.disp.payments", "house"]
        return [p.id for p in policy.regimes(PACKS, wanted, product, Channel.APP, START, "Europe/London")]

    assert "uk.disp.payments" in ids("payments")
    assert "uk.disp.payments" not in ids("card")
    assert "house" in ids("card")


NEEDS = SupportNeeds((Need.SIGHT,), START, START.date())


@pytest.mark.parametrize(
    ("needs", "severity", "priority"),
    [
        (None, Severity.NORMAL, "normal"),
        (None, Severity.MINOR, "normal"),
        (NEEDS, Severity.MINOR, "high"),
        (NEEDS, Severity.MAJOR, "urgent"),
        (None, Severity.CRITICAL, "urgent"),
    ],
)
def test_needs_raise_the_priority_and_gravity_more(
    needs: SupportNeeds | None, severity: Severity, priority: str
) -> None:
    assert policy.priority(needs, severity) == priority


def test_needs_are_kept_for_a_year_of_the_unit_and_none_are_none() -> None:
    late = datetime(2026, 11, 23, 17, tzinfo=UTC)  # the 24th in Shanghai
    kept = policy.needs_kept([Need.SIGHT, Need.HEARING, Need.SIGHT], late, "Asia/Shanghai")

    assert kept == SupportNeeds((Need.HEARING, Need.SIGHT), late, date(2027, 11, 24))
    assert policy.needs_kept([], late, "Asia/Shanghai") is None


RULES = shared().escalations.at(START).pauses


@pytest.mark.parametrize(
    ("pauses", "days", "flags"),
    [
        ((), 1, ()),
        ((Pause("mediation", START, START),), 1, ("repeated",)),
        ((Pause("external_appraisal", START, START),), 1, ()),
        ((), 14, ("late",)),
        ((Pause("mediation", START, START),), 14, ("repeated", "late")),
    ],
)
def test_a_second_pause_for_one_reason_and_a_late_one_look_like_an_abuse(
    pauses: tuple[Pause, ...], days: int, flags: tuple[str, ...]
) -> None:
    clock = replace(DECISION, pauses=pauses)

    assert policy.pause_flags(clock, Reason.MEDIATION, RULES, PACKS, START + days * DAY) == flags
