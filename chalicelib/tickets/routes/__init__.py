"""Tickets over HTTP, for customers and at the desk."""

from .asking import Id
from .customer import api
from .desk import desk
from .shapes import Assignment, TicketOut
from .showing import ticket_facts

__all__ = ["Assignment", "Id", "TicketOut", "api", "desk", "ticket_facts"]
