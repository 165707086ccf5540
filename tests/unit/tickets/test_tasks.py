"""Tasks by themselves: where each may go, whose they are, and how much of a ticket's time they had."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.sla.packs import Packs
from chalicelib.sla.thresholds import Recipient
from chalicelib.tickets import policy
from chalicelib.tickets.model import (
    TASK_NEXT,
    Channel,
    ClockFacts,
    Kind,
    Notice,
    Spell,
    Task,
    TaskKind,
    TaskState,
    Ticket,
    moves,
    opened_for,
    replayed,
    shares,
    task_id,
    ticket_of,
    waited_for,
)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TICKET = "tkt_01M8323B80R71NV7ECMN7C58DA"
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def packs() -> Packs:
    return Packs.open(Path(policy.__file__).parents[1] / "packs")


def make_task(n: int = 1, **what_matters: object) -> Task:
    facts = {"kind": TaskKind.BUSINESS, "unit": "london", "owner": "o", "by": "b", "asked_from": "east"}
    return Task(n=n, **{**facts, "spells": (Spell(NOW),), **what_matters})  # type: ignore[arg-type]


def make_ticket(**what_matters: object) -> Ticket:
    facts = {
        "id": TICKET,
        "kind": Kind.COMPLAINT,
        "status": "received",
        "unit": "east",
        "customer_id": "cus_x",
        "subject": "s",
        "body": "b",
        "language": "en",
        "channel": Channel.APP,
        "received_at": NOW,
        "registered_at": NOW,
    }
    return Ticket(**{**facts, **what_matters})  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "after"), list(product(TaskState, TaskState)))
def test_a_task_goes_where_the_table_allows_and_nowhere_else(before: TaskState, after: TaskState) -> None:
    task = make_task(state=before)

    if after in TASK_NEXT[before]:
        assert task.moved(after, NOW + DAY).state is after
    else:
        with pytest.raises(NotAllowedNow):
            task.moved(after, NOW + DAY)


def test_more_is_asked_for_once() -> None:
    once = make_task().moved(TaskState.ANSWERED, NOW + DAY).moved(TaskState.RETURNED, NOW + 2 * DAY)
    again = once.moved(TaskState.ANSWERED, NOW + 5 * DAY)

    with pytest.raises(NotAllowedNow) as refused:
        again.moved(TaskState.RETURNED, NOW + 6 * DAY)
    assert refused.value.facts == {"state": "answered", "allowed": []}
    assert opened_for(again, NOW + 9 * DAY) == 4 * DAY
    assert again.answered_at == NOW + 5 * DAY


def test_how_long_nobody_took_it_ends_when_somebody_does_or_it_is_over() -> None:
    fresh = make_task()

    assert waited_for(fresh, NOW + DAY) == DAY
    assert waited_for(fresh.moved(TaskState.ACCEPTED, NOW + DAY), NOW + 3 * DAY) == DAY
    assert waited_for(fresh.moved(TaskState.CANCELLED, NOW + 2 * DAY), NOW + 3 * DAY) == 2 * DAY


def test_an_id_says_which_ticket_it_is_of_and_nothing_else_is_one() -> None:
    assert ticket_of(task_id(TICKET, 12)) == (TICKET, 12)
    for other in ("task_none", TICKET, task_id(TICKET, 1) + "\n", task_id(TICKET, 0), task_id(TICKET, 123)):
        with pytest.raises(ValueError, match=re.escape(other)):
            ticket_of(other)


@pytest.mark.parametrize(
    ("kind", "gate", "able"),
    [
        (TaskKind.BUSINESS, False, {"o", "b", "x", "owner"}),
        (TaskKind.LEGAL, True, {"o", "x"}),
        (TaskKind.STATEMENT, False, {"o"}),
    ],
)
def test_who_may_answer(kind: TaskKind, gate: bool, able: set[str]) -> None:
    task = make_task(kind=kind, gate=gate)

    assert {who for who in ("o", "b", "x", "owner") if task.may_answer(who, "owner")} == able


def test_a_clock_with_less_time_is_counted_and_replayed_with_it(packs: Packs) -> None:
    rule = "house.task_business"
    clock = ClockFacts("house@2020-01-01.1", rule, "GB-ENG", NOW, about="1", count=4)

    assert clock.clock(packs).due(NOW).at == datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert replayed([moves((), (clock,))]) == (clock,)
    assert replayed([moves((), (clock,)), moves((clock,), (clock.begun(NOW + DAY),))])[0].count == 4


@pytest.mark.parametrize(
    ("recipients", "told"),
    [
        ((Recipient.OWNER,), [("owner", "owner", 3)]),
        ((Recipient.LEAD,), [("lead", "lead", 3)]),
        ((Recipient.HEAD,), [("asker", "owner", None)]),
        (
            (Recipient.COMPLIANCE, Recipient.LEAD),
            [("owner", "owner", 3), ("lead", "lead", 3), ("asker", "owner", None)],
        ),
    ],
)
def test_levels_of_a_task_are_told_between_the_two_units(
    recipients: tuple[Recipient, ...], told: list[policy.Told]
) -> None:
    assert policy.told(recipients, ClockFacts("p", "r", "CN", NOW, about="3")) == told
    assert policy.told(recipients, ClockFacts("p", "r", "CN", NOW)) == [(to, to, None) for to in recipients]


def test_word_of_a_task_goes_to_its_unit_and_is_owed_until_the_task_changes() -> None:
    ticket = make_ticket(owner="agent-east").tasked(make_task())
    about, other = Notice("k", "task_asked", "owner", NOW, task=1), Notice("l", "case_assigned", "owner", NOW)
    owing = ticket.owing(about, other)

    assert (owing.word(about)["unit"], owing.word(about)["owner"]) == ("london", "o")
    assert owing.word(other)["owner"] == "agent-east"
    assert owing.tasked(make_task(owner="p")).notices == (other,)
    assert owing.quiet().notices == (about,)


def test_warnings_of_a_task_are_owed_while_it_is_open_and_to_nobody_afterwards() -> None:
    clock = ClockFacts("house@2020-01-01.1", "house.task_business", "CN", NOW, about="1")
    key = f"warning/{clock.id}/2026-11-23T02:00:00.000Z/100"
    warnings = [Notice(f"{key}/{to}", "task_missed", to, NOW, task=n) for to, n in (("lead", 1), ("asker", None))]
    other = Notice("warning/house.resolve/2026-11-23T02:00:00.000Z/50/owner", "clock_warning", "owner", NOW)
    ticket = make_ticket(clocks=(clock,)).tasked(make_task()).owing(*warnings, other)

    assert ticket.tasked(make_task(state=TaskState.ACCEPTED)).notices == (*warnings, other)
    assert ticket.tasked(make_task(state=TaskState.ANSWERED)).notices == (other,)


def test_shares_are_of_what_the_clock_that_promises_an_answer_has_counted(packs: Packs) -> None:
    decision = ClockFacts("cn.nfra@2020-03-01.1", "cn.nfra.decision", "CN", NOW)
    midnight = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    first = make_task(1, spells=(Spell(midnight, midnight + DAY),), state=TaskState.ANSWERED)
    both = make_task(2, spells=(Spell(midnight + DAY),))
    never = make_task(3, spells=(Spell(NOW, midnight),), state=TaskState.CANCELLED)
    ticket = make_ticket(clocks=(decision,), tasks=(first, both, never))

    assert shares(ticket, packs, midnight + 4 * DAY) == ("cn.nfra.decision", {1: 25, 2: 75, 3: 0})
    assert shares(ticket, packs, NOW + timedelta(hours=1)) == ("cn.nfra.decision", {1: 0, 2: 0, 3: 0})
    assert shares(make_ticket(tasks=(first,)), packs, NOW) == ("", {1: 0})


def test_time_in_which_the_clock_stood_is_nobodys(packs: Packs) -> None:
    resolve = ClockFacts("house@2020-01-01.1", "house.resolve", "CN", NOW)
    midnight = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    standing = resolve.paused("waiting_for_customer", midnight + DAY, packs)
    stood = standing.resumed("waiting_for_customer", midnight + 2 * DAY)
    during = make_task(1, spells=(Spell(midnight + DAY, midnight + 2 * DAY),), state=TaskState.ANSWERED)

    assert shares(make_ticket(clocks=(stood,), tasks=(during,)), packs, midnight + 3 * DAY) == ("house.resolve", {1: 0})
    assert shares(make_ticket(clocks=(resolve,), tasks=(during,)), packs, midnight + 3 * DAY)[1] == {1: 33}
