"""What the verifying command prints, and how it ends."""

import json
from pathlib import Path

import pytest

from chalicelib.aws.items import encode
from infra import verify
from tests.looking import PREFIX
from tests.world import World


def test_the_command_counts_and_names_and_ends_with_one(
    world: World, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify.main(["--prefix", PREFIX]) == 0
    assert "0 faulty" in capsys.readouterr().out

    world.client.delete_item(TableName=f"{PREFIX}-records", Key=encode({"pk": case, "sk": 2}))

    assert verify.main(["--prefix", PREFIX]) == 1
    said = capsys.readouterr().out
    assert f"{case}: record 2 is missing" in said
    assert "1 faulty" in said


def test_the_command_says_when_nothing_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main(["--data", str(tmp_path)]) == verify.UNREADABLE
    assert "make run" in capsys.readouterr().err


def test_the_command_says_when_what_ran_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", "")
    (tmp_path / "endpoints.json").write_text(json.dumps({"AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:1"}), "utf-8")

    assert verify.main(["--data", str(tmp_path)]) == verify.UNREADABLE
    assert "make run" in capsys.readouterr().err


def test_the_command_says_when_there_are_no_tables(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify.main(["--prefix", "dutydesk-nowhere"]) == verify.UNREADABLE
    assert "cannot verify" in capsys.readouterr().err
