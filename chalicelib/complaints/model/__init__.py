"""A complaint: its states, and what it keeps beside its ticket."""

from chalicelib.kernel.errors import ApprovalNeeded

from .course import Asked, Body, Classification, CodeUnknown, Correction, ExtensionNotPossible, ReviewWindowOver
from .decision import Decision, MissingBlocks, Outcome, ProofMissing, Way, WayUnsuitable
from .states import NEXT, Status
from .telling import decision_facts, facts, told

__all__ = [
    "NEXT",
    "ApprovalNeeded",
    "Asked",
    "Body",
    "Classification",
    "CodeUnknown",
    "Correction",
    "Decision",
    "ExtensionNotPossible",
    "MissingBlocks",
    "Outcome",
    "ProofMissing",
    "ReviewWindowOver",
    "Status",
    "Way",
    "WayUnsuitable",
    "decision_facts",
    "facts",
    "told",
]
