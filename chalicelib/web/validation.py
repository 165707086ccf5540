"""What the validating resolver found wrong, in our codes, and what it must not be given at all."""

import re
from itertools import accumulate

from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError

from chalicelib.kernel.errors import Invalid, Malformed, Refusal

# What pydantic found wrong, in our words; `web/texts` says them.
CODES = {
    "missing": "missing",
    "extra_forbidden": "unknown_field",
    "string_too_long": "too_long",
    "string_too_short": "too_short",
    "too_long": "too_long",
    "too_short": "too_short",
    "string_pattern_mismatch": "format",
    "enum": "not_one_of",
    "literal_error": "not_one_of",
    "greater_than_equal": "too_small",
    "greater_than": "too_small",
    "less_than_equal": "too_large",
    "less_than": "too_large",
    "value_error": "invalid",
}
# No body of ours nests deeper than five, and no number has more than sixteen digits; parsers break far above that.
_DEEPEST = 32
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_LONG_NUMBER = re.compile("[0-9]{400}")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def outsized(body: str) -> bool:
    """Tell whether a JSON text nests so deep, or holds so long a number, that parsing it would break the parser."""
    if body.count("[") + body.count("{") <= _DEEPEST and _LONG_NUMBER.search(body) is None:
        return False  # nearly every body, and the shortest way to see it
    bare = _STRINGS.sub("", body)
    depths = accumulate(_STEPS.get(letter, 0) for letter in bare)
    return max(depths, default=0) > _DEEPEST or _LONG_NUMBER.search(bare) is not None


def refusal(misread: RequestValidationError) -> Refusal:
    """Turn a failed validation into a refusal that names each field, never its content."""
    found = misread.errors()
    if any(error["type"] == "json_invalid" for error in found):
        return Malformed()
    return Invalid(errors=[{"field": _field(error["loc"]), "code": _code(error["type"])} for error in found])


def _code(kind: str) -> str:
    if kind in CODES:
        return CODES[kind]
    if kind.startswith(("datetime_", "date_", "timezone_")) and not kind.endswith("_type"):
        return "format"
    return "wrong_type" if kind.endswith(("_type", "_parsing")) else "invalid"


def _field(location: tuple[str | int, ...]) -> str:
    """Name a field as `a.b.0`, without the words body, query or path in front."""
    inner = location[1:] if location and location[0] in ("body", "query", "path", "header") else location
    return ".".join(str(step) for step in inner) or "body"
