"""What happened to a ticket; what people wrote is in none of it, only its hash.

What a call changed for the clocks stands in its first record under `clocks` (see model/moves.py).
"""

from .clocks import ClockMissed, ClockWarned, NoticeDropped, NoticeRepeated, NoticeTaken, WordArrived
from .matters import (
    AssignmentFailed,
    ComplaintDenied,
    ComplaintSuspected,
    TicketAccepted,
    TicketAssigned,
    TicketClosed,
    TicketGrouped,
    TicketMerged,
    TicketPromoted,
    TicketReceived,
    TicketReopened,
    TicketResolved,
    TicketResumed,
    TicketTied,
    TicketUngrouped,
    TicketWaiting,
)
from .talking import FileInfected, FileUnscanned, MandateEnded, MandateKept, MessagePosted, NeedsKept, UpdateAsked
from .tasks import TaskAccepted, TaskAnswered, TaskAsked, TaskAssigned, TaskCancelled, TaskReturned

__all__ = [
    "AssignmentFailed",
    "ClockMissed",
    "ClockWarned",
    "ComplaintDenied",
    "ComplaintSuspected",
    "FileInfected",
    "FileUnscanned",
    "MandateEnded",
    "MandateKept",
    "MessagePosted",
    "NeedsKept",
    "NoticeDropped",
    "NoticeRepeated",
    "NoticeTaken",
    "TaskAccepted",
    "TaskAnswered",
    "TaskAsked",
    "TaskAssigned",
    "TaskCancelled",
    "TaskReturned",
    "TicketAccepted",
    "TicketAssigned",
    "TicketClosed",
    "TicketGrouped",
    "TicketMerged",
    "TicketPromoted",
    "TicketReceived",
    "TicketReopened",
    "TicketResolved",
    "TicketResumed",
    "TicketTied",
    "TicketUngrouped",
    "TicketWaiting",
    "UpdateAsked",
    "WordArrived",
]
