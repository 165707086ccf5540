"""The clock goes from one due instant to the next, and nothing due is left behind."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from infra.local.clock import MovableClock
from infra.local.steps import Moved, Mover, Settler, Stuck

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass
class Institution:
    """Things that fall due; each sweep works off what is due, unless its hint is lost."""

    clock: MovableClock
    due: dict[str, datetime] = field(default_factory=dict)
    lost: dict[str, int] = field(default_factory=dict)
    follow_ups: dict[str, tuple[str, timedelta]] = field(default_factory=dict)
    swept: list[datetime] = field(default_factory=list)
    done: list[tuple[str, datetime]] = field(default_factory=list)

    def next_after(self, moment: datetime) -> datetime | None:
        return min((at for at in self.due.values() if at > moment), default=None)

    def overdue(self, moment: datetime) -> frozenset[str]:
        return frozenset(name for name, at in self.due.items() if at <= moment)

    def fire(self) -> int:
        now = self.clock.now()
        self.swept.append(now)
        for name in sorted(self.overdue(now)):
            if self.lost.get(name, 0) > 0:
                self.lost[name] -= 1
                continue
            del self.due[name]
            self.done.append((name, now))
            if name in self.follow_ups:
                other, after = self.follow_ups[name]
                self.due[other] = now + after
        return 1

    def move(self, target: datetime) -> Moved:
        mover = Mover(self.clock, [self], self.overdue, self.fire, lambda: None, lambda: len(self.done))
        return mover.move_to(target)


@pytest.fixture
def institution(tmp_path: Path) -> Institution:
    return Institution(MovableClock(tmp_path / "clock.json", lambda: START))


def test_each_thing_is_done_at_its_own_instant_in_order(institution: Institution) -> None:
    institution.due = {"c": START + 3 * HOUR, "a": START + HOUR, "b": START + 2 * HOUR, "later": START + 9 * HOUR}

    moved = institution.move(START + 4 * HOUR)

    assert institution.done == [("a", START + HOUR), ("b", START + 2 * HOUR), ("c", START + 3 * HOUR)]
    assert (moved.now, moved.delivered, moved.overdue) == (START + 4 * HOUR, 3, 0)
    assert moved.swept == len(institution.swept)


def test_what_comes_up_on_the_way_is_done_on_the_way(institution: Institution) -> None:
    institution.due = {"ask": START + HOUR}
    institution.follow_ups = {"ask": ("ask again", timedelta(minutes=10)), "ask again": ("give up", timedelta(0))}

    institution.move(START + 4 * HOUR)

    assert institution.done == [
        ("ask", START + HOUR),
        ("ask again", START + HOUR + timedelta(minutes=10)),
        ("give up", START + HOUR + timedelta(minutes=10)),
    ]


def test_a_lost_hint_is_made_up_for_in_the_minutes_after_it_and_not_at_the_end(institution: Institution) -> None:
    institution.due = {"a": START + HOUR}
    institution.lost = {"a": 4}

    institution.move(START + 10 * HOUR)

    (done,) = institution.done
    assert START + HOUR < done[1] <= START + HOUR + 10 * MINUTE


def test_what_never_gets_done_is_told_and_does_not_hold_up_the_rest(institution: Institution) -> None:
    institution.due = {"stuck": START + HOUR, "b": START + 3 * 24 * HOUR}
    institution.lost = {"stuck": 1_000_000}

    moved = institution.move(START + 4 * 24 * HOUR)

    assert institution.done == [("b", START + 3 * 24 * HOUR)]
    assert moved.overdue == 1
    assert len(institution.swept) < 300


def test_a_moment_that_has_passed_still_works_off_what_is_due(institution: Institution) -> None:
    institution.due = {"a": START}

    moved = institution.move(START - HOUR)

    assert (institution.done, moved.now) == ([("a", START)], START)


class Work:
    """A stream, a queue and a job, seen through their signs only."""

    def __init__(self, script: list[str]) -> None:
        self.script = script
        self.calls = 0
        self.time = 0.0

    def settler(self) -> Settler:
        return Settler(
            lambda: self.calls,
            lambda: self._next() != "working",
            lambda _: True,
            self._queue,
            lambda: None,
            self._clock,
            self._sleep,
        )

    def _next(self) -> str:
        return self.script[0] if self.script else "quiet"

    def _queue(self) -> str | None:
        sign = self.script.pop(0) if self.script else "quiet"
        if sign == "worked":
            self.calls += 2
        return "the queue" if sign == "message" else None

    def _clock(self) -> float:
        return self.time

    def _sleep(self, seconds: float) -> None:
        self.time += max(seconds, 1.0)
        if self._next() == "working":
            self.script.pop(0)
            self.calls += 1


def test_settling_waits_for_messages_for_jobs_in_work_and_for_what_they_write() -> None:
    # `worked` is a job that begins and ends unseen between two looks: what it wrote has to be looked for again.
    work = Work(["working", "message", "worked", "message", "quiet"])

    work.settler().settle()

    assert work.script == []


def test_settling_gives_up_where_nothing_moves_any_more() -> None:
    with pytest.raises(Stuck, match="the queue"):
        Work(["message"] * 500).settler().settle()
