"""A campaign from its plan to its end: who runs it, whom it calls, what dies in between, and how it ends."""

import hashlib
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.callbacks.campaigns import policy
from chalicelib.callbacks.campaigns.model import PopulationTooLarge, Status, Why
from chalicelib.callbacks.campaigns.service.working import call_id
from chalicelib.callbacks.model import Purpose, Wishes
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import Changed, Forbidden, Invalid, NotAllowedNow, NotFound
from chalicelib.kernel.events import digest
from tests.callcentre import at
from tests.campaigning import Surveyors, over

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def unit() -> Surveyors:
    unit = Surveyors()
    unit.closed(60)
    unit.centre.now = at(10, day=24)
    return unit


def test_a_campaign_reaches_its_quota_tells_the_lead_and_calls_nobody_more(unit: Surveyors) -> None:
    made = unit.begun()
    unit.goes_on(made, at(18, day=25))

    found = unit.get(made)
    assert over(found)
    assert (found.why, found.strata[0].kept, len(unit.calls())) == (Why.QUOTA, 10, 10)
    assert unit.events(made)[:3] == ["created", "drawn", "started"]
    assert unit.events(made).count("over") == 1
    (ended,) = (record for record in unit.centre.tables.chains[made.id] if record.event == "campaign.over")
    (word,) = ended.body["notices"]
    assert (word["template"], word["to"]) == ("campaign_over_quota", "lead")


def test_what_is_drawn_follows_from_the_seed_that_was_recorded_before(unit: Surveyors) -> None:
    made = unit.running.create(unit.plan(), unit.lead())
    drawn = unit.running.draw(made.id, unit.lead())

    created, told = unit.centre.tables.chains[made.id]
    by_hand = sorted(
        (case["id"] for case in unit.lines.cases),
        key=lambda id_: hashlib.sha256(f"{created.body['seed']}\x1f{id_}".encode()).digest(),
    )[:30]
    assert unit.store.sample(made.id) == {"all": tuple(by_hand)}
    assert told.body["sample_sha256"] == digest({"all": by_hand})
    assert (told.body["population"], told.body["sample"]) == ({"all": 60}, {"all": 30})
    assert drawn.strata[0].population == 60
    assert unit.lines.asked[0] == (datetime(2026, 10, 31, 16, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC))


def test_it_is_drawn_once_and_each_step_is_allowed_in_its_place_only(unit: Surveyors) -> None:
    made = unit.running.create(unit.plan(), unit.lead())
    for step in (unit.running.start, unit.running.pause):
        with pytest.raises(NotAllowedNow):
            step(made.id, unit.lead())
    unit.running.draw(made.id, unit.lead())
    with pytest.raises(NotAllowedNow):
        unit.running.draw(made.id, unit.lead())
    running = unit.running.start(made.id, unit.lead())
    assert unit.running.start(made.id, unit.lead()) == running
    unit.running.stop(made.id, unit.lead())
    with pytest.raises(NotAllowedNow):
        unit.running.start(made.id, unit.lead())


def test_more_cases_than_can_be_drawn_from_are_refused_and_nothing_is_drawn(
    unit: Surveyors, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "MOST_CASES", 59)
    made = unit.running.create(unit.plan(), unit.lead())

    with pytest.raises(PopulationTooLarge):
        unit.running.draw(made.id, unit.lead())
    assert unit.get(made).status is Status.DRAFT


def test_only_supervisors_of_the_unit_run_it_and_only_who_reads_reports_sees_it(unit: Surveyors) -> None:
    with pytest.raises(Forbidden):
        unit.running.create(unit.plan(), unit.lead(who="agent-1", role=Role.AGENT))
    with pytest.raises(NotFound):
        unit.running.create(unit.plan(unit="london"), unit.lead())
    made = unit.begun()
    for who in (unit.lead(unit="london"), unit.centre.call("cus_li")):
        with pytest.raises((NotFound, Forbidden)):
            unit.running.shown(made.id, who)
    with pytest.raises(Forbidden):
        unit.running.stop(made.id, unit.lead(who="audit-1", role=Role.AUDITOR))
    with pytest.raises(Invalid):
        unit.running.create(unit.plan(ends_on=date(2026, 11, 23)), unit.lead())


def test_its_calls_are_announced_take_no_room_and_give_way_to_who_asked(unit: Surveyors) -> None:
    made = unit.begun(daily=3)
    unit.due(made)
    calls = unit.calls()
    assert len(calls) == 3
    assert {(it.purpose, it.cell, it.chosen, it.prefer) for it in calls} == {(Purpose.CAMPAIGN, None, False, "")}
    assert {(it.starts_at, it.ends_at) for it in calls} == {(at(10, 15, day=24), at(17, 30, day=24))}

    unit.centre.pass_time(at(10, 30, day=24))
    assert all(it.announced for it in unit.calls())
    unit.centre.people.phones["cus_li"] = ("+8613800138000", "zh-CN")
    asked = unit.centre.promised()
    unit.centre.pass_time(at(11, day=24))

    rows = unit.centre.store.line("east", 10, None).items
    assert next(row.id for row in rows) == asked.id
    assert len(rows) == 4
    why = dict(unit.centre.leasing.because(rows[1], unit.centre.now))
    assert why == {"waited": 45, "campaign": -240}


@pytest.mark.parametrize(
    ("asked", "begins", "ends"),
    [
        (at(9, 5, day=24), at(10, day=24), at(17, 30, day=24)),
        (at(16, day=24), at(16, 15, day=24), at(17, 30, day=24)),
        (at(16, 30, day=24), at(10, day=25), at(17, 30, day=25)),
        (at(16, 30, day=27), at(10, day=30), at(17, 30, day=30)),
    ],
)
def test_a_call_is_for_what_is_left_of_a_day_of_doors_and_hours(
    unit: Surveyors, asked: datetime, begins: datetime, ends: datetime
) -> None:
    unit.centre.now = asked
    unit.due(unit.begun(daily=1))

    (call,) = unit.calls()
    assert (call.starts_at, call.ends_at) == (begins, ends)


def test_whose_turn_it_is_but_who_must_not_be_called_is_passed_over_and_said_why(unit: Surveyors) -> None:
    made = unit.running.create(unit.plan(quotas={"all": 12}, daily=12), unit.lead())
    unit.running.draw(made.id, unit.lead())
    turns = unit.store.sample(made.id)["all"]
    customers = [unit.centre.matters.kept[id_].customer_id for id_ in turns]
    unit.centre.wishing.keep(Wishes(True), unit.centre.call(customers[0]))
    unit.centre.wishing.keep(Wishes(False, refuses=frozenset({Purpose.CAMPAIGN})), unit.centre.call(customers[1]))
    del unit.centre.matters.kept[turns[2]]
    del unit.centre.people.phones[customers[3]]
    unit.centre.logged(at(13, day=24), who=customers[4], purpose=Purpose.CAMPAIGN, about=turns[4])
    unit.running.start(made.id, unit.lead())

    unit.due(made)

    found = unit.get(made).strata[0]
    assert found.skipped == {"do_not_call": 1, "refused": 1, "gone": 2, "rested": 1}
    assert (found.asked, len(found.open)) == (12, 7)
    unit.goes_on(made, at(18, day=26))
    assert unit.get(made).strata[0].kept == 12, "others of the sample have had their turn instead"


def test_nobody_is_asked_again_within_the_days_of_rest_nor_after_a_follow_up(unit: Surveyors) -> None:
    unit.closed(1, unit="north")
    first = unit.begun(quotas={"all": 20}, daily=20)
    unit.goes_on(first, at(18, day=25))
    assert unit.get(first).strata[0].kept == 20
    unit.lines.cases = [case for case in unit.lines.cases if unit.inviting.standing(call_id(first, case["id"]))]

    rested, soon = unit.begun(quotas={"all": 20}), unit.begun(quotas={"all": 20}, rest_days=0)
    unit.goes_on(rested, at(11, day=26))
    assert unit.get(rested).strata[0].skipped == {"rested": 20}
    assert (unit.get(rested).why, len(unit.get(soon).strata[0].open)) == (Why.EXHAUSTED, 0)
    unit.goes_on(soon, at(12, day=26))
    assert unit.get(soon).strata[0].skipped == {}


@pytest.mark.parametrize("done", [False, True])
def test_what_dies_between_a_turn_and_its_call_is_gone_on_with_and_nobody_is_promised_two(
    unit: Surveyors, done: bool
) -> None:
    made, left = unit.begun(daily=5), [3]
    invite = unit.inviting.invite

    def dying(*given: object) -> str:
        if left[0] == 0 and not done:
            raise KeyboardInterrupt
        told = invite(*given)  # type: ignore[arg-type]
        if left[0] == 0:
            raise KeyboardInterrupt
        left[0] -= 1
        return told

    object.__setattr__(unit.inviting, "invite", dying)
    with pytest.raises(KeyboardInterrupt):
        unit.due(made)
    object.__setattr__(unit.inviting, "invite", invite)
    assert len(unit.get(made).strata[0].open) == 5

    unit.due(made)

    assert Counter(it.about for it in unit.calls()) == Counter(unit.get(made).strata[0].open)


def test_who_was_quicker_wins_and_the_other_tries_again_when_the_sweep_comes_back(unit: Surveyors) -> None:
    made = unit.begun(daily=5)
    save, late = unit.store.save, [True]

    def overtaken(*given: object) -> None:
        if late.pop() if late else False:
            raise Changed
        save(*given)  # type: ignore[arg-type]

    unit.store.save = overtaken  # type: ignore[method-assign]
    assert unit.due(made) == "busy"
    assert unit.due(made) == "running"
    assert len(unit.calls()) == 5
