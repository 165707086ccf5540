"""A run cleans up what an earlier one left, and nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local import engines
from infra.local.aws import DYNAMODB, SECRETS, SQS, STREAMS, user_endpoint, user_keys
from infra.local.folder import Folder, read_json, write_json
from infra.local.processes import Children, started_at

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_program_of_a_killed_run_is_ended_by_the_next(tmp_path: Path) -> None:
    left = subprocess.Popen(SLEEP)
    write_json(tmp_path / "children.json", [{"name": "engine", "pid": left.pid, "started": started_at(left.pid)}])

    assert Children(tmp_path / "children.json").reclaim() == 1

    assert left.wait(5) == -9
    assert read_json(tmp_path / "children.json", None) == []


def test_a_stranger_that_got_the_same_number_is_left_alone(tmp_path: Path) -> None:
    entry = {"name": "engine", "pid": os.getpid(), "started": "another time"}
    write_json(tmp_path / "children.json", [entry, {"name": "gone", "pid": 2**22 + 1, "started": "1"}])

    assert Children(tmp_path / "children.json").reclaim() == 0


def test_programs_end_with_us_and_are_noted_while_they_run(tmp_path: Path) -> None:
    children = Children(tmp_path / "children.json")
    children.start("engine", SLEEP, dict(os.environ), tmp_path / "engine.log")
    (noted,) = json.loads((tmp_path / "children.json").read_text())
    assert started_at(noted["pid"]) == noted["started"]
    assert children.ended() == []

    children.stop()

    assert started_at(noted["pid"]) is None
    assert children.running() == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ties a program to its parent")
def test_a_program_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib, os, time; from infra.local.processes import Children;"
        f"folder = pathlib.Path({str(tmp_path)!r});"
        f"Children(folder / 'children.json').start('engine', {SLEEP!r}, dict(os.environ), folder / 'log');"
        "print('started', flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=engines.ENGINES.parent)
    assert parent.stdout is not None
    parent.stdout.readline()
    (noted,) = json.loads((tmp_path / "children.json").read_text())

    parent.kill()
    parent.wait()
    parent.stdout.close()

    for _ in range(500):
        if started_at(noted["pid"]) != noted["started"]:
            break
        os.sched_yield()
    Children(tmp_path / "children.json").reclaim()
    assert started_at(noted["pid"]) != noted["started"]


def test_a_folder_belongs_to_one_process_at_a_time(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    folder.prepare()
    claim = folder.claim()
    assert claim is not None

    assert folder.claim() is None
    claim.close()
    again = folder.claim()
    assert again is not None
    again.close()


def test_the_users_own_engine_takes_the_place_of_ours() -> None:
    one = {DYNAMODB: "http://a"}
    assert user_endpoint(DYNAMODB, one) == user_endpoint(STREAMS, one) == "http://a"
    assert user_endpoint(SQS, one) is None
    every = {"AWS_ENDPOINT_URL": "http://b", SQS: "http://c"}
    assert [user_endpoint(service, every) for service in (DYNAMODB, STREAMS, SQS, SECRETS)] == [
        "http://b",
        "http://b",
        "http://c",
        "http://b",
    ]


def test_the_users_keys_are_taken_only_as_a_pair() -> None:
    assert user_keys({"AWS_ACCESS_KEY_ID": "a"}) is None
    pair = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    assert user_keys({**pair, "AWS_PROFILE": "p"}) == pair
