"""Appointments in branches."""

from functools import cached_property

from chalicelib.appointments.service import Registry
from chalicelib.appointments.store import DynamoAppointments, DynamoCatalogue

from .cases import Cases


class Visits(Cases):
    """What is done at branches."""

    @cached_property
    def _catalogue(self) -> DynamoCatalogue:
        return DynamoCatalogue(self.tables)

    @cached_property
    def _visits(self) -> DynamoAppointments:
        return DynamoAppointments(self.tables)

    @cached_property
    def registry(self) -> Registry:
        return Registry(self._catalogue)
