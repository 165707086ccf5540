"""From the promise to the end: ready, tried, kept; and what becomes of it when nobody answers, or nobody calls."""

from datetime import timedelta

import pytest

from chalicelib.callbacks.model import NothingToCall, Outcome, Purpose, Status
from chalicelib.callbacks.policy import MOST_TRIES, part_of
from chalicelib.kernel.errors import Changed, Unavailable
from tests.callcentre import CallCentre, at
from tests.fakes.callbacks import FakeMatter


@pytest.fixture
def centre() -> CallCentre:
    return CallCentre()


def test_a_promise_is_kept(centre: CallCentre) -> None:
    held = centre.in_hand()
    kept = centre.tried(held, Outcome.REACHED)

    assert (kept.status, kept.due_at) == (Status.KEPT, None)
    assert centre.events(kept) == ["promised", "ready", "leased", "dialling", "rung", "tried", "kept"]
    assert list(centre.telephony.rung) == [f"{kept.id}-1"]
    centre.check()


def test_nothing_is_ready_before_its_window(centre: CallCentre) -> None:
    made = centre.promised(at(14))
    centre.now = at(13, 59)
    centre.due(made)
    assert centre.get(made).status is Status.PROMISED
    with pytest.raises(NothingToCall):
        centre.leasing.next("", centre.call("agent-1"))

    centre.now = at(14)

    assert centre.due(made) == "ready"
    assert centre.due(made) == "ready"
    assert centre.events(made) == ["promised", "announced", "ready"]


def test_no_answer_is_tried_in_another_part_of_the_day(centre: CallCentre) -> None:
    resting = centre.tried(centre.in_hand(), Outcome.NO_ANSWER)

    assert (resting.status, resting.next_at) == (Status.RESTING, at(13))
    later = centre.again(resting, Outcome.NO_ANSWER)
    assert later.next_at == at(17)


def test_busy_is_tried_again_soon(centre: CallCentre) -> None:
    resting = centre.tried(centre.in_hand(), Outcome.BUSY)

    assert resting.next_at == centre.now + timedelta(minutes=15)


def test_each_outcome_has_its_own_cap_and_all_together_have_one(centre: CallCentre) -> None:
    resting = centre.tried(centre.in_hand(), Outcome.VOICEMAIL)
    ended = centre.again(resting, Outcome.VOICEMAIL)

    assert ended.status is Status.UNREACHED
    assert centre.notices()[-1] == "callback_unreached"

    other = CallCentre()
    found = other.tried(other.in_hand(), Outcome.BUSY)
    for outcome in (Outcome.BUSY, Outcome.NO_ANSWER, Outcome.BUSY):
        found = other.again(found, outcome)
    assert found.status is Status.RESTING
    assert len(found.tries) == MOST_TRIES - 1
    assert other.again(found, Outcome.NO_ANSWER).status is Status.UNREACHED


def test_an_agent_who_was_not_ready_is_no_try(centre: CallCentre) -> None:
    held = centre.in_hand()
    back = centre.tried(held, Outcome.AGENT_NOT_READY)

    assert (back.status, back.place, len(back.tries)) == (Status.READY, held.place, 0)
    assert centre.store.book("cus_li").contacts == ()
    assert centre.tried(centre.leasing.next("", centre.call("agent-1")), Outcome.REACHED).status is Status.KEPT
    assert list(centre.telephony.rung) == [f"{held.id}-1", f"{held.id}-2"]
    centre.check()


def test_a_wrong_number_is_not_tried_again_and_nothing_is_written_there(centre: CallCentre) -> None:
    ended = centre.tried(centre.in_hand(), Outcome.WRONG_NUMBER)

    assert ended.status is Status.UNREACHED
    assert [(notice.template, notice.to) for notice in ended.notices] == [("callback_wrong_number", "lead")]


def test_who_refuses_a_campaign_is_left_in_peace(centre: CallCentre) -> None:
    made = centre.logged(at(13), purpose=Purpose.CAMPAIGN)
    centre.now = at(13)
    centre.due(made)
    ended = centre.tried(centre.leasing.next("", centre.call("agent-1")), Outcome.REFUSED)

    book = centre.store.book("cus_li")
    assert ended.status is Status.DECLINED
    assert book.refused == {Purpose.CAMPAIGN: centre.now + timedelta(days=365)}
    assert [record.event for record in centre.tables.chains["contact#cus_li"]] == ["contact.refusal_kept"]


def test_a_promise_nobody_keeps_is_late_once_and_then_broken_and_both_sides_hear_it(centre: CallCentre) -> None:
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1")
    made = centre.promised(at(14), about="tkt_1")

    centre.pass_time(at(14, 0, 27))

    ended = centre.get(made)
    assert (ended.status, ended.late) == (Status.BROKEN, True)
    told = [name for name in centre.events(made) if name not in ("announced", "word_repeated")]
    assert told == ["promised", "ready", "late", "broken", "told"]
    assert centre.matters.told == [("tkt_1", made.id, "broken")]
    assert {"callback_late", "callback_broken", "callback_broken_staff"} <= set(centre.notices())
    centre.check()


def test_what_was_tried_in_vain_until_it_expires_is_unreached(centre: CallCentre) -> None:
    resting = centre.tried(centre.in_hand(), Outcome.NO_ANSWER)

    centre.pass_time(resting.expires_at)

    assert centre.get(resting).status is Status.UNREACHED
    assert "callback_broken" not in centre.notices()


def test_a_ticket_that_cannot_be_told_is_told_later(centre: CallCentre) -> None:
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1")
    made = centre.ready(about="tkt_1")
    centre.tried(centre.leasing.next("", centre.call("agent-1")), Outcome.REACHED)
    telling, centre.matters.called_back = centre.matters.called_back, _broken  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        centre.due(made)
    assert centre.get(made).due_at == centre.now
    centre.matters.called_back = telling  # type: ignore[method-assign]

    centre.due(made)

    assert centre.matters.told == [("tkt_1", made.id, "kept")]
    assert centre.get(made).due_at is None


def test_nobody_is_called_outside_their_hours(centre: CallCentre) -> None:
    made = centre.promised(at(16))
    resting = None
    centre.now = at(20, 30)
    centre.due(made)
    resting = centre.get(made)

    assert (resting.status, resting.next_at) == (Status.RESTING, at(9, 0, 24))
    assert "put_off" in centre.events(made)


def test_a_person_is_not_called_oftener_than_the_rule_allows_whatever_for(centre: CallCentre) -> None:
    for n in range(4):
        centre.matters.kept[f"tkt_{n}"] = FakeMatter(f"tkt_{n}")
    for n in range(3):
        held = centre.in_hand(about=f"tkt_{n}")
        centre.tried(held, Outcome.REACHED)
    fourth = centre.promised(about="tkt_3")
    centre.due(fourth)
    found = centre.get(fourth)

    assert (found.status, found.next_at) == (Status.RESTING, at(9, 0, 24))
    assert part_of(at(9, 0, 24), "Asia/Shanghai") == 0


def test_what_changes_all_the_time_is_given_up_as_changed(centre: CallCentre) -> None:
    held = centre.in_hand()

    def meddling() -> None:
        item = centre.tables.items["callbacks"][held.number, "callback"]
        item["version"] += 1

    centre.tables.before_commit = meddling
    with pytest.raises(Changed):
        centre.trying.attempt(held.id, Outcome.REACHED, "", centre.call("agent-1"))


def _broken(*_: object) -> None:
    raise Unavailable


def test_a_call_that_was_late_and_is_moved_can_be_late_again_and_that_is_another_word(centre: CallCentre) -> None:
    made = centre.promised(at(14))
    centre.pass_time(at(15))
    centre.moving.reschedule(made.id, at(16), centre.call())
    centre.pass_time(at(17))

    records = centre.tables.chains[made.id]
    keys = [word["key"] for record in records if record.event == "callback.late" for word in record.body["notices"]]
    assert len(set(keys)) == len(keys) == 2
