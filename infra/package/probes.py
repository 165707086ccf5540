"""Importing each handler in a fresh interpreter, as a cold start does."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

# The tree comes first, then whatever this interpreter has installed; nothing of this repository is on the path.
_PROBE = """
import importlib, json, sys
tree, handler = sys.argv[1:]
sys.path.insert(0, tree)
module, _, name = handler.rpartition(".")
handler = importlib.import_module(module)
getattr(handler, name)
if hasattr(handler, "edge"):
    # Routes are imported when one of them is first asked for.
    handler.edge.routes()
print(json.dumps(sorted(sys.modules)))
"""


@dataclass(frozen=True)
class Probe:
    """What importing a handler loaded; `trouble` is the last line of what went wrong, if something did."""

    handler: str
    modules: frozenset[str] = frozenset()
    trouble: str = ""


def probe(tree: Path, handler: str) -> Probe:
    """Import one handler string from a tree in an interpreter of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "DUTYDESK_", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", _PROBE, str(tree), handler],
        env=env | {"AWS_DEFAULT_REGION": "us-east-1"},
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return Probe(handler, trouble=(done.stderr.strip().splitlines() or ["no reason given"])[-1])
    return Probe(handler, frozenset(json.loads(done.stdout.splitlines()[-1])))


def probe_all(tree: Path, handlers: list[str]) -> list[Probe]:
    """Import several handlers, each in an interpreter of its own, a few at a time."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return list(pool.map(lambda handler: probe(tree, handler), handlers))
