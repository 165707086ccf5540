"""Runs one test of a copy of the project in a process of its own, quickly: libraries are imported once, and each child is a
fork of the process that has them. The project itself is imported in the child alone, from the copy.
"""

import gc
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

LIBRARIES = (
    "boto3",
    "hypothesis",
    "moto.dynamodb",
    "chalice.app",
    "pydantic",
    "aws_lambda_powertools",
    "pytest",
    "yaml",
    "jwt",
)
# What only makes a failure easier to read is most of the time of one test alone.
QUICKLY = (
    "-q",
    "-x",
    "--assert=plain",
    "-p",
    "no:hypothesispytest",
    "-p",
    "no:xdist",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:unraisableexception",
)


class Nursery:
    """The process with the libraries; closing it ends it."""

    def __init__(self, root: Path) -> None:
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": ""}
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(__file__))],
            cwd=root.anchor,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, test: str) -> tuple[int, str]:
        """Run a test of the project in a folder; give pytest's exit code, and what it said."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        said = folder / "said.txt"
        self._process.stdin.write(json.dumps({"folder": str(folder), "test": test, "said": str(said)}) + "\n")
        self._process.stdin.flush()
        code = int(self._process.stdout.readline())
        return code, said.read_text("utf-8")

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(10)


def serve() -> None:
    """Fork a child for each line that comes in, and say how it ended."""
    for library in LIBRARIES:
        __import__(library)
    # A child lives for a second: there is nothing to collect.
    gc.disable()
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _run(asked)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _run(asked: dict[str, Any]) -> None:
    import pytest

    told = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(told, 1)
    os.dup2(told, 2)
    os.chdir(asked["folder"])
    # Chance would let a mutant live one time in a hundred: what is drawn is the same in every run.
    os.urandom = random.Random(1).randbytes
    sys.path.insert(0, asked["folder"])
    code = pytest.main([*QUICKLY, asked["test"]])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(code))


if __name__ == "__main__":
    serve()
