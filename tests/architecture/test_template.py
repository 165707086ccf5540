"""The packaged template keeps its promises."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kernel.errors import TooLarge
from chalicelib.web import problems
from infra import build, checks
from infra.package import refusals, staging, vendor
from infra.package.probes import Probe
from infra.package.resources import KEPT, Template
from infra.package.template import functions, of_type
from tests.architecture.conftest import HANDLERS


def properties(template: Template, name: str) -> Any:
    return template["Resources"][name]["Properties"]


def test_the_packaged_template_has_no_faults(packaged: Template) -> None:
    assert checks.template_faults(packaged) == []


def test_the_functions_are_those_of_the_design_each_with_its_own_policy_file(packaged: Template) -> None:
    assert {name: function["Handler"] for name, function in functions(packaged)} == HANDLERS
    for name, _ in functions(packaged):
        (policy,) = properties(packaged, "ApiHandlerRole" if name == "APIHandler" else f"{name}Role")["Policies"]
        file = staging.ROOT / "infra" / "policies" / ("api.json" if name == "APIHandler" else f"{name.lower()}.json")
        assert policy["PolicyDocument"] == json.loads(file.read_text("utf-8"))


def test_every_handler_imports_in_a_fresh_interpreter_and_workers_stay_lean(probed: dict[str, Probe]) -> None:
    assert checks.handler_faults(list(probed.values())) == []


def test_runtime_and_architecture_do_not_depend_on_who_builds(packaged: Template) -> None:
    for _, function in functions(packaged):
        assert (function["Runtime"], function["Architectures"]) == ("python3.13", ["arm64"])


def test_the_functions_are_told_exactly_what_the_settings_read(packaged: Template) -> None:
    told = packaged["Globals"]["Function"]["Environment"]["Variables"]
    settings = (staging.ROOT / "chalicelib" / "settings.py").read_text("utf-8")

    assert set(told) == set(re.findall(r"DUTYDESK_[A-Z_]+", settings))


def test_only_the_api_carries_the_code_that_checks_tokens(packaged: Template) -> None:
    layered = [name for name, function in functions(packaged) if "Layers" in function]
    assert layered == ["APIHandler"]


@pytest.mark.parametrize(("stage", "kept"), [("prod", True), ("test", False)])
def test_data_outlives_the_stack_in_prod_and_only_there(
    stage: str, kept: bool, packaged: Template, tmp_path: Path
) -> None:
    built = packaged if kept else json.loads(build.template(stage, tmp_path).read_text("utf-8"))

    assert built["Parameters"]["Stage"]["AllowedValues"] == [stage]
    for resource in built["Resources"].values():
        if resource["Type"] in KEPT:
            assert (resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain") is kept
            assert resource["Properties"].get("DeletionProtectionEnabled", kept) is kept
    pages = built["Globals"]["Function"]["Environment"]["Variables"]["DUTYDESK_TEST_PAGES"]
    assert pages == ("false" if kept else "true")
    numbers = built["Globals"]["Function"]["Environment"]["Variables"]["DUTYDESK_TEST_NUMBERS"]
    assert (numbers == "") is kept
    signals = built["Globals"]["Function"]["Environment"]["Variables"]["DUTYDESK_TEST_SIGNALS"]
    assert (signals == "") is kept


def test_tables_are_encrypted_backed_up_and_forget_what_expires(packaged: Template) -> None:
    tables = dict(of_type(packaged, "AWS::DynamoDB::Table"))
    backed_up = {n for n, t in tables.items() if t["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]}

    assert all(table["SSESpecification"]["SSEEnabled"] for table in tables.values())
    assert set(tables) - backed_up == {"IdempotencyTable"}
    forgetful = {name for name, table in tables.items() if "TimeToLiveSpecification" in table}
    kept_a_while = {"IdempotencyTable", "IdentityTable", "VerificationTable", "NotificationsTable", "KiosksTable"}
    assert forgetful == kept_a_while | {"AppointmentsTable", "CallbacksTable"}
    assert [name for name, table in tables.items() if "StreamSpecification" in table] == ["RecordsTable"]


def test_the_sweep_runs_every_minute_and_its_silence_is_an_alarm(packaged: Template) -> None:
    (schedule,) = properties(packaged, "Sweep")["Events"].values()
    dead, lag = properties(packaged, "SweepDeadAlarm"), properties(packaged, "SweepLagAlarm")

    assert schedule == {"Type": "Schedule", "Properties": {"Schedule": "rate(1 minute)"}}
    assert (dead["MetricName"], dead["Statistic"], dead["Period"], dead["Threshold"]) == ("Invocations", "Sum", 300, 1)
    assert (dead["ComparisonOperator"], dead["TreatMissingData"]) == ("LessThanThreshold", "breaching")
    assert (lag["Namespace"], lag["MetricName"], lag["Threshold"]) == ("Dutydesk", "SweepLag", 180)
    assert lag["Dimensions"] == [{"Name": "service", "Value": "dutydesk"}]


def test_what_api_gateway_refuses_is_a_problem_like_any_other(packaged: Template) -> None:
    given = properties(packaged, "RestAPI")["GatewayResponses"]

    assert set(given) == set(refusals.REFUSALS)
    for response in given.values():
        body = json.loads(response["ResponseTemplates"]["application/json"])
        assert {"type", "title", "status", "code", "detail", "request_id"} <= set(body)
        assert body["status"] == response["StatusCode"]
        assert response["ResponseParameters"]["Headers"]["Content-Type"] == "'application/problem+json'"


def test_what_is_too_large_is_told_by_the_gateway_as_by_the_api(packaged: Template) -> None:
    response = properties(packaged, "RestAPI")["GatewayResponses"]["REQUEST_TOO_LARGE"]
    told = json.loads(response["ResponseTemplates"]["application/json"])
    status, text, _ = problems.problem(TooLarge(limit=TooLarge.MOST_BYTES), "en", "$context.requestId")

    assert (response["StatusCode"], told) == (status, json.loads(text))


def test_the_access_log_has_routes_but_neither_paths_nor_people(packaged: Template) -> None:
    logged = properties(packaged, "RestAPI")["AccessLogSetting"]["Format"]

    assert "$context.resourcePath" in json.loads(logged).values()
    assert not re.search(r"context\.path\b|sourceIp|userAgent|identity|authorizer|querystring", logged)


def test_each_requirement_is_either_packed_or_left_out_by_name() -> None:
    known = {*vendor.LEFT_OUT, *vendor.API_LAYER}
    assert known <= set(vendor.requirements())
    assert len(vendor.shared()) + len(vendor.api_layer()) == len(vendor.requirements()) - len(vendor.LEFT_OUT)
