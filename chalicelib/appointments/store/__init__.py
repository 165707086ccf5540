"""Appointments, and the catalogue they stand on, in the table `appointments`."""

from .catalogue import TABLE, DynamoCatalogue
from .continuity import DynamoContinuity
from .day import DynamoDays
from .dynamo import DynamoAppointments
from .waitlist import DynamoWaitlist

__all__ = ["TABLE", "DynamoAppointments", "DynamoCatalogue", "DynamoContinuity", "DynamoDays", "DynamoWaitlist"]
