"""Whoever waits for a time to come free."""

from functools import cached_property
from typing import TYPE_CHECKING

from .visits import Visits

if TYPE_CHECKING:
    from chalicelib.appointments.service import Offering, TakingUp, Telling, Waitlisting


class Waits(Visits):
    """The waitlist of a branch."""

    @cached_property
    def waitlist(self) -> "Waitlisting":
        from chalicelib.appointments.service import Waitlisting
        from chalicelib.appointments.store import DynamoWaitlist
        from chalicelib.aws.ledger import Ledger

        chains = Ledger(self.tables)
        return Waitlisting(DynamoWaitlist(self.tables), self.availability, self.identity, self.keys, chains)

    @cached_property
    def offering(self) -> "Offering":
        from chalicelib.appointments.service import Offering

        return Offering(self.waitlist, self.holding)

    @cached_property
    def taking_up(self) -> "TakingUp":
        from chalicelib.appointments.service import TakingUp

        return TakingUp(self.waitlist)

    @cached_property
    def waitlist_words(self) -> "Telling":
        from chalicelib.appointments.service import Telling

        return Telling(self.waitlist)
