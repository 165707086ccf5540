"""Appointments over HTTP: for everybody, for customers, for whoever holds a link, at the desk."""

from . import calendar, continuity, day, managing, present, settings, waitlist
from .customer import api
from .desk import desk
from .public import public

__all__ = ["api", "calendar", "continuity", "day", "desk", "managing", "present", "public", "settings", "waitlist"]
