"""Verifications, and what texts are counted in, in the table `verification`."""

from .gates import DynamoGates, FreshReach
from .items import TABLE
from .verifications import DynamoVerifications

__all__ = ["TABLE", "DynamoGates", "DynamoVerifications", "FreshReach"]
