"""Kiosks, the codes they are enrolled with, their sessions, and what is handed over from them."""

from .enrolment import CODE_TOKEN, Claims, Enrolment, EnrolmentInvalid, ProofInvalid, Registered
from .handover import Handover, HandoverOver, Taken, To
from .kiosk import DUE_SHARDS, HEARTBEAT_EVERY, NEXT, VISIT_IDLE, Kiosk, KioskDisabled, Paper, Pulse, State
from .offline import Arrival, Came, Expected, Line, Offline, Settled, explained
from .sessions import Begun, Open, Started, VisitOver
from .words import Notice

__all__ = [
    "CODE_TOKEN",
    "DUE_SHARDS",
    "HEARTBEAT_EVERY",
    "NEXT",
    "VISIT_IDLE",
    "Arrival",
    "Begun",
    "Came",
    "Claims",
    "Enrolment",
    "EnrolmentInvalid",
    "Expected",
    "Handover",
    "HandoverOver",
    "Kiosk",
    "KioskDisabled",
    "Line",
    "Notice",
    "Offline",
    "Open",
    "Paper",
    "ProofInvalid",
    "Pulse",
    "Registered",
    "Settled",
    "Started",
    "State",
    "Taken",
    "To",
    "VisitOver",
    "explained",
]
