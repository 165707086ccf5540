"""Messages are deleted when they are worked off, and not before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from infra.local.queue_pump import QueuePump
from infra.local.sources import QueueSource
from tests.unit.local.fake_engine import Clock, FakeQueues, FakeSqs, Job, wiring


@dataclass
class Scene:
    """A pump on a queue, with its job and its clock."""

    pump: QueuePump
    queue: FakeSqs
    job: Job
    clock: Clock


Make = Callable[..., Scene]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def scene(partial: bool = True, batch: int = 10) -> Scene:
        queue, job, clock = FakeSqs(), Job(), Clock()
        wired = wiring(job, tmp_path, FakeQueues(client=queue), clock)
        return Scene(
            QueuePump(QueueSource("arn", "work", batch, partial), timedelta(seconds=180), wired), queue, job, clock
        )

    return scene


def test_what_succeeded_is_deleted_and_what_failed_stays_in_flight(make: Make) -> None:
    scene = make()
    scene.queue.put("a", "b", "c")
    scene.job.fails = {"b"}

    assert scene.pump.turn()

    assert scene.job.calls == [["a", "b", "c"]]
    assert scene.queue.deleted == ["a", "c"]
    assert [message["Body"] for message in scene.queue.flying.values()] == ["b"]
    assert scene.pump.delivered == 2


def test_a_call_that_fails_as_a_whole_deletes_nothing(make: Make) -> None:
    scene = make()
    scene.queue.put("a", "b")
    scene.job.breaks = 1

    scene.pump.turn()

    assert (scene.queue.deleted, scene.pump.delivered) == ([], 0)


def test_without_partial_failures_in_the_template_everything_is_deleted_as_lambda_would(make: Make) -> None:
    scene = make(partial=False)
    scene.queue.put("a", "b")
    scene.job.fails = {"a"}

    scene.pump.turn()

    assert scene.queue.deleted == ["a", "b"]


def test_batches_are_no_larger_than_the_mapping_says(make: Make) -> None:
    scene = make(batch=2)
    scene.queue.put("a", "b", "c")

    while scene.pump.turn():
        pass

    assert scene.job.calls == [["a", "b"], ["c"]]


def test_a_failed_message_is_shown_again_as_soon_as_the_moved_clock_says_so(make: Make) -> None:
    scene = make()
    scene.queue.put("a")
    scene.job.fails = {"a"}
    scene.pump.turn()
    assert scene.pump.next_after(scene.clock.now) == scene.clock.now + timedelta(seconds=180)
    assert not scene.pump.turn()
    assert scene.pump.quiet

    scene.clock.pass_(seconds=180)
    assert not scene.pump.quiet
    scene.job.fails = set()
    scene.pump.turn()

    assert scene.queue.deleted == ["a"]
    assert scene.pump.next_after(scene.clock.now) is None
