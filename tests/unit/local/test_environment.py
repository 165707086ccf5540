"""An environment is a process that runs one event at a time, and is replaced when it dies."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from infra.local.environment import Environment, Failed, Pool, variables
from infra.local.template import Function


def function(name: str, timeout: int = 20) -> Function:
    arn = f"arn:aws:lambda:us-east-1:000000000000:function:dutydesk-local-{name}"
    told = {"TOLD": "by the template"}
    return Function(f"dutydesk-local-{name}", arn, f"tests.unit.local.handlers.{name}", timeout, 512, told)


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    told = variables(function("echo"), {"AWS_REGION": "us-east-1"})
    made = Pool(1, lambda: Environment(told, tmp_path), lambda: 3600.0)
    yield made
    made.stop()


def test_a_handler_sees_its_event_its_function_and_the_moved_clock(pool: Pool, tmp_path: Path) -> None:
    seen = pool.invoke(function("echo"), {"a": "钱"})

    assert seen["event"] == {"a": "钱"}
    assert seen["function"] == seen["named"] == "dutydesk-local-echo"
    assert seen["told"] == "by the template"
    assert 0 < seen["left"] <= 20_000
    assert abs(seen["now"] - time.time() - 3600) < 30
    assert not seen["app"]
    assert "钱" in (tmp_path / "echo.log").read_text(encoding="utf-8")


def test_a_process_serves_many_events_and_survives_a_handler_that_raises(pool: Pool) -> None:
    first = pool.invoke(function("echo"), 1)["calls"]
    with pytest.raises(Failed, match="ValueError: as told"):
        pool.invoke(function("breaks"), 1)
    with pytest.raises(Failed, match="MarshalError"):
        pool.invoke(function("unwritable"), 1)

    assert pool.invoke(function("echo"), 1)["calls"] == first + 1


def test_a_process_that_dies_fails_its_event_and_is_replaced(pool: Pool) -> None:
    pool.invoke(function("echo"), 1)
    with pytest.raises(Failed, match="ExitError"):
        pool.invoke(function("dies"), 1)

    assert pool.invoke(function("echo"), 1)["calls"] == 1


def test_a_handler_that_takes_too_long_is_ended(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.local.environment._GRACE", 0.0)
    pool.invoke(function("echo"), 1)
    began = time.monotonic()

    with pytest.raises(Failed, match="timed out after 1"):
        pool.invoke(function("hangs", timeout=1), 1)

    assert time.monotonic() - began < 10
    assert pool.invoke(function("echo"), 1)["calls"] == 1


def test_events_wait_for_each_other_and_none_is_mixed_up(pool: Pool) -> None:
    with ThreadPoolExecutor(8) as callers:
        seen = list(callers.map(lambda number: pool.invoke(function("echo"), number)["event"], range(40)))

    assert seen == list(range(40))
    assert (pool.at_work, pool.calls) == (0, 80)


def test_a_handler_that_cannot_be_imported_is_known_before_the_first_event(pool: Pool) -> None:
    with pytest.raises(Failed, match="AttributeError"):
        pool.warm(function("absent"))
    pool.warm(function("echo"))

    assert pool.invoke(function("echo"), 1)["calls"] == 1


def test_nothing_of_the_users_own_set_up_reaches_a_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "real")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")
    monkeypatch.setenv("DUTYDESK_STAGE", "prod")

    told = variables(function("echo"), {"AWS_SECRET_ACCESS_KEY": "local"})

    assert told["AWS_SECRET_ACCESS_KEY"] == "local"
    assert not {"AWS_PROFILE", "DUTYDESK_STAGE"} & set(told)
