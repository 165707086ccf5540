"""Appointments in branches."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib.appointments import model as appointments

from .cases import STATES
from .devices import Devices

if TYPE_CHECKING:
    from chalicelib.appointments.service import (
        Answering,
        Arrivals,
        Booking,
        Calling,
        Changing,
        Closing,
        Finding,
        Holding,
        Missing,
        Queueing,
        Registry,
        Switching,
        Watching,
        Words,
    )
    from chalicelib.appointments.store import DynamoAppointments, DynamoCatalogue, DynamoDays


class Visits(Devices):
    """What is done at branches."""

    @property
    def states(self) -> dict[str, dict[str, frozenset[str]]]:
        """Which state may follow which: of each kind of ticket, and of appointments."""
        return {**{kind.value: table for kind, table in STATES.items()}, "appointment": appointments.NEXT}

    @cached_property
    def _catalogue(self) -> "DynamoCatalogue":
        from chalicelib.appointments.store import DynamoCatalogue

        return DynamoCatalogue(self.tables)

    @cached_property
    def _visits(self) -> "DynamoAppointments":
        from chalicelib.appointments.store import DynamoAppointments

        return DynamoAppointments(self.tables)

    @cached_property
    def _days(self) -> "DynamoDays":
        from chalicelib.appointments.store import DynamoDays

        return DynamoDays(self.tables)

    @cached_property
    def registry(self) -> "Registry":
        from chalicelib.appointments.service import Registry

        return Registry(self._catalogue, self.institution, self.packs)

    @cached_property
    def availability(self) -> "Finding":
        from chalicelib.appointments.service import Finding

        return Finding(self._visits, self._catalogue, self.packs, self._days)

    @cached_property
    def holding(self) -> "Holding":
        from chalicelib.appointments.service import Holding

        return Holding(self._visits, self.availability, self.identity)

    @cached_property
    def booking(self) -> "Booking":
        from chalicelib.appointments.service import Booking

        return Booking(self._visits, self.keys)

    @cached_property
    def rebooking(self) -> "Changing":
        from chalicelib.appointments.service import Changing

        return Changing(self._visits, self.booking, self.holding, self.keys)

    @cached_property
    def words(self) -> "Words":
        from chalicelib.appointments.service import Words

        return Words(self.rebooking, self._catalogue)

    @cached_property
    def queueing(self) -> "Queueing":
        from chalicelib.appointments.service import Queueing

        return Queueing(self._days, self._catalogue)

    @cached_property
    def arrivals(self) -> "Arrivals":
        from chalicelib.appointments.service import Arrivals

        return Arrivals(self.rebooking, self.queueing, self._days, self.identity, self.keys)

    @cached_property
    def calling(self) -> "Calling":
        from chalicelib.appointments.service import Calling

        return Calling(self.rebooking, self.queueing, self._days)

    @cached_property
    def missing(self) -> "Missing":
        from chalicelib.appointments.service import Missing

        return Missing(self.rebooking, self._catalogue, self._days)

    @cached_property
    def watching(self) -> "Watching":
        from chalicelib.appointments.service import Watching

        return Watching(self.rebooking, self.queueing, self.missing, self.words)

    @cached_property
    def answering_visits(self) -> "Answering":
        from chalicelib.appointments.service import Answering

        return Answering(self.rebooking)

    @cached_property
    def closing(self) -> "Closing":
        from chalicelib.appointments.service import Closing, Rehousing
        from chalicelib.appointments.store import DynamoContinuity

        continuity = DynamoContinuity(self.tables, self._catalogue)
        return Closing(self._visits, continuity, self._catalogue, self.packs, Rehousing(self.rebooking))

    @cached_property
    def switching(self) -> "Switching":
        from chalicelib.appointments.service import Switching

        return Switching(self.closing, self.registry, self.institution)
