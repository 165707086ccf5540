"""Who is there to call."""

from typing import Protocol


class Colleague(Protocol):
    """Somebody on duty: what they speak and know, and the share of a whole person's work they take."""

    @property
    def id(self) -> str: ...
    @property
    def languages(self) -> frozenset[str]: ...
    @property
    def skills(self) -> frozenset[str]: ...
    @property
    def capacity(self) -> float: ...
