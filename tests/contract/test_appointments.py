"""What every store of appointments promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.appointments.model import (
    Channel,
    DayBeforeOnly,
    HoldSpent,
    How,
    PlanStanding,
    Rebooking,
    SlotTaken,
    Status,
    TooManyHolds,
    TooManyOpen,
)
from chalicelib.kernel.calls import Replayed
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.limits import Limit as Rate
from chalicelib.kernel.notices import Notice
from tests.builders import link_after, stamp
from tests.contract.lists import walked
from tests.contract.visits import NINE, QUARTER, TODAY, Stores, in_memory, later, limits, make_hold, make_visit, on
from tests.world import START


@pytest.fixture(params=["memory", "dynamo"])
def stores(request: pytest.FixtureRequest) -> Stores:
    return in_memory() if request.param == "memory" else on(request.getfixturevalue("tables"))


def test_a_hold_takes_each_of_its_cells_and_is_found_as_it_was(stores: Stores) -> None:
    hold = stores.take(make_hold(services=("card", "estate"), late_hours=4, instead_of="apt_1", health=True))
    stores.take(make_hold(2, quarter=1, channel=Channel.INTERNAL, customer_id="cus_wang"))

    assert stores.appointments.hold(hold.day, hold.id) == hold
    assert stores.appointments.hold(hold.day, "hld_none") is None
    assert stores.taken() == {0: 1, 1: 2, 2: 1}
    shared = stores.appointments.cells("bund", TODAY)["desk", NINE + QUARTER]
    assert [shared.of(channel) for channel in (Channel.PUBLIC, Channel.INTERNAL, Channel.KIOSK)] == [1, 1, 0]
    assert not stores.appointments.cells("bund", TODAY + timedelta(days=1))


def test_one_cell_at_its_limit_or_at_that_of_the_channel_refuses_the_whole_hold(stores: Stores) -> None:
    stores.take(make_hold(1))
    for refused in (limits(make_hold(2, quarter=1), most=1), limits(make_hold(2, quarter=1), share=1)):
        with pytest.raises(SlotTaken):
            stores.appointments.take(make_hold(2, quarter=1), refused, 9, [], None)

    assert stores.taken() == {0: 1, 1: 1}
    staff = make_hold(2, quarter=1, channel=Channel.INTERNAL)
    stores.appointments.take(staff, limits(staff, most=2, share=1), 9, [], None)
    assert stores.taken() == {0: 1, 1: 2, 2: 1}


def test_a_customer_has_so_many_at_most_and_a_place_that_is_given_back_counts_no_more(stores: Stores) -> None:
    holds = [stores.take(make_hold(number, quarter=2 * number), most=2) for number in (1, 2)]
    with pytest.raises(TooManyOpen):
        stores.take(make_hold(3, quarter=6), most=2)
    stores.take(make_hold(4, quarter=6, customer_id="cus_wang"), most=2)

    stores.appointments.free(holds[0], [], None)
    stores.take(make_hold(5), most=2)

    with pytest.raises(HoldSpent):
        stores.appointments.free(holds[0], [], None)
    assert stores.appointments.hold(holds[0].day, holds[0].id) is None


def test_holds_that_are_over_are_found_until_they_are_freed(stores: Stores) -> None:
    old, new = stores.take(make_hold(1)), stores.take(make_hold(2, quarter=2))

    assert not stores.appointments.expired(old.day, old.until - timedelta(milliseconds=1))
    assert [hold.id for hold in stores.appointments.expired(old.day, new.until)] == [old.id, new.id]
    stores.appointments.free(old, [], None)
    assert [hold.id for hold in stores.appointments.expired(old.day, new.until)] == [new.id]


def test_so_many_holds_may_be_had_in_a_window_under_a_name_and_a_refused_one_is_not_counted(stores: Stores) -> None:
    rate = {"held#li": Rate(2, timedelta(hours=1))}
    for number in (1, 2):
        stores.take(make_hold(number, quarter=number), counted=rate)
    with pytest.raises(SlotTaken):
        full = make_hold(3, quarter=2)
        stores.appointments.take(
            full, limits(full, most=1), 9, [], None, counted={"held#wang": Rate(1, timedelta(hours=1))}
        )

    with pytest.raises(TooManyHolds) as refused:
        stores.take(make_hold(3, quarter=3), counted=rate)
    stores.take(make_hold(4, quarter=4), counted={"held#wang": Rate(1, timedelta(hours=1))})

    assert 0 < refused.value.facts["retry_after"] <= 3600
    assert stores.appointments.hold(make_hold(3).day, make_hold(3).id) is None


def test_searches_are_counted_in_a_window_and_begin_anew_in_the_next(stores: Stores) -> None:
    rate = Rate(2, timedelta(minutes=1))
    begins = START.replace(second=0, microsecond=0)

    counted = [stores.appointments.searched("network", rate, begins) for _ in range(3)]

    assert counted == [0, 0, 60]
    assert stores.appointments.searched("another", rate, begins) == 0
    assert stores.appointments.searched("network", rate, begins + timedelta(minutes=1)) == 0


def test_visits_with_documents_to_look_at_are_listed_for_their_branch_the_next_first(stores: Stores) -> None:
    later_one, sooner, _ = (stores.book(number, quarter=quarter) for number, quarter in ((1, 4), (2, 0), (3, 8)))
    for booked in (later_one, sooner):
        stores.appointments.save(later(booked, unseen=START), [], None)

    assert [row.id for row in stores.appointments.unseen("bund", 9, None).items] == [sooner.id, later_one.id]
    assert not stores.appointments.unseen("pudong", 9, None).items


def test_booking_spends_the_hold_once_and_what_was_booked_is_found_as_it_was(stores: Stores) -> None:
    hold = stores.take(make_hold())
    records, link = link_after("apt_1")
    was = Rebooking(How.MOVED, PlanStanding.OFFERED, "pudong", "Asia/Shanghai", NINE, START)
    whole = make_visit(
        1,
        hold,
        late_hours=4,
        support_needs=("hearing",),
        health={"fever": False},
        contact={"email": "li@example.com"},
        notices=(Notice("confirmation", "appointment_booked", "customer", START, 0, {"a": "b"}),),
        rebooking=was,
        due_at=START,
        link=link,
    )
    stores.appointments.book(whole, hold, records, None)

    assert stores.appointments.get(whole.id) == stores.appointments.get(whole.number) == whole
    assert stores.appointments.get("apt_none") is None
    assert stores.taken() == {0: 1, 1: 1}
    with pytest.raises(HoldSpent):
        stores.appointments.book(make_visit(2, hold), hold, [], None)
    assert stores.appointments.get(make_visit(2, hold).id) is None


def test_a_number_that_another_has_refuses_the_booking_and_leaves_the_hold(stores: Stores) -> None:
    first = stores.book(1)
    hold = stores.take(make_hold(2, quarter=4))

    with pytest.raises(Changed):
        stores.appointments.book(replace(make_visit(2, hold), id=first.id), hold, [], None)
    assert stores.appointments.hold(hold.day, hold.id) == hold


def test_moving_gives_the_old_cells_back_and_leaves_one_open_place(stores: Stores) -> None:
    before, hold = stores.book(1), stores.take(make_hold(2, quarter=6))
    after = later(before.placed(hold))
    stores.appointments.move(after, before, hold, [], None)

    assert stores.taken() == {6: 1, 7: 1}
    assert stores.appointments.get(before.id) == after
    stores.take(make_hold(3), most=2)
    with pytest.raises(TooManyOpen):
        stores.take(make_hold(4, quarter=8), most=2)
    with pytest.raises(HoldSpent):
        stores.appointments.move(later(after), after, hold, [], None)


def test_who_read_an_older_version_neither_moves_nor_ends_nor_saves_it(stores: Stores) -> None:
    before, hold = stores.book(1), stores.take(make_hold(2, quarter=6))
    stores.appointments.save(later(before, late_hours=1), [], None)

    for write in (
        lambda: stores.appointments.move(later(before.placed(hold)), before, hold, [], None),
        lambda: stores.appointments.end(later(before, status=Status.CANCELLED), [], None, unused=before.visit),
        lambda: stores.appointments.save(later(before), [], None),
    ):
        with pytest.raises(Changed):
            write()
    assert stores.taken() == {0: 1, 1: 1, 6: 1, 7: 1}
    assert stores.appointments.get(before.id) == later(before, late_hours=1)


def test_what_ends_gives_its_cells_and_its_place_back(stores: Stores) -> None:
    before = stores.book(1)
    stores.appointments.end(later(before, status=Status.CANCELLED), [], None, unused=before.visit)

    assert stores.taken() == {}
    assert stores.appointments.get(before.id).status is Status.CANCELLED
    stores.take(make_hold(2), most=1)


def test_lists_have_everybody_once_page_by_page(stores: Stores) -> None:
    ids = [stores.book(number, quarter=quarter).id for number, quarter in ((1, 6), (2, 0), (3, 3), (4, 3))]
    stores.book(5, customer_id="cus_wang", quarter=9)

    def of_day(start: Any) -> Any:
        return stores.appointments.of_day("bund", TODAY, 2, start)

    def own(start: Any) -> Any:
        return stores.appointments.of_customer("cus_li", 3, start)

    assert [row.id for row in walked(own)] == ids[::-1]
    found = [row.id for row in walked(of_day)]
    assert (found[0], sorted(found[1:3]), found[3]) == (ids[1], sorted(ids[2:]), ids[0])
    (row,) = stores.appointments.of_customer("cus_wang", 3, None).items
    assert (row.status, row.branch, row.services, row.channel, row.version) == (
        "booked",
        "bund",
        ("card",),
        "public",
        1,
    )


def test_who_missed_too_many_holds_for_another_day_than_today(stores: Stores) -> None:
    missed, until = stores.book(1), NINE + timedelta(days=90)
    gone = later(missed, status=Status.NO_SHOW)
    stores.days.end(gone, [], None, missed=True, limited_until=until)

    with pytest.raises(DayBeforeOnly):
        stores.take(make_hold(2, quarter=4), today=until - timedelta(seconds=1))
    assert stores.taken() == {0: 1, 1: 1}  # its time was over: nothing of it is given back
    stores.take(make_hold(3, quarter=4))
    stores.take(make_hold(4, quarter=6), today=until)


def test_the_same_call_again_has_no_effect_and_is_answered_alike(stores: Stores) -> None:
    hold, said = make_hold(), stamp("once")
    stores.appointments.take(hold, limits(hold), 9, [], said)

    with pytest.raises(Replayed):
        stores.appointments.take(hold, limits(hold), 9, [], said)
    assert stores.taken() == {0: 1, 1: 1}
    stores.appointments.remember(None)
    stores.appointments.remember(stamp("nothing to change"))
    with pytest.raises(Replayed):
        stores.appointments.remember(stamp("nothing to change"))


def test_a_record_that_is_there_already_refuses_the_write(stores: Stores) -> None:
    records, link = link_after("apt_1")
    before = stores.book(1)
    second = later(before, link=link)
    stores.appointments.save(second, records, None)

    with pytest.raises(Changed):
        stores.appointments.save(later(second), records, None)
    assert stores.appointments.get(before.id).version == 2
