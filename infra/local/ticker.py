"""Schedules to functions: every minute of the movable clock, and whenever that is moved."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from .clock import MovableClock
from .environment import Failed
from .events import schedule_event
from .sources import Schedule

_LOOK = 0.5  # seconds between two looks at the clock
_MINUTE = timedelta(minutes=1)


class Ticker:
    """Fires what is due. A schedule that failed is not repeated: its next turn comes."""

    def __init__(
        self,
        schedules: Sequence[Schedule],
        clock: MovableClock,
        invoke: Callable[[str, Any], Any],
        called: Callable[[], None],
    ) -> None:
        self._schedules = schedules
        self._clock = clock
        self._invoke = invoke
        self._called = called
        self._last: dict[str, datetime] = {}
        self._stopping = threading.Event()
        self.lock = threading.Lock()  # held by whoever moves the clock, so that nobody else fires meanwhile

    def run(self) -> None:
        """Fire everything once, and then each schedule in its turn, until told to stop."""
        while not self._stopping.is_set():
            with self.lock:
                self.fire()
            self._stopping.wait(_LOOK)

    def stop(self) -> None:
        """Ask to stop."""
        self._stopping.set()

    def fire(self, moved: bool = False) -> int:
        """Call what is due, and give how many calls that were.

        After the clock was `moved`, whatever runs at least every minute is due: minutes in between were jumped over.
        """
        fired = 0
        for schedule in self._schedules:
            now = self._clock.now()
            last = self._last.get(schedule.rule)
            if last is not None and now < last + schedule.every and not (moved and schedule.every <= _MINUTE):
                continue
            self._last[schedule.rule] = now
            try:
                self._invoke(schedule.function, schedule_event(schedule.rule, now))
            except Failed:
                continue
            finally:
                self._called()
            fired += 1
        return fired

    def next_after(self, moment: datetime) -> datetime | None:
        """Tell when the next schedule is due that does not run every minute anyway."""
        turns = [self._last[each.rule] + each.every for each in self._schedules if each.every > _MINUTE]
        return min((turn for turn in turns if turn > moment), default=None)
