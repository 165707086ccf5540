"""What was registered in the catalogue."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class BranchRegistered(Event):
    """A branch is as told from now on; `sha256` is that of its settings."""

    NAME: ClassVar[str] = "branch.registered"
    branch: str
    unit: str
    version: int
    sha256: str


@dataclass(frozen=True)
class ServiceRegistered(Event):
    """A service is as told from now on; `sha256` is that of its settings."""

    NAME: ClassVar[str] = "service.registered"
    service: str
    version: int
    sha256: str
