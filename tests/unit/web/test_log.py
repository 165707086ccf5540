"""One line a request, which names who did what and nothing of what they wrote."""

import json
from collections.abc import Iterator

import pytest

from chalicelib.web import log
from chalicelib.web.api import begin

EVENT = {
    "httpMethod": "POST",
    "body": "something private",
    "headers": {"Authorization": "Bearer secret"},
    "requestContext": {"resourcePath": "/v1/tickets/{ticket}", "requestId": "req-1"},
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    begin(None)
    yield
    log.logger.setLevel("CRITICAL")


def test_a_request_is_one_line_with_its_ids(capsys: pytest.CaptureFixture[str]) -> None:
    log.logger.setLevel("INFO")

    log.served(EVENT, 201, {"Idempotent-Replayed": "true"}, 0.0123)

    (line,) = capsys.readouterr().out.splitlines()
    said = json.loads(line)
    said.pop("timestamp")
    assert said == {
        "level": "INFO",
        "message": "served",
        "service": "dutydesk",
        "method": "POST",
        "route": "/v1/tickets/{ticket}",
        "status": 201,
        "ms": 12.3,
        "actor": None,
        "role": None,
        "request_id": "req-1",
        "replayed": True,
    }


def test_nothing_is_said_below_the_level_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    log.logger.setLevel("WARNING")

    log.served(EVENT, 200, {}, 0.1)

    assert capsys.readouterr().out == ""
