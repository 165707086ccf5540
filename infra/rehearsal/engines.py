"""ministack with all it takes to deploy a stack, and dynoxide if it is to keep the tables."""

import contextlib
import os
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from infra.local.engines import ENGINES, dynoxide, free_port
from infra.local.processes import Children

REGION = "us-east-1"
_SERVICES = "cloudformation,lambda,apigateway,sqs,s3,iam,sts,secretsmanager,logs,events,dynamodb,monitoring"
# The owner of the account; functions get keys of their own roles.
_KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
_READY_WITHIN = 20.0  # seconds


@dataclass(frozen=True)
class Engines:
    """Where the engines answer."""

    endpoint: str
    tables: str

    def client(self, service: str) -> Any:
        """Make a client of a service, with the rights of the account's owner."""
        endpoint = self.tables if service.startswith("dynamodb") else self.endpoint
        return boto3.client(  # type: ignore[call-overload]
            service,
            region_name=REGION,
            aws_access_key_id=_KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=_KEYS["AWS_SECRET_ACCESS_KEY"],
            endpoint_url=endpoint,
            # dynoxide's sequence numbers are shorter than boto3 would allow.
            config=Config(parameter_validation=not service.startswith("dynamodb")),
        )

    def environment(self) -> dict[str, str]:
        """Give what a process needs to find the services."""
        return {
            **_KEYS,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ENDPOINT_URL_DYNAMODB": self.tables,
            "AWS_EC2_METADATA_DISABLED": "true",
        }


def start(children: Children, folder: Path, providers: str, *, with_dynoxide: bool) -> Engines:
    """Start the engines and wait until they answer; functions will find SMS and mail at `providers`."""
    endpoint = f"http://127.0.0.1:{free_port()}"
    tables = f"http://127.0.0.1:{free_port()}" if with_dynoxide else endpoint
    if with_dynoxide:
        command = [str(dynoxide()), "serve", "--host", "127.0.0.1", "--port", tables.rpartition(":")[2]]
        children.start("dynoxide", command, _clean(), folder / "dynoxide.log")
    environment = {
        **_clean(),
        **_KEYS,
        "SERVICES": _SERVICES,
        "AUTH": "true",
        "GATEWAY_PORT": endpoint.rpartition(":")[2],
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "IOT_MTLS_ENABLED": "0",
        "STATE_DIR": str(folder),
        "TMPDIR": str(folder),
        "S3_DATA_DIR": str(folder / "s3"),
        # Functions inherit ministack's own environment, so the template stays as it was packaged.
        "AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2": providers,
        "AWS_ENDPOINT_URL_SESV2": providers,
    }
    if with_dynoxide:
        environment["AWS_ENDPOINT_URL_DYNAMODB"] = tables
    children.start("ministack", [str(ENGINES / "venv" / "bin" / "ministack")], environment, folder / "ministack.log")
    for url in {f"{endpoint}/_ministack/health", tables}:
        _wait_for(url)
    return Engines(endpoint, tables)


def _clean() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "DUTYDESK_", "POWERTOOLS_", "PYTHON"))
    }


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + _READY_WITHIN
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(url, timeout=1):
                pass
            return
        time.sleep(0.05)
    raise TimeoutError(f"{url} does not answer")
