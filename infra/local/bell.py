"""Wakes those who wait for something to do, without losing a ring that comes while they are busy."""

import threading


class Bell:
    """Counts its rings; who waits says how many were heard already."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0

    @property
    def rings(self) -> int:
        """Give how often it rang so far."""
        return self._rings

    def ring(self) -> None:
        """Wake everybody."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def wait(self, heard: int, timeout: float) -> int:
        """Wait for a ring after the ones heard, at most so many seconds, and give how many there were."""
        with self._condition:
            if self._rings == heard:
                self._condition.wait(timeout)
            return self._rings
