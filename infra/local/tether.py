"""Ties a program to the life of the process that starts it, then becomes that program: `tether.py <parent pid> <command>`.

Run as a file and with nothing but the standard library, because it stands between us and every engine.
"""

import os
import sys

_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_KILL = 9


def tie_to_parent() -> None:
    """Ask Linux to kill this process when the thread that started it ends; elsewhere the next start cleans up."""
    if sys.platform.startswith("linux"):
        import ctypes

        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, _KILL)


def main(arguments: list[str]) -> None:
    """Tie and become the command; if the parent died in between there is nobody to work for."""
    tie_to_parent()
    if os.getppid() != int(arguments[0]):
        sys.exit("the parent is gone")
    os.execv(arguments[1], arguments[1:])  # noqa: S606 - this is what the file is for


if __name__ == "__main__":
    main(sys.argv[1:])
