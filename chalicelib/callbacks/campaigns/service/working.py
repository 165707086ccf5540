"""What nobody asks for: whose turn it is, how calls ended, whether a campaign is over, and word of that."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.kernel import ids
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import Notice, ask_again_at

from .. import events, policy
from ..model import Campaign, Status, Why
from ..ports import Inviting
from .changing import Change, Changing

# Claim, invite, and once more for what inviting has left open.
STEPS = 3


@dataclass(frozen=True)
class Working:
    """Whose turn it is is stored before they are promised a call, under an id that follows from both: what dies in between is
    found and gone on with, and nobody is promised two.
    """

    changing: Changing
    inviting: Inviting

    def due(self, id_: str, call: Call) -> str:
        """Do whatever is due; a hint that comes too early, twice, or for nothing changes nothing."""
        outcome = "settled"
        for _ in range(STEPS):
            before = self.changing.found(id_)
            if before.due_at is None or before.due_at > call.now:
                break
            try:
                outcome = self.changing.keep(before, self._next(before, call), call).status.value
            except Changed:
                return "busy"
        return outcome

    def taken(self, id_: str, key: str, call: Call) -> str:
        """Hear that the word owed under a key is on its way; it is owed no longer."""

        def change(before: Campaign) -> Change | None:
            after = before.told(key)
            return None if after == before else Change(after, [events.CampaignWordTaken(before.id, key)])

        self.changing.apply(lambda: self.changing.found(id_), change, call)
        return "taken"

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether word is still owed under a key; if not, what is on its way about it is stale."""
        campaign = self.changing.store.get(id_)
        return campaign is not None and any(notice.key == key for notice in campaign.notices)

    def seen(self, campaign: Campaign) -> Campaign:
        """Give it with what has come of its calls by now; nothing is stored."""
        return policy.settled(campaign, lambda ticket: self.inviting.standing(call_id(campaign, ticket)) or "")

    def _next(self, before: Campaign, call: Call) -> Change:
        """Give what is due: word, or the next turn."""
        due = [notice for notice in before.notices if ask_again_at(notice) <= call.now]
        if due:
            asked = tuple(notice.asked(call.now) for notice in due)
            rest = tuple(notice for notice in before.notices if notice not in due)
            told = events.CampaignWordRepeated(before.id, tuple(before.word(notice) for notice in asked))
            return Change(replace(before, notices=(*rest, *asked)), [told])
        return self._went_on(before, call)

    def _went_on(self, before: Campaign, call: Call) -> Change:
        doors = self.changing.doors(before.plan.unit)
        today = doors.local_day(call.now)
        after = policy.settled(before, lambda ticket: self._standing(before, ticket, call))
        why = policy.over(after, today) if after.status is not Status.OVER else None
        happened: list[Event] = []
        if why is not None:
            after, ended = _over(after, why, call)
            happened.append(ended)
        sample = self.changing.store.sample(before.id) if after.status is Status.RUNNING else {}
        turned = policy.claimed(after, sample, today)
        went = _went(before, turned)
        # Those who have just had their turn are promised their calls at once.
        next_at = call.now if turned.open > after.open else policy.looks_again_at(turned, doors, call.now)
        return Change(replace(turned, next_at=next_at), [*went, *happened])

    def _standing(self, campaign: Campaign, ticket: str, call: Call) -> str:
        """Tell how a call ended; one that is not promised yet is, unless the campaign has stopped since."""
        id_ = call_id(campaign, ticket)
        standing = self.inviting.standing(id_)
        if standing is not None:
            return standing
        if campaign.status is Status.PAUSED:
            return ""
        if campaign.status is Status.OVER:
            return "stopped"
        told = self.inviting.invite(id_, ticket, timedelta(days=campaign.plan.rest_days), call)
        return "" if told == "promised" else told


def call_id(campaign: Campaign, ticket: str) -> str:
    """Give the id of the call about a ticket: the same whoever asks however often."""
    return ids.new_id("cbk", campaign.created_at, hashlib.sha256(f"{campaign.id}\x1f{ticket}".encode()).digest())


def _over(campaign: Campaign, why: Why, call: Call) -> tuple[Campaign, Event]:
    """End a campaign by its rules; the lead hears of it."""
    notice = Notice("over", f"campaign_over_{why}", "lead", call.now)
    after = replace(campaign.moved(Status.OVER), why=why, notices=(*campaign.notices, notice))
    return after, events.CampaignOver(campaign.id, why, (after.word(notice),))


def _went(before: Campaign, after: Campaign) -> list[Event]:
    """Say what has changed since; nothing where nothing has, such as in most hours."""
    begun = sum(stratum.asked for stratum in after.strata) - sum(stratum.asked for stratum in before.strata)
    ends = _sums(after, "ends") - _sums(before, "ends")
    skipped = _sums(after, "skipped") - _sums(before, "skipped")
    if not (begun or ends or skipped):
        return []
    return [events.CampaignWentOn(before.id, begun, dict(ends), dict(skipped))]


def _sums(campaign: Campaign, what: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for stratum in campaign.strata:
        told: Mapping[str, int] = getattr(stratum, what)
        counted.update(told)
    return counted
