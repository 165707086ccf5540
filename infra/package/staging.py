"""A directory with just what belongs into the package."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("app.py", "chalicelib")
_IGNORED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")


def stage(into: Path, source: Path, *, copy: bool) -> Path:
    """Make a Chalice project of the code in `source` and this repository's configuration.

    A link instead of a copy costs nothing and leaves the compiled code of `source` in use, which is enough to make a
    template.
    """
    into.mkdir(parents=True)
    for name in CODE:
        if not copy:
            (into / name).symlink_to(source / name)
        elif (source / name).is_dir():
            shutil.copytree(source / name, into / name, ignore=_IGNORED)
        else:
            shutil.copyfile(source / name, into / name)
    (into / ".chalice").mkdir()
    shutil.copyfile(ROOT / ".chalice" / "config.json", into / ".chalice" / "config.json")
    # config.json names them relative to its own folder.
    shutil.copytree(ROOT / "infra" / "policies", into / "infra" / "policies")
    # Chalice would download what this file lists, for the interpreter that runs it; we do that ourselves (vendor.py).
    (into / "requirements.txt").write_text("")
    return into
