"""Campaigns of calls."""

from functools import cached_property
from typing import TYPE_CHECKING

from .promises import Promises

if TYPE_CHECKING:
    from chalicelib.callbacks.campaigns.service import Changing, Running, Working


class Campaigns(Promises):
    """Who is drawn from the cases of a unit, and called."""

    @cached_property
    def _campaign_changes(self) -> "Changing":
        from chalicelib.callbacks.campaigns.service import Changing
        from chalicelib.callbacks.campaigns.store import DynamoCampaigns

        return Changing(DynamoCampaigns(self.tables), self.institution, self.packs)

    @cached_property
    def campaign_work(self) -> "Working":
        from chalicelib.callbacks.campaigns.service import Working
        from chalicelib.callbacks.service import Inviting

        return Working(self._campaign_changes, Inviting(self.promising, self.hearing_of_calls))

    @cached_property
    def campaigns(self) -> "Running":
        from chalicelib.callbacks.campaigns.service import Running
        from chalicelib.tickets.store import DynamoTickets

        return Running(self._campaign_changes, self.campaign_work, DynamoTickets(self.tables))
