"""The variables a wording may use: a closed list, each of one shape; and how they are found and filled."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from chalicelib.kernel.errors import FactMissing, Invalid


class Shape(StrEnum):
    """What a fact is, and so how it is written in a language."""

    LINE = "line"
    PROSE = "prose"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    OUTCOME = "outcome"
    RIGHTS = "rights"


class Variable(StrEnum):
    """What a wording may leave to the case; written `{number}`."""

    NUMBER = "number"
    SUBJECT = "subject"
    RECEIVED_DATE = "received_date"
    DUE_DATE = "due_date"
    NEXT_OPEN = "next_open"
    UNIT_NAME = "unit_name"
    OWNER_NAME = "owner_name"
    AMOUNT = "amount"
    REDRESS = "redress"
    OUTCOME = "outcome"
    FINDINGS = "findings"
    REASONS = "reasons"
    REMEDIES = "remedies"

    @property
    def shape(self) -> Shape:
        """What kind of fact fills it."""
        return _SHAPES.get(self, Shape.LINE)


_SHAPES = {
    Variable.RECEIVED_DATE: Shape.DATE,
    Variable.DUE_DATE: Shape.DATE,
    Variable.NEXT_OPEN: Shape.MOMENT,
    Variable.AMOUNT: Shape.MONEY,
    Variable.REDRESS: Shape.MONEY,
    Variable.OUTCOME: Shape.OUTCOME,
    Variable.FINDINGS: Shape.PROSE,
    Variable.REASONS: Shape.PROSE,
    Variable.REMEDIES: Shape.RIGHTS,
}
KNOWN = tuple(variable.value for variable in Variable)
_HOLE = re.compile(r"\{([a-z_]+)\}")


class VariableUnknown(Invalid):
    """A wording uses a variable that is not in the list; `unknown` names it, `known` is the list."""

    code = "variable_unknown"
    such_as: ClassVar[Mapping[str, object]] = {"unknown": ["sum"], "known": list(KNOWN)}


def holes(wording: str) -> tuple[str, ...]:
    """List the variables of a wording, each once, in order.

    Raises VariableUnknown, and Invalid for a brace that belongs to no variable.
    """
    found = tuple(dict.fromkeys(_HOLE.findall(wording)))
    unknown = sorted(set(found) - set(KNOWN))
    if unknown:
        raise VariableUnknown(unknown=unknown, known=list(KNOWN))
    if set("{}") & set(_HOLE.sub("", wording)):
        raise Invalid.field("wordings", "format")
    return found


def filled(wording: str, facts: Mapping[str, str]) -> str:
    """Fill a wording; raises FactMissing.

    In one pass: braces in what is filled in are only braces, whoever wrote them.
    """
    missing = sorted({name for name in _HOLE.findall(wording) if not facts.get(name)})
    if missing:
        raise FactMissing(missing=missing)
    return _HOLE.sub(lambda hole: facts[hole[1]], wording)
