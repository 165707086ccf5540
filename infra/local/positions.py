"""How far each stream has been worked off, kept on the disk."""

from pathlib import Path

from .folder import read_json, write_json


class Positions:
    """Sequence numbers by shard.

    A stream is known by its ARN, which an engine makes anew with the table: a position never outlives its stream.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept: dict[str, dict[str, str]] = read_json(file, {})

    def of(self, stream: str) -> dict[str, str]:
        """Give the positions of a stream's shards; a shard not named was never worked off."""
        return dict(self._kept.get(stream, {}))

    def keep(self, stream: str, positions: dict[str, str]) -> None:
        """Note how far a stream is worked off; it counts from when this returns."""
        self._kept[stream] = dict(positions)
        write_json(self._file, self._kept)
