"""The data folder: what lies where, and how it is written so that a crash loses nothing."""

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any


@dataclass(frozen=True)
class Folder:
    """Everything this stack keeps; deleting it is starting afresh."""

    root: Path

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def package(self) -> Path:
        return self.root / "package"

    @property
    def tables(self) -> Path:
        return self.root / "dynamo.sqlite"

    def path(self, name: str) -> Path:
        """Give the place of one of the smaller files."""
        return self.root / name

    def prepare(self) -> None:
        """Make the folders that are missing; nobody else on the machine may read them."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for inner in (self.logs, self.package):
            inner.mkdir(exist_ok=True)

    def claim(self) -> IO[str] | None:
        """Take the folder for this process, or give None if another one has it.

        The claim lasts while the file given is open; the system ends it with the process, however that dies.
        """
        lock = self.path("lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return None
        return lock


def write_durably(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Put a file in place of another at once, and only return when both name and content are on the disk."""
    draft = path.with_name(f".{path.name}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def write_json(path: Path, value: Any) -> None:
    """Write a value durably, as JSON."""
    write_durably(path, json.dumps(value, indent=1).encode())


def read_json(path: Path, otherwise: Any) -> Any:
    """Read a value, or give the other one if there is no file yet."""
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return otherwise
