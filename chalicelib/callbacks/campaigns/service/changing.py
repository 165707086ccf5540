"""How campaigns are read for somebody, and changed: read, changed, written under a condition, and tried again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, chained, end
from chalicelib.sla.calendars import Calendar

from .. import policy
from ..model import Campaign, Sample
from ..ports import Calendars, Campaigns, Units

TRIES = 4


@dataclass(frozen=True)
class Change:
    """A campaign as it is to be and what happened to it; the sample, where it was drawn."""

    after: Campaign
    happened: Sequence[Event] = ()
    sample: Sample | None = None


@dataclass(frozen=True)
class Changing:
    """The one place that writes campaigns."""

    store: Campaigns
    units: Units
    calendars: Calendars

    def doors(self, unit: str) -> Calendar:
        """Give the calendar of a unit's doors, whose days are a campaign's."""
        return self.calendars.calendar(self.units.of(unit)[1])

    def found(self, id_: str) -> Campaign:
        """Read a campaign that has to be there; raises NotFound."""
        campaign = self.store.get(id_)
        if campaign is None:
            raise NotFound
        return campaign

    def reach(self, id_: str, act: Act, call: Call) -> Campaign:
        """Read a campaign the caller may do this to; anything else looks absent."""
        access.require(call.actor, act)
        campaign = self.found(id_)
        access.require_on(call.actor, act, unit=campaign.plan.unit)
        return campaign

    def apply(self, read: Callable[[], Campaign], change: Callable[[Campaign], Change | None], call: Call) -> Campaign:
        """Read, change, and write if nobody wrote in between; else again. No change, no write but the answer's."""
        for attempt in range(TRIES):
            before = read()
            call.expect(before.version)
            wanted = change(before)
            if wanted is None:
                self.store.remember(call.stamp(before))
                return before
            try:
                return self.keep(before, wanted, call)
            except Changed:
                if attempt + 1 == TRIES:
                    raise
        raise Changed

    def keep(self, before: Campaign, wanted: Change, call: Call) -> Campaign:
        """Write what a change wants, its records after those of before; raises Changed."""
        records = chained(before.id, before.link, wanted.happened, call)
        after = policy.scheduled(replace(wanted.after, link=end(records, before.link)))
        shown = replace(after, version=before.version + 1)
        self.store.save(after, records, call.stamp(shown), wanted.sample)
        return shown
