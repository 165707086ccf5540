"""Tickets over HTTP, for customers and at the desk."""

from . import grouping, likeness, working
from .asking import Id
from .bodies import Assignment, Caller, Language, Line, Prose, ReasonIn, ResumeIn, WaitIn, Word
from .customer import api
from .desk import desk
from .shapes import TicketOut
from .showing import ticket_facts

__all__ = [
    "Assignment",
    "Caller",
    "Id",
    "Language",
    "Line",
    "Prose",
    "ReasonIn",
    "ResumeIn",
    "TicketOut",
    "WaitIn",
    "Word",
    "api",
    "desk",
    "grouping",
    "likeness",
    "ticket_facts",
    "working",
]
