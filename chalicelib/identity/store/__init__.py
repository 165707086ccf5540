"""Customers, staff, units and sessions in the table `identity`."""

from .directory import DynamoDirectory
from .people import TABLE, DynamoPeople, phone_key, session_key

__all__ = ["TABLE", "DynamoDirectory", "DynamoPeople", "phone_key", "session_key"]
