"""The clock that can be moved: the system's, plus an offset that only ever grows."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .folder import read_json, write_json

_DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def duration(text: str) -> timedelta:
    """Read an ISO 8601 duration such as P1DT2H; years and months raise ValueError, for they have no fixed length."""
    parts = _DURATION.fullmatch(text)
    if parts is None or not any(parts.groupdict().values()):
        raise ValueError(f"not a duration of weeks, days, hours, minutes and seconds: {text}")
    return timedelta(**{unit: float(count) for unit, count in parts.groupdict().items() if count})


def _system() -> datetime:
    return datetime.now(UTC)


class MovableClock:
    """Tells the time of this stack. The offset is on the disk before it counts, so no restart turns the clock back."""

    def __init__(self, file: Path, system: Callable[[], datetime] = _system) -> None:
        self._file = file
        self._system = system
        self._lock = threading.Lock()
        kept = read_json(file, {"offset": 0.0, "latest": None})
        self._offset = timedelta(seconds=kept["offset"])
        self._latest = datetime.fromisoformat(kept["latest"]) if kept["latest"] else self._read()
        # The system's clock may have been set back while nobody watched.
        self._offset += max(timedelta(0), self._latest - self._read())

    @property
    def offset(self) -> float:
        """Give by how many seconds this clock is ahead of the system's."""
        with self._lock:
            return self._offset.total_seconds()

    def now(self) -> datetime:
        """Give the present instant, aware UTC; never earlier than one given before."""
        with self._lock:
            return self._advance()

    def move_to(self, moment: datetime) -> None:
        """Make it at least this moment; one that has passed changes nothing."""
        with self._lock:
            now = self._advance()
            if moment <= now:
                return
            ahead = self._offset + (moment - now)
            write_json(self._file, {"offset": ahead.total_seconds(), "latest": moment.isoformat()})
            self._offset = ahead
            self._latest = moment

    def keep(self) -> None:
        """Note the time on the disk, against a system clock that is set back between two runs."""
        with self._lock:
            latest = self._advance()
            write_json(self._file, {"offset": self._offset.total_seconds(), "latest": latest.isoformat()})

    def _advance(self) -> datetime:
        self._latest = max(self._latest, self._read())
        return self._latest

    def _read(self) -> datetime:
        return self._system() + self._offset


def from_offset(seconds: Callable[[], float]) -> Callable[[], datetime]:
    """Make a clock for another process, which is told the offset with each event."""
    latest = [datetime.min.replace(tzinfo=UTC)]

    def now() -> datetime:
        latest[0] = max(latest[0], _system() + timedelta(seconds=seconds()))
        return latest[0]

    return now
