"""What is counted in which report, and what a regulator's file says; pure arithmetic on lines and cases."""

from .figures import reported
from .files import Fault, faults, filed, included
from .form import Form

__all__ = ["Fault", "Form", "faults", "filed", "included", "reported"]
