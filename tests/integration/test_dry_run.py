"""What somebody who writes packs is told of the open cases by `python -m infra.packs dry-run`."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from chalicelib.tickets.store import DynamoTickets
from infra import packs as command
from tests.looking import PREFIX
from tests.world import START, World

PACKS = Path(__file__).parents[2] / "chalicelib" / "packs" / "regimes"
CHINA = PACKS / "cn.nfra.toml"
Changed = Callable[..., str]


@pytest.fixture
def file(tmp_path: Path) -> Changed:
    """Copy a shipped regime, changed."""

    def copy(name: str, *changes: tuple[str, str]) -> str:
        text = (PACKS / name).read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / name).write_text(text, "utf-8")
        return str(tmp_path / name)

    return copy


def test_a_dry_run_lists_the_open_cases_that_would_change_and_writes_nothing(
    world: World, file: Changed, capsys: pytest.CaptureFixture[str]
) -> None:
    token = world.sign_in()
    complaint = world.complain(token)
    world.drain()
    world.now = START + timedelta(days=2)
    before = DynamoTickets(world.services.tables).get(complaint["id"])
    new = file(
        "cn.nfra.toml",
        ("2020-03-01.1", "2027-03-01.1"),
        ("from = 2020-03-01", "from = 2027-03-01"),
        ("count = 15", "count = 10"),
    )
    assert command.main(["dry-run", new, "--prefix", PREFIX]) == 0
    said = capsys.readouterr().out
    number = complaint["number"]
    assert f"{number}  cn.nfra.decision  moved  2026-12-08 -> 2026-12-03  (count: 15 becomes 10)" in said
    assert "1 open cases would change under cn.nfra@2027-03-01.1; they keep the version" in said
    assert DynamoTickets(world.services.tables).get(complaint["id"]) == before


def test_a_dry_run_of_the_same_text_changes_nothing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    world.complain(world.sign_in())
    assert command.main(["dry-run", str(CHINA), "--prefix", PREFIX]) == 0
    assert capsys.readouterr().out.startswith("0 open cases would change")


def test_a_dry_run_without_a_deployment_says_what_to_start(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = str(CHINA)
    assert command.main(["dry-run", pack, "--data", str(tmp_path)]) == command.UNREADABLE
    assert "make run" in capsys.readouterr().err
    assert command.main(["dry-run", pack, "--prefix", "dutydesk-nowhere"]) == command.UNREADABLE
    assert "cannot read the cases" in capsys.readouterr().err
