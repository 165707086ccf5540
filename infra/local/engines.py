"""The local engines: dynoxide for the tables, ministack for queues, files and secrets, or what the user put in their place."""

import contextlib
import os
import platform
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from . import aws
from .aws import Aws
from .folder import Folder
from .processes import Children

ENGINES = Path(__file__).parents[2] / ".engines"
_READY_WITHIN = 20.0  # seconds
_SERVICES = {aws.SQS: "sqs", aws.S3: "s3", aws.SECRETS: "secretsmanager", aws.DYNAMODB: "dynamodb"}
Say = Callable[[str], None]


class EngineMissing(Exception):
    """An engine is not installed, or does not start; the text says what to do."""


def start(folder: Folder, children: Children, user: Mapping[str, str], say: Say) -> Aws:
    """Start every engine that the user has not replaced, wait until all answer, and tell where they are.

    Call this on the main thread: the engines end when that does.
    """
    foreign = {v: url for v in (*_SERVICES, aws.STREAMS) if (url := aws.user_endpoint(v, user))}
    foreign |= {v: user[v] for v in (aws.SMS, aws.MAIL, aws.CONNECT, aws.FACES) if user.get(v)}
    for variable in sorted(foreign):
        say(f"{variable.removeprefix('AWS_ENDPOINT_URL_').lower()} at {foreign[variable]}, as you asked")
    own = _start_own(set(_SERVICES) - set(foreign), folder, children, say)
    endpoints = {**own, **foreign}
    # A service nobody thought of goes to an engine too, never out to AWS.
    endpoints[aws.EVERYTHING] = endpoints[aws.SQS]
    region = (user.get("AWS_REGION") or user.get("AWS_DEFAULT_REGION")) if foreign else None
    return Aws(endpoints, frozenset(own), region or aws.REGION, aws.user_keys(user) if foreign else None)


def _start_own(wanted: set[str], folder: Folder, children: Children, say: Say) -> dict[str, str]:
    own: dict[str, str] = {}
    binary = dynoxide()
    if aws.DYNAMODB in wanted and binary:
        url = _start_dynoxide(binary, folder, children)
        own |= {aws.DYNAMODB: url, aws.STREAMS: url}
        say(f"dynoxide keeps the tables in {folder.tables}")
    rest = sorted(wanted - set(own))
    if rest:
        services = [_SERVICES[variable] for variable in rest]
        url = _start_ministack(services, folder, children)
        own |= dict.fromkeys(rest, url)
        if aws.DYNAMODB in rest:
            own[aws.STREAMS] = url
            say(_without_dynoxide())
        say(f"ministack does {', '.join(services)}")
    for name, path in (("dynoxide", "/"), ("ministack", "/_ministack/health")):
        if name in children.running():
            place = own[aws.DYNAMODB] if name == "dynoxide" else own[rest[0]]
            _wait_for(name, place + path, folder.logs / f"{name}.log", children)
    return own


def dynoxide() -> Path | None:
    """Find dynoxide's program for this platform, or None."""
    for binary in sorted(ENGINES.glob("node_modules/@dynoxide/*/dynoxide")):
        if _fits(binary.parent.name) and os.access(binary, os.X_OK):
            return binary
    return None


def _fits(package: str) -> bool:
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
    return package.startswith(f"{platform.system().lower()}-{machine.get(platform.machine().lower(), '?')}")


def _without_dynoxide() -> str:
    return (
        f"dynoxide has no program for {platform.system()} {platform.machine()}: ministack keeps the tables instead.\n"
        "    It is slow with many items, and SAVED ONLY WHEN STOPPED WITH CTRL-C, not after a crash.\n"
        "    Better: start DynamoDB Local (or ScyllaDB Alternator) and set AWS_ENDPOINT_URL_DYNAMODB to its address."
    )


def _start_dynoxide(binary: Path, folder: Folder, children: Children) -> str:
    port = free_port()
    command = [str(binary), "serve", "--host", "127.0.0.1", "--port", str(port), "--db-path", str(folder.tables)]
    children.start("dynoxide", command, _clean(), folder.logs / "dynoxide.log")
    return f"http://127.0.0.1:{port}"


def _start_ministack(services: list[str], folder: Folder, children: Children) -> str:
    program = ENGINES / "venv" / "bin" / "ministack"
    if not program.exists():
        raise EngineMissing(
            f"{program} is missing: run `make install`, or set AWS_ENDPOINT_URL to an engine of your own"
        )
    state = folder.path("ministack")
    state.mkdir(exist_ok=True)
    port = free_port()
    environment = {
        **_clean(),
        "SERVICES": ",".join([*services, "dynamodbstreams"] if "dynamodb" in services else services),
        "GATEWAY_PORT": str(port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "LOG_LEVEL": "WARNING",
        "STATE_DIR": str(state),
        "TMPDIR": str(state),
        # Each file is on the disk before its upload is answered.
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(folder.path("files")),
        # Queues are filled anew from the stream at each start, so only tables are worth keeping here.
        "PERSIST_STATE": "1" if "dynamodb" in services else "0",
    }
    children.start("ministack", [str(program)], environment, folder.logs / "ministack.log")
    return f"http://127.0.0.1:{port}"


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}


def free_port() -> int:
    """Find a port of this machine that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(name: str, url: str, log: Path, children: Children) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(url, timeout=1):
                pass
            return
        if name in children.ended():
            raise EngineMissing(f"{name} ended while it started; the reason is at the end of {log}")
        time.sleep(0.02)
    raise EngineMissing(f"{name} does not answer after {_READY_WITHIN:.0f} s; see {log}")
