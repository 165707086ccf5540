"""What every store of files promises; links themselves are honoured or refused on the local stack (tests/journeys)."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError
from moto import mock_aws

from chalicelib.aws import clients
from chalicelib.aws.files import SCANNED, NoScanner, S3Files
from chalicelib.kernel.errors import Unavailable
from tests.fakes import FakeFiles, Object

BUCKET = "dutydesk-test-files"
TEXT = b"a receipt"
SHA256 = hashlib.sha256(TEXT).hexdigest()
KEY, KEPT = "incoming/tkt_1/att_1", "kept/tkt_1/att_1"


@dataclass
class Store:
    """One store, and how things get into it from outside."""

    files: Any
    put: Callable[[str, dict[str, str], bytes], int]
    lay: Callable[[str, bytes], None]
    scan: Callable[[str, str], None]


def in_memory() -> Store:
    fake = FakeFiles()

    def scan(key: str, result: str) -> None:
        fake.objects[key].result = result

    def lay(key: str, content: bytes) -> None:
        fake.objects[key] = Object(content, "text/plain", checked=False)

    return Store(fake, lambda url, headers, content: fake.put(url, content, headers["Content-Type"]), lay, scan)


def on_moto() -> Store:
    client = boto3.client("s3", region_name="us-east-1", config=Config(request_checksum_calculation="when_required"))
    client.create_bucket(Bucket=BUCKET)

    def put(url: str, headers: dict[str, str], content: bytes) -> int:
        # S3 takes the checksum by its header alone; moto wants to be told which it is.
        told = headers | {"x-amz-sdk-checksum-algorithm": "SHA256"}
        return requests.put(url, content, headers=told, timeout=5).status_code

    def scan(key: str, result: str) -> None:
        tags: Any = [{"Key": "other", "Value": "tag"}, {"Key": SCANNED, "Value": result}]
        client.put_object_tagging(Bucket=BUCKET, Key=key, Tagging={"TagSet": tags})

    def lay(key: str, content: bytes) -> None:
        client.put_object(Bucket=BUCKET, Key=key, Body=content)

    return Store(S3Files(clients.files, BUCKET), put, lay, scan)


@pytest.fixture(params=[in_memory, on_moto])
def store(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    clients.files.cache_clear()
    with mock_aws():
        yield request.param()
    clients.files.cache_clear()


def upload(store: Store, key: str = KEY) -> None:
    url, headers = store.files.upload_link(key, "text/plain", len(TEXT), SHA256, 900)
    assert store.put(url, headers, TEXT) == 200


def test_what_is_uploaded_is_found_with_its_size_its_checksum_and_its_first_bytes(store: Store) -> None:
    assert store.files.arrived(KEY, 4) is None

    upload(store)

    arrived = store.files.arrived(KEY, 4)
    assert (arrived.size, arrived.sha256, arrived.first) == (len(TEXT), SHA256, b"a re")


def test_what_came_without_a_checksum_has_none(store: Store) -> None:
    store.lay(KEY, TEXT)

    assert store.files.arrived(KEY, 4).sha256 == ""


def test_an_empty_object_has_no_first_bytes(store: Store) -> None:
    store.lay(KEY, b"")

    assert (store.files.arrived(KEY, 4).size, store.files.arrived(KEY, 4).first) == (0, b"")


def test_what_is_kept_is_the_same_however_often_and_what_is_deleted_is_gone_however_often(store: Store) -> None:
    upload(store)
    for _ in range(2):
        store.files.keep(KEY, KEPT, "text/plain")
    assert store.files.arrived(KEPT, 99).first == TEXT

    for _ in range(2):
        store.files.delete(KEPT)
    assert store.files.arrived(KEPT, 99) is None
    assert store.files.arrived(KEY, 99) is not None


def test_a_scanner_says_nothing_until_it_does_and_a_new_copy_is_looked_at_anew(store: Store) -> None:
    upload(store)
    store.files.keep(KEY, KEPT, "text/plain")
    assert (store.files.result(KEPT), store.files.result("kept/tkt_1/none")) == ("", "")

    store.scan(KEPT, "THREATS_FOUND")
    assert store.files.result(KEPT) == "THREATS_FOUND"

    store.files.keep(KEY, KEPT, "text/plain")
    assert store.files.result(KEPT) == ""


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Files]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    clients.files.cache_clear()
    yield S3Files(clients.files, BUCKET)
    clients.files.cache_clear()


def test_a_link_to_upload_binds_size_type_checksum_and_time(links: S3Files) -> None:
    url, headers = links.upload_link(KEY, "text/plain", len(TEXT), SHA256, 900)
    asked = parse_qs(urlsplit(url).query)

    assert asked["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
    assert asked["X-Amz-Expires"] == ["900"]
    assert set(asked["X-Amz-SignedHeaders"][0].split(";")) == {"host", *(name.lower() for name in headers)}
    assert set(headers) == {"Content-Type", "Content-Length", "x-amz-checksum-sha256"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("receipt.pdf", "attachment; filename=\"receipt.pdf\"; filename*=UTF-8''receipt.pdf"),
        ("收据.pdf", "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%94%B6%E6%8D%AE.pdf"),
        ('a"b\\c%41.pdf', "attachment; filename=\"a_b_c_41.pdf\"; filename*=UTF-8''a%22b%5Cc%2541.pdf"),
    ],
)
def test_a_link_to_download_saves_a_file_under_its_name_and_opens_none(links: S3Files, name: str, shown: str) -> None:
    asked = parse_qs(urlsplit(links.download_link(KEPT, name, "application/pdf", 60)).query)

    assert asked["response-content-disposition"] == [shown]
    assert asked["response-content-type"] == ["application/pdf"]
    assert asked["response-cache-control"] == ["no-store"]
    assert asked["X-Amz-Expires"] == ["60"]


class Broken:
    """A client every call of which fails in one way."""

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble

    def __getattr__(self, name: str) -> Any:
        def fail(**_: Any) -> None:
            raise self.trouble

        return fail


def refusal(code: str, status: int) -> ClientError:
    return ClientError({"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}, "Any")  # type: ignore[typeddict-item]


@pytest.mark.parametrize("trouble", [refusal("SlowDown", 503), EndpointConnectionError(endpoint_url="https://s3")])
def test_a_store_that_cannot_be_had_is_unavailable(trouble: Exception) -> None:
    files: Any = S3Files(lambda: Broken(trouble), BUCKET)  # type: ignore[arg-type, return-value]

    for ask in (
        lambda: files.arrived(KEY, 1),
        lambda: files.keep(KEY, KEPT, "text/plain"),
        lambda: files.delete(KEPT),
        lambda: files.result(KEPT),
    ):
        with pytest.raises(Unavailable):
            ask()


def test_a_store_that_denies_is_not_taken_for_one_where_nothing_is() -> None:
    files: Any = S3Files(lambda: Broken(refusal("AccessDenied", 403)), BUCKET)  # type: ignore[arg-type, return-value]

    for ask in (lambda: files.arrived(KEY, 1), lambda: files.result(KEPT)):
        with pytest.raises(ClientError):
            ask()


def test_where_there_is_no_scanner_nothing_will_be_said() -> None:
    assert NoScanner().result(KEPT) == "NOBODY_SCANS"
