"""The command that makes regulators' files and compares those that were lodged."""

from pathlib import Path

import pytest

from chalicelib.aws import clients
from infra import reports
from tests.integration.test_regulator_files import NOVEMBER, classified, december, file
from tests.integration.test_reports import logged
from tests.looking import PREFIX
from tests.world import World

ASKED = ["jrt0169", "2026-11-01", "2026-11-30", "--prefix", PREFIX]


@pytest.fixture
def lodged(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file as it was lodged, with a mark for a spreadsheet."""
    monkeypatch.setattr(clients, "dynamodb", lambda: world.client)
    classified(world, logged(world, "lead-east"), "lead-east", "jrt0169")
    december(world)
    path = tmp_path / "lodged.csv"
    text = file(world, "jrt0169", NOVEMBER + "&format=csv&bom=true").text
    path.write_bytes(text.encode())
    return path


def test_a_lodged_file_is_the_one_the_ledger_still_gives(lodged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reports.main(["verify", str(lodged), *ASKED]) == 0
    assert capsys.readouterr().out.startswith("the same: ")


def test_a_file_with_one_letter_changed_is_found_out(lodged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lodged.write_bytes(lodged.read_bytes().replace(b"phone", b"Phone", 1))

    assert reports.main(["verify", str(lodged), *ASKED]) == 1
    assert capsys.readouterr().out.startswith("another: ")


def test_the_command_writes_the_bytes_that_the_api_gives(
    lodged: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert reports.main(["make", *ASKED]) == 0

    said = capfdbinary.readouterr()
    assert said.out == lodged.read_bytes().removeprefix(b"\xef\xbb\xbf")
    assert said.err.startswith(b"1 cases, sha256 ")


def test_what_cannot_be_made_is_said(lodged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["jrt0169", "2026-12-01", "2026-12-31", "--prefix", PREFIX]

    assert reports.main(["make", *asked]) == 1
    assert "period_not_over" in capsys.readouterr().err
    assert reports.main(["verify", str(tmp_path / "none.csv"), *ASKED]) == 1
    assert reports.main(["make", *ASKED, "--data", str(tmp_path)]) == 2
