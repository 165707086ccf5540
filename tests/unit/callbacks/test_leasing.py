"""Who is given which call: one each, first come first, by language, matter and person; what comes to nothing goes back."""

from datetime import timedelta

import pytest

from chalicelib.callbacks.model import NothingToCall, NotLeased, Outcome, Status
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import ConflictOfInterest, NotAllowedNow, NotFound
from tests.callcentre import CallCentre, at
from tests.fakes.callbacks import FakeMatter


@pytest.fixture
def centre() -> CallCentre:
    return CallCentre()


def test_two_agents_never_have_the_same_call_and_nobody_has_two(centre: CallCentre) -> None:
    for n in range(2):
        centre.people.phones[f"cus_{n}"] = ("+8613800138000", "en")
        centre.due(centre.promised(who=f"cus_{n}"))

    one = centre.leasing.next("", centre.call("agent-1"))
    again = centre.leasing.next("", centre.call("agent-1"))
    two = centre.leasing.next("", centre.call("agent-2"))

    assert one == again
    assert one.id != two.id
    centre.check()


def test_who_is_overtaken_takes_the_next(centre: CallCentre) -> None:
    for n in range(2):
        centre.people.phones[f"cus_{n}"] = ("+8613800138000", "en")
        centre.due(centre.promised(who=f"cus_{n}"))
    rival = []

    def quicker() -> None:
        centre.tables.before_commit = lambda: None
        rival.append(centre.leasing.next("", centre.call("agent-2")))

    centre.tables.before_commit = quicker
    mine = centre.leasing.next("", centre.call("agent-1"))

    assert mine.id != rival[0].id
    centre.check()


def test_a_lease_that_runs_out_puts_the_call_back_in_its_place(centre: CallCentre) -> None:
    held = centre.in_hand()
    centre.now += timedelta(minutes=9)
    centre.due(held)
    assert centre.get(held).status is Status.LEASED

    centre.now += timedelta(minutes=1)
    centre.due(held)
    back = centre.get(held)

    assert (back.status, back.place, back.lost) == (Status.READY, held.place, 1)
    assert centre.store.book("cus_li").contacts == (), "a call that nobody made counts for nothing"
    with pytest.raises(NotLeased):
        centre.trying.dial(held.id, centre.call("agent-1"))
    assert centre.leasing.next("", centre.call("agent-2")).id == held.id
    centre.check()


def test_an_agent_who_was_lost_for_ten_minutes_is_given_a_call_again(centre: CallCentre) -> None:
    held = centre.in_hand()
    centre.now += timedelta(minutes=10)

    again = centre.leasing.next("", centre.call("agent-1"))

    assert (again.id, again.lost) == (held.id, 1)
    centre.check()


def test_only_who_has_it_in_hand_says_what_came_of_it(centre: CallCentre) -> None:
    held = centre.in_hand()

    for who in ("agent-2", "lead-1"):
        with pytest.raises(NotLeased):
            centre.trying.attempt(held.id, Outcome.REACHED, "", centre.call(who, role=Role.SUPERVISOR))
    with pytest.raises(NotFound):
        centre.trying.attempt(held.id, Outcome.REACHED, "", centre.call("agent-1", unit="london"))


def test_what_was_released_is_back_in_its_place_but_not_once_it_may_have_rung(centre: CallCentre) -> None:
    held = centre.in_hand()
    back = centre.leasing.release(held.id, centre.call("agent-1"))
    assert (back.status, back.place, back.lost) == (Status.READY, held.place, 0)

    centre.trying.dial(centre.leasing.next("", centre.call("agent-1")).id, centre.call("agent-1"))

    with pytest.raises(NotAllowedNow):
        centre.leasing.release(held.id, centre.call("agent-1"))
    centre.check()


def test_a_call_in_the_line_is_looked_at_once_more_before_it_is_given_out(centre: CallCentre) -> None:
    made = centre.promised(at(16))
    centre.now = at(16)
    centre.due(made)
    centre.now = at(20, 30)

    with pytest.raises(NothingToCall):
        centre.leasing.next("", centre.call("agent-1"))

    assert centre.get(made).status is Status.RESTING


def test_two_calls_to_one_person_are_not_given_out_beyond_the_rule_at_once(centre: CallCentre) -> None:
    for n in range(4):
        centre.matters.kept[f"tkt_{n}"] = FakeMatter(f"tkt_{n}")
        centre.people.works(f"agent-{n}")
        centre.due(centre.promised(about=f"tkt_{n}"))

    for n in range(3):
        centre.leasing.next("", centre.call(f"agent-{n}"))

    with pytest.raises(NothingToCall):
        centre.leasing.next("", centre.call("agent-3"))
    centre.check()


def test_the_language_comes_first_where_somebody_speaks_it(centre: CallCentre) -> None:
    centre.people.works("agent-2", "east", "zh-CN")
    made = centre.ready(language="en")
    with pytest.raises(NothingToCall):
        centre.leasing.next("", centre.call("agent-2"))
    centre.people.works("agent-1", "east", "zh-CN")

    assert centre.leasing.next("", centre.call("agent-2")).id == made.id, "nobody there speaks it"


def test_a_call_is_kept_for_its_own_agent_and_for_who_knows_the_matter_but_not_for_ever(centre: CallCentre) -> None:
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1", owner="agent-2")
    centre.people.works("agent-3", skills=["cards"])
    own, skilled = centre.ready(about="tkt_1"), centre.ready(topic="cards")
    with pytest.raises(NothingToCall):
        centre.leasing.next("", centre.call("agent-1"))
    assert centre.leasing.next("", centre.call("agent-2")).id == own.id
    assert centre.leasing.next("", centre.call("agent-3")).id == skilled.id
    centre.leasing.release(skilled.id, centre.call("agent-3"))

    centre.now += timedelta(minutes=10)

    assert centre.leasing.next("", centre.call("agent-1")).id == skilled.id


def test_who_the_matter_is_about_is_never_given_it_nor_told_of_it(centre: CallCentre) -> None:
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1", about_staff="agent-1")
    made = centre.ready(about="tkt_1")
    centre.now += timedelta(hours=1)

    with pytest.raises(NothingToCall):
        centre.leasing.next("", centre.call("agent-1"))
    assert centre.leasing.line("", 25, None, centre.call("agent-1"))[0] == []
    with pytest.raises(ConflictOfInterest):
        centre.trying.dial(made.id, centre.call("agent-1"))
    assert centre.leasing.next("", centre.call("agent-2")).id == made.id


def test_the_line_is_first_come_first_with_a_bounded_credit_and_says_why(centre: CallCentre) -> None:
    names = ("cus_a", "cus_b", "cus_c")
    for name in names:
        centre.people.phones[name] = ("+8613800138000", "zh-CN")
    needs = {"cus_b": ("slow_speech",), "cus_c": ("slow_speech",)}
    made = {}
    for name, wait in zip(names, (10, 6, 0), strict=True):
        made[name] = centre.promised(who=name, support_needs=needs.get(name, ()))
        centre.due(made[name])
        centre.now += timedelta(minutes=wait)

    rows, _ = centre.leasing.line("", 25, None, centre.call("agent-1"))

    assert [row.id for row in rows] == [made[name].id for name in ("cus_b", "cus_a", "cus_c")]
    assert [centre.leasing.because(row, centre.now) for row in rows] == [
        (("waited", 6), ("support", 15)),
        (("waited", 16),),
        (("waited", 0), ("support", 15)),
    ]


def test_two_leases_of_one_person_are_not_both_within_the_budget(centre: CallCentre) -> None:
    for n in range(4):
        centre.matters.kept[f"tkt_{n}"] = FakeMatter(f"tkt_{n}", owner=f"agent-{n}")
        centre.people.works(f"agent-{n}")
        centre.due(centre.promised(about=f"tkt_{n}"))
    for n in range(2):
        centre.leasing.next("", centre.call(f"agent-{n}"))

    def quicker() -> None:
        centre.tables.before_commit = lambda: None
        centre.leasing.next("", centre.call("agent-2"))

    centre.tables.before_commit = quicker
    with pytest.raises(NothingToCall):
        centre.leasing.next("", centre.call("agent-3"))
    assert len(centre.store.book("cus_li").contacts) == 3
