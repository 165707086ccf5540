"""The merge template: YAML with CloudFormation's shorthand, fitted to a stage and a target machine."""

from pathlib import Path
from typing import Any

import yaml

try:  # libyaml, where there is one: every process of the tests reads these files
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

from .refusals import gateway_responses
from .target import Target

INFRA = Path(__file__).parents[1]
# What holds data outlives the stack where the data is real, and only there.
KEPT = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SecretsManager::Secret")
# Ofcom gives these numbers to nobody; their code is always the same, and nothing is sent to them.
TESTS = ("local", "test")
TEST_NUMBERS = "+447700900001=246810,+447700900002=135790"
# Numbers of which something is known, so that it can be tried what follows; of all others nobody knows anything.
TEST_SIGNALS = ",".join(
    f"{number}={told}"
    for number, told in {
        "+8613800138011": "sim_swap:recent;call_diversion:off;line_type:mobile",
        "+8613800138012": "sim_swap:none;call_diversion:on;line_type:mobile",
        "+8613800138013": "sim_swap:none;call_diversion:off;line_type:voip",
        "+8613800138014": "away",
    }.items()
)

Template = dict[str, Any]


class _Loader(SafeLoader):
    """Reads `!Sub x` as `{"Fn::Sub": "x"}` and so on."""


def _intrinsic(loader: SafeLoader, tag: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        if tag == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        assert isinstance(node, yaml.MappingNode)
        value = loader.construct_mapping(node, deep=True)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _intrinsic)


def read(path: Path) -> Template:
    """Read one file; its `x-…` entries, which are only there to be repeated, are left out."""
    loaded = yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - derived from SafeLoader
    return {name: value for name, value in loaded.items() if not name.startswith("x-")}


def merge_template(stage: str, target: Target) -> Template:
    """Give everything that is laid over Chalice's template; a resource in two files is an error."""
    merged: Template = {}
    for path in (INFRA / "resources.yaml", *sorted((INFRA / "resources").glob("*.yaml"))):
        for section, entries in read(path).items():
            doubled = merged.setdefault(section, {}).keys() & entries.keys()
            if doubled:
                raise ValueError(f"{path.name} says again: {', '.join(sorted(doubled))}")
            merged[section].update(entries)
    merged["Resources"]["RestAPI"]["Properties"]["GatewayResponses"] = gateway_responses()
    _fit_stage(merged, stage)
    _fit_target(merged["Resources"], target)
    return merged


def _fit_stage(template: Template, stage: str) -> None:
    """Fit to a stage; a template's deletion policy takes no intrinsic, so it is for one stage and says so."""
    template["Parameters"]["Stage"] |= {"Default": stage, "AllowedValues": [stage]}
    if stage == "prod":
        return
    template["Globals"]["Function"]["Environment"]["Variables"]["DUTYDESK_TEST_PAGES"] = "true"
    if stage in TESTS:
        template["Globals"]["Function"]["Environment"]["Variables"]["DUTYDESK_TEST_NUMBERS"] = TEST_NUMBERS
        template["Globals"]["Function"]["Environment"]["Variables"]["DUTYDESK_TEST_SIGNALS"] = TEST_SIGNALS
    for resource in template["Resources"].values():
        if resource.get("Type") in KEPT:
            resource |= {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}
        if "DeletionProtectionEnabled" in resource.get("Properties", {}):
            resource["Properties"]["DeletionProtectionEnabled"] = False


def _fit_target(resources: Template, target: Target) -> None:
    for resource in resources.values():
        properties = resource.get("Properties", {})
        if "Runtime" in properties:
            properties |= {"Runtime": target.runtime, "Architectures": [target.architecture]}
        if "CompatibleRuntimes" in properties:
            properties["CompatibleRuntimes"] = [target.runtime]
            properties["CompatibleArchitectures"] = [target.architecture]
