"""The roles that have to do with files may do what they do, and nothing else."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import pytest
import requests

from chalicelib.aws import clients
from chalicelib.aws.files import SCANNED, S3Files
from tests.integration.enclosed import PDF, announced
from tests.integration.matters import Desk, done, enquire
from tests.world import LI, World

POLICIES = Path(__file__).parents[2] / "infra" / "policies"
BUCKET = "dutydesk-test-files"
# What S3 asks for, by the call; a copy is two things at two places. An absent object is told from a denied one by ListBucket.
NEEDS = {
    "HeadObject": ["s3:GetObject"],
    "GetObject": ["s3:GetObject"],
    "PutObject": ["s3:PutObject"],
    "CopyObject": ["s3:PutObject"],
    "DeleteObject": ["s3:DeleteObject"],
    "GetObjectTagging": ["s3:GetObjectTagging"],
}


def allowed(policy: str) -> set[tuple[str, str]]:
    """List what a policy allows of the bucket, by place."""
    found = set()
    for one in json.loads((POLICIES / f"{policy}.json").read_text("utf-8"))["Statement"]:
        for resource in one["Resource"]:
            where = json.dumps(resource)
            if one["Effect"] == "Allow" and "FilesBucket" in where:
                place = next((name for name in ("incoming", "kept") if f"/{name}/*" in where), "")
                found |= {(action, place) for action in one["Action"]}
    return found


@pytest.fixture
def used(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[tuple[str, str]]]:
    """What was asked of S3 since it was last emptied; the world's files lie in moto's S3 meanwhile."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    clients.files.cache_clear()
    client = clients.files()
    client.create_bucket(Bucket=BUCKET)
    asked: set[tuple[str, str]] = set()

    def note(request: Any, operation_name: str, **_: Any) -> None:
        place = urlsplit(request.url).path.split("/")[-3]
        asked.update((need, place) for need in NEEDS[operation_name])
        if operation_name == "CopyObject":
            asked.add(("s3:GetObject", "incoming"))
        if operation_name == "HeadObject":
            asked.add(("s3:ListBucket", ""))

    client.meta.events.register("before-sign.s3.*", note)
    files = S3Files(lambda: client, BUCKET)
    world.services.__dict__.update(files=files, scanner=files)
    yield asked
    clients.files.cache_clear()


def upload(link: dict[str, Any]) -> None:
    told = link["headers"] | {"x-amz-sdk-checksum-algorithm": "SHA256"}
    assert requests.put(link["url"], PDF, headers=told, timeout=5).status_code == 200


def test_every_action_on_the_files_that_is_allowed_is_used_and_no_other(
    world: World, used: set[tuple[str, str]]
) -> None:
    desk = Desk(world)
    token = desk.token(LI)
    path = f"/v1/tickets/{enquire(world, token)['id']}/attachments"
    first, second = (done(world.ask("POST", path, announced(), token)) for _ in range(2))
    for file in (first, second):
        upload(file["upload"])
    done(world.ask("POST", f"{path}/{first['id']}/uploaded", None, token))
    tags: Any = {"TagSet": [{"Key": SCANNED, "Value": "NO_THREATS_FOUND"}]}
    outside = boto3.client("s3", region_name="us-east-1")
    outside.put_object_tagging(Bucket=BUCKET, Key=f"kept/{path.split('/')[3]}/{first['id']}", Tagging=tags)
    by_api, _ = set(used), used.clear()

    world.drain()
    world.pass_time(minutes=30)  # the second one was never confirmed
    by_examine, _ = set(used), used.clear()

    read = done(world.ask("GET", f"{path}/{first['id']}", token=desk.token("lead-east")))
    by_api |= used
    used.clear()
    body = {"verdict": "infected", "reason": "r"}
    done(world.ask("POST", f"/v1/desk{path[3:]}/{first['id']}/mark", body, desk.token("lead-east")))
    by_api |= used
    used.clear()
    world.drain()
    by_examine |= used

    assert by_api == allowed("api")
    assert by_examine == allowed("examine")
    assert hashlib.sha256(PDF).hexdigest() == read["sha256"]
    for policy in ("publish", "sweep", "notify", "receipt", "escalate"):
        assert allowed(policy) == set(), policy
