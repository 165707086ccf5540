"""Each check of a package catches what it is there to catch."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infra import checks, privileges, watching
from infra.package import probes
from infra.package.probes import Probe
from infra.package.resources import Template


def properties(template: Template, name: str) -> Any:
    return template["Resources"][name]["Properties"]


def event(template: Template, function: str) -> Any:
    (only,) = properties(template, function)["Events"].values()
    return only["Properties"]


def statement(template: Template, role: str, sid: str) -> Any:
    (policy,) = properties(template, role)["Policies"]
    return next(one for one in policy["PolicyDocument"]["Statement"] if one["Sid"] == sid)


def reach(template: Template) -> Any:
    return properties(template, "ApiOperationsReach")["PolicyDocument"]["Statement"][0]


def _share_a_role(template: Template) -> None:
    properties(template, "Notify")["Role"] = properties(template, "Receipt")["Role"]


def _merge_two_intrinsics(template: Template) -> None:
    event(template, "Notify")["Queue"]["Fn::GetAtt"] = ["NotificationsQueue", "Arn"]


def _forget_the_dead_queue(template: Template) -> None:
    del properties(template, "ReceiptsQueue")["RedrivePolicy"]


def _hold_up_the_stream(template: Template) -> None:
    del event(template, "Publish")["MaximumRecordAgeInSeconds"]


# What breaks a template, the check that has to notice, and whom it has to name.
MUTANTS: dict[str, tuple[Callable[[Template], Any], Callable[..., Any], str]] = {
    "a queue mapping that ignores failures": (
        lambda t: event(t, "Notify").pop("FunctionResponseTypes"),
        checks.failures_are_reported,
        "Notify",
    ),
    "a stream mapping that ignores failures": (
        lambda t: event(t, "Publish").update(FunctionResponseTypes=[]),
        checks.failures_are_reported,
        "Publish",
    ),
    "a stream whose failures go nowhere": (
        lambda t: event(t, "Publish").pop("DestinationConfig"),
        checks.failures_end_somewhere,
        "Publish",
    ),
    "a stream that one record can hold up": (_hold_up_the_stream, checks.failures_end_somewhere, "Publish"),
    "a queue of somebody else": (
        lambda t: event(t, "Escalate").update(Queue="arn:aws:sqs:eu-west-1:123456789012:theirs"),
        checks.failures_end_somewhere,
        "Escalate",
    ),
    "a queue that is too quick": (
        lambda t: properties(t, "EscalationsQueue").update(VisibilityTimeout=179),
        checks.queues_wait_long_enough,
        "Escalate",
    ),
    "a function that is too slow for its queue": (
        lambda t: properties(t, "Receipt").update(Timeout=31),
        checks.queues_wait_long_enough,
        "Receipt",
    ),
    "a queue without a dead-letter queue": (_forget_the_dead_queue, checks.queues_give_up_after_five, "ReceiptsQueue"),
    "a queue that gives up after four tries": (
        lambda t: properties(t, "ReceiptsQueue")["RedrivePolicy"].update(maxReceiveCount=4),
        checks.queues_give_up_after_five,
        "ReceiptsQueue",
    ),
    "a dead-letter queue nobody watches": (
        lambda t: t["Resources"].pop("RecordsDeadAlarm"),
        watching.dead_letters_are_watched,
        "RecordsDeadQueue",
    ),
    "a dead-letter queue whose first letter nobody hears of": (
        lambda t: properties(t, "ReceiptsDeadAlarm").update(Threshold=10),
        watching.dead_letters_are_watched,
        "ReceiptsDeadQueue",
    ),
    "a code that everybody knows": (
        lambda t: t["Globals"]["Function"]["Environment"]["Variables"].update(DUTYDESK_TEST_NUMBERS="+44=123456"),
        checks.no_code_is_known,
        "stage",
    ),
    "a number of which only tests were told": (
        lambda t: t["Globals"]["Function"]["Environment"]["Variables"].update(DUTYDESK_TEST_SIGNALS="+44=away"),
        checks.no_code_is_known,
        "stage",
    ),
    "an alarm that nobody hears": (
        lambda t: properties(t, "SweepDeadAlarm").pop("AlarmActions"),
        watching.alarms_are_heard,
        "SweepDeadAlarm",
    ),
    "an alarm whose end nobody hears": (
        lambda t: properties(t, "SweepLagAlarm").update(OKActions=[]),
        watching.alarms_are_heard,
        "SweepLagAlarm",
    ),
    "a sweep whose silence is no alarm": (
        lambda t: properties(t, "SweepDeadAlarm").update(TreatMissingData="notBreaching"),
        watching.the_sweep_is_watched,
        "not run",
    ),
    "a sweep whose silence is heard too late": (
        lambda t: properties(t, "SweepDeadAlarm").update(EvaluationPeriods=2),
        watching.the_sweep_is_watched,
        "not run",
    ),
    "a dead man's switch on another function": (
        lambda t: properties(t, "SweepDeadAlarm")["Dimensions"][0].update(Value={"Ref": "Publish"}),
        watching.the_sweep_is_watched,
        "not run",
    ),
    "a sweep whose lag nobody watches": (
        lambda t: t["Resources"].pop("SweepLagAlarm"),
        watching.the_sweep_is_watched,
        "lag",
    ),
    "a function nobody watches": (
        lambda t: t["Resources"].pop("SweepErrorsAlarm"),
        watching.functions_are_watched,
        "Sweep",
    ),
    "two spellings of one reference": (_merge_two_intrinsics, checks.one_intrinsic_each, "Notify"),
    "a shared role": (_share_a_role, checks.roles_are_not_shared, "Receipt"),
    "a role from elsewhere": (
        lambda t: properties(t, "Sweep").update(Role="arn:aws:iam::123456789012:role/admin"),
        checks.roles_are_not_shared,
        "Sweep",
    ),
    "a role that may delete records": (
        lambda t: statement(t, "NotifyRole", "LedgerNeverChanged")["Action"].remove("dynamodb:DeleteItem"),
        privileges.ledger_is_append_only,
        "NotifyRole",
    ),
    "a role that may put a record alone": (
        lambda t: statement(t, "ApiHandlerRole", "LedgerAppend").pop("Condition"),
        privileges.ledger_is_append_only,
        "ApiHandlerRole",
    ),
    "a statement for all resources": (
        lambda t: statement(t, "SweepRole", "OperationsRead").update(Resource=["*"]),
        privileges.privileges_name_their_resources,
        "SweepRole",
    ),
    "more policies than a role can have": (
        lambda t: statement(t, "SweepRole", "OperationsRead").update(Resource=[{"Ref": "RecordsTable"}] * 200),
        privileges.policies_fit_their_role,
        "SweepRole",
    ),
    "a managed policy that is too long": (
        lambda t: reach(t).update(Resource=[{"Ref": "RecordsTable"}] * 60),
        privileges.policies_fit_their_role,
        "ApiHandlerRole",
    ),
    "more managed policies than a role can have": (
        lambda t: t["Resources"].update(
            {f"More{n}": t["Resources"]["ApiOperationsReach"] for n in range(privileges.MOST_MANAGED)}
        ),
        privileges.policies_fit_their_role,
        "ApiHandlerRole",
    ),
    "a managed policy for all actions": (
        lambda t: reach(t).update(Action=["dynamodb:*"]),
        privileges.privileges_name_their_resources,
        "ApiHandlerRole",
    ),
    "a statement for all actions": (
        lambda t: statement(t, "SweepRole", "OperationsRead").update(Action=["dynamodb:*"]),
        privileges.privileges_name_their_resources,
        "SweepRole",
    ),
}


@pytest.mark.parametrize(("damage", "check", "named"), MUTANTS.values(), ids=MUTANTS.keys())
def test_a_broken_template_is_refused(
    template: Template, damage: Callable[[Template], Any], check: Callable[..., Any], named: str
) -> None:
    damage(template)

    faults = list(check(template))

    assert faults
    assert any(named in fault for fault in faults)
    assert set(faults) <= set(checks.template_faults(template))


def test_no_check_of_the_template_is_without_something_it_catches() -> None:
    assert {check for _, check, _ in MUTANTS.values()} == set(checks.TEMPLATE_CHECKS)


@pytest.mark.parametrize("module", checks.NOT_IN_WORKERS)
def test_a_worker_that_imports_what_only_the_api_needs_is_refused(module: str) -> None:
    heavy = Probe("chalicelib.tickets.jobs.escalate", frozenset({"json", module}))
    assert checks.handler_faults([heavy]) == [f"chalicelib.tickets.jobs.escalate: imports {module}"]


def test_a_handler_that_is_not_there_is_refused(project: Path) -> None:
    (fault,) = checks.handler_faults([probes.probe(project, "chalicelib.settings.nobody")])
    assert "nobody" in fault


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return path


def test_a_zip_with_too_much_or_too_little_is_refused(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "LARGEST_ZIP", 10)
    never = ["tests/test_x.py", "infra/build.py", "boto3/__init__.py"]
    packed = zipped(tmp_path / "a.zip", *never, "ulid/__init__.pyc", "chalice/__init__.pyc", "six.pyc")
    layer = zipped(tmp_path / "b.zip", "python/jwt/__init__.pyc")

    # Every file of ours is read for what it imports, so all that can be wrong is looked at at once.
    faults = checks.archive_faults(
        packed, layer, project, [Probe("app.app", frozenset({"ulid", "ulid.base32", "six", "six.moves"}))]
    )

    assert [f"{name} is in the zip" for name in never] == [fault for fault in faults if fault.endswith("is in the zip")]
    assert [fault for fault in faults if "more than 10" in fault]
    nowhere = {fault.split()[2].rstrip(",") for fault in faults if fault.endswith("which is packed nowhere")}
    assert "pydantic" in nowhere
    assert not nowhere & {"jwt", "chalice", "ulid", "boto3", "botocore"}, "in the layer, the zip or the runtime"
    assert "app.app: loads ulid.base32, which is not in the zip" in faults
