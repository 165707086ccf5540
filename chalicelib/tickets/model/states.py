"""The states of enquiries and requests; complaints have their own."""

from enum import StrEnum

from chalicelib.kernel.errors import Conflict


class Status(StrEnum):
    """Where an enquiry or request stands."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"


NEXT: dict[str, frozenset[str]] = {
    Status.RECEIVED: frozenset({Status.IN_PROGRESS, Status.RESOLVED, Status.MERGED}),
    Status.IN_PROGRESS: frozenset({Status.RESOLVED, Status.MERGED}),
    Status.RESOLVED: frozenset({Status.IN_PROGRESS, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.IN_PROGRESS}),
    Status.MERGED: frozenset(),
}


class ReopenWindowOver(Conflict):
    """It was closed too long ago; what is written on it now opens a follow-up."""

    code = "reopen_window_over"
