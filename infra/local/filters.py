"""The part of event filter patterns that templates use: exact values, prefix, exists, anything-but."""

import json
from typing import Any

from .intrinsics import Unsupported

Pattern = dict[str, Any]


def read_filters(criteria: dict[str, Any] | None) -> list[Pattern]:
    """Read the FilterCriteria of an event source; an operator that is not known here raises Unsupported."""
    patterns = [json.loads(each["Pattern"]) for each in (criteria or {}).get("Filters", [])]
    for pattern in patterns:
        _check(pattern)
    return patterns


def passes(event: Any, filters: list[Pattern]) -> bool:
    """Tell whether an event fits one of the patterns; without any, everything does."""
    return not filters or any(_fits(event, pattern) for pattern in filters)


def _check(pattern: Any) -> None:
    for wanted in pattern.values():
        if isinstance(wanted, dict):
            _check(wanted)
            continue
        for each in wanted:
            if isinstance(each, dict) and set(each) - {"prefix", "exists", "anything-but"}:
                raise Unsupported(f"the filter {each}")


def _fits(event: Any, pattern: Pattern) -> bool:
    for name, wanted in pattern.items():
        there = isinstance(event, dict) and name in event
        value = event[name] if there else None
        if isinstance(wanted, dict):
            if not there or not _fits(value, wanted):
                return False
        elif not any(_matches(value, there, each) for each in wanted):
            return False
    return True


def _matches(value: Any, there: bool, wanted: Any) -> bool:
    if not isinstance(wanted, dict):
        return there and bool(value == wanted)
    ((operator, argument),) = wanted.items()
    if operator == "exists":
        return there is argument
    if operator == "prefix":
        return isinstance(value, str) and value.startswith(argument)
    return there and value not in (argument if isinstance(argument, list) else [argument])
