"""Registering and enrolling kiosks, hearing of them, visits at them, and what is handed over from them."""

from .beating import Beating
from .enrolling import Enrolling
from .handing import Handing
from .keeping import Keeping
from .offline import OfflineList
from .registry import Registry
from .visiting import Visiting

__all__ = ["Beating", "Enrolling", "Handing", "Keeping", "OfflineList", "Registry", "Visiting"]
