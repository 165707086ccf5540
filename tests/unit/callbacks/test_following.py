"""Each closing of a complaint is followed by one call, in some days, whoever hears of it how often."""

from datetime import timedelta

import pytest

from chalicelib.callbacks.model import Outcome, Purpose, Status, Wishes
from tests.callcentre import CallCentre, at
from tests.fakes.callbacks import FakeMatter


@pytest.fixture
def centre() -> CallCentre:
    centre = CallCentre()
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1", owner="agent-1", topic="cards")
    return centre


def close(centre: CallCentre, seq: int = 9) -> str:
    return centre.following.closed("tkt_1", seq, centre.now, centre.call("system"))


def test_a_closed_complaint_is_followed_from_the_third_day_on_and_not_by_its_owner(centre: CallCentre) -> None:
    assert close(centre) == "promised"
    (made,) = centre.all()

    assert (made.purpose, made.starts_at, made.ends_at) == (
        Purpose.FOLLOW_UP,
        at(10, 0, 26),
        at(10, 0, 30) + timedelta(days=3),
    )
    assert (made.prefer, made.cell, made.chosen) == ("", None, False)
    centre.check()


def test_hearing_of_it_twice_promises_once_even_when_it_is_over(centre: CallCentre) -> None:
    close(centre)
    assert close(centre) == "known"
    (made,) = centre.all()
    centre.pass_time(made.starts_at)
    centre.tried(centre.leasing.next("", centre.call("agent-1")), Outcome.REACHED)

    again = centre.following.closed("tkt_1", 9, at(10), centre.call("system"))

    assert again == "known"
    assert [it.status for it in centre.all()] == [Status.KEPT]


def test_closed_again_it_is_followed_again(centre: CallCentre) -> None:
    close(centre)
    centre.pass_time(centre.now + timedelta(days=20))
    assert close(centre, seq=15) == "promised"
    assert len(centre.all()) == 2


def test_who_does_not_wish_to_be_called_is_not(centre: CallCentre) -> None:
    close(centre)
    centre.wishing.keep(Wishes(True), centre.call())
    (made,) = centre.all()

    centre.pass_time(made.starts_at)

    assert centre.get(made).status is Status.DECLINED
    assert centre.telephony.asked == []


def test_nobody_to_call_is_no_call(centre: CallCentre) -> None:
    centre.people.phones.clear()
    assert close(centre) == "nobody"
