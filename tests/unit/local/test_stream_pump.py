"""Records are handed on in order, and the kept position never passes what is not worked off."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.local.backlog import Backlog
from infra.local.positions import Positions
from infra.local.sources import StreamSource
from infra.local.stream_pump import StreamPump
from tests.unit.local.fake_engine import FakeQueues, FakeStreams, Job, wiring

ARN = "arn:stream/one"
Make = Callable[..., StreamPump]


@pytest.fixture
def queues() -> FakeQueues:
    return FakeQueues()


@pytest.fixture
def streams() -> FakeStreams:
    return FakeStreams()


@pytest.fixture
def job() -> Job:
    return Job()


@pytest.fixture
def make(tmp_path: Path, queues: FakeQueues, streams: FakeStreams, job: Job, monkeypatch: pytest.MonkeyPatch) -> Make:
    monkeypatch.setattr("infra.local.stream_pump._KEEP_EVERY", 0.0)

    def pump(stream: str = ARN, **source: Any) -> StreamPump:
        said = {"bisect": False, "tries": None, "age": None, "failures": None, **source}
        mapping = StreamSource("arn", "records", 100, True, **said)
        return StreamPump(mapping, stream, streams, wiring(job, tmp_path, queues))  # type: ignore[arg-type]

    return pump


def work(pump: StreamPump, turns: int = 12) -> None:
    """Turn, without waiting out the pauses between tries."""
    for _ in range(turns):
        for shard in pump._shards.values():
            shard.not_before = 0.0
        pump.turn()


def kept(folder: Path) -> dict[str, str]:
    return Positions(folder / "streams.json").of(ARN)


def test_records_are_handed_on_in_order_and_once(make: Make, streams: FakeStreams, job: Job) -> None:
    pump = make()
    streams.put("a", "b")
    work(pump)
    streams.put("c")
    work(pump)

    assert job.calls == [["a", "b"], ["c"]]


def test_a_failed_record_is_tried_again_before_anything_behind_it(make: Make, streams: FakeStreams, job: Job) -> None:
    pump = make()
    streams.put("a", "b", "c")
    job.fails = {"b"}
    work(pump, turns=2)
    job.fails = set()
    work(pump)

    assert job.calls == [["a", "b", "c"], ["b", "c"], ["b", "c"]]


def test_the_position_waits_until_every_queue_is_empty(
    make: Make, streams: FakeStreams, queues: FakeQueues, tmp_path: Path
) -> None:
    pump = make()
    streams.put("a", "b")
    queues.empty = False
    work(pump)
    assert kept(tmp_path) == {}

    queues.empty = True
    work(pump)
    assert kept(tmp_path) == {"shard": "2"}


def test_a_restart_reads_again_from_what_was_not_worked_off(
    make: Make, streams: FakeStreams, queues: FakeQueues, job: Job
) -> None:
    streams.put("a")
    work(make())
    queues.empty = False
    streams.put("b", "c")
    work(make())
    job.calls.clear()

    work(make())

    assert job.calls == [["b", "c"]]


def test_a_new_stream_of_the_same_name_is_read_from_its_beginning(make: Make, streams: FakeStreams, job: Job) -> None:
    streams.put("a", "b")
    work(make())
    streams.records.clear()
    streams.put("fresh")

    work(make("arn:stream/two"))

    assert job.calls[-1] == ["fresh"]


def test_a_position_that_the_stream_has_forgotten_means_everything_that_is_left(
    make: Make, streams: FakeStreams, job: Job
) -> None:
    streams.put("a", "b")
    work(make())
    streams.records.clear()
    streams.put("left")

    work(make())

    assert job.calls[-1] == ["left"]


def test_a_batch_that_breaks_the_function_is_halved_until_the_bad_record_is_alone(
    make: Make, streams: FakeStreams, job: Job
) -> None:
    pump = make(bisect=True)
    streams.put("a", "b", "c", "d")
    job.breaks = 2

    work(pump)

    assert job.calls == [["a", "b", "c", "d"], ["a", "b"], ["a"], ["b", "c", "d"]]


def test_a_record_that_never_works_is_reported_and_passed(
    make: Make, streams: FakeStreams, queues: FakeQueues, job: Job
) -> None:
    pump = make(tries=3, failures="records-dead")
    streams.put("bad", "good")
    job.fails = {"bad"}

    work(pump)

    # As in Lambda, what goes with a failed record is given up with it, and only numbers are reported.
    assert job.calls == [["bad", "good"]] * 3
    ((queue, body),) = queues.sent
    assert queue == "records-dead"
    about = json.loads(body)["DDBStreamBatchInfo"]
    assert (about["startSequenceNumber"], about["endSequenceNumber"], about["batchSize"]) == ("1", "2", 2)


def test_a_batch_is_given_up_when_it_was_tried_for_long_enough() -> None:
    backlog = Backlog(bisect=False, tries=None, age=timedelta(hours=6).total_seconds())
    backlog.add([{"dynamodb": {"SequenceNumber": "1"}}])

    assert [backlog.failed(hours * 3600.0, whole=True) for hours in (0, 5, 6)] == [False, False, True]


def test_being_caught_up_is_known_by_a_look_that_began_later(make: Make, streams: FakeStreams, job: Job) -> None:
    pump = make()
    streams.put("a")
    job.fails = {"a"}
    asked = time.monotonic()
    work(pump, turns=3)
    assert pump.empty_since < asked

    job.fails = set()
    work(pump, turns=2)
    assert pump.empty_since >= asked
