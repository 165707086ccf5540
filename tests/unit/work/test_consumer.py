"""The queue edge: one bad message comes back alone, and a log line holds ids and nothing somebody wrote."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.aws.items import encode
from chalicelib.aws.ledger import to_item
from chalicelib.kernel.errors import Unavailable
from chalicelib.work import consumer, log, publisher, scheduled
from tests.builders import link_after
from tests.lambda_events import Context, sqs_event


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would be logged, line by line."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(log.logger, "info", lambda _, extra: found.append(extra))
    monkeypatch.setattr(log.metrics, "add_metric", lambda name, *_: found.append({"metric": name}))
    return found


def given(event: Any) -> Any:
    return SimpleNamespace(to_dict=lambda: event, context=Context())


def work(message: dict[str, Any]) -> str:
    if message["due"] == "tkt_bad":
        raise ValueError("Mr Li wrote: SECRET")
    return "worked"


def messages(*ids: str) -> Any:
    return sqs_event("escalations", *(json.dumps({"due": id_, "seq": 1, "body": {"text": "SECRET"}}) for id_ in ids))


def test_a_message_that_fails_comes_back_and_the_others_do_not(lines: list[dict[str, Any]]) -> None:
    event = messages("tkt_1", "tkt_bad", "tkt_2", "tkt_bad")
    answer = consumer(work)(given(event))

    bad = [event["Records"][n]["messageId"] for n in (1, 3)]
    assert answer == {"batchItemFailures": [{"itemIdentifier": id_} for id_ in bad]}
    assert [line["outcome"] for line in lines if "outcome" in line] == ["worked", "failed", "worked", "failed"]


def test_a_batch_of_which_all_fail_is_told_and_breaks_nothing(lines: list[dict[str, Any]]) -> None:
    assert len(consumer(work)(given(messages("tkt_bad", "tkt_bad")))["batchItemFailures"]) == 2


def test_what_is_no_json_comes_back(lines: list[dict[str, Any]]) -> None:
    answer = consumer(work)(given(sqs_event("escalations", "{", json.dumps({"due": "tkt_1"}))))

    assert len(answer["batchItemFailures"]) == 1


def test_a_line_has_ids_the_outcome_and_where_it_broke_and_not_a_word_of_what_was_said(
    lines: list[dict[str, Any]],
) -> None:
    consumer(work)(given(messages("tkt_1", "tkt_bad")))

    good, bad = (line for line in lines if "outcome" in line)
    assert set(good) == {
        "job",
        "outcome",
        "ms",
        "message_id",
        "attempt",
        "event",
        "subject",
        "seq",
        "due",
        "request_id",
    }
    assert (good["job"], good["due"], good["seq"], good["attempt"]) == ("work", "tkt_1", 1, "1")
    assert (bad["kind"], "test_consumer.py" in bad["where"][-1]) == ("ValueError", True)
    assert "SECRET" not in str(lines)


def test_failures_are_counted_apart_from_what_worked(lines: list[dict[str, Any]]) -> None:
    consumer(work)(given(messages("tkt_1", "tkt_bad", "tkt_2")))

    assert [line["metric"] for line in lines if "metric" in line] == ["Worked", "Failed", "Worked"]


def image(record: Any, name: str = "INSERT", number: str = "7") -> dict[str, Any]:
    return {"eventName": name, "dynamodb": {"NewImage": encode(to_item(record)), "SequenceNumber": number}}


def test_the_publisher_hands_on_what_was_inserted_as_records(lines: list[dict[str, Any]]) -> None:
    records, _ = link_after("tkt_1")
    told: list[Any] = []
    job = publisher(told.extend)
    answer = job(given({"Records": [image(records[0]), image(records[0], "REMOVE"), image(records[0], "MODIFY")]}))

    assert (told, answer) == (records, {"batchItemFailures": []})


def test_a_batch_that_was_not_published_comes_again_from_its_start(lines: list[dict[str, Any]]) -> None:
    def broken(_: Any) -> None:
        raise Unavailable(text="SECRET")

    (record,), _ = link_after("tkt_1")
    answer = publisher(broken)(given({"Records": [image(record, number="7"), image(record, number="8")]}))

    assert answer == {"batchItemFailures": [{"itemIdentifier": "7"}]}
    assert "SECRET" not in str(lines)


def test_a_schedule_says_what_it_found_and_raises_what_broke(lines: list[dict[str, Any]]) -> None:
    def sweep() -> dict[str, Any]:
        return {"looked": 3, "gauges": {"SweepLag": 12}}

    assert scheduled(sweep)(given({"time": "2026-11-23T02:00:00Z"}))["looked"] == 3
    assert {"metric": "SweepLag"} in lines
    assert next(line for line in lines if "looked" in line)["scheduled"] == "2026-11-23T02:00:00Z"

    def broken() -> dict[str, Any]:
        raise Unavailable

    with pytest.raises(Unavailable):
        scheduled(broken)(given({}))
