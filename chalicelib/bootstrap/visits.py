"""Appointments in branches."""

from functools import cached_property

from chalicelib.appointments import model as appointments
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
    Offering,
    Queueing,
    Registry,
    Rehousing,
    Switching,
    TakingUp,
    Telling,
    Waitlisting,
    Watching,
    Words,
)
from chalicelib.appointments.store import (
    DynamoAppointments,
    DynamoCatalogue,
    DynamoContinuity,
    DynamoDays,
    DynamoWaitlist,
)
from chalicelib.aws.ledger import Ledger

from .cases import STATES
from .devices import Devices


class Visits(Devices):
    """What is done at branches."""

    @property
    def states(self) -> dict[str, dict[str, frozenset[str]]]:
        """Which state may follow which: of each kind of ticket, of appointments, and of entries of the waitlist."""
        kinds = {kind.value: table for kind, table in STATES.items()}
        return {**kinds, "appointment": appointments.NEXT, "waitlist": appointments.STEPS}

    @cached_property
    def _catalogue(self) -> DynamoCatalogue:
        return DynamoCatalogue(self.tables)

    @cached_property
    def _visits(self) -> DynamoAppointments:
        return DynamoAppointments(self.tables)

    @cached_property
    def _days(self) -> DynamoDays:
        return DynamoDays(self.tables)

    @cached_property
    def registry(self) -> Registry:
        return Registry(self._catalogue, self.institution, self.packs)

    @cached_property
    def availability(self) -> Finding:
        return Finding(self._visits, self._catalogue, self.packs, self.keys, self._days)

    @cached_property
    def holding(self) -> Holding:
        return Holding(self._visits, self.availability, self.identity)

    @cached_property
    def booking(self) -> Booking:
        return Booking(self._visits, self.keys)

    @cached_property
    def rebooking(self) -> Changing:
        return Changing(self._visits, self.booking, self.holding, self.keys)

    @cached_property
    def words(self) -> Words:
        return Words(self.rebooking, self._catalogue)

    @cached_property
    def queueing(self) -> Queueing:
        return Queueing(self._days, self._catalogue)

    @cached_property
    def arrivals(self) -> Arrivals:
        return Arrivals(self.rebooking, self.queueing, self._days, self.identity, self.keys)

    @cached_property
    def calling(self) -> Calling:
        return Calling(self.rebooking, self.queueing, self._days)

    @cached_property
    def missing(self) -> Missing:
        return Missing(self.rebooking, self._catalogue, self._days)

    @cached_property
    def watching(self) -> Watching:
        return Watching(self.rebooking, self.queueing, self.missing, self.words)

    @cached_property
    def answering_visits(self) -> Answering:
        return Answering(self.rebooking)

    @cached_property
    def closing(self) -> Closing:
        continuity = DynamoContinuity(self.tables, self._catalogue)
        return Closing(self._visits, continuity, self._catalogue, self.packs, Rehousing(self.rebooking))

    @cached_property
    def switching(self) -> Switching:
        return Switching(self.closing, self.registry, self.institution)

    @cached_property
    def waitlist(self) -> Waitlisting:
        chains = Ledger(self.tables)
        return Waitlisting(DynamoWaitlist(self.tables), self.availability, self.identity, self.keys, chains)

    @cached_property
    def offering(self) -> Offering:
        return Offering(self.waitlist, self.holding)

    @cached_property
    def taking_up(self) -> TakingUp:
        return TakingUp(self.waitlist)

    @cached_property
    def waitlist_words(self) -> Telling:
        return Telling(self.waitlist)
