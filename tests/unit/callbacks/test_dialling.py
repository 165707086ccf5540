"""A try rings once, whatever dies when."""

from datetime import timedelta

import pytest

from chalicelib.callbacks.model import Outcome, OutsideHours, Status
from chalicelib.kernel.errors import Unavailable
from tests.callcentre import CallCentre, at


@pytest.fixture
def centre() -> CallCentre:
    return CallCentre()


def test_an_agent_who_was_lost_while_it_rang_has_tried(centre: CallCentre) -> None:
    held = centre.in_hand()
    centre.trying.dial(held.id, centre.call("agent-1"))
    centre.now += timedelta(minutes=10)
    centre.due(held)
    assert centre.get(held).status is Status.LEASED, "a talk may be long"

    centre.now += timedelta(minutes=45)
    centre.due(held)
    after = centre.get(held)

    assert (after.status, after.attempts[0].outcome) == (Status.RESTING, Outcome.UNKNOWN)
    assert len(centre.store.book("cus_li").contacts) == 1
    centre.check()


def test_dialling_twice_rings_once(centre: CallCentre) -> None:
    held = centre.in_hand()
    first = centre.trying.dial(held.id, centre.call("agent-1"))

    assert centre.trying.dial(held.id, centre.call("agent-1")) == first
    assert centre.telephony.asked == [f"{held.id}-1"]


@pytest.mark.parametrize("commits", [0, 1])
def test_a_crash_while_dialling_never_rings_twice(centre: CallCentre, commits: int) -> None:
    held = centre.in_hand()
    left = [commits]

    def dying() -> None:
        if not left[0]:
            raise Unavailable
        left[0] -= 1

    centre.tables.before_commit = dying
    with pytest.raises(Unavailable):
        centre.trying.dial(held.id, centre.call("agent-1"))
    centre.tables.before_commit = lambda: None
    dialled = centre.trying.dial(held.id, centre.call("agent-1"))

    assert list(centre.telephony.rung) == [f"{held.id}-1"]
    assert [attempt.provider_id for attempt in dialled.attempts] == [f"contact-{held.id}-1"]


def test_nothing_rings_before_it_is_claimed(centre: CallCentre) -> None:
    held = centre.in_hand()
    centre.tables.before_commit = _broken

    with pytest.raises(Unavailable):
        centre.trying.dial(held.id, centre.call("agent-1"))

    assert centre.telephony.asked == []


def test_when_the_telephony_system_is_away_the_try_is_still_the_same(centre: CallCentre) -> None:
    held = centre.in_hand()
    centre.telephony.away = True
    with pytest.raises(Unavailable):
        centre.trying.dial(held.id, centre.call("agent-1"))
    centre.telephony.away = False

    centre.trying.dial(held.id, centre.call("agent-1"))

    assert centre.telephony.asked == [f"{held.id}-1"] * 2


@pytest.mark.parametrize("claimed", [False, True])
def test_nothing_rings_once_the_hours_have_ended_though_it_was_taken_before(centre: CallCentre, claimed: bool) -> None:
    centre.now = at(16, 55)
    held = centre.in_hand(timezone="Australia/Sydney")  # 19:55 there; wanted now, it is over at 21:00
    centre.telephony.away = claimed
    if claimed:
        with pytest.raises(Unavailable):
            centre.trying.dial(held.id, centre.call("agent-1"))
    centre.telephony.away = False
    centre.now = at(19, 1)

    with pytest.raises(OutsideHours):
        centre.trying.dial(held.id, centre.call("agent-1"))

    assert list(centre.telephony.rung) == []


def _broken(*_: object) -> None:
    raise Unavailable
