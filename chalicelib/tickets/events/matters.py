"""What happened to a ticket itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from chalicelib.kernel.events import Event

Words = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class TicketReceived(Event):
    """An enquiry or request is registered; `received_at` is when it was first expressed."""

    NAME: ClassVar[str] = "ticket.received"
    ticket: str
    number: str
    kind: str
    unit: str
    owner: str
    channel: str
    received_at: datetime
    regimes: tuple[str, ...]
    sha256: str
    notices: Words = ()


@dataclass(frozen=True)
class TicketAccepted(Event):
    """The owner has taken it on."""

    NAME: ClassVar[str] = "ticket.accepted"
    ticket: str
    owner: str


@dataclass(frozen=True)
class TicketAssigned(Event):
    """Somebody owns the ticket from now on, in place of `before`."""

    NAME: ClassVar[str] = "ticket.assigned"
    ticket: str
    owner: str
    before: str
    backup: str = ""
    why: str = ""
    notices: Words = ()


@dataclass(frozen=True)
class AssignmentFailed(Event):
    """Nobody in the unit may own this ticket; it is not left without an owner silently."""

    NAME: ClassVar[str] = "ticket.assignment_failed"
    ticket: str
    unit: str
    notices: Words = ()


@dataclass(frozen=True)
class TicketWaiting(Event):
    """It waits for somebody; `flags` name what looks like an abuse of pausing."""

    NAME: ClassVar[str] = "ticket.waiting"
    ticket: str
    reason: str
    until: datetime | None
    flags: tuple[str, ...]
    notices: Words = ()


@dataclass(frozen=True)
class TicketResumed(Event):
    """It waits no longer; `why` is staff, customer or limit."""

    NAME: ClassVar[str] = "ticket.resumed"
    ticket: str
    reason: str
    why: str


@dataclass(frozen=True)
class TicketResolved(Event):
    """What was asked for is done or answered; `answer` names the wording the message was made from, if one was."""

    NAME: ClassVar[str] = "ticket.resolved"
    ticket: str
    message: str
    sha256: str
    notices: Words = ()
    answer: Mapping[str, str] | None = None


@dataclass(frozen=True)
class TicketClosed(Event):
    """The matter is over."""

    NAME: ClassVar[str] = "ticket.closed"
    ticket: str
    why: str


@dataclass(frozen=True)
class TicketReopened(Event):
    """The matter goes on."""

    NAME: ClassVar[str] = "ticket.reopened"
    ticket: str
    state: str
    sha256: str
    notices: Words = ()


@dataclass(frozen=True)
class TicketTied(Event):
    """Another ticket has to do with this one; `relation` says what it is to it."""

    NAME: ClassVar[str] = "ticket.tied"
    ticket: str
    relation: str
    other: str


@dataclass(frozen=True)
class TicketGrouped(Event):
    """It has its cause in common with others; `lead` is the one on which that is worked on, perhaps this very one."""

    NAME: ClassVar[str] = "ticket.grouped"
    ticket: str
    lead: str


@dataclass(frozen=True)
class TicketUngrouped(Event):
    """It has another cause after all."""

    NAME: ClassVar[str] = "ticket.ungrouped"
    ticket: str
    lead: str


@dataclass(frozen=True)
class TicketMerged(Event):
    """This one goes on in another; its clocks stop here."""

    NAME: ClassVar[str] = "ticket.merged"
    ticket: str
    into: str


@dataclass(frozen=True)
class TicketPromoted(Event):
    """An enquiry or request has turned out to be a complaint, first expressed at `first_expressed_at`."""

    NAME: ClassVar[str] = "ticket.promoted"
    ticket: str
    before: str
    first_expressed_at: datetime
    regimes: tuple[str, ...]
    notices: Words = ()


@dataclass(frozen=True)
class ComplaintSuspected(Event):
    """What the customer wrote at `at` sounds like a complaint: `heard` are words of the list in the version `words`."""

    NAME: ClassVar[str] = "ticket.complaint_suspected"
    ticket: str
    at: datetime
    words: str
    heard: tuple[str, ...]
    notices: Words = ()


@dataclass(frozen=True)
class ComplaintDenied(Event):
    """Somebody has said that what sounded like a complaint at `suspected_at` is none, and why."""

    NAME: ClassVar[str] = "ticket.complaint_denied"
    ticket: str
    suspected_at: datetime
    sha256: str
