"""A unit that asks its customers how they were served: its closed cases, its campaigns, and agents who call."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.callbacks.campaigns.model import Campaign, Plan, Status
from chalicelib.callbacks.campaigns.service import Changing, Running, Working
from chalicelib.callbacks.campaigns.store import DynamoCampaigns
from chalicelib.callbacks.model import Callback, NothingToCall, Outcome, Purpose
from chalicelib.callbacks.service import Inviting
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.paging import Page, Position
from tests.callcentre import CallCentre, at, packs
from tests.fakes.callbacks import FakeMatter

PAGE = 40


@dataclass
class FakeLines:
    """Cases that were closed, some at a time."""

    cases: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[datetime, datetime] | None] = field(default_factory=list)

    def lines(
        self, unit: str, closed: tuple[datetime, datetime] | None, start: Position | None
    ) -> Page[Mapping[str, Any]]:
        self.asked.append(closed)
        found = [case for case in self.cases if case["unit"] == unit and closed and closed[0] <= case["at"] < closed[1]]
        first = int(start["first"]) if start else 0
        following = {"first": str(first + PAGE)} if first + PAGE < len(found) else None
        return Page(tuple(found[first : first + PAGE]), following)


@dataclass
class Surveyors:
    """A call centre with campaigns; `answers` says what comes of a try."""

    centre: CallCentre = field(default_factory=CallCentre)
    lines: FakeLines = field(default_factory=FakeLines)
    answers: Callable[[Callback], Outcome] = lambda _: Outcome.REACHED

    def __post_init__(self) -> None:
        centre = self.centre
        changing = Changing(DynamoCampaigns(centre.tables), centre.people, packs())
        self.store = changing.store
        self.inviting = Inviting(centre.promising, centre.matters)
        self.working = Working(changing, self.inviting)
        self.running = Running(changing, self.working, self.lines)

    # --- what there is -----------------------------------------------------------------------------------------------

    def closed(self, number: int, kind: str = "enquiry", **but: Any) -> Sequence[str]:
        """Close some cases, each of a customer of its own."""
        first = len(self.lines.cases)
        for n in range(first, first + number):
            case = {
                "id": f"tkt_{n:04}",
                "unit": "east",
                "kind": kind,
                "product": "cards",
                "channel": "app",
                "at": at(9),
            }
            self.lines.cases.append({**case, **but})
            self.centre.people.phones[f"cus_{n:04}"] = (f"+8613800{100000 + n}", "zh-CN")
            self.centre.matters.kept[case["id"]] = FakeMatter(str(case["id"]), customer_id=f"cus_{n:04}")
        return [case["id"] for case in self.lines.cases[first:]]

    def plan(self, **but: Any) -> Plan:
        """Make a plan for cases closed in November, to be over in a fortnight."""
        days = {"first": date(2026, 11, 1), "last": date(2026, 11, 23), "ends_on": date(2026, 12, 4)}
        return Plan(**{"name": "Cards", "unit": "east", **days, "quotas": {"all": 10}, **but})

    def lead(self, **but: Any) -> Call:
        """Make the call of the unit's supervisor."""
        return self.centre.call(but.pop("who", "lead-1"), role=but.pop("role", Role.SUPERVISOR), **but)

    def begun(self, **but: Any) -> Campaign:
        """Plan a campaign, draw and start it."""
        made = self.running.create(self.plan(**but), self.lead())
        self.running.draw(made.id, self.lead())
        return self.running.start(made.id, self.lead())

    # --- what happens ------------------------------------------------------------------------------------------------

    def due(self, campaign: Campaign) -> str:
        """Let the job look at a campaign."""
        return self.working.due(campaign.id, self.centre.call("system"))

    def get(self, campaign: Campaign) -> Campaign:
        """Read a campaign as it is stored."""
        return self.working.changing.found(campaign.id)

    def seen(self, campaign: Campaign) -> Campaign:
        """Read a campaign as its supervisor sees it."""
        return self.running.shown(campaign.id, self.lead())

    def calls(self) -> list[Callback]:
        """Read every call that campaigns have promised."""
        return [it for it in self.centre.all() if it.purpose is Purpose.CAMPAIGN]

    def events(self, campaign: Campaign) -> list[str]:
        """Name what happened to a campaign, in order."""
        return [record.event.removeprefix("campaign.") for record in self.centre.tables.chains[campaign.id]]

    def goes_on(self, campaign: Campaign, until: datetime, dice: random.Random | None = None) -> None:
        """Let time pass in quarters of an hour: the sweep comes, often where there are dice, and agents call."""
        while self.centre.now < until:
            times = dice.choice((1, 2, 3)) if dice else 1
            for _ in range(times):
                self.due(campaign)
            self.centre.pass_time(self.centre.now)
            for agent in ("agent-1", "agent-2"):
                self._calls(agent)
            self.centre.pass_time(min(until, self.centre.now + timedelta(minutes=15)))
        self.due(campaign)

    def _calls(self, agent: str) -> None:
        for _ in range(5):
            try:
                leased = self.centre.leasing.next("", self.centre.call(agent))
            except NothingToCall:
                return
            self.centre.tried(leased, self.answers(leased), agent)


def over(campaign: Campaign) -> bool:
    """Tell whether a campaign is over and has heard of every call."""
    return campaign.status is Status.OVER and not campaign.open
