"""`chalice package --merge-template`, in a process of its own, since it imports the application."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .resources import Template

_CHALICE = "import sys; from chalice.cli import main; sys.exit(main())"


class PackagingFailed(Exception):
    """A tool refused; its own words are the message."""


def package(project: Path, stage: str, merge: Template, out: Path, *, cache: bool) -> Path:
    """Let Chalice write `sam.json` and `deployment.zip` into `out`; gives the template's path.

    The merge template goes in as JSON: Chalice would answer YAML with YAML, and its anchors are not CloudFormation's.
    """
    out.mkdir(parents=True, exist_ok=True)
    merging = project / "merge.json"
    merging.write_text(json.dumps(merge))
    command = [sys.executable, "-c", _CHALICE, "package", "--stage", stage, "--merge-template", str(merging), str(out)]
    run(command, cwd=project, env=_environment(cache=cache))
    return out / "sam.json"


def _environment(*, cache: bool) -> dict[str, str]:
    """Give an environment in which nothing of the caller's AWS account or Python path can be found."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON", "DUTYDESK_"))}
    nowhere = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    kept |= nowhere | {"AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}
    return kept if cache else kept | {"PYTHONDONTWRITEBYTECODE": "1"}


def run(command: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> str:
    """Run a tool quietly and give what it printed; raises PackagingFailed with all it said if it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PackagingFailed(f"{' '.join(command[:5])} ...\n{done.stdout}\n{done.stderr}".strip())
    return done.stdout
