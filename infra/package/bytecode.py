""".pyc files by a Python like the target's.

Lambda's code folder cannot be written, so what is not compiled here is compiled at every cold start. `unchecked-hash`
makes Python take the file as it is, whatever the times in the zip.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .merging import run

_WHICH = "import sys; print('%d.%d' % sys.version_info[:2])"


def interpreter(python: str) -> str | None:
    """Find a Python of this minor version: this one, one on the path, or one of pyenv's; None if there is none."""
    if f"{sys.version_info.major}.{sys.version_info.minor}" == python:
        return sys.executable
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = shutil.which(f"python{python}")
    candidates = [found] if found else []
    candidates += sorted(str(path) for path in pyenv.glob(f"versions/{python}*/bin/python{python}"))
    return next((candidate for candidate in candidates if _version(candidate) == python), None)


def _version(executable: str) -> str:
    done = subprocess.run([executable, "-c", _WHICH], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def compile_tree(executable: str, tree: Path, runs_at: str) -> None:
    """Compile a tree that will run at another place; the same source always gives the same bytes.

    The compiled files take the place of what they were made from, which then weighs half.
    """
    # A fixed hash seed keeps the order of constants; without workers, files are compiled in order.
    env = {**os.environ, "PYTHONHASHSEED": "0"}
    command = [executable, "-m", "compileall", "-q", "-f", "-j", "1", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(tree), "-p", runs_at]
    run([*command, "-b", str(tree)], env=env)
    for path in [*tree.rglob("*.py")]:
        path.unlink()
