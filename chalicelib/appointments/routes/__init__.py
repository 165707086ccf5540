"""Appointments over HTTP: for everybody, for customers, for whoever holds a link, at the desk."""

from . import calendar, continuity, day, managing, preparing, present, settings, waitlist
from .customer import api
from .desk import desk
from .present import halls
from .public import public

__all__ = [
    "api",
    "calendar",
    "continuity",
    "day",
    "desk",
    "halls",
    "managing",
    "preparing",
    "present",
    "public",
    "settings",
    "waitlist",
]
