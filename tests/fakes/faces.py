"""Somebody who looks at faces, told what to see."""

from dataclasses import dataclass, field

from chalicelib.aws.faces import Seen
from chalicelib.kernel.errors import Unavailable


@dataclass
class FakeFaces:
    """Sessions and references in memory; what is in front of the camera is told by `shows`, and `away` makes it refuse.

    `asked` counts comparisons; no image is kept. `everybody` has a reference if told so.
    """

    references: set[str] = field(default_factory=set)
    sessions: dict[str, str] = field(default_factory=dict)
    shown: dict[str, Seen] = field(default_factory=dict)
    alike: int | None = 9990
    everybody: bool = False
    away: bool = False
    asked: int = 0

    def shows(self, check: str, liveness: int, similarity: int | None, image: bytes = b"") -> None:
        """Let somebody show their face to a check's session."""
        self.alike = similarity
        self.shown[self.sessions[check]] = Seen(True, liveness=liveness, image=image or check.encode())

    def expires(self, check: str) -> None:
        """Let nobody have shown theirs in time."""
        self.shown[self.sessions[check]] = Seen(True, expired=True)

    def begin(self, id_: str) -> str:
        self._there()
        return self.sessions.setdefault(id_, f"session-{len(self.sessions) + 1}")

    def seen(self, session: str) -> Seen:
        self._there()
        return self.shown.get(session, Seen(over=False))

    def has_reference(self, customer: str) -> bool:
        self._there()
        return self.everybody or customer in self.references

    def similarity(self, image: bytes, customer: str) -> int | None:
        self._there()
        self.asked += 1
        return self.alike

    def _there(self) -> None:
        if self.away:
            raise Unavailable(provider="faces")
