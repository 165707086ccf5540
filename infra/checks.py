"""What must be true of a packaged template and its zips, beside what cfn-lint knows.

Each check gives faults, sentences for whoever broke it; none means all is well.
"""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from .package.imports import third_party
from .package.probes import Probe
from .package.resources import TESTS
from .package.template import Faults, Template, functions, of_type, target
from .privileges import PRIVILEGES
from .watching import DEAD, WATCHES

TRIES = 5
LARGEST_ZIP = 8_000_000
API_HANDLER = "app.app"
# A worker has no use for these, and would pay for them at every cold start.
NOT_IN_WORKERS = ("app", "pydantic", "aws_lambda_powertools.event_handler")
IN_THE_RUNTIME = {"boto3", "botocore"}
NEVER_PACKED = ("infra/", "tests/", "bench/", "boto3/", "botocore/", ".chalice/")


def mappings(template: Template) -> Iterator[tuple[str, Template, str, Template]]:
    """Give function, its properties, event type and event properties of everything that Lambda polls."""
    for name, function in functions(template):
        for event in function.get("Events", {}).values():
            if event["Type"] in ("SQS", "DynamoDB"):
                yield name, function, event["Type"], event["Properties"]


def failures_are_reported(template: Template) -> Faults:
    """Without this, a job's list of failed messages is ignored, and they are deleted with the rest."""
    for name, _, kind, event in mappings(template):
        if event.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{name}: its {kind} mapping does not report failed messages one by one"


def failures_end_somewhere(template: Template) -> Faults:
    """A message that no try can work off must leave the way and be found."""
    queues = dict(of_type(template, "AWS::SQS::Queue"))
    for name, _, kind, event in mappings(template):
        if kind == "SQS" and "RedrivePolicy" not in queues.get(target(event["Queue"]), {}):
            yield f"{name}: its queue is not in the template, or has no dead-letter queue"
        if kind == "DynamoDB":
            destination = event.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination")
            if target(destination) not in queues:
                yield f"{name}: what its stream mapping gives up goes nowhere"
            if (
                not event.get("BisectBatchOnFunctionError")
                or not 0 < event.get("MaximumRecordAgeInSeconds", -1) < 86400
            ):
                yield f"{name}: one bad record would hold up its stream until it expires"


def queues_wait_long_enough(template: Template) -> Faults:
    """AWS advises six times the function's time-out, or a message is handed out again while it is being worked on."""
    queues = dict(of_type(template, "AWS::SQS::Queue"))
    for name, function, kind, event in mappings(template):
        waits = queues.get(target(event.get("Queue")), {}).get("VisibilityTimeout", 30)
        if kind == "SQS" and waits < 6 * function["Timeout"]:
            yield f"{name}: its queue shows a message again after {waits} s, less than six times {function['Timeout']} s"


def queues_give_up_after_five(template: Template) -> Faults:
    """Every queue is tried five times, then its messages lie in a dead-letter queue."""
    queues = dict(of_type(template, "AWS::SQS::Queue"))
    for name, queue in queues.items():
        redrive = queue.get("RedrivePolicy")
        if not name.endswith(DEAD) and (
            redrive is None
            or redrive["maxReceiveCount"] != TRIES
            or target(redrive["deadLetterTargetArn"]) not in queues
        ):
            yield f"{name}: does not hand a message to a dead-letter queue of this stack after {TRIES} tries"


def one_intrinsic_each(template: Any, where: str = "template") -> Faults:
    """Merging lays maps over each other, intrinsics too: `{Fn::Sub, Fn::GetAtt}` is what comes of two spellings."""
    if isinstance(template, dict):
        if len(template) > 1 and any(key == "Ref" or key.startswith("Fn::") for key in template):
            yield f"{where}: an intrinsic beside something else: {', '.join(sorted(template))}"
        for key, value in template.items():
            yield from one_intrinsic_each(value, f"{where}.{key}")
    elif isinstance(template, list):
        for number, value in enumerate(template):
            yield from one_intrinsic_each(value, f"{where}[{number}]")


def roles_are_not_shared(template: Template) -> Faults:
    """One role per function, or the least privilege of one is that of another."""
    owners: dict[str, str] = {}
    for name, function in functions(template):
        role = target(function.get("Role"))
        if template["Resources"].get(role, {}).get("Type") != "AWS::IAM::Role":
            yield f"{name}: has no role of this template"
        elif role in owners:
            yield f"{name}: shares its role with {owners[role]}"
        owners[role] = name


def no_code_is_known(template: Template) -> Faults:
    """A number with a fixed code is a way in for everybody, one with a fixed signal a lie: both are for tests alone."""
    variables = template.get("Globals", {}).get("Function", {}).get("Environment", {}).get("Variables", {})
    stages = template.get("Parameters", {}).get("Stage", {}).get("AllowedValues", ["prod"])
    if variables.get("DUTYDESK_TEST_NUMBERS") and not set(stages) <= set(TESTS):
        yield f"stage {', '.join(stages)}: has numbers with codes that everybody knows"
    if variables.get("DUTYDESK_TEST_SIGNALS") and not set(stages) <= set(TESTS):
        yield f"stage {', '.join(stages)}: has numbers of which tests were told what is known"


TEMPLATE_CHECKS: tuple[Callable[[Template], Faults], ...] = (
    failures_are_reported,
    failures_end_somewhere,
    queues_wait_long_enough,
    queues_give_up_after_five,
    one_intrinsic_each,
    roles_are_not_shared,
    no_code_is_known,
    *PRIVILEGES,
    *WATCHES,
)


def template_faults(template: Template) -> list[str]:
    """Run every check of the template."""
    return [fault for check in TEMPLATE_CHECKS for fault in check(template)]


def handlers(template: Template) -> list[str]:
    """Give the handler strings."""
    return [function["Handler"] for _, function in functions(template)]


def handler_faults(probes: list[Probe]) -> list[str]:
    """Every handler can be imported, and no worker drags in what only the API needs."""
    faults = [f"{probe.handler}: cannot be imported: {probe.trouble}" for probe in probes if probe.trouble]
    for probe in probes:
        if probe.handler != API_HANDLER:
            faults += [f"{probe.handler}: imports {name}" for name in NOT_IN_WORKERS if name in probe.modules]
    return faults


def archive_faults(zipped: Path, layer: Path, project: Path, probes: list[Probe]) -> list[str]:
    """The zip is small, holds everything that a handler loads, and nothing that is not meant for Lambda."""
    with zipfile.ZipFile(zipped) as main, zipfile.ZipFile(layer) as beside:
        names, added = main.namelist(), [name.removeprefix("python/") for name in beside.namelist()]
    faults = [f"{name} is in the zip" for name in names if name.startswith(NEVER_PACKED)]
    if (size := zipped.stat().st_size) > LARGEST_ZIP:
        faults.append(f"the zip has {size:,} bytes, more than {LARGEST_ZIP:,}")
    packed = {_module(name) for name in names}
    for package, file in third_party(project).items():
        if package not in packed | {_module(name) for name in added} | IN_THE_RUNTIME:
            faults.append(f"{file} imports {package}, which is packed nowhere")
    # What a module that is one file has below it, it has made itself, as six makes six.moves.
    single = packed - {_module(name) for name in names if PurePosixPath(name).name.startswith("__init__.")}
    for probe in probes:
        loaded = {name for name in probe.modules if name.partition(".")[0] in packed - single}
        faults += [f"{probe.handler}: loads {name}, which is not in the zip" for name in sorted(loaded - packed)]
    return faults


def _module(file: str) -> str:
    """Give the dotted name under which a file of a zip is imported."""
    path = PurePosixPath(file)
    folder, name = path.parts[:-1], path.name.partition(".")[0]
    return ".".join(folder if name == "__init__" else (*folder, name))
