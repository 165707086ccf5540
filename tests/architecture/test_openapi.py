"""The documented contract is the one that is served."""

import json

from infra import openapi

DOCUMENT = json.loads(openapi.FILE.read_text("utf-8"))
OPERATIONS = [(path, method, op) for path, methods in DOCUMENT["paths"].items() for method, op in methods.items()]


def test_the_committed_document_is_fresh() -> None:
    assert openapi.FILE.read_text("utf-8") == openapi.text(), "run `make openapi`"


def test_every_operation_says_what_it_does_and_how_it_refuses() -> None:
    for path, method, operation in OPERATIONS:
        assert operation["summary"], (method, path)
        assert operation["tags"], (method, path)
        assert "500" in operation["responses"], (method, path)
        assert "503" in operation["responses"], (method, path)


def test_operation_names_are_unique() -> None:
    names = [operation["operationId"] for _, _, operation in OPERATIONS]

    assert len(names) == len(set(names))


def test_what_needs_a_session_says_so_and_answers_401() -> None:
    signed_in = [(path, op) for path, _, op in OPERATIONS if op.get("security")]

    assert len(signed_in) > 10
    assert all("401" in operation["responses"] for _, operation in signed_in)
