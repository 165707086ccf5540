"""Tickets over HTTP, for customers and at the desk."""

from . import grouping, likeness, tasks, working
from .asking import ANSWER, Id
from .bodies import AnswerUsed, Assignment, Caller, Language, Line, Prose, ReasonIn, ResumeIn, WaitIn, Word
from .customer import api
from .desk import desk
from .shapes import TicketOut
from .showing import answer_used, ticket_facts

__all__ = [
    "ANSWER",
    "AnswerUsed",
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
    "answer_used",
    "api",
    "desk",
    "grouping",
    "likeness",
    "tasks",
    "ticket_facts",
    "working",
]
