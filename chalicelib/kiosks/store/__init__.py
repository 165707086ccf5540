"""Kiosks, enrolments, proofs and handovers in the table `kiosks`."""

from .handovers import DynamoHandovers
from .kiosks import DynamoKiosks

__all__ = ["DynamoHandovers", "DynamoKiosks"]
