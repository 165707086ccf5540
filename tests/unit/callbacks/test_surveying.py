"""Asking who was called how it was: by whom, when, once; and what an answer leads to."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.callbacks import policy
from chalicelib.callbacks.model import Callback, Outcome, Purpose
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import Forbidden, Invalid, NotAllowedNow, NotFound, Outdated
from tests.callcentre import MONDAY, CallCentre
from tests.fakes.callbacks import FakeMatter

REF = "follow_up@2026-01-01.1"
CONTENT = {"solved": True, "outcome": 5, "handling": 4}
NOT_CONTENT = {"solved": False, "outcome": 2, "handling": 4, "words": "Nobody listened."}
DAY = date(2026, 11, 23)


@pytest.fixture
def centre() -> CallCentre:
    centre = CallCentre()
    centre.matters.kept["tkt_1"] = FakeMatter("tkt_1")
    return centre


def kept(centre: CallCentre, agent: str = "agent-1", about: str = "tkt_1") -> Callback:
    """Let a follow-up call be over in which the customer was reached."""
    held = centre.in_hand(agent, about=about)
    over = centre.trying.attempt(held.id, Outcome.REACHED, "", centre.call(agent))
    asked = replace(over, purpose=Purpose.FOLLOW_UP, version=over.version + 1)
    centre.store.save(policy.scheduled(asked), over, [], None)
    centre.due(asked)
    return centre.get(asked)


def answer(
    centre: CallCentre, callback: Callback, given: dict[str, Any], agent: str = "agent-1", **but: Any
) -> Callback:
    return centre.surveying.answer(callback.id, but.pop("ref", REF), given, centre.call(agent), **but)


def test_what_is_to_be_asked_is_shown_until_it_was(centre: CallCentre) -> None:
    callback = kept(centre)
    asked = centre.surveying.asked(callback, centre.call())
    assert asked is not None
    assert asked.ref == REF

    assert centre.surveying.asked(answer(centre, callback, CONTENT), centre.call()) is None
    assert centre.surveying.asked(replace(callback, purpose=Purpose.SERVICE), centre.call()) is None


def test_who_is_content_leads_to_nothing_more(centre: CallCentre) -> None:
    answered = answer(centre, kept(centre), CONTENT)

    assert answered.answers is not None
    assert (answered.answers.unhappy, answered.answers.scores) == ((), {"solved": 1, "outcome": 5, "handling": 4})
    assert (answered.owes_recovery, answered.due_at) == (False, None)
    centre.due(answered)
    assert centre.matters.unhappy_with == []


def test_who_is_not_content_is_told_to_the_ticket_once(centre: CallCentre) -> None:
    callback = kept(centre)
    answered = answer(centre, callback, NOT_CONTENT, reopen=True)
    assert answered.due_at is not None

    for _ in range(3):
        centre.due(answered)

    said = {"id": callback.id, "number": callback.number, "unhappy": ("solved", "outcome"), "reopen": True}
    assert centre.matters.unhappy_with == [("tkt_1", said)]
    assert centre.get(callback).due_at is None


def test_who_is_not_content_and_asks_for_nothing_is_told_too(centre: CallCentre) -> None:
    centre.due(answer(centre, kept(centre), NOT_CONTENT))
    assert [said["reopen"] for _, said in centre.matters.unhappy_with] == [False]


def test_who_only_wants_it_taken_up_again_is_heard_too(centre: CallCentre) -> None:
    centre.due(answer(centre, kept(centre), CONTENT, reopen=True))
    assert [said["unhappy"] for _, said in centre.matters.unhappy_with] == [()]


def test_what_is_about_no_ticket_leads_to_nothing_more(centre: CallCentre) -> None:
    answered = answer(centre, kept(centre, about=""), NOT_CONTENT)
    assert not answered.owes_recovery


def test_answers_are_noted_once(centre: CallCentre) -> None:
    callback = kept(centre)
    answer(centre, callback, NOT_CONTENT)

    with pytest.raises(NotAllowedNow):
        answer(centre, callback, CONTENT)
    found = centre.get(callback).answers
    assert found is not None
    assert dict(found.given) == NOT_CONTENT


def test_answers_are_noted_by_who_had_the_customer_on_the_line(centre: CallCentre) -> None:
    callback = kept(centre)
    with pytest.raises(Forbidden):
        answer(centre, callback, CONTENT, "agent-2")
    with pytest.raises(NotFound):
        centre.surveying.answer(callback.id, REF, CONTENT, centre.call("agent-1", unit="london"))
    with pytest.raises(Forbidden):
        centre.surveying.answer(callback.id, REF, CONTENT, centre.call("cus_li"))


def test_nobody_is_asked_before_they_were_reached(centre: CallCentre) -> None:
    held = centre.in_hand("agent-1")
    with pytest.raises(NotAllowedNow):
        answer(centre, held, CONTENT)
    missed = centre.trying.attempt(held.id, Outcome.NO_ANSWER, "", centre.call("agent-1"))
    with pytest.raises(NotAllowedNow):
        answer(centre, missed, CONTENT)


def test_answers_are_noted_within_two_days(centre: CallCentre) -> None:
    callback = kept(centre)
    centre.now = MONDAY + timedelta(days=2, seconds=1)
    with pytest.raises(NotAllowedNow):
        answer(centre, callback, CONTENT)
    centre.now = MONDAY + timedelta(days=2)
    assert answer(centre, callback, CONTENT).answers


@pytest.mark.parametrize("ref", ["follow_up@2026-01-01.2", "follow_up", "other@2026-01-01.1"])
def test_a_version_that_there_is_not_is_refused(centre: CallCentre, ref: str) -> None:
    with pytest.raises(Invalid) as refused:
        answer(centre, kept(centre), CONTENT, ref=ref)
    assert refused.value.facts["errors"] == [{"field": "questionnaire", "code": "not_one_of"}]


def test_what_is_wrong_is_said_by_question(centre: CallCentre) -> None:
    with pytest.raises(Invalid) as refused:
        answer(centre, kept(centre), {"solved": 1, "outcome": 5, "weather": 1})
    assert refused.value.facts["errors"] == [
        {"field": "answers.solved", "code": "not_one_of"},
        {"field": "answers.handling", "code": "missing"},
        {"field": "answers.weather", "code": "unknown_field"},
    ]


def test_if_match_counts(centre: CallCentre) -> None:
    callback = kept(centre)
    with pytest.raises(Outdated):
        centre.surveying.answer(callback.id, REF, CONTENT, centre.call("agent-1", if_match=1))


def test_the_record_has_scores_and_no_words(centre: CallCentre) -> None:
    callback = kept(centre)
    answer(centre, callback, NOT_CONTENT)

    told = [record for record in centre.tables.chains[callback.id] if record.event == "callback.answered"]
    assert len(told) == 1
    assert told[0].body["scores"] == {"solved": 0, "outcome": 2, "handling": 4}
    assert "Nobody listened." not in str(told[0].body)


def lines(centre: CallCentre) -> dict[str, Any]:
    told = centre.scoring.report("", DAY, DAY, centre.call("lead-1", role=Role.SUPERVISOR))
    return {line["question"]: line for line in told}


def test_scores_are_counted_by_question(centre: CallCentre) -> None:
    answer(centre, kept(centre), NOT_CONTENT)
    answer(centre, kept(centre, about=""), CONTENT)
    kept(centre, about="")

    told = lines(centre)
    assert set(told) == {"solved", "outcome", "handling", "clear", "all"}
    outcome = told["outcome"]
    counted = ("kept", "answered", "mean", "unhappy", "2", "5", "1")
    assert [outcome[name] for name in counted] == [3, 2, 3.5, 1, 1, 1, 0]
    assert [told["solved"][name] for name in ("mean", "unhappy", "0", "1")] == [0.5, 1, 1, 1]
    assert [told["clear"][name] for name in ("answered", "mean", "unhappy")] == [0, None, 0]
    assert [told["all"][name] for name in ("kept", "answered", "unhappy")] == [3, 2, 1]


def test_the_same_figures_are_had_as_csv(centre: CallCentre) -> None:
    answer(centre, kept(centre), CONTENT)
    told = centre.scoring.report("", DAY, DAY, centre.call("lead-1", role=Role.SUPERVISOR))

    first, *others = centre.scoring.csv(told).split("\r\n")
    assert first == "unit,purpose,question,kept,answered,mean,unhappy,0,1,2,3,4,5"
    assert others[0] == "east,follow_up,solved,1,1,1.0,0,0,1,0,0,0,0"


def test_calls_that_nobody_was_reached_in_are_not_counted(centre: CallCentre) -> None:
    centre.in_hand("agent-1")
    assert lines(centre) == {}
