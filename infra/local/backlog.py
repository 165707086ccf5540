"""Records of a stream that were read and are not worked off yet: which come next, and what to do when they fail."""

from collections.abc import Sequence
from typing import Any

Record = dict[str, Any]


class Backlog:
    """The records of one shard, in order; nothing passes one that failed, as in Lambda."""

    def __init__(self, bisect: bool, tries: int | None, age: float | None) -> None:
        self._bisect = bisect
        self._tries = tries
        self._age = age
        self._records: list[Record] = []
        self._size: int | None = None
        self._failures = 0
        self._first_failure = 0.0

    def __len__(self) -> int:
        return len(self._records)

    def add(self, records: Sequence[Record]) -> None:
        """Put records behind the others."""
        self._records.extend(records)

    def chunk(self) -> list[Record]:
        """Give the records to try now: all, or the first part of a batch that was halved."""
        return self._records[: self._size]

    def done(self, count: int) -> Record | None:
        """Take the first records off, worked off or given up, and give the last of them."""
        if not count:
            return None
        last = self._records[count - 1]
        del self._records[:count]
        self._size, self._failures = None, 0
        return last

    def failed(self, now: float, whole: bool) -> bool:
        """Note that the chunk failed, as a whole or at its head, and tell whether to give it up."""
        self._failures += 1
        if self._failures == 1:
            self._first_failure = now
        if whole and self._bisect and len(self.chunk()) > 1:
            self._size = len(self.chunk()) // 2
            return False
        spent = self._tries is not None and self._failures >= self._tries
        return spent or (self._age is not None and now - self._first_failure >= self._age)

    @property
    def pause(self) -> float:
        """Give the seconds to wait before the next try."""
        return min(2.0, 0.1 * 2.0 ** min(self._failures - 1, 5)) if self._failures else 0.0


def lowest(records: Sequence[Record], failed: set[str]) -> int:
    """Give how many records come before the first that failed."""
    for place, record in enumerate(records):
        if record["dynamodb"]["SequenceNumber"] in failed:
            return place
    return len(records)
