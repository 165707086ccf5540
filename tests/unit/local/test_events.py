"""Events look as Lambda makes them, and answers are read as Lambda reads them."""

from datetime import UTC, datetime

import pytest

from infra.local.events import failed_items, schedule_event, sqs_event, stream_event
from infra.local.filters import passes, read_filters
from infra.local.intrinsics import Unsupported

MESSAGE = {
    "MessageId": "m1",
    "ReceiptHandle": "r1",
    "Body": '{"due": "tkt_1"}',
    "MD5OfBody": "abc",
    "Attributes": {"ApproximateReceiveCount": "2", "SentTimestamp": "1"},
    "MessageAttributes": {"trace": {"DataType": "String", "StringValue": "x"}},
}


def test_a_message_keeps_its_body_its_count_and_where_it_came_from() -> None:
    (record,) = sqs_event([MESSAGE], "dutydesk-local-escalations")["Records"]

    assert (record["messageId"], record["receiptHandle"], record["body"]) == ("m1", "r1", '{"due": "tkt_1"}')
    assert record["attributes"]["ApproximateReceiveCount"] == "2"
    assert record["messageAttributes"]["trace"]["stringValue"] == "x"
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"] == "arn:aws:sqs:us-east-1:000000000000:dutydesk-local-escalations"


def test_a_stream_record_has_seconds_for_its_time_and_base64_for_its_bytes() -> None:
    image = {
        "pk": {"S": "a"},
        "raw": {"B": b"\x00\xff"},
        "many": {"BS": [b"a"]},
        "deep": {"M": {"list": {"L": [{"B": b"b"}, {"N": "1"}]}}},
    }
    change = {
        "Keys": {"pk": {"S": "a"}},
        "NewImage": image,
        "SequenceNumber": "7",
        "ApproximateCreationDateTime": datetime(2026, 11, 23, 2, 0, 0, 5, tzinfo=UTC),
    }
    (record,) = stream_event([{"eventName": "INSERT", "dynamodb": change}], "arn:stream")["Records"]

    assert (record["eventSource"], record["eventSourceARN"], record["eventName"]) == (
        "aws:dynamodb",
        "arn:stream",
        "INSERT",
    )
    assert record["dynamodb"]["ApproximateCreationDateTime"] == 1795399200.0
    assert record["dynamodb"]["NewImage"] == {
        "pk": {"S": "a"},
        "raw": {"B": "AP8="},
        "many": {"BS": ["YQ=="]},
        "deep": {"M": {"list": {"L": [{"B": "Yg=="}, {"N": "1"}]}}},
    }


def test_a_scheduled_event_says_when_in_utc() -> None:
    event = schedule_event("SweepEvent", datetime(2026, 11, 23, 2, 0, 9, tzinfo=UTC))

    assert (event["source"], event["detail-type"]) == ("aws.events", "Scheduled Event")
    assert event["time"] == "2026-11-23T02:00:09Z"
    assert event["resources"] == ["arn:aws:events:us-east-1:000000000000:rule/SweepEvent"]


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        ({"batchItemFailures": [{"itemIdentifier": "a"}]}, {"a"}),
        ({"batchItemFailures": []}, set()),
        ({"batchItemFailures": None}, set()),
        ({}, set()),
        (None, set()),
        ({"batchItemFailures": [{"itemIdentifier": ""}]}, {"a", "b"}),
        ({"batchItemFailures": [{"itemIdentifier": None}]}, {"a", "b"}),
        ({"batchItemFailures": [{"itemIdentifier": "a"}, {"itemIdentifier": "stranger"}]}, {"a", "b"}),
        ({"batchItemFailures": ["a"]}, {"a", "b"}),
    ],
)
def test_an_identifier_that_is_not_of_the_batch_means_that_all_failed(answer: object, failed: set[str]) -> None:
    assert failed_items(answer, ["a", "b"], partial=True) == failed


def test_without_partial_failures_in_the_template_the_answer_counts_for_nothing() -> None:
    assert failed_items({"batchItemFailures": [{"itemIdentifier": "a"}]}, ["a"], partial=False) == set()


def test_a_filter_lets_through_what_fits_one_of_its_patterns() -> None:
    inserts = read_filters(
        {"Filters": [{"Pattern": '{"eventName": ["INSERT"], "dynamodb": {"NewImage": {"x": [{"exists": true}]}}}'}]}
    )

    assert passes({"eventName": "INSERT", "dynamodb": {"NewImage": {"x": 1}}}, inserts)
    assert not passes({"eventName": "INSERT", "dynamodb": {"NewImage": {}}}, inserts)
    assert not passes({"eventName": "MODIFY", "dynamodb": {"NewImage": {"x": 1}}}, inserts)
    assert passes({"eventName": "MODIFY"}, [])
    prefix = read_filters({"Filters": [{"Pattern": '{"pk": [{"prefix": "tkt_"}, {"anything-but": ["a", "b"]}]}'}]})
    assert [passes({"pk": pk}, prefix) for pk in ("tkt_1", "a", "c")] == [True, False, True]


def test_a_filter_operator_that_nobody_knows_is_refused() -> None:
    with pytest.raises(Unsupported, match="numeric"):
        read_filters({"Filters": [{"Pattern": '{"n": [{"numeric": [">", 1]}]}'}]})
