"""Units above and below, who is there, and how long a session lasts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.identity import policy
from chalicelib.identity.model import Absence, Assurance, Session, Unit
from chalicelib.kernel.actors import ANONYMOUS
from tests.institution import UNITS, member
from tests.world import START

BY_ID = {unit.id: unit for unit in UNITS}
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("region", "unit"), [("CN", "east"), ("GB", "london"), ("FR", "hq"), ("", "hq")])
def test_customers_of_a_region_have_its_unit_and_all_others_the_top_one(region: str, unit: str) -> None:
    assert policy.home_unit(BY_ID, region).id == unit


def test_a_unit_reaches_down_through_every_level_and_never_up() -> None:
    units = BY_ID | {"pudong": replace(BY_ID["east"], id="pudong", parent="east")}

    assert policy.below(units, "hq") == {"hq", "east", "london", "pudong"}
    assert policy.below(units, "east") == {"east", "pudong"}
    assert policy.below(units, "pudong") == {"pudong"}


def test_a_tree_with_a_circle_in_it_is_walked_once() -> None:
    circle: dict[str, Unit] = {
        "a": replace(BY_ID["east"], id="a", parent="b"),
        "b": replace(BY_ID["east"], id="b", parent="a"),
    }
    assert policy.below(circle, "a") == {"a", "b"}


def test_a_language_we_do_not_write_is_the_unit_s() -> None:
    assert policy.language_for(BY_ID["east"], "en") == "en"
    assert policy.language_for(BY_ID["east"], "fr") == "zh-CN"


def absence(since: float, until: float, **but: object) -> Absence:
    return Absence("abs", START + since * HOUR, START + until * HOUR, START - 99 * HOUR, **but)  # type: ignore[arg-type]


@pytest.mark.parametrize(("hours", "there"), [(-0.1, True), (0, False), (1.9, False), (2, True)])
def test_somebody_is_away_from_the_beginning_to_before_the_end(hours: float, there: bool) -> None:
    ann = member("agent-east", away=(absence(0, 2),))

    assert ann.there(START + hours * HOUR) is there
    assert not replace(ann, active=False).there(START + hours * HOUR)


def test_of_absences_that_overlap_the_one_that_ends_last_counts() -> None:
    long, short = absence(0, 9), absence(1, 2)

    assert member("agent-east", away=(long, short)).absence(START + HOUR) == long


def test_tickets_move_when_the_first_unsettled_absence_begins_and_not_before_it_was_entered() -> None:
    late = replace(absence(-5, 9), entered_at=START)

    assert late.begins == START
    assert member("agent-east", away=(absence(3, 4), late)).moving_at == START
    assert member("agent-east", away=(absence(3, 4), replace(late, settled=True))).moving_at == START + 3 * HOUR
    assert member("agent-east").moving_at is None


def test_a_session_is_in_force_until_before_its_end() -> None:
    session = Session("ses_1", ANONYMOUS, Assurance.SMS, START + policy.SESSION_LIFE)

    assert session.in_force(START + policy.SESSION_LIFE - timedelta(microseconds=1))
    assert not session.in_force(START + policy.SESSION_LIFE)
    assert policy.SESSION_LIFE <= 12 * HOUR


def test_only_who_works_here_is_active_in_a_fixed_order() -> None:
    people = [member("lead-east"), member("agent-east", active=False), member("agent-east-2")]

    assert [one.id for one in policy.active(people)] == ["agent-east-2", "lead-east"]
