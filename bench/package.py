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
_FIRST = f"{_PRODUCT}; from chalicelib.web import index; index.declared('chalicelib.tickets.routes')"
_BARE = "import boto3, chalice.app; boto3.client('dynamodb')"
_TIMED = "import time; began = time.perf_counter(); {code}; print(time.perf_counter() - began)"


def measure(repeats: int) -> list[Figure]:
    """Build the package for this machine's Python, weigh it, and import it in fresh interpreters."""
    with tempfile.TemporaryDirectory(prefix="dutydesk-bench-") as scratch:
        built = build("test", Path(scratch) / "out", this_machine())
        size = built.functions.stat().st_size / _MEGABYTE
        task, layer, runtime = (Path(scratch) / name for name in ("task", "layer", "runtime"))
        unpack(built.functions, task)
        unpack(built.layer, layer)
        _runtime(runtime)
        places = (task, layer / "python", runtime)
        timed = [
            (_seconds(_PRODUCT, *places), _seconds(_FIRST, *places), _seconds(_BARE, task, runtime))
            for _ in range(repeats + 1)
        ][1:]
    product, first, bare = (median(each) for each in zip(*timed, strict=True))
    said = (
        f"{product * 1e3:.0f} ms / {bare * 1e3:.0f} ms: fresh interpreters, .pyc of the package, boto3 of the runtime"
    )
    name = "cold import + one client / boto3 + chalice + one client"
    more = f"{first * 1e3:.0f} ms: what the first request for a ticket waits for, its own work aside"
    return [
        figure("P4", name, [p / b for p, _, b in timed], "x", goals.COLD_IMPORT, said),
        figure("P4", "the same with the routes of tickets", [f / b for _, f, b in timed], "x", said=more),
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


def _seconds(code: str, task: Path, *folders: Path) -> float:
    environment = {"PATH": os.environ["PATH"], **ENVIRONMENT, "PYTHONPATH": os.pathsep.join(map(str, (task, *folders)))}
    command = [sys.executable, "-S", "-c", _TIMED.format(code=code)]
    done = subprocess.run(command, env=environment, cwd=task, capture_output=True, text=True, check=True)
    return float(done.stdout)
