"""The packaged template is read, not repeated."""

from datetime import timedelta
from typing import Any

import pytest

from infra.local.intrinsics import Unsupported
from infra.local.template import parse_template

QUEUE = "arn:aws:sqs:us-east-1:000000000000:dutydesk-local-escalations"


def template(**resources: Any) -> dict[str, Any]:
    return {
        "Parameters": {"Stage": {"Type": "String", "Default": "prod"}, "Topic": {"Type": "String", "Default": ""}},
        "Conditions": {"HasTopic": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Topic"}, ""]}]}},
        "Globals": {"Function": {"Timeout": 20, "Environment": {"Variables": {"STAGE": {"Ref": "Stage"}}}}},
        "Resources": resources,
    }


def table(**properties: Any) -> dict[str, Any]:
    name = {"Fn::Sub": "dutydesk-${Stage}-records"}
    return {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": name, "KeySchema": [], **properties}}


def queue(name: str, **properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::SQS::Queue",
        "Properties": {"QueueName": {"Fn::Sub": f"dutydesk-${{Stage}}-{name}"}, **properties},
    }


def function(**properties: Any) -> dict[str, Any]:
    name = {"Fn::Join": ["-", ["dutydesk", {"Ref": "Stage"}, "job"]]}
    return {
        "Type": "AWS::Serverless::Function",
        "Properties": {"FunctionName": name, "Handler": "a.b.job", **properties},
    }


def read(**resources: Any) -> Any:
    return parse_template(template(**resources), {"Stage": "local"})


def test_a_stream_that_the_template_only_types_is_enabled_and_cloud_only_settings_are_left_out() -> None:
    (made,) = read(
        Records=table(StreamSpecification={"StreamViewType": "NEW_IMAGE"}, SSESpecification={"SSEEnabled": True})
    ).tables

    assert made.definition == {
        "TableName": "dutydesk-local-records",
        "KeySchema": [],
        "StreamSpecification": {"StreamViewType": "NEW_IMAGE", "StreamEnabled": True},
        "BillingMode": "PAY_PER_REQUEST",
    }


def test_a_queue_knows_its_dead_letter_queue_and_takes_its_times_along() -> None:
    redrive = {"deadLetterTargetArn": {"Fn::GetAtt": ["Dead", "Arn"]}, "maxReceiveCount": 5}
    made = read(Live=queue("escalations", VisibilityTimeout=180, RedrivePolicy=redrive), Dead=queue("escalations-dead"))

    live, dead = made.queues
    assert (live.dead, dead.dead) == ("dutydesk-local-escalations-dead", None)
    assert live.attributes["VisibilityTimeout"] == "180"
    assert f'"{QUEUE}-dead"' in live.attributes["RedrivePolicy"]


def test_a_function_gets_what_all_functions_get_and_its_own_on_top() -> None:
    made = read(Job=function(MemorySize=512, Environment={"Variables": {"OWN": "1"}}))

    (job,) = made.functions.values()
    assert (job.name, job.timeout, job.memory) == ("dutydesk-local-job", 20, 512)
    assert job.environment == {"STAGE": "local", "OWN": "1"}


def test_a_queue_mapping_is_found_under_its_queue_whatever_intrinsic_names_it() -> None:
    for named in ({"Fn::Sub": "${Live.Arn}"}, {"Fn::GetAtt": "Live.Arn"}, QUEUE):
        events = {"E": {"Type": "SQS", "Properties": {"Queue": named, "FunctionResponseTypes": []}}}
        (source,) = read(Live=queue("escalations"), Job=function(Events=events)).queue_sources

        assert (source.queue, source.batch, source.partial) == ("dutydesk-local-escalations", 10, False)


def test_a_stream_mapping_carries_everything_that_decides_about_retries() -> None:
    own = {
        "Stream": {"Fn::GetAtt": ["Records", "StreamArn"]},
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "BisectBatchOnFunctionError": True,
        "MaximumRetryAttempts": 4,
        "MaximumRecordAgeInSeconds": 60,
        "DestinationConfig": {"OnFailure": {"Destination": {"Fn::GetAtt": ["Dead", "Arn"]}}},
    }
    events = {"E": {"Type": "DynamoDB", "Properties": own}}
    made = read(Records=table(), Dead=queue("records-dead"), Job=function(Events=events))

    (source,) = made.stream_sources
    assert (source.table, source.partial, source.bisect) == ("dutydesk-local-records", True, True)
    assert (source.tries, source.age) == (5, timedelta(minutes=1))
    assert source.failures == "dutydesk-local-records-dead"


def test_a_schedule_has_its_period_and_one_that_is_no_rate_is_refused_by_name() -> None:
    def scheduled(expression: str) -> Any:
        return read(Job=function(Events={"E": {"Type": "Schedule", "Properties": {"Schedule": expression}}}))

    assert scheduled("rate(1 minute)").schedules[0].every == timedelta(minutes=1)
    with pytest.raises(Unsupported, match=r"cron\(0 8"):
        scheduled("cron(0 8 * * ? *)")


def test_what_a_condition_leaves_out_is_not_made() -> None:
    dependent = {**queue("extra"), "Condition": "HasTopic"}

    assert read(Extra=dependent).queues == ()
    assert len(parse_template(template(Extra=dependent), {"Stage": "local", "Topic": "t"}).queues) == 1


def test_an_intrinsic_that_nobody_knows_is_refused_rather_than_guessed() -> None:
    with pytest.raises(Unsupported, match="Fn::ImportValue"):
        read(Live=queue("x", DelaySeconds={"Fn::ImportValue": "elsewhere"}))
    with pytest.raises(Unsupported, match="Nowhere"):
        read(Live=queue("x", DelaySeconds={"Ref": "Nowhere"}))


def test_a_secret_can_be_asked_for_by_what_the_functions_are_told() -> None:
    secret = {
        "Type": "AWS::SecretsManager::Secret",
        "Properties": {
            "Name": {"Fn::Sub": "dutydesk-${Stage}-root"},
            "GenerateSecretString": {"PasswordLength": 64},
        },
    }
    made = read(Root=secret, Job=function(Environment={"Variables": {"SECRET": {"Ref": "Root"}}}))

    assert (made.secrets[0].name, made.secrets[0].length) == ("dutydesk-local-root", 64)
    assert next(iter(made.functions.values())).environment["SECRET"] == "dutydesk-local-root"
