"""Who is drawn, who has their turn, and when a campaign is over: numbers and rules without a clock of their own."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import cycle
from typing import Any

from chalicelib.kernel.errors import Invalid
from chalicelib.kernel.notices import ask_again_at
from chalicelib.sla.calendars import DAY, Calendar

from .model import By, Campaign, Plan, Sample, Status, Stratum, Why

MOST_DAYS = 92
MOST_QUOTA = 500  # of a campaign
# So many are drawn for each who is to be reached: not everybody answers.
DRAWN_FOR_EACH = 3
MOST_CASES = 30_000
# So many calls are begun at once, so that a job stays short; the next ones when the sweep comes back.
AT_ONCE = 25
LATER = timedelta(hours=1)
ALL = "all"


def check(plan: Plan, today: date) -> None:
    """Refuse a plan that makes no sense on a local day; raises Invalid, naming the field."""
    faults = [
        ("closed_to", "too_early", plan.last < plan.first),
        ("closed_to", "too_large", plan.last > today or plan.last - plan.first >= DAY * MOST_DAYS),
        ("ends_on", "too_early", plan.ends_on < today),
        ("ends_on", "too_large", plan.ends_on - today > DAY * MOST_DAYS),
        ("quotas", "too_large", sum(plan.quotas.values()) > MOST_QUOTA),
        ("quotas", "not_one_of", plan.by is By.NONE and set(plan.quotas) != {ALL}),
    ]
    for field, code, wrong in faults:
        if wrong:
            raise Invalid.field(field, code)


def drawn(plan: Plan, seed: str, cases: Iterable[Mapping[str, Any]]) -> tuple[tuple[Stratum, ...], Sample]:
    """Draw from the cases of the population: each as likely as any other of its stratum, and the same for the same seed.

    The order of a stratum is that of SHA-256 over the seed and the ticket's id, so that whoever knows both draws the same.
    """
    strata: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        if plan.kinds and case["kind"] not in plan.kinds:
            continue
        if plan.products and case.get("product", "") not in plan.products:
            continue
        strata[ALL if plan.by is By.NONE else str(case.get(plan.by, ""))].append(case["id"])
    sample = {
        name: tuple(sorted(strata[name], key=lambda id_: rank(seed, id_))[: quota * DRAWN_FOR_EACH])
        for name, quota in plan.quotas.items()
    }
    found = (Stratum(name, quota, len(strata[name]), len(sample[name])) for name, quota in sorted(plan.quotas.items()))
    return tuple(found), sample


def rank(seed: str, ticket: str) -> str:
    """Give what a ticket is ordered by."""
    return hashlib.sha256(f"{seed}\x1f{ticket}".encode()).hexdigest()


def settled(campaign: Campaign, standing: Callable[[str], str]) -> Campaign:
    """Give it with what is known of its calls by now; `standing` says how one ended, empty where it is under way."""
    strata = []
    for stratum in campaign.strata:
        for ticket in stratum.open:
            how = standing(ticket)
            stratum = stratum.ended(ticket, how) if how else stratum
        strata.append(stratum)
    return replace(campaign, strata=tuple(strata))


def over(campaign: Campaign, today: date) -> Why | None:
    """Tell why it is over, if it is: by its refusals at once, by anything else once no call is under way."""
    plan, strata = campaign.plan, campaign.strata
    ended = sum(sum(stratum.ends.values()) for stratum in strata)
    declined = sum(stratum.ends.get("declined", 0) for stratum in strata)
    if ended >= plan.refused_least and declined * 100 >= plan.refused_percent * ended:
        return Why.REFUSED
    if campaign.open:
        return None
    if all(stratum.kept >= stratum.quota for stratum in strata):
        return Why.QUOTA
    if today > plan.ends_on:
        return Why.ENDED
    return Why.EXHAUSTED if all(not stratum.missing or not stratum.left for stratum in strata) else None


def claimed(campaign: Campaign, sample: Sample, today: date) -> Campaign:
    """Give it with the next ones whose turn it is, a stratum after another; nothing rings before that is stored."""
    plan = campaign.plan
    begun = campaign.begun if campaign.begun_on == today else 0
    room = min(plan.daily - campaign.open, plan.daily - begun, AT_ONCE)
    if campaign.status is not Status.RUNNING or today > plan.ends_on or room < 1:
        return campaign
    strata = {stratum.name: stratum for stratum in campaign.strata}
    taken = 0
    for name in cycle(tuple(strata)):
        if taken >= room or not any(stratum.missing and stratum.left for stratum in strata.values()):
            break
        stratum = strata[name]
        if stratum.missing and stratum.left:
            ticket = sample[name][stratum.asked]
            strata[name] = replace(stratum, asked=stratum.asked + 1, open=(*stratum.open, ticket))
            taken += 1
    return replace(campaign, strata=tuple(strata.values()), begun=begun + taken, begun_on=today)


def looks_again_at(campaign: Campaign, doors: Calendar, now: datetime) -> datetime | None:
    """Tell when to look again: within the hour, when the doors are open; never once there is nothing more to hear."""
    if campaign.status not in (Status.RUNNING, Status.PAUSED) and not campaign.open:
        return None
    return doors.next_opening(now + LATER) if doors.opening else now + LATER


def scheduled(campaign: Campaign) -> Campaign:
    """Give it with the next instant at which something is to be done about it."""
    instants = (campaign.next_at, *map(ask_again_at, campaign.notices))
    return replace(campaign, due_at=min((at for at in instants if at is not None), default=None))
