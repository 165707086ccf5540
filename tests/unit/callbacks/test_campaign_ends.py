"""How a campaign ends, what is counted of it, and whom it leaves in peace."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.callbacks.campaigns import policy
from chalicelib.callbacks.campaigns.model import Status, Why
from chalicelib.callbacks.model import Outcome
from chalicelib.callbacks.model import Status as CallStatus
from tests.callcentre import at
from tests.campaigning import Surveyors, over

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def unit() -> Surveyors:
    unit = Surveyors()
    unit.closed(60)
    unit.centre.now = at(10, day=24)
    return unit


def test_a_pause_lets_what_was_begun_go_on_and_begins_nothing(unit: Surveyors) -> None:
    made = unit.begun(daily=4)
    unit.due(made)
    unit.running.pause(made.id, unit.lead())
    unit.goes_on(made, at(18, day=25))

    assert (unit.get(made).status, unit.get(made).strata[0].kept, len(unit.calls())) == (Status.PAUSED, 4, 4)
    unit.running.start(made.id, unit.lead())
    unit.goes_on(made, at(18, day=26))
    assert len(unit.calls()) == 8


def test_what_is_stopped_makes_the_calls_that_were_announced_and_no_others(unit: Surveyors) -> None:
    made = unit.begun(daily=4)
    claimed = policy.claimed(unit.get(made), unit.store.sample(made.id), date(2026, 11, 24))
    unit.store.save(replace(claimed, due_at=unit.centre.now), [], None)
    unit.running.stop(made.id, unit.lead())

    unit.goes_on(made, at(12, day=24))

    found = unit.get(made)
    assert over(found)
    assert (found.why, found.strata[0].skipped, unit.calls()) == (Why.STOPPED, {"stopped": 4}, [])
    assert found.notices == (), "whoever stopped it knows"


def test_too_many_refusals_end_it_and_what_is_under_way_is_still_counted(unit: Surveyors) -> None:
    unit.answers = lambda _: Outcome.REFUSED
    made = unit.begun(quotas={"all": 20}, daily=10)

    unit.goes_on(made, at(18, day=26))

    found = unit.get(made)
    assert over(found)
    assert (found.why, found.strata[0].ends["declined"]) == (Why.REFUSED, 10)
    figures = unit.running.figures(made.id, unit.lead())
    assert figures[-1] | {"stratum": "total"} == {
        "stratum": "total",
        "population": 60,
        "quota": 20,
        "sample": 60,
        "asked": 10,
        "open": 0,
        "kept": 0,
        "unreached": 0,
        "declined": 10,
        "broken": 0,
        "cancelled": 0,
        "skipped": 0,
        "response_rate": 0.0,
    }
    assert unit.running.csv(figures).splitlines()[0].startswith("stratum,population,quota,sample,asked,open,kept")


def test_who_is_not_reached_is_left_in_peace_and_no_owner_of_a_case_hears_of_it(unit: Surveyors) -> None:
    unit.answers = lambda _: Outcome.NO_ANSWER
    made = unit.begun(quotas={"all": 3})
    unit.goes_on(made, at(18, day=24) + 9 * DAY)

    assert {it.status for it in unit.calls()} == {CallStatus.UNREACHED}
    assert set(unit.centre.notices()) == {"callback_soon", "campaign_over_exhausted"}
    assert unit.centre.matters.told == []
    assert (unit.get(made).why, unit.get(made).strata[0].ends) == (Why.EXHAUSTED, {"unreached": 9})


def test_whoever_was_told_of_a_call_that_nobody_made_is_told_and_no_lead_is_woken(unit: Surveyors) -> None:
    made = unit.begun(quotas={"all": 3})
    unit.due(made)
    unit.centre.pass_time(at(10, day=24) + 5 * DAY)

    assert {it.status for it in unit.calls()} == {CallStatus.BROKEN}
    assert set(unit.centre.notices()) == {"callback_soon", "callback_broken"}
    assert unit.seen(made).strata[0].ends == {"broken": 3}
    assert unit.get(made).strata[0].ends == {}, "nothing is stored by looking"


def test_after_its_last_day_nobody_has_their_turn(unit: Surveyors) -> None:
    made = unit.begun(daily=2, ends_on=date(2026, 11, 25))
    unit.goes_on(made, at(12, day=27))

    assert (unit.get(made).why, len(unit.calls())) == (Why.ENDED, 4)


def test_word_of_its_end_is_asked_for_until_it_is_on_its_way(unit: Surveyors) -> None:
    made = unit.begun(quotas={"all": 1})
    unit.goes_on(made, at(18, day=24))
    assert unit.working.owes(made.id, "over")
    unit.centre.now += HOUR
    unit.due(made)
    assert "word_repeated" in unit.events(made)

    unit.working.taken(made.id, "over", unit.centre.call("system"))
    unit.working.taken(made.id, "over", unit.centre.call("system"))

    assert not unit.working.owes(made.id, "over")
    assert unit.events(made).count("word_taken") == 1
    assert unit.get(made).due_at is None


def test_some_weeks_of_several_campaigns_with_doubled_hints_and_every_outcome(unit: Surveyors) -> None:
    unit.closed(120, "complaint")
    dice = random.Random(7)
    fates = (Outcome.REACHED, Outcome.REACHED, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.REFUSED, Outcome.VOICEMAIL)
    unit.answers = lambda _: dice.choice(fates)
    made = unit.begun(by="kind", quotas={"enquiry": 12, "complaint": 20}, daily=6, refused_percent=100)

    unit.goes_on(made, at(18, day=24) + 14 * DAY, dice)

    found = unit.get(made)
    assert over(found)
    calls = Counter(it.about for it in unit.calls())
    assert set(calls.values()) == {1}
    assert sum(sum(it.ends.values()) for it in found.strata) == len(calls)
    assert all(it.kept <= it.quota for it in found.strata)
    days = Counter(it.asked_at.date() for it in unit.calls())
    assert max(days.values()) <= 6
    unit.centre.check()
