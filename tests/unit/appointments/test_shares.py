"""Who may give away how much, and that nothing is offered beyond it."""

from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.appointments.model import Channel, Counts
from chalicelib.sla.calendars import wall
from tests.unit.appointments.catalogue import AFTERNOON, MONDAY, MORNING, day_of, make_branch, make_service, starts

SHARED = {Channel.PUBLIC: 60, Channel.CALL_CENTRE: 20, Channel.KIOSK: 10, Channel.INTERNAL: 10}


@pytest.mark.parametrize(
    ("counters", "parts"),
    [(1, [1, 0, 0, 0]), (2, [1, 1, 0, 0]), (3, [2, 1, 0, 0]), (5, [3, 1, 1, 0]), (10, [6, 2, 1, 1])],
)
def test_shares_are_whole_counters_and_make_up_all_of_them(counters: int, parts: list[int]) -> None:
    branch = make_branch(counters={"desk": counters}, shares=SHARED, release=1)

    told = [day_of(branch, channel=channel).slots for channel in Channel]

    assert [slots[0].free if slots else 0 for slots in told] == parts
    assert sum(parts) == counters


def test_what_a_channel_did_not_give_away_is_everybodys_hours_before() -> None:
    branch = make_branch(counters={"desk": 3}, shares=SHARED, release=24)
    nine = wall("Asia/Shanghai", MONDAY, time(9))
    early, late = nine - timedelta(hours=24, seconds=1), nine - timedelta(hours=24)
    taken = {"at_0900": Counts(2, {"public": 2}), "at_0915": Counts(2, {"public": 2})}

    assert starts(day_of(branch, now=early, **taken), branch)[0] == "09:30"
    released = day_of(branch, now=late + timedelta(minutes=15), **taken).slots[0]
    assert (released.starts_at, released.free) == (nine, 1)
    assert day_of(branch, now=late + timedelta(minutes=15), channel=Channel.KIOSK, **taken).slots[0].free == 1


def test_overbooking_is_allowed_by_the_strictest_service_of_a_visit() -> None:
    branch = make_branch(counters={"desk": 4})
    generous, strict = make_service(overbooking=25), make_service("strict")

    assert day_of(branch, generous).slots[0].free == 5
    assert day_of(branch, generous, strict).slots[0].free == 4


counts = st.builds(
    lambda by: Counts(sum(by), {channel.value: n for channel, n in zip(Channel, by, strict=True)}),
    st.tuples(*[st.integers(0, 2)] * 4),
)


# A machine under load draws slowly; that says nothing of what is tested.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    counters=st.integers(0, 4),
    minutes=st.integers(1, 120),
    before=st.sampled_from([0, 5, 15, 20]),
    after=st.sampled_from([0, 5, 15, 20]),
    interval=st.sampled_from([15, 30, 45, 60]),
    shares=st.sampled_from([{}, SHARED, {Channel.PUBLIC: 100}]),
    channel=st.sampled_from(list(Channel)),
    release=st.integers(0, 80),
    taken=st.dictionaries(st.sampled_from([f"at_{h:02}{m:02}" for h in range(9, 17) for m in (0, 15, 30, 45)]), counts),
)
def test_no_slot_is_offered_that_its_cells_cannot_bear(
    counters: int,
    minutes: int,
    before: int,
    after: int,
    interval: int,
    shares: dict[Channel, int],
    channel: Channel,
    release: int,
    taken: dict[str, Counts],
) -> None:
    """What is offered is counted once more from the facts, cell by cell."""
    branch = make_branch(counters={"desk": counters}, interval=interval, shares=shares, release=release)
    service = make_service(minutes=minutes, before=before, after=after)
    spans = [tuple(wall("Asia/Shanghai", MONDAY, at) for at in block) for block in (MORNING, AFTERNOON)]
    known = {wall("Asia/Shanghai", MONDAY, time(int(at[3:5]), int(at[5:]))): them for at, them in taken.items()}

    for slot in day_of(branch, service, channel=channel, **taken).slots:
        begins, ends = slot.starts_at - timedelta(minutes=before), slot.ends_at + timedelta(minutes=after)
        (span,) = [(opens, closes) for opens, closes in spans if opens <= begins and ends <= closes]
        assert (slot.starts_at - span[0]) % timedelta(minutes=interval) == timedelta(0)
        over = [c for at, c in known.items() if at < ends and begins < at + timedelta(minutes=15)]
        assert all(c.taken + slot.free <= counters for c in over)
        assert slot.free <= counters
