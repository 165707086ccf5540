"""Files on the local stack: uploaded past the API with plain HTTP, looked at by the scanner, there after a power cut."""

import base64
import hashlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.scanner import EICAR
from tests.journeys.stack import Stack
from tests.journeys.story import LI

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 64


def announced(content: bytes, name: str, content_type: str) -> dict[str, Any]:
    sha256 = hashlib.sha256(content).hexdigest()
    return {"name": name, "content_type": content_type, "size": len(content), "sha256": sha256}


def put(upload: dict[str, Any], content: bytes, **other: str) -> int:
    """Upload as any HTTP client would; give the store's status."""
    headers = {name: value for name, value in upload["headers"].items() if name != "Content-Length"}
    headers |= {name.replace("_", "-"): value for name, value in other.items()}
    request = urllib.request.Request(upload["url"], content, headers, method=upload["method"])  # noqa: S310 - our own engine
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own engine
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def state(stack: Stack, ticket: str, token: str, id_: str) -> str:
    items = stack.get(f"/v1/tickets/{ticket}/attachments", token)["items"]
    return next(str(item["status"]) for item in items if item["id"] == id_)


def sent(stack: Stack, ticket: str, token: str, content: bytes, name: str, content_type: str) -> str:
    """Announce, upload and confirm a file; give its id."""
    path = f"/v1/tickets/{ticket}/attachments"
    file = stack.post(path, announced(content, name, content_type), token, key=name)
    assert put(file["upload"], content) == 200
    assert stack.post(f"{path}/{file['id']}/uploaded", {}, token)["status"] in ("quarantined", "clean", "infected")
    return str(file["id"])


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One stack for all of these: each leaves the others' files alone."""
    running = Stack(tmp_path_factory.mktemp("files") / "data").start()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def case(stack: Stack) -> tuple[str, str]:
    token = stack.sign_in(LI)
    return stack.post("/v1/complaints", {"subject": "Fee", "body": "Twice."}, token)["id"], token


def test_the_store_itself_refuses_what_was_not_announced(stack: Stack, case: tuple[str, str]) -> None:
    ticket, token = case
    path = f"/v1/tickets/{ticket}/attachments"
    file = stack.post(path, announced(PDF, "receipt.pdf", "application/pdf"), token)
    other = base64.b64encode(hashlib.sha256(PDF[:-1] + b"x").digest()).decode()

    assert put(file["upload"], PDF + b"x") == 403  # larger than signed
    assert put(file["upload"], PDF, Content_Type="text/html") == 403
    assert put(file["upload"], PDF[:-1] + b"x") == 400  # the checksum is of something else
    assert put(file["upload"], PDF[:-1] + b"x", x_amz_checksum_sha256=other) == 403
    assert stack.ask("POST", f"{path}/{file['id']}/uploaded", {}, token).body["code"] == "not_uploaded"


def test_an_acknowledged_file_outlives_a_power_cut_and_is_given_out_once_it_is_clean(
    stack: Stack, case: tuple[str, str]
) -> None:
    ticket, token = case
    path = f"/v1/tickets/{ticket}/attachments"
    file = stack.post(path, announced(PDF, "收据.pdf", "application/pdf"), token, key="ask")
    assert put(file["upload"], PDF) == 200
    stack.kill()
    stack.start()
    assert stack.post(f"{path}/{file['id']}/uploaded", {}, token, key="done")["sha256"] == file["sha256"]
    stack.kill()
    stack.start()

    stack.wait(lambda: state(stack, ticket, token, file["id"]) == "clean", "the scanner's verdict")
    download = stack.get(f"{path}/{file['id']}", token)["download"]
    with urllib.request.urlopen(download["url"], timeout=30) as answer:  # noqa: S310 - our own engine
        assert answer.read() == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert "%E6%94%B6%E6%8D%AE.pdf" in answer.headers["Content-Disposition"]


def test_an_infected_file_is_deleted_and_whoever_sent_it_hears_of_it(stack: Stack, case: tuple[str, str]) -> None:
    ticket, token = case
    id_ = sent(stack, ticket, token, EICAR, "notes.txt", "text/plain")

    stack.wait(lambda: state(stack, ticket, token, id_) == "removed", "the removal")
    stack.wait(lambda: stack.texts(LI, "file_infected"), "the word about it")

    gone = stack.ask("GET", f"/v1/tickets/{ticket}/attachments/{id_}", token=token)
    assert (gone.status, gone.body["code"]) == (410, "attachment_gone")
