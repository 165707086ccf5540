"""Calls are promised for windows with room, once for each matter, within hours; and can be moved and cancelled."""

from datetime import timedelta

import pytest

from chalicelib.callbacks.model import (
    AlreadyPromised,
    NotAWindow,
    NotToBeCalled,
    OutsideHours,
    Purpose,
    Status,
    WindowFull,
    Wishes,
)
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import ConflictOfInterest, Forbidden, NotAllowedNow, NotFound, PhoneInvalid
from tests.callcentre import CallCentre, at
from tests.fakes.callbacks import FakeMatter


@pytest.fixture
def centre() -> CallCentre:
    return CallCentre()


def test_a_call_is_promised_for_a_window_that_has_room(centre: CallCentre) -> None:
    made = centre.promised(at(14))

    assert (made.status, made.starts_at, made.ends_at) == (Status.PROMISED, at(14), at(15))
    assert (made.language, made.country, made.timezone) == ("zh-CN", "CN", "Asia/Shanghai")
    assert centre.events(made) == ["promised"]
    centre.check()


def test_a_window_bears_as_many_as_those_on_duty_can_call(centre: CallCentre) -> None:
    for n in range(4):
        centre.people.phones[f"cus_{n}"] = ("+8613800138000", "en")
        centre.promised(at(14), f"cus_{n}")

    with pytest.raises(WindowFull) as full:
        centre.promised(at(14))

    assert full.value.facts["alternatives"] == [
        "2026-11-23T05:00:00.000Z",
        "2026-11-23T07:00:00.000Z",
        "2026-11-23T08:00:00.000Z",
    ]
    centre.check()


def test_room_follows_from_who_is_there(centre: CallCentre) -> None:
    centre.people.works("agent-2", capacity=0.5)
    free = {w.starts_at: w.free for w in centre.offering.windows("", None, 1, "", centre.call())}
    assert free[at(14)] == 3

    centre.people.duty["east"].clear()

    assert {w.free for w in centre.offering.windows("", None, 1, "", centre.call())} == {0}
    with pytest.raises(WindowFull):
        centre.promised(at(14))


def test_windows_are_open_lawful_and_not_too_near(centre: CallCentre) -> None:
    centre.now = at(10, 50)

    starts = [w.starts_at for w in centre.offering.windows("", None, 6, "", centre.call())]

    assert starts[0] == at(13), "eleven is too near, and at twelve nobody is there"
    assert {s.day for s in starts} == {23, 24, 25, 26, 27}


def test_a_customer_elsewhere_is_offered_what_is_day_for_them(centre: CallCentre) -> None:
    there = [w.starts_at for w in centre.offering.windows("", None, 1, "Europe/London", centre.call())]
    here = [w.starts_at for w in centre.offering.windows("", None, 1, "", centre.call())]

    assert there == [s for s in here if s >= at(16)]
    with pytest.raises(NotAWindow):
        centre.promised(at(14), timezone="Europe/London")


def test_now_is_within_two_hours_and_takes_room_too(centre: CallCentre) -> None:
    made = centre.promised()

    assert (made.starts_at, made.ends_at) == (centre.now, centre.now + timedelta(hours=2))
    assert made.cell == at(10)
    centre.check()


@pytest.mark.parametrize(
    ("now", "opens"), [(at(21, 30), at(9, 0, 24)), (at(23, 0, 28), at(9, 0, 30)), (at(7, 0), at(9, 0))]
)
def test_outside_hours_the_next_opening_is_told(centre: CallCentre, now, opens) -> None:  # type: ignore[no-untyped-def]
    centre.now = now

    with pytest.raises(OutsideHours) as closed:
        centre.promised()

    assert closed.value.facts["next_open"] == f"{opens:%Y-%m-%dT%H:%M}:00.000Z"


@pytest.mark.parametrize("start", [at(14, 30), at(3, 0, 24), at(14, 0, 28), at(9), at(10, 0, 30) + timedelta(days=20)])
def test_what_is_no_window_is_refused(centre: CallCentre, start) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAWindow):
        centre.promised(start)


def test_asking_for_the_same_again_gives_the_same_call(centre: CallCentre) -> None:
    made = centre.promised(at(14))
    centre.now += timedelta(minutes=1)

    assert centre.promised(at(14)) == made
    assert centre.events(made) == ["promised"]
    centre.check()


def test_a_second_open_call_about_the_same_is_refused_and_another_matter_is_not(centre: CallCentre) -> None:
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1")
    made = centre.promised(at(14))

    with pytest.raises(AlreadyPromised) as known:
        centre.promised(at(15))
    other = centre.promised(at(15), about="tkt_1")

    assert known.value.facts["callback"] == made.id
    assert other.id != made.id
    centre.check()


def test_what_is_over_makes_room_for_another(centre: CallCentre) -> None:
    made = centre.promised(at(14))
    cancelled = centre.moving.cancel(made.id, centre.call())

    assert cancelled.status is Status.CANCELLED
    assert centre.promised(at(14)).id != made.id
    centre.check()


def test_a_call_about_a_ticket_goes_to_its_unit_and_its_owner(centre: CallCentre) -> None:
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1", "london", owner="agent-9", language="en", topic="cards")
    centre.people.works("agent-9", "london")

    made = centre.promised(at(17), about="tkt_1")

    assert (made.unit, made.prefer, made.language, made.topic) == ("london", "agent-9", "en", "cards")
    with pytest.raises(NotFound):
        centre.promised(at(17), "cus_other", about="tkt_1")


def test_moving_gives_the_old_room_back_and_takes_the_new(centre: CallCentre) -> None:
    made = centre.promised(at(14))

    moved = centre.moving.reschedule(made.id, at(16), centre.call())

    assert (moved.starts_at, moved.status) == (at(16), Status.PROMISED)
    assert centre.moving.reschedule(made.id, at(16), centre.call()).version == moved.version
    centre.check()


def test_a_move_into_a_full_window_changes_nothing(centre: CallCentre) -> None:
    for n in range(4):
        centre.people.phones[f"cus_{n}"] = ("+8613800138000", "en")
        centre.promised(at(16), f"cus_{n}")
    made = centre.promised(at(14))

    with pytest.raises(WindowFull):
        centre.moving.reschedule(made.id, at(16), centre.call())

    assert centre.get(made) == made
    centre.check()


def test_a_call_in_somebodys_hand_is_neither_moved_nor_cancelled(centre: CallCentre) -> None:
    held = centre.in_hand()

    for act in (
        lambda: centre.moving.cancel(held.id, centre.call()),
        lambda: centre.moving.reschedule(held.id, at(16), centre.call()),
    ):
        with pytest.raises(NotAllowedNow):
            act()


def test_a_stranger_sees_and_changes_nothing(centre: CallCentre) -> None:
    made = centre.promised(at(14))

    for who in ("cus_other", "agent-9"):
        call = centre.call(who) if who.startswith("cus") else centre.call(who, unit="london")
        with pytest.raises(NotFound):
            centre.moving.cancel(made.id, call)


def test_staff_note_a_call_for_who_rang_in_vain(centre: CallCentre) -> None:
    made = centre.promising.log(("", "+447400123456"), _wish(at(16), timezone="Europe/London"), centre.call("agent-1"))

    assert (made.customer_id, made.by, made.country) == ("cus_447400123456", "staff", "GB")
    with pytest.raises(Forbidden):
        centre.promising.log(("cus_li", ""), _wish(at(16)), centre.call())
    with pytest.raises(NotFound):
        centre.promising.log(("cus_nobody", ""), _wish(at(16)), centre.call("agent-1"))


def test_nobody_is_noted_for_what_they_do_not_wish(centre: CallCentre) -> None:
    with pytest.raises(NotToBeCalled) as consent:
        centre.logged(at(14), purpose=Purpose.SALES)
    centre.wishing.keep(Wishes(False, frozenset({Purpose.SALES})), centre.call())
    assert centre.logged(at(14), purpose=Purpose.SALES).purpose is Purpose.SALES
    centre.wishing.keep(Wishes(True, frozenset({Purpose.SALES})), centre.call())
    with pytest.raises(NotToBeCalled) as barred:
        centre.logged(at(15), purpose=Purpose.CAMPAIGN)

    assert (consent.value.facts["why"], barred.value.facts["why"]) == ("no_consent", "do_not_call")
    assert centre.logged(at(15)).purpose is Purpose.SERVICE, "what they asked for themselves nothing stands against"


def test_a_number_that_costs_whoever_calls_it_is_refused(centre: CallCentre) -> None:
    with pytest.raises(PhoneInvalid):
        centre.promised(at(14), phone="+449098790000")
    assert centre.promised(at(14), phone="+862154660000").phone == "+862154660000"


def test_who_the_matter_is_about_does_not_see_it(centre: CallCentre) -> None:
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1", about_staff="agent-1")
    made = centre.promised(at(14), about="tkt_1")

    with pytest.raises(ConflictOfInterest):
        centre.moving.cancel(made.id, centre.call("agent-1"))
    assert centre.moving.cancel(made.id, centre.call("lead-1", role=Role.SUPERVISOR)).status is Status.CANCELLED


def _wish(start, **what_matters):  # type: ignore[no-untyped-def]
    from chalicelib.callbacks.model import Wish

    return Wish(start, "Rang in vain.", **what_matters)


def test_now_is_not_when_it_is_night_where_the_customer_is(centre: CallCentre) -> None:
    with pytest.raises(OutsideHours):
        centre.promised(timezone="America/New_York")
