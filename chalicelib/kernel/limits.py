"""How often something may happen: one limiter for everybody who must not be asked too often. Pure; aws/buckets keeps it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Limit:
    """At most so many within a time that slides along; under `open`, what was made good since does not count."""

    most: int
    within: timedelta
    open: bool = False

    def window(self, now: datetime) -> tuple[int, int]:
        """Give the present window by the clock, for what is counted too often to keep each time: its number, and its end.

        The end is in epoch seconds. Within a time that slides along there may be twice as many, half before a window's end.
        """
        seconds = round(self.within.total_seconds())
        number = int(now.timestamp()) // seconds
        return number, (number + 1) * seconds


@dataclass(frozen=True)
class Bucket:
    """When something happened lately, under a key that says nothing about anybody: epoch milliseconds, oldest first.

    `credit` of them were made good since it was last written. `since`, `count` and `good` are the same over a longer time,
    for a look at the share: how many there were since then, and how many of them were made good.
    """

    key: str
    times: tuple[int, ...] = ()
    credit: int = 0
    since: int = 0
    count: int = 0
    good: int = 0
    version: int = 0

    def wait(self, limit: Limit, now: datetime) -> int:
        """Tell how many seconds it is until one more is within the limit; 0 if it is now."""
        counted = self.within(limit, now)
        if len(counted) < limit.most:
            return 0
        free = counted[-limit.most] + _millis(limit.within)
        return max(1, -((stamp(now) - free) // 1000))

    def within(self, limit: Limit, now: datetime) -> tuple[int, ...]:
        """List what counts towards a limit."""
        times = self.times[self.credit :] if limit.open else self.times
        return tuple(time for time in times if time > stamp(now) - _millis(limit.within))

    def taken(self, limit: Limit, now: datetime, watched: timedelta) -> "Bucket":
        """Give the bucket after one more; what the limit needs no longer is left out, and the long count begins anew."""
        told = self.told(now, watched)
        return replace(told, times=(*self.within(limit, now), stamp(now)), credit=0, count=told.count + 1)

    def untaken(self, at: datetime) -> "Bucket":
        """Give the bucket without one that was counted at an instant; it was nothing after all."""
        place = max((n for n, time in enumerate(self.times) if time == stamp(at)), default=-1)
        if place < self.credit:
            return self  # gone already, or made good meanwhile
        times = (*self.times[:place], *self.times[place + 1 :])
        return replace(self, times=times, count=max(0, self.count - 1))

    def told(self, now: datetime, watched: timedelta) -> "Bucket":
        """Give the bucket with its long count as of now: credit counted, and begun anew once its time is over."""
        if stamp(now) - self.since >= _millis(watched):
            return replace(self, since=stamp(now), count=0, good=0)
        return replace(self, good=self.good + self.credit)


def stamp(moment: datetime) -> int:
    """Give epoch milliseconds."""
    return round(moment.timestamp() * 1000)


def _millis(time: timedelta) -> int:
    return round(time.total_seconds() * 1000)
