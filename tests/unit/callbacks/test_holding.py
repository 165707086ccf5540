"""A number at which somebody else may answer: the agent is told, nothing rings by itself, and the word has to be said."""

from datetime import timedelta

import pytest

from chalicelib.callbacks.model import Callback, CallHeld, Outcome, Status, WordNeeded
from chalicelib.kernel import risk
from chalicelib.kernel.errors import Unavailable
from chalicelib.kernel.risk import Decision, Use
from tests.callcentre import CallCentre

HOLD = Decision(
    risk.Outcome.HOLD,
    "call_to_diverted_number",
    "house@2020-01-01.1",
    {"call_diversion": "on"},
    "sig_1",
    why={"en": "All calls are diverted.", "zh": "来电均被转移。"},
)


@pytest.fixture
def centre() -> CallCentre:
    made = CallCentre()
    made.trust.decisions[Use.CALLBACK] = HOLD
    return made


def told(centre: CallCentre, held: Callback, agent: str = "agent-1") -> CallHeld:
    with pytest.raises(CallHeld) as found:
        centre.trying.dial(held.id, centre.call(agent))
    return found.value


def by_hand(centre: CallCentre) -> Callback:
    """Have a call held, its agent told, and dialled by hand."""
    held = centre.in_hand()
    told(centre, held)
    centre.now += timedelta(seconds=5)
    return centre.trying.dial(held.id, centre.call("agent-1"))


def test_the_agent_is_told_why_and_nothing_rings(centre: CallCentre) -> None:
    held = centre.in_hand()
    refused = told(centre, held)

    assert (refused.facts["row"], refused.facts["signals"]) == (HOLD.row, HOLD.signals)
    assert refused.facts["why"] == HOLD.why
    assert (centre.telephony.asked, centre.get(held).attempts) == ([], ())
    assert centre.events(held)[-1] == "held"
    body = centre.tables.chains[held.id][-1].body
    assert (body["row"], body["table"], body["check"], body["agent"]) == (HOLD.row, HOLD.table, "sig_1", "agent-1")
    assert centre.trust.asked == [(Use.CALLBACK, held.phone)]


def test_asked_twice_at_once_it_is_told_twice_and_recorded_once(centre: CallCentre) -> None:
    held = centre.in_hand()
    first = told(centre, held)
    centre.now += timedelta(seconds=4, milliseconds=999)

    assert told(centre, held).facts == first.facts
    assert centre.events(held).count("held") == 1
    assert centre.get(held).attempts == ()


def test_who_has_read_it_dials_by_hand_and_still_nothing_rings(centre: CallCentre) -> None:
    dialled = by_hand(centre)

    assert centre.telephony.asked == []
    assert dialled.running is not None
    assert (dialled.running.by_hand, dialled.running.provider_id) == (True, "")
    assert centre.events(dialled)[-3:] == ["held", "dialling", "rung"]
    assert centre.trying.dial(dialled.id, centre.call("agent-1")) == dialled, "asked again it is the same try"


def test_it_reached_the_customer_only_if_they_said_the_word(centre: CallCentre) -> None:
    dialled = by_hand(centre)
    for word in ("", "7777-7777", "nonsense"):
        with pytest.raises(WordNeeded):
            centre.trying.attempt(dialled.id, Outcome.REACHED, "", centre.call("agent-1"), word)

    said = centre.proving.word(dialled.id).lower().replace("-", " ")
    kept = centre.trying.attempt(dialled.id, Outcome.REACHED, "", centre.call("agent-1"), said)
    assert kept.status is Status.KEPT
    centre.check()


def test_a_stranger_who_answered_is_no_customer_and_needs_no_word(centre: CallCentre) -> None:
    dialled = by_hand(centre)

    after = centre.trying.attempt(dialled.id, Outcome.WRONG_NUMBER, "", centre.call("agent-1"))
    assert after.status is Status.UNREACHED


def test_who_was_told_and_did_not_dial_cannot_say_that_it_reached_anybody(centre: CallCentre) -> None:
    held = centre.in_hand()
    told(centre, held)

    with pytest.raises(WordNeeded):
        centre.trying.attempt(held.id, Outcome.REACHED, "", centre.call("agent-1"))


def test_the_next_agent_is_told_anew(centre: CallCentre) -> None:
    held = centre.in_hand()
    told(centre, held)
    centre.leasing.release(held.id, centre.call("agent-1"))
    centre.now += timedelta(minutes=1)

    again = centre.leasing.next("", centre.call("agent-2"))
    told(centre, again, "agent-2")
    assert centre.events(held).count("held") == 2


def test_once_the_number_is_trusted_again_it_rings_as_ever(centre: CallCentre) -> None:
    held = centre.in_hand()
    told(centre, held)
    centre.trust.decisions.clear()
    dialled = centre.trying.dial(held.id, centre.call("agent-1"))

    assert centre.telephony.asked == [f"{held.id}-1"]
    assert dialled.held is None
    assert centre.trying.attempt(held.id, Outcome.REACHED, "", centre.call("agent-1")).status is Status.KEPT


def test_what_nobody_knows_rings_as_ever() -> None:
    centre = CallCentre()
    held = centre.in_hand()
    centre.trying.dial(held.id, centre.call("agent-1"))

    assert centre.telephony.asked == [f"{held.id}-1"]
    assert "held" not in centre.events(held)


def test_a_try_that_is_under_way_is_not_asked_about_again() -> None:
    centre = CallCentre()
    held = centre.in_hand()
    centre.telephony.away = True
    with pytest.raises(Unavailable):
        centre.trying.dial(held.id, centre.call("agent-1"))
    centre.trust.decisions[Use.CALLBACK] = HOLD
    centre.telephony.away = False

    centre.trying.dial(held.id, centre.call("agent-1"))
    assert centre.telephony.asked == [f"{held.id}-1"] * 2
    assert len(centre.trust.asked) == 1


def test_what_held_a_call_is_kept_as_it_was(centre: CallCentre) -> None:
    dialled = by_hand(centre)

    assert centre.get(dialled) == dialled
    assert dialled.held is not None
    assert (dialled.held.row, dialled.held.by) == (HOLD.row, "agent-1")
