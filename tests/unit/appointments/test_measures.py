"""What measures of continuity do to slots, and whom they affect."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.appointments import policy
from chalicelib.appointments.model import (
    Appointment,
    Branch,
    Channel,
    Counts,
    How,
    Measure,
    PlanStanding,
    Rebooking,
    Slot,
    Status,
)
from tests.unit.appointments.catalogue import CN, MONDAY, NOW, day_of, local, make_branch, make_service


def clock(text: str) -> datetime:
    return local(make_branch(), MONDAY, f"at_{text}")


def under(branch: Branch, **demands: Any) -> Branch:
    measure = Measure("msr_1", f"branch#{branch.id}", "east", **{"since": clock("0900"), **demands})
    return replace(branch, measures=(*branch.measures, measure))


def starts(branch: Branch, **taken: Counts) -> list[str]:
    found = day_of(branch, **taken).slots
    return [f"{slot.starts_at.astimezone(branch.zone):%H:%M}" for slot in found]


def test_a_branch_that_closes_at_noon_has_the_morning_left_and_says_why_of_a_day_that_is_shut() -> None:
    open_ = make_branch()

    assert starts(under(open_, since=clock("1000"), closed=True))[-1] == "09:30"
    reopened = under(open_, since=clock("0900"), until=clock("1407"), closed=True)
    assert starts(reopened)[0] == "14:15"  # on whole cells
    shut = day_of(under(open_, closed=True, reason={"en": "Flood", "zh-CN": "水浸"}))
    assert (shut.slots, shut.closed_because, shut.reason) == ((), "closure", {"en": "Flood", "zh-CN": "水浸"})
    assert starts(under(open_, since=clock("0800") - timedelta(days=3), until=clock("0900"), closed=True)) == starts(
        open_
    )


def test_a_closure_within_the_day_leaves_both_ends() -> None:
    left = starts(under(make_branch(), since=clock("1000"), until=clock("1500"), closed=True))

    assert (left[:3], left[3]) == (["09:00", "09:15", "09:30"], "15:00")


@pytest.mark.parametrize(
    ("counters", "cap", "parts"),
    [
        ({"desk": 3, "advice": 2}, 5, {"desk": 3, "advice": 2}),
        ({"desk": 3, "advice": 2}, 4, {"desk": 2, "advice": 2}),
        ({"desk": 3, "advice": 2}, 2, {"desk": 1, "advice": 1}),
        ({"desk": 3, "advice": 2}, 1, {"desk": 1, "advice": 0}),
        ({"desk": 8, "advice": 1}, 3, {"desk": 2, "advice": 1}),
        ({"desk": 8, "advice": 0}, 3, {"desk": 3, "advice": 0}),
    ],
)
def test_a_cap_is_shared_by_all_counters_and_never_exceeded(
    counters: dict[str, int], cap: int, parts: dict[str, int]
) -> None:
    branch = under(make_branch(counters=counters), cap=cap)

    found = {pool: policy.capped(branch, (pool, clock("0900"))) for pool in counters}

    assert found == parts
    assert sum(found.values()) <= cap


def test_a_cap_too_low_for_one_each_goes_round_among_the_kinds_of_counter() -> None:
    branch = under(make_branch(counters={"desk": 3, "advice": 1}), cap=1)

    def turn(at: str, day: date = MONDAY) -> list[str]:
        start = local(branch, day, f"at_{at}")
        return [pool for pool in ("desk", "advice") if policy.capped(branch, (pool, start))]

    day = [turn(at) for at in ("0900", "0945", "1000", "1145", "1300", "1400")]
    assert day == [["desk"], ["desk"], ["advice"], ["advice"], ["desk"], ["advice"]]
    assert turn("0900", MONDAY + timedelta(days=1)) == ["advice"], "who has the first hours is another one each day"


def test_under_a_cap_each_channel_has_its_share_of_the_counters_as_far_as_there_is_room() -> None:
    shared = {Channel.PUBLIC: 60, Channel.CALL_CENTRE: 40}
    branch = under(make_branch(counters={"desk": 3}, shares=shared, release=1), cap=1)

    offered = [day_of(branch, channel=channel).slots[0].free for channel in shared]
    assert offered == [1, 1], "a cap of one leaves it to whoever comes first, not to the channel with most"
    taken = {"at_0900": Counts(1, {"call_centre": 1})}
    assert "09:00" not in starts(branch, **taken)


def test_a_cap_lowers_what_is_free_even_where_more_may_be_booked_than_served() -> None:
    branch = under(make_branch(counters={"desk": 4}), cap=2)

    assert day_of(branch, make_service(overbooking=50)).slots[0].free == 2
    assert "09:00" not in starts(branch, at_0900=Counts(2, {"public": 2}))
    later = under(make_branch(counters={"desk": 4}), since=clock("1300"), cap=2)
    assert [slot.free for slot in day_of(later).slots if slot.starts_at in (clock("0900"), clock("1300"))] == [4, 2]


def test_a_longer_buffer_takes_more_cells_only_while_it_lasts() -> None:
    usual = len(starts(make_branch()))

    spaced = under(make_branch(), until=clock("1200"), buffer=15)
    assert len(starts(spaced)) == usual - 1  # the last of the morning would run over its end
    assert "10:00" not in starts(spaced, at_1030=Counts(1, {"public": 1}))
    assert "14:00" in starts(spaced, at_1430=Counts(1, {"public": 1}))


def test_of_several_measures_the_strictest_counts() -> None:
    branch = under(under(make_branch(counters={"desk": 4}), cap=3, buffer=5), cap=2, buffer=10, health=True)

    assert policy.capped(branch, ("desk", clock("0900"))) == 2
    assert policy.declares(branch, clock("0900"))
    assert not policy.declares(branch, clock("0845"))
    assert not policy.appointment_only(branch, clock("0900"))
    assert policy.appointment_only(under(branch, appointment_only=True), clock("0900"))
    shut = under(branch, closed=True, until=clock("1000"))
    assert [policy.appointment_only(shut, clock(at)) for at in ("0959", "1000")] == [True, False]


def make_booking(number: int, at: str = "0900", **what_matters: Any) -> Appointment:
    visit = policy.visit_at(clock(at), (make_service(),), 15)
    facts = {
        "id": f"apt_{number}",
        "status": Status.BOOKED,
        "branch": "bund",
        "unit": "east",
        "timezone": "Asia/Shanghai",
        "services": ("card",),
        "customer_id": "cus_1",
        "channel": Channel.PUBLIC,
        "starts_at": visit.starts_at,
        "ends_at": visit.ends_at,
        "booked_at": NOW,
        "visit": visit,
        **what_matters,
    }
    return Appointment(**facts)


def gone(branch: Branch, *booked: Appointment, now: datetime = NOW) -> list[str]:
    return [it.id for it in policy.affected(branch, CN, MONDAY, booked, now)]


def test_under_a_cap_who_needs_support_keeps_the_time_then_who_booked_first() -> None:
    branch = under(make_branch(counters={"desk": 4}), cap=2)
    first, second, third = (make_booking(number) for number in (1, 2, 3))
    needing = make_booking(4, support_needs=("mobility",))

    assert gone(branch, third, second, first, needing) == ["apt_2", "apt_3"]
    there = make_booking(5, status=Status.CHECKED_IN)
    assert gone(branch, third, second, first, needing, there) == ["apt_1", "apt_2", "apt_3"]
    assert gone(make_branch(), first, second, third, needing) == []


def test_a_closure_affects_whom_it_keeps_out_and_nobody_whose_visit_is_over_or_who_was_told() -> None:
    branch = under(make_branch(), since=clock("0915"), closed=True)
    told = Rebooking(How.NOTHING, PlanStanding.TO_CHOOSE, "bund", "Asia/Shanghai", clock("1000"), clock("0900"))

    assert gone(branch, make_booking(1, "0900"), make_booking(2, "0830"), make_booking(3, "1000")) == [
        "apt_1",
        "apt_2",
        "apt_3",
    ]
    assert gone(branch, make_booking(3, "1000", rebooking=told)) == []
    assert gone(branch, make_booking(3, "1030", rebooking=told)) == ["apt_3"]
    assert gone(branch, make_booking(1, "1000"), now=clock("1000")) == []
    assert gone(branch, make_booking(1, "1000", status=Status.CANCELLED)) == []


def test_who_was_told_and_fits_again_stands_again() -> None:
    told = Rebooking(How.NOTHING, PlanStanding.TO_CHOOSE, "bund", "Asia/Shanghai", clock("1000"), clock("0900"))
    booked = make_booking(1, "1000", rebooking=told)

    assert [it.id for it in policy.standing_again(make_branch(), CN, MONDAY, [booked], NOW)] == ["apt_1"]
    shut = under(make_branch(), closed=True)
    assert policy.standing_again(shut, CN, MONDAY, [booked], NOW) == []


def test_rather_a_little_later_than_far_and_rather_farther_than_much_later() -> None:
    here, there = make_branch(id="here"), make_branch(id="there")
    wanted = clock("1000")
    free = [
        (here, [Slot(clock(at), clock(at), 1) for at in ("1200", "1045")]),
        (there, [Slot(clock(at), clock(at), 1) for at in ("1000", "1330")]),
    ]

    found = [(branch.id, f"{at.astimezone(branch.zone):%H:%M}") for branch, at in policy.near_times(free, wanted)]

    assert found == [("here", "10:45"), ("there", "10:00"), ("here", "12:00")]


def test_only_branches_that_can_be_reached_are_near_and_the_same_one_is_nearest() -> None:
    bund = make_branch(latitude=31.24, longitude=121.49)
    pudong = make_branch(id="pudong", latitude=31.2353, longitude=121.507)
    london = make_branch(id="london", unit="london", latitude=51.5, longitude=-0.1)
    unmapped, strange = make_branch(id="unmapped"), make_branch(id="strange", unit="london")
    closed = make_branch(id="closed", latitude=31.24, longitude=121.49, active=False)

    found = policy.nearby(bund, [london, pudong, strange, unmapped, closed, bund])

    assert [branch.id for branch in found] == ["bund", "pudong", "unmapped"]


def test_there_is_time_to_answer_but_not_until_the_last_minute() -> None:
    now = datetime(2026, 11, 23, 2, tzinfo=UTC)

    assert policy.answer_by(now, now + timedelta(days=5)) == now + timedelta(hours=24)
    assert policy.answer_by(now, now + timedelta(hours=10)) == now + timedelta(hours=8)
    assert policy.answer_by(now, now + timedelta(hours=1)) == now + timedelta(minutes=30)


def test_a_switch_that_is_changed_looks_at_the_days_of_both() -> None:
    before = Measure("msr_1", "unit#east", "east", since=clock("0900"), until=clock("1200"), closed=True)
    later = replace(before, since=clock("1400"), until=clock("1500"))

    looking = later.looking(before, NOW)
    assert (looking.first, looking.last, looking.due_at) == (clock("0900"), clock("1500"), NOW)
    third = replace(before, since=clock("1600"), until=None).looking(looking, NOW)
    assert (third.first, third.last) == (clock("0900"), None)


def test_who_was_told_that_it_cannot_take_place_has_not_missed_it() -> None:
    told = Rebooking(How.NOTHING, PlanStanding.TO_CHOOSE, "bund", "Asia/Shanghai", clock("1000"), clock("0900"))

    assert policy.counts_against(make_booking(1, "1000"))
    assert not policy.counts_against(make_booking(1, "1000", rebooking=told))
