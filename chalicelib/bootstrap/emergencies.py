"""Reaching beyond one's unit, and answering for it."""

from functools import cached_property

from chalicelib.emergencies.service import Reaching
from chalicelib.emergencies.store import DynamoEmergencies
from chalicelib.identity.service import Seating

from .faces import Faces


class Emergencies(Faces):
    """Sessions that reach one more unit for a while."""

    @cached_property
    def emergencies(self) -> Reaching:
        return Reaching(DynamoEmergencies(self.tables), Seating(self.identity))
