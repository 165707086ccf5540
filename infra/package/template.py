"""Looking around in a packaged template."""

from collections.abc import Iterator
from typing import Any

Template = dict[str, Any]
Faults = Iterator[str]


def of_type(template: Template, kind: str) -> Iterator[tuple[str, Template]]:
    """Give logical id and properties of each resource of a type."""
    for name, resource in template["Resources"].items():
        if resource["Type"] == kind:
            yield name, resource.get("Properties", {})


def functions(template: Template) -> Iterator[tuple[str, Template]]:
    """Give logical id and properties of each function."""
    return of_type(template, "AWS::Serverless::Function")


def target(reference: Any) -> str:
    """Give the logical id that a reference to a resource or its attribute names; empty for anything else."""
    match reference:
        case {"Ref": str(name)} | {"Fn::GetAtt": [str(name), *_]}:
            return name
        case {"Fn::Sub": str(text)} if text.startswith("${"):
            return text[2:].partition("}")[0].partition(".")[0]
        case _:
            return ""
