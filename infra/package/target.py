"""The machine a package is made for."""

import platform
import sys
from dataclasses import dataclass

LAMBDA_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}


@dataclass(frozen=True)
class Target:
    """A Python minor version and one of Lambda's two architectures."""

    python: str = "3.13"
    architecture: str = "arm64"

    @property
    def runtime(self) -> str:
        """Give Lambda's name of the runtime."""
        return f"python{self.python}"

    @property
    def wheel_tags(self) -> list[str]:
        """Give the platform tags of wheels that run there: Amazon Linux 2023 has glibc 2.34."""
        machine = LAMBDA_MACHINES[self.architecture]
        return [f"manylinux_2_{minor}_{machine}" for minor in (34, 28, 17)] + [f"manylinux2014_{machine}"]


def this_machine() -> Target:
    """Give a target that this very interpreter could stand in for."""
    machine = platform.machine().lower()
    architecture = "arm64" if machine in ("arm64", "aarch64") else "x86_64"
    return Target(f"{sys.version_info.major}.{sys.version_info.minor}", architecture)
