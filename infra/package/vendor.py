"""Third-party code for the target machine, fetched by pip and slimmed."""

import re
import shutil
import sys
from pathlib import Path

from .merging import run
from .staging import ROOT
from .target import Target

# Lambda's runtime brings boto3; Chalice packs of itself the two files it needs.
LEFT_OUT = ("boto3", "chalice")
# What the API alone loads: bodies are read by models, staff sign-in checks tokens, a visit is written as a calendar's entry.
API_LAYER = ("PyJWT", "cryptography", "icalendar", "pydantic")
# What no function runs. The checks find out if one of them comes to be imported after all.
_NEEDLESS = (
    "bin",
    "**/__pycache__",
    "**/tests",
    "**/*.pyi",
    "**/py.typed",
    "pydantic/mypy.py",
    "pydantic/v1",  # the old pydantic, whole
    "aws_lambda_powertools/event_handler/openapi/swagger_ui/*.min.*",  # a page in JavaScript and CSS
    "aws_lambda_powertools/utilities/auth_alpha",
    "aws_lambda_powertools/utilities/circuit_breaker",
    "aws_lambda_powertools/utilities/data_masking",
    "aws_lambda_powertools/utilities/feature_flags",
    "aws_lambda_powertools/utilities/idempotency",
    "aws_lambda_powertools/utilities/kafka",
    "aws_lambda_powertools/utilities/parameters",
    "aws_lambda_powertools/utilities/streaming",
)
# What stays of the metadata: a package may ask for its own version, and a licence travels with its code.
_METADATA = ("METADATA", "licenses")


def requirements() -> dict[str, str]:
    """Read requirements.txt: the pinned requirement of each package that the code imports."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return {re.split(r"[=<>\[;~! ]", line)[0]: line for line in wanted}


def shared() -> list[str]:
    """Give the requirements that go into the zip of all functions."""
    return [line for name, line in requirements().items() if name not in (*LEFT_OUT, *API_LAYER)]


def api_layer() -> list[str]:
    """Give the requirements that go into the layer."""
    return [line for name, line in requirements().items() if name in API_LAYER]


def install(wanted: list[str], into: Path, target: Target) -> None:
    """Put wheels for the target, and what they depend on, into a folder; nothing is built here."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    command += ["--target", str(into), "--constraint", str(ROOT / "constraints.txt"), "--only-binary=:all:"]
    command += ["--implementation", "cp", "--python-version", target.python]
    for tag in target.wheel_tags:
        command += ["--platform", tag]
    run([*command, *wanted])
    _slim(into)


def _slim(folder: Path) -> None:
    for pattern in _NEEDLESS:
        for path in [*folder.glob(pattern)]:
            _remove(path)
    for metadata in folder.glob("*.dist-info"):
        for path in metadata.iterdir():
            if path.name not in _METADATA:
                _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
