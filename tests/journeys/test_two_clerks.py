"""Clerks who do the same at the same instant, over HTTP, on the local engine: nobody is called twice, nobody served twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.journeys.stack import Answer, Stack
from tests.journeys.story import Story

HALL = "/v1/desk/branches/shanghai-bund"
ROUNDS = 10
COUNTERS = 8


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One stack for both: each leaves nobody waiting behind."""
    running = Stack(tmp_path_factory.mktemp("clerks") / "data").start()
    try:
        yield running
    finally:
        running.stop()


def test_clerks_who_call_at_once_call_different_people_and_one_of_two_serves(stack: Stack) -> None:
    clerks = [stack.staff("clerk-bund"), stack.staff("lead-east")]

    for _ in range(ROUNDS):
        came = {walked_in(stack, clerks[0]) for _ in clerks}
        called = at_once([calling(stack, clerk, str(number)) for number, clerk in enumerate(clerks)])
        assert {answer.body["id"] for answer in called} == came, [answer.body for answer in called]
        for id_ in came:
            served = at_once([stepping(stack, clerk, id_, "serve") for clerk in clerks])
            assert outcomes(served) == {(200, ""): 1, (409, "not_allowed_now"): 1}
            done = at_once([stepping(stack, clerk, id_, "done") for clerk in clerks])
            assert outcomes(done) == {(200, ""): 1, (409, "not_allowed_now"): 1}
    assert stack.get(f"{HALL}/queue", clerks[0])["waiting"] == []
    Story(stack).verified()


def test_eight_counters_that_call_at_once_empty_a_queue_of_eight_and_the_ninth_finds_nobody(stack: Stack) -> None:
    clerk = stack.staff("clerk-bund")
    came = {walked_in(stack, clerk) for _ in range(COUNTERS)}

    called = at_once([calling(stack, clerk, str(number)) for number in range(COUNTERS + 1)])

    assert outcomes(called) == {(200, ""): COUNTERS, (409, "nobody_waiting"): 1}
    assert Counter(answer.body["id"] for answer in called if answer.status == 200) == Counter(came)
    busy = stack.get(f"{HALL}/queue", clerk)["called"]
    assert len({one["counter"] for one in busy}) == COUNTERS


def walked_in(stack: Stack, clerk: str) -> str:
    return str(stack.post(f"{HALL}/walk-ins", {"service": "mortgage-advice"}, clerk)["id"])


def calling(stack: Stack, clerk: str, counter: str) -> Callable[[], Answer]:
    return lambda: stack.ask("POST", f"{HALL}/call-next", {"counter": counter}, clerk)


def stepping(stack: Stack, clerk: str, id_: str, step: str) -> Callable[[], Answer]:
    body = {} if step == "serve" else None
    return lambda: stack.ask("POST", f"/v1/desk/appointments/{id_}/{step}", body, clerk)


def at_once(calls: list[Callable[[], Answer]]) -> list[Answer]:
    """Make all these calls as nearly at once as threads can."""
    ready = Barrier(len(calls))

    def make(call: Callable[[], Answer]) -> Answer:
        ready.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(make, calls))


def outcomes(answers: list[Answer]) -> Counter[tuple[int, str]]:
    return Counter((answer.status, "" if answer.status < 300 else answer.body["code"]) for answer in answers)
