"""In which order people are called: total, fixed, fair within a bound; and how long they wait."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.appointments import policy
from chalicelib.appointments.model import Entry, Figure, Line, Status, Turn, Wait
from tests.unit.appointments.catalogue import make_branch, make_service

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def make_entry(
    number: int, came: float = 0, line: Line = Line.WALK_IN, start: float | None = None, **what_matters: object
) -> Entry:
    """Make somebody who came so many minutes after noon, booked for `start` minutes after it."""
    arrived, starts = NOON + came * MINUTE, NOON + (came if start is None else start) * MINUTE
    needs = bool(what_matters.pop("needs_support", False))
    since = policy.counts_since(line, starts, arrived, needs_support=needs)
    facts = {"pool": "desk", **what_matters}
    turn = Turn(f"B{number:03}", line, arrived, since, needs_support=needs, **facts)  # type: ignore[arg-type]
    return Entry(f"apt_{number:03}", f"A-{number}", Status.CHECKED_IN, ("card",), starts, 1, turn)


@st.composite
def crowds(draw: st.DrawFn) -> list[Entry]:
    """Give people who came one after the other, as the numbers they were given say."""
    times = sorted(draw(st.lists(st.integers(0, 240), min_size=1, max_size=30)))
    return [draw(st.just(number).flatmap(lambda n, came=came: people(n, came))) for number, came in enumerate(times)]


def people(number: int, came: int) -> st.SearchStrategy[Entry]:
    """Give somebody who came then: in time for a booking, late for one, or without."""
    start = {Line.BOOKED: st.integers(came - 10, came + 30), Line.LATE: st.integers(came - 60, came - 11)}
    return st.sampled_from(Line).flatmap(
        lambda line: st.builds(
            lambda start, needs: make_entry(number, came, line, start, needs_support=needs),
            start.get(line, st.just(came)),
            st.booleans(),
        )
    )


def order(entries: list[Entry]) -> list[str]:
    return [standing.entry.id for standing in policy.in_order(entries)]


@given(crowds(), st.randoms())
def test_the_order_is_total_and_does_not_depend_on_how_they_are_read(crowd: list[Entry], chance: object) -> None:
    shuffled = list(crowd)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert order(shuffled) == order(crowd)
    assert sorted(order(crowd)) == sorted(entry.id for entry in crowd)


@given(crowds(), st.data())
def test_two_never_change_places_whoever_comes_or_goes(crowd: list[Entry], data: st.DataObject) -> None:
    left = data.draw(st.sets(st.sampled_from(sorted(entry.id for entry in crowd))))

    assert order([entry for entry in crowd if entry.id in left]) == [id_ for id_ in order(crowd) if id_ in left]


@given(crowds())
def test_nobody_who_came_much_later_is_called_before_somebody(crowd: list[Entry]) -> None:
    place = {id_: number for number, id_ in enumerate(order(crowd))}
    for one, other in combinations(crowd, 2):
        assert one.turn and other.turn
        if (
            other.turn.arrived_at - one.turn.arrived_at > policy.MOST_CREDIT
            and one.turn.counts_since <= one.turn.arrived_at
        ):
            assert place[one.id] < place[other.id]


def test_nobody_counts_since_more_than_three_quarters_of_an_hour_before_they_came() -> None:
    turn = make_entry(1, 70, Line.BOOKED, 60, needs_support=True).turn

    assert turn and turn.counts_since == NOON + 25 * MINUTE


@given(crowds())
def test_nobody_waits_behind_a_later_arrival_of_the_same_kind(crowd: list[Entry]) -> None:
    place = {id_: number for number, id_ in enumerate(order(crowd))}
    for one, other in combinations(crowd, 2):
        assert one.turn and other.turn
        kinds = {(entry.turn.line, entry.turn.needs_support) for entry in (one, other) if entry.turn}
        booked = one.turn.line is not Line.WALK_IN
        if len(kinds) == 1 and (not booked or one.starts_at <= other.starts_at):
            assert place[one.id] < place[other.id]


@given(crowds())
def test_the_reason_that_is_told_is_the_one_that_decides(crowd: list[Entry]) -> None:
    standing = policy.in_order(crowd)
    for one, other in combinations(standing, 2):
        told = policy.compared(other, one)
        assert (told.first, told.second) == (one, other)
        longer = one.turn.counts_since < other.turn.counts_since
        assert longer == (told.because == "counts_longer")


def test_who_booked_is_before_whoever_came_within_half_an_hour_before_the_start() -> None:
    booked = make_entry(3, 59, Line.BOOKED, 60)
    early, within = make_entry(1, 29), make_entry(2, 31)

    assert order([booked, early, within]) == [early.id, booked.id, within.id]


def test_who_is_late_counts_a_quarter_of_an_hour_longer_but_not_since_before_the_start() -> None:
    for came, since in ((11, 0), (20, 5), (50, 35)):
        turn = make_entry(1, came, Line.LATE, 0).turn
        assert turn and turn.counts_since == NOON + since * MINUTE


def test_places_are_counted_in_each_pool() -> None:
    crowd = [make_entry(1), make_entry(2, pool="advice"), make_entry(3)]

    assert [standing.place for standing in policy.in_order(crowd)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("counter", "services", "pool", "suits"),
    [
        ("1", (), "", True),
        ("1", (), "desk", True),
        ("1", (), "advice", False),
        ("1", ("card", "other"), "", True),
        ("1", ("other",), "", False),
    ],
)
def test_who_may_be_called_to_a_counter(counter: str, services: tuple[str, ...], pool: str, suits: bool) -> None:
    (standing,) = policy.in_order([make_entry(1)])

    assert policy.suitable(standing, counter, services, pool) is suits


def test_who_was_sent_to_a_counter_is_called_there_only() -> None:
    (standing,) = policy.in_order([make_entry(1, counter="7")])

    assert policy.suitable(standing, "7", (), "") and not policy.suitable(standing, "1", (), "")


# --- waiting --------------------------------------------------------------------------------------------------------


def wait(crowd: list[Entry], me: Entry, counters: int = 1, **measured: Figure) -> Wait:
    branch = make_branch(counters={"desk": counters})
    paces = policy.Paces({"card": make_service(minutes=10)}, measured)
    assert me.turn
    return policy.wait_of(me, me.turn, policy.hall(branch, crowd, NOON + 60 * MINUTE), paces)


def test_a_free_counter_means_no_wait() -> None:
    assert wait([], make_entry(1)) == Wait(1, 0, 0)
    assert wait([make_entry(1)], make_entry(2), counters=2) == Wait(2, 0, 0)


def test_unmeasured_services_take_what_the_catalogue_says_half_of_it_more_or_less() -> None:
    assert wait([make_entry(1)], make_entry(2)) == Wait(2, 5, 15)


def test_what_accepted_documents_save_nobody_behind_waits_for() -> None:
    first = make_entry(1)
    shorter = replace(first, ends_at=first.starts_at + 6 * MINUTE)
    usual = replace(first, ends_at=first.starts_at + 10 * MINUTE)
    longer = replace(first, ends_at=first.starts_at + 30 * MINUTE)
    gone = replace(first, ends_at=first.starts_at)

    assert wait([shorter], make_entry(2)) == Wait(2, 1, 11)
    assert wait([usual], make_entry(2)) == wait([longer], make_entry(2)) == Wait(2, 5, 15)
    assert wait([gone], make_entry(2)) == Wait(2, 0, 10), "a visit takes five minutes at least"


def test_what_was_measured_counts_once_five_were_served() -> None:
    few, enough = (Figure(served=n, seconds=n * 240, squares=n * 240 * 240) for n in (4, 5))

    assert wait([make_entry(1)], make_entry(2), card=few) == Wait(2, 5, 15)
    assert wait([make_entry(1)], make_entry(2), card=enough) == Wait(2, 4, 4)


def test_who_is_booked_and_goes_first_may_come_yet() -> None:
    coming = Entry("apt_9", "A-9", Status.BOOKED, ("card",), NOON + 70 * MINUTE, 1)
    later = Entry("apt_8", "A-8", Status.BOOKED, ("card",), NOON + 90 * MINUTE, 1)

    assert wait([coming, later], make_entry(1, 60)) == Wait(1, 0, 15)
    assert wait([later], make_entry(1, 60)) == Wait(1, 0, 0)


@given(crowds(), st.integers(1, 5))
def test_more_ahead_never_means_less_to_wait(crowd: list[Entry], counters: int) -> None:
    standing = policy.in_order(crowd)
    waits = [wait(crowd, one.entry, counters) for one in standing]

    assert [it.place for it in waits] == [one.place for one in standing]
    assert all(it.optimistic <= it.normal for it in waits)
    assert all(one.normal <= other.normal for one, other in pairwise(waits))


def test_overbooking_is_what_was_missed_up_to_what_is_allowed() -> None:
    for figure, percent in (
        (None, 0),
        (Figure(came=40, missed=9), 0),
        (Figure(came=40, missed=10), 20),
        (Figure(came=45, missed=5), 11),
        (Figure(missed=60), 0),
    ):
        assert policy.overbooking(20, figure) == percent


def test_a_limit_lasts_until_the_third_newest_is_ninety_days_old() -> None:
    days = [NOON + timedelta(days=n) for n in range(4)]

    assert policy.limited_until(days[:2]) is None
    assert policy.limited_until(days) == days[1] + timedelta(days=90)
