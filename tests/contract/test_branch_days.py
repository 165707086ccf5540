"""What every store of a branch's day promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.appointments.model import Channel, Figure, Line, Proof, Status, Tally, TooManyOpen, Turn, Wait
from chalicelib.kernel.errors import Changed
from tests.contract.visits import NINE, TODAY, Stores, in_memory, later, make_hold, make_visit, on

TOMORROW = TODAY + timedelta(days=1)
WAITING = Turn(
    "A001",
    Line.BOOKED,
    NINE,
    NINE - timedelta(minutes=30),
    "desk",
    wait=Wait(3, 4, 9),
    needs_support=True,
    proof=Proof("id-card", True, "9f" * 32),
    look_at=NINE + timedelta(minutes=5),
)


@pytest.fixture(params=["memory", "dynamo"])
def stores(request: pytest.FixtureRequest) -> Stores:
    return in_memory() if request.param == "memory" else on(request.getfixturevalue("tables"))


def test_a_short_number_is_given_once_a_day_and_branch(stores: Stores) -> None:
    asked = [("bund", TODAY), ("bund", TODAY), ("bund", TOMORROW), ("pudong", TODAY), ("bund", TODAY)]

    assert [stores.days.next_number(*day) for day in asked] == [1, 2, 1, 1, 3]


def test_a_day_has_everybody_as_they_stand_whatever_became_of_them(stores: Stores) -> None:
    first, second = stores.book(1, quarter=4), stores.book(2)
    walk_in = replace(make_visit(3, make_hold()), visit=None, customer_id="", channel=Channel.INTERNAL, turn=WAITING)
    stores.days.keep(walk_in, [], None)
    came = later(first, status=Status.CHECKED_IN, turn=WAITING)
    stores.days.keep(came, [], None)
    stores.appointments.end(later(second, status=Status.CANCELLED), [], None, unused=second.visit)

    found = {entry.id: entry for entry in stores.days.entries("bund", TODAY)}

    assert found == {it.id: it.entry for it in (came, walk_in, later(second, status=Status.CANCELLED))}
    assert stores.appointments.get(walk_in.id) == walk_in
    assert list(found)[-1] == first.id  # by their start
    assert not stores.days.entries("bund", TOMORROW)


def test_nobody_is_kept_or_ended_over_what_somebody_else_wrote(stores: Stores) -> None:
    before = stores.book(1)
    stores.days.keep(later(before, turn=WAITING), [], None)

    for write in (stores.days.keep, stores.days.end):
        with pytest.raises(Changed):
            write(later(before, status=Status.NO_SHOW), [], None, Tally("bund", "2026-11-24", "card", Figure(missed=1)))
    with pytest.raises(Changed):
        stores.days.keep(before, [], None)
    assert stores.days.figures("bund", TODAY, TODAY) == []
    assert stores.appointments.get(before.id).turn == WAITING


def test_what_each_step_adds_is_summed_by_day_and_service(stores: Stores) -> None:
    before = stores.book(1)
    steps = [
        Tally("bund", "2026-11-24", "card", Figure(came=1)),
        Tally("bund", "2026-11-24", "card", Figure(called=1, waited=60)),
        Tally("bund", "2026-11-25", "card", Figure(came=1)),
        Tally("pudong", "2026-11-24", "card", Figure(came=1)),
        None,
    ]
    for version, tally in enumerate(steps, 2):
        stores.days.keep(replace(before, version=version), [], None, tally)

    lines = stores.days.figures("bund", TODAY, TOMORROW)

    assert [(line.day, line.service) for line in lines] == [("2026-11-24", "card"), ("2026-11-25", "card")]
    assert lines[0].figure == Figure(came=1, called=1, waited=60)
    assert stores.days.figures("bund", TOMORROW, TOMORROW) == lines[1:]
    assert stores.days.measured("bund") == {"card": Figure(came=2, called=1, waited=60)}
    assert stores.days.measured("london") == {}


def test_who_ends_may_have_another_and_a_walk_in_was_never_counted(stores: Stores) -> None:
    booked = stores.book(1)
    walk_in = replace(make_visit(2, make_hold()), visit=None, customer_id="cus_li")
    stores.days.keep(walk_in, [], None)
    stores.take(make_hold(3, quarter=4), most=2)

    stores.days.end(later(walk_in, status=Status.DONE), [], None)
    with pytest.raises(TooManyOpen):
        stores.take(make_hold(4, quarter=6), most=2)
    stores.days.end(later(booked, status=Status.DONE), [], None)
    stores.take(make_hold(5, quarter=6), most=2)


def test_a_miss_is_remembered_until_whoever_missed_it_comes_after_all(stores: Stores) -> None:
    first, second = stores.book(1), stores.book(2, quarter=4)
    until = NINE + timedelta(days=90)
    for each in (first, second):
        stores.days.end(later(each, status=Status.NO_SHOW), [], None, missed=True, limited_until=until)
    assert list(stores.days.misses("cus_li", NINE - timedelta(days=90))) == [first.starts_at, second.starts_at]
    assert list(stores.days.misses("cus_li", second.starts_at)) == [second.starts_at]

    back = replace(first, version=3, status=Status.CHECKED_IN, turn=WAITING)
    stores.days.revive(back, [], None, missed=True, limited_until=None)

    assert list(stores.days.misses("cus_li", NINE - timedelta(days=90))) == [second.starts_at]
    stores.take(make_hold(3, quarter=6), most=2, today=NINE)  # nothing limits them now, and one is open again
    with pytest.raises(TooManyOpen):
        stores.take(make_hold(4, quarter=8), most=2)
    assert not stores.days.misses("cus_wang", NINE)
