"""Another product in its own environment and process: made once, started, asked line by line, and stopped."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_ENVIRONMENTS = _HERE.parents[1] / "out" / "peers"


@dataclass
class Peer:
    """A process that answers each line with one."""

    process: "subprocess.Popen[str]"

    def ask(self, **asked: Any) -> Any:
        """Ask something; raises what it wrote as its last words if it does not answer."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the peer has stopped; it said why above")
        return json.loads(line)


@contextmanager
def running(name: str) -> Iterator[Peer]:
    """Start the peer of that name, with data of its own that is thrown away."""
    python = environment(name)
    with tempfile.TemporaryDirectory(prefix="dutydesk-bench-") as scratch:
        command = [str(python), str(_HERE / f"{name}.py"), scratch]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=scratch)
        try:
            yield Peer(process)
        finally:
            process.terminate()
            process.wait(20)


def environment(name: str) -> Path:
    """Give the Python of a peer's environment; it is made anew where what it needs has changed."""
    needs, folder = (_HERE / f"{name}.txt").read_text("utf-8"), _ENVIRONMENTS / name
    made, python = folder / "made", folder / "bin" / "python"
    if not made.exists() or made.read_text("utf-8") != needs:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "-r", str(_HERE / f"{name}.txt")], check=True)
        made.write_text(needs, "utf-8")
    return python
