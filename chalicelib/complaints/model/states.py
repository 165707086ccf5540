"""The states of a complaint, and which may follow which."""

from enum import StrEnum


class Status(StrEnum):
    """Where a complaint stands; `in_review` is 核查, at the unit above."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    PROPOSED = "proposed"
    DECIDED = "decided"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


NEXT: dict[str, frozenset[str]] = {
    Status.RECEIVED: frozenset({Status.IN_PROGRESS, Status.PROPOSED, Status.DECIDED, Status.WITHDRAWN, Status.MERGED}),
    Status.IN_PROGRESS: frozenset({Status.PROPOSED, Status.DECIDED, Status.WITHDRAWN, Status.MERGED}),
    # Returned by the approver, it goes back to where it was proposed: to work, or to the review.
    Status.PROPOSED: frozenset({Status.IN_PROGRESS, Status.IN_REVIEW, Status.DECIDED, Status.WITHDRAWN}),
    Status.DECIDED: frozenset({Status.DELIVERING, Status.DELIVERED, Status.WITHDRAWN}),
    Status.DELIVERING: frozenset({Status.DELIVERED, Status.WITHDRAWN}),
    Status.DELIVERED: frozenset({Status.ACCEPTED, Status.IN_REVIEW, Status.CLOSED}),
    Status.ACCEPTED: frozenset({Status.CLOSED}),
    Status.IN_REVIEW: frozenset({Status.PROPOSED, Status.DECIDED, Status.WITHDRAWN}),
    Status.CLOSED: frozenset({Status.IN_PROGRESS, Status.IN_REVIEW}),
    Status.WITHDRAWN: frozenset(),
    Status.MERGED: frozenset(),
}
