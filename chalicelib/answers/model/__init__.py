"""An answer, its versions, and the variables their wordings may use."""

from chalicelib.kernel.errors import (
    AnswerNotApproved,
    AnswerUnsuitable,
    ApprovalNeeded,
    ConflictOfInterest,
    FactMissing,
)

from .answer import DUE_SHARDS, HEAD, LIBRARY, Answer, Asked, Kind, Rendered, Scope
from .variables import KNOWN, Shape, Variable, VariableUnknown, filled, holes
from .version import NEXT, State, Version, Wanted, digest

__all__ = [
    "DUE_SHARDS",
    "HEAD",
    "KNOWN",
    "LIBRARY",
    "NEXT",
    "Answer",
    "AnswerNotApproved",
    "AnswerUnsuitable",
    "ApprovalNeeded",
    "Asked",
    "ConflictOfInterest",
    "FactMissing",
    "Kind",
    "Rendered",
    "Scope",
    "Shape",
    "State",
    "Variable",
    "VariableUnknown",
    "Version",
    "Wanted",
    "digest",
    "filled",
    "holes",
]
