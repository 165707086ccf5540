"""What a supervisor does with a campaign: plan it, draw, start, pause, stop, and look."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import digest
from chalicelib.kernel.paging import Page, Position

from .. import events, policy
from ..model import ENDS, Campaign, Plan, PopulationTooLarge, Row, Status, Stratum, Why
from ..ports import Lines
from .changing import Change, Changing
from .working import Working

_SIZES = ("population", "quota", "sample", "asked")
COLUMNS = ("stratum", *_SIZES, "open", *ENDS, "skipped", "response_rate")
Line = dict[str, int | str | float | None]


@dataclass(frozen=True)
class Running:
    """Nothing rings in any of these: what they decide is worked off by the job."""

    changing: Changing
    working: Working
    lines: Lines

    def create(self, plan: Plan, call: Call) -> Campaign:
        """Plan a campaign and fix the seed it will be drawn by; raises Invalid for a plan that makes no sense."""
        plan = replace(plan, unit=plan.unit or call.actor.unit)
        access.require_on(call.actor, Act.CAMPAIGN_RUN, unit=plan.unit)
        if not plan.unit:
            raise NotFound
        policy.check(plan, self.changing.doors(plan.unit).local_day(call.now))
        drafted = Campaign(call.new_id("cmp"), plan, call.entropy(16).hex(), call.actor.id, call.now)
        told = events.CampaignCreated(
            drafted.id,
            plan.unit,
            drafted.seed,
            plan.first.isoformat(),
            plan.last.isoformat(),
            plan.by,
            plan.quotas,
            digest(_plain(plan)),
        )
        return self.changing.keep(drafted, Change(drafted, [told]), call)

    def draw(self, id_: str, call: Call) -> Campaign:
        """Draw who is called, once; raises NotAllowedNow, and PopulationTooLarge."""

        def change(before: Campaign) -> Change:
            after = before.moved(Status.DRAWN)
            strata, sample = policy.drawn(before.plan, before.seed, self._population(before.plan))
            population = {stratum.name: stratum.population for stratum in strata}
            sizes = {stratum.name: stratum.sample for stratum in strata}
            told = events.CampaignDrawn(before.id, population, sizes, digest(sample))
            return Change(replace(after, strata=strata), [told], sample)

        return self._change(id_, change, call)

    def start(self, id_: str, call: Call) -> Campaign:
        """Let it call, for the first time or after a pause; done again, it changes nothing."""

        def change(before: Campaign) -> Change | None:
            if before.status is Status.RUNNING:
                return None
            after = replace(before.moved(Status.RUNNING), next_at=self._opening(before.plan.unit, call))
            return Change(after, [events.CampaignStarted(before.id)])

        return self._change(id_, change, call)

    def pause(self, id_: str, call: Call) -> Campaign:
        """Let it call nobody more for now; what was promised is kept. Done again, it changes nothing."""

        def change(before: Campaign) -> Change | None:
            if before.status is Status.PAUSED:
                return None
            return Change(before.moved(Status.PAUSED), [events.CampaignPaused(before.id)])

        return self._change(id_, change, call)

    def stop(self, id_: str, call: Call) -> Campaign:
        """End it for good; what was promised is kept. Done again, it changes nothing."""

        def change(before: Campaign) -> Change | None:
            if before.status is Status.OVER:
                return None
            after = replace(before.moved(Status.OVER), why=Why.STOPPED)
            return Change(after, [events.CampaignOver(before.id, Why.STOPPED, ())])

        return self._change(id_, change, call)

    def shown(self, id_: str, call: Call) -> Campaign:
        """Give a campaign as it stands, with what has come of its calls by now."""
        found = self.changing.reach(id_, Act.CAMPAIGN_READ, call)
        return self.working.seen(found)

    def figures(self, id_: str, call: Call) -> Sequence[Line]:
        """Count each stratum by now, and all of them together; `response_rate` is that of the calls that are over."""
        strata = self.shown(id_, call).strata
        return [*(_counted(one.name, [one]) for one in strata), _counted("total", strata)]

    def csv(self, lines: Sequence[Line]) -> str:
        """Write the figures by RFC 4180; there is nothing in them that anybody wrote."""
        page = io.StringIO(newline="")
        writing = csv.DictWriter(page, COLUMNS, lineterminator="\r\n")
        writing.writeheader()
        writing.writerows(lines)
        return page.getvalue()

    def list(self, unit: str, limit: int, start: Position | None, call: Call) -> Page[Row]:
        """List the campaigns of a unit, newest first."""
        unit = unit or call.actor.unit
        access.require_on(call.actor, Act.CAMPAIGN_READ, unit=unit)
        return self.changing.store.of_unit(unit, limit, start)

    def _opening(self, unit: str, call: Call) -> datetime:
        """Give the next instant at which a unit is open: nobody is promised a call at night."""
        doors = self.changing.doors(unit)
        return doors.next_opening(call.now) if doors.opening else call.now

    def _change(self, id_: str, change: Any, call: Call) -> Campaign:
        return self.changing.apply(lambda: self.changing.reach(id_, Act.CAMPAIGN_RUN, call), change, call)

    def _population(self, plan: Plan) -> Iterator[Mapping[str, Any]]:
        """Read the cases that were closed in the days of a plan."""
        doors, read = self.changing.doors(plan.unit), 0
        start = None
        while True:
            page = self.lines.lines(plan.unit, (doors.starts(plan.first), doors.ends(plan.last)), start)
            read += len(page.items)
            if read > policy.MOST_CASES:
                raise PopulationTooLarge(most=policy.MOST_CASES)
            yield from page.items
            start = page.next
            if start is None:
                return


def _counted(name: str, strata: Sequence[Stratum]) -> Line:
    sizes = {what: sum(getattr(one, what) for one in strata) for what in _SIZES}
    ends = {how: sum(one.ends.get(how, 0) for one in strata) for how in ENDS}
    skipped = sum(sum(one.skipped.values()) for one in strata)
    over = ends["kept"] + ends["unreached"] + ends["declined"]
    rate = round(ends["kept"] / over, 3) if over else None
    open_ = sum(len(one.open) for one in strata)
    return {"stratum": name, **sizes, "open": open_, **ends, "skipped": skipped, "response_rate": rate}


def _plain(plan: Plan) -> dict[str, Any]:
    days = {name: getattr(plan, name).isoformat() for name in ("first", "last", "ends_on")}
    return {**vars(plan), **days, "quotas": dict(plan.quotas)}
