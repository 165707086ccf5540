"""Versions come one after another by their day, and by their number of that day."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from chalicelib.sla.contact import ContactRules, Purpose
from chalicelib.sla.questionnaires import Questionnaires
from chalicelib.sla.reading import succession
from tests.unit.sla.test_contact import HEAD, RULE

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Known:
    effective_from: date
    version: str


def test_the_tenth_version_of_a_day_follows_the_ninth() -> None:
    days = (date(2026, 1, 1), date(2026, 2, 1))
    in_turn = [Known(day, f"{day}.{n}") for day in days for n in range(1, 13)]
    mixed = random.Random(1).sample(in_turn, len(in_turn))

    assert sorted(mixed, key=succession) == in_turn


def test_the_tenth_version_of_contact_rules_is_in_force(tmp_path: Path) -> None:
    for n in (2, 10):
        text = (HEAD + RULE.replace("per_day = 3", f"per_day = {n}")).replace("2020-01-01.1", f"2020-01-01.{n}")
        (tmp_path / f"house@2020-01-01.{n}.toml").write_text(text, "utf-8")

    assert ContactRules(tmp_path).at("house", Purpose.SERVICE, NOW)[1].per_day == 10


def test_the_tenth_version_of_a_questionnaire_is_asked(tmp_path: Path) -> None:
    shipped = Path("chalicelib/packs/questionnaires/follow_up.toml").read_text("utf-8")
    for n in (2, 10):
        text = shipped.replace("2026-01-01.1", f"2026-01-01.{n}")
        (tmp_path / f"follow_up@2026-01-01.{n}.toml").write_text(text, "utf-8")

    asked = Questionnaires(tmp_path).at(Purpose.FOLLOW_UP, NOW)

    assert asked is not None
    assert asked.version == "2026-01-01.10"
