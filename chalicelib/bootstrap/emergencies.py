"""Reaching beyond one's unit, and answering for it."""

from functools import cached_property
from typing import TYPE_CHECKING

from .faces import Faces

if TYPE_CHECKING:
    from chalicelib.emergencies.service import Reaching


class Emergencies(Faces):
    """Sessions that reach one more unit for a while."""

    @cached_property
    def emergencies(self) -> "Reaching":
        from chalicelib.emergencies.service import Reaching
        from chalicelib.emergencies.store import DynamoEmergencies
        from chalicelib.identity.service import Seating

        return Reaching(DynamoEmergencies(self.tables), Seating(self.identity))
