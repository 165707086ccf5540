"""What the tests of sla share: the shipped packs, and rules and calendars made of whatever matters."""

import shutil
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from chalicelib.sla.calendars import Calendar
from chalicelib.sla.clocks import Basis, Rule, Unit
from chalicelib.sla.packs import Packs

FOLDER = Path(__file__).resolve().parents[3] / "chalicelib" / "packs"


@pytest.fixture(scope="session")
def folder() -> Path:
    return FOLDER


@pytest.fixture(scope="session")
def packs() -> Packs:
    return Packs.load(FOLDER)


@pytest.fixture(scope="session")
def china(packs: Packs) -> Calendar:
    return packs.calendar("CN")


@pytest.fixture(scope="session")
def england(packs: Packs) -> Calendar:
    return packs.calendar("GB-ENG")


@pytest.fixture(scope="session")
def make_rule() -> Callable[..., Rule]:
    def make(**what_matters: Any) -> Rule:
        usual: dict[str, Any] = {
            "id": "test.rule",
            "name": {"en": "Rule", "zh": "规则"},
            "kind": "final",
            "basis": Basis.HOUSE,
            "clause": "",
            "unit": Unit.CALENDAR_DAYS,
            "count": 15,
            "pause_reasons": frozenset({"mediation", "appraisal"}),
        }
        return Rule(**{**usual, **what_matters})

    return make


@pytest.fixture(scope="session")
def make_calendar() -> Callable[..., Calendar]:
    def make(**what_matters: Any) -> Calendar:
        usual: dict[str, Any] = {
            "id": "TEST",
            "version": "1",
            "timezone": "Asia/Shanghai",
            "published_through": date(2030, 12, 31),
            "opening": ((time(9), time(12)), (time(13), time(17, 30))),
        }
        return Calendar(**{**usual, **what_matters})

    return make


@pytest.fixture
def changed(tmp_path: Path) -> Callable[[dict[str, Any]], Packs]:
    """Load a copy of the shipped packs in which some files have other text, or text changed by a function."""
    folder = tmp_path / "packs"
    shutil.copytree(FOLDER, folder)

    def load(files: dict[str, Any]) -> Packs:
        for name, text in files.items():
            path = folder / name
            new = text(path.read_text(encoding="utf-8")) if callable(text) else text
            path.write_text(new, encoding="utf-8")
        return Packs.load(folder)

    return load


@pytest.fixture
def broken(tmp_path: Path) -> Callable[[str], Path]:
    """Give a copy of the shipped packs in which one file is no TOML."""
    folder = tmp_path / "broken"
    shutil.copytree(FOLDER, folder)

    def spoil(name: str) -> Path:
        (folder / name).write_text("[", encoding="utf-8")
        return folder

    return spoil
