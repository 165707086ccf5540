"""Examples of bodies, put together from those of their fields, so that each is written once and beside its field."""

from collections.abc import Mapping
from typing import Any

from chalicelib.kernel.errors import Refusal

from . import problems

Schema = Mapping[str, Any]
REF = "#/components/schemas/"
_REQUEST_ID = "5f1c9a52-2b0e-4d7e-9a57-1f7d4e0c8a61"


class NoExample(Exception):
    """A field says nothing of what it may look like; the text says which."""


def example(schema: Schema, known: Mapping[str, Schema], where: str = "") -> Any:
    """Give a value that fits a schema; `known` are the schemas of the document by name. Raises NoExample."""
    for given in ("examples", "enum"):
        if given in schema:
            return schema[given][0]
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REF)
        return example(known[name], known, where or name)
    if "const" in schema:
        return schema["const"]
    if "properties" in schema:
        return {name: example(of, known, f"{where}.{name}") for name, of in schema["properties"].items()}
    if "anyOf" in schema:
        return example(schema["anyOf"][0], known, where)
    return _of_type(schema, known, where)


def _of_type(schema: Schema, known: Mapping[str, Schema], where: str) -> Any:
    match schema.get("type"):
        case "array":
            return [example(schema["items"], known, where)]
        case "boolean":
            return schema.get("default", False)
        case "null":
            return None
    raise NoExample(where)


def problem_example(kind: type[Refusal] | None, language: str) -> dict[str, Any]:
    """Show a refusal as somebody would get it; None is our own mistake, the one that is no refusal."""
    code, status = (kind.code, problems.status_of(kind)) if kind else ("internal", 500)
    facts = kind.such_as if kind else {}
    return problems.members(code, status, language, _REQUEST_ID, facts)
