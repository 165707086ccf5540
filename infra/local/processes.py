"""Programs that live and die with this one."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from .folder import read_json, write_json

_TETHER = Path(__file__).with_name("tether.py")
_PATIENCE = 5.0  # seconds a program gets to end by itself


def started_at(pid: int) -> str | None:
    """Tell when a process was started, in the system's own words, or None if there is none.

    Together with the number this names one process for ever; a number alone is given out again.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None if Path("/proc/self").exists() else _started_by_ps(pid)
    state, *fields = stat.rpartition(")")[2].split()
    return None if state == "Z" else fields[18]


def _started_by_ps(pid: int) -> str | None:
    answer = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.strip() or None


class Children:
    """The programs of this run; a list on the disk lets the next run find those that outlived it."""

    def __init__(self, register: Path) -> None:
        self._register = register
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def reclaim(self) -> int:
        """End what an earlier run left behind and give how many there were."""
        ended = 0
        for entry in read_json(self._register, []):
            pid, started = int(entry["pid"]), str(entry["started"])
            if started_at(pid) == started:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                ended += 1
            while started_at(pid) == started:
                time.sleep(0.01)
        write_json(self._register, [])
        return ended

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        """Start a program; call this on the main thread only, the program ends when the calling thread does."""
        with log.open("ab") as output:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()), *command],
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for us; we end the programs ourselves, in order.
                start_new_session=True,
            )
        entries = [{"name": n, "pid": p.pid, "started": started_at(p.pid)} for n, p in self._running.items()]
        write_json(self._register, entries)

    def running(self) -> list[str]:
        """Name the programs that were started."""
        return list(self._running)

    def ended(self) -> list[str]:
        """Name the programs that have ended though nobody asked them to."""
        return [name for name, process in self._running.items() if process.poll() is not None]

    def stop(self) -> None:
        """End all programs, the last started first, and forget them."""
        for process in reversed(self._running.values()):
            process.terminate()
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()
        write_json(self._register, [])
