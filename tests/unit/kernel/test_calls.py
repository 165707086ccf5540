"""A call carries who, when and through which door, and knows how its result is told again."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kernel import actors, clock
from chalicelib.kernel.calls import Call, Once, Replayed, Reply, internal
from chalicelib.kernel.errors import Outdated
from chalicelib.kernel.ids import born

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ONCE = Once("key", "fingerprint")


def make_call(**what_matters: object) -> Call:
    """Make a call."""
    return Call(actors.ANONYMOUS, NOON, "req-1", "api", **what_matters)  # type: ignore[arg-type]


def told(result: object) -> Reply:
    """Tell a result."""
    return Reply(201, json.dumps({"result": result}))


def test_a_call_with_a_key_and_an_answer_is_remembered() -> None:
    stamp = make_call(once=ONCE).answering(told).stamp("done")

    assert stamp is not None
    assert (stamp.once, stamp.reply, stamp.at) == (ONCE, Reply(201, '{"result": "done"}'), NOON)


def test_a_call_without_a_key_or_without_an_answer_is_not() -> None:
    assert make_call().answering(told).stamp("done") is None
    assert make_call(once=ONCE).stamp("done") is None


def test_what_is_told_may_be_another_thing_than_what_is_written() -> None:
    stamp = make_call(once=ONCE).answering(told).telling(lambda it: f"the message on {it}").stamp("the ticket")

    assert stamp is not None
    assert json.loads(stamp.reply.body) == {"result": "the message on the ticket"}
    assert make_call().telling(str).stamp("the ticket") is None


@pytest.mark.parametrize(("seen", "version", "refused"), [(None, 3, False), (3, 3, False), (2, 3, True), (4, 3, True)])
def test_whoever_saw_another_version_is_told(seen: int | None, version: int, refused: bool) -> None:
    call = make_call(if_match=seen)
    if not refused:
        call.expect(version)
        return
    with pytest.raises(Outdated) as outdated:
        call.expect(version)
    assert outdated.value.facts == {"version": version}


def test_an_id_comes_of_the_time_and_the_entropy_of_the_call() -> None:
    call = make_call(entropy=lambda count: bytes(range(count)))

    assert call.new_id("tkt") == call.new_id("tkt")
    assert abs(born(call.new_id("tkt")) - NOON) < timedelta(milliseconds=1)


def test_a_job_asks_the_clock_for_the_time_of_its_call() -> None:
    before = clock.source
    try:
        clock.use(lambda: NOON)
        call = internal(actors.system("sweep"), "queue", "req-7")
    finally:
        clock.use(before)

    assert (call.now, call.actor.id, call.actor.role, call.once) == (NOON, "system:sweep", "system", None)


def test_a_replay_carries_the_earlier_answer() -> None:
    assert Replayed(told("x")).reply == told("x")
