"""Kiosks over HTTP: for the people of a branch, for the devices, and for whoever takes what was handed over."""

from .arrivals import arrivals
from .desk import desk
from .devices import api
from .visits import handovers

__all__ = ["api", "arrivals", "desk", "handovers"]
