"""P4 and P18: how long the packaged API function takes to import, and how large it is."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import boto3

from infra.build import build
from infra.package.archive import unpack
from infra.package.target import this_machine
from tests.conftest import ENVIRONMENT

from . import goals
from .figures import Figure, figure

_MEGABYTE = 1e6
_PRODUCT = "import app; from chalicelib.aws import clients; clients.dynamodb()"
_BARE = "import boto3, chalice.app; boto3.client('dynamodb')"
_TIMED = "import time; began = time.perf_counter(); {code}; print(time.perf_counter() - began)"


def measure(repeats: int) -> list[Figure]:
    """Build the package for this machine's Python, weigh it, and import it in fresh interpreters."""
    with tempfile.TemporaryDirectory(prefix="dutydesk-bench-") as scratch:
        built = build("test", Path(scratch) / "out", this_machine())
        size = built.functions.stat().st_size / _MEGABYTE
        task, runtime = Path(scratch) / "task", Path(scratch) / "runtime"
        unpack(built.functions, task)
        _runtime(runtime)
        pairs = [(_seconds(_PRODUCT, task, runtime), _seconds(_BARE, task, runtime)) for _ in range(repeats + 1)][1:]
    product, bare = (median(each) for each in zip(*pairs, strict=True))
    said = (
        f"{product * 1e3:.0f} ms / {bare * 1e3:.0f} ms: fresh interpreters, .pyc of the package, boto3 of the runtime"
    )
    return [
        figure(
            "P4",
            "cold import + one client / boto3 + chalice + one client",
            [p / b for p, b in pairs],
            "x",
            goals.COLD_IMPORT,
            said,
        ),
        figure("P18", "zip of the functions, with .pyc, without boto3", [size], "MB", goals.ZIP),
    ]


def _runtime(folder: Path) -> None:
    """Make a folder with what Lambda brings: boto3 and what it stands on, compiled."""
    folder.mkdir()
    installed = Path(boto3.__file__).parents[1]
    for name in ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six.py", "urllib3"):
        (folder / name).symlink_to(installed / name)
    compiling = [sys.executable, "-m", "compileall", "-q", *(str(path) for path in folder.iterdir())]
    subprocess.run(compiling, check=False, capture_output=True)


def _seconds(code: str, task: Path, runtime: Path) -> float:
    environment = {"PATH": os.environ["PATH"], **ENVIRONMENT, "PYTHONPATH": f"{task}{os.pathsep}{runtime}"}
    command = [sys.executable, "-S", "-c", _TIMED.format(code=code)]
    done = subprocess.run(command, env=environment, cwd=task, capture_output=True, text=True, check=True)
    return float(done.stdout)
