"""One booking that cannot take place as agreed: another time nearby, the way online, or staff who ask."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import Notice

from .. import events, policy
from ..model import (
    Appointment,
    Asked,
    Branch,
    Day,
    Hold,
    How,
    NotASlot,
    NotBookable,
    PlanStanding,
    Rebooking,
    SlotTaken,
    Status,
    TooManyOpen,
    Way,
)
from .answering import to_staff
from .changing import Changing

# Others may take what was free a moment ago.
TIMES_TRIED = 5


@dataclass(frozen=True)
class Rehousing:
    """Each booking in a transaction of its own; one that somebody else has changed meanwhile is left as it is."""

    changing: Changing

    def rehouse(self, seen: Appointment, why: Mapping[str, str], call: Call) -> bool:
        """Do for a booking what can be done, and owe its customer word of it; tell whether anything was written.

        The new time is taken before the old one is given back, in the transaction that moves the booking, so that nobody
        is ever without either.
        """
        hold = self._kept(seen, call)
        how = How.MOVED if hold else self.otherwise(seen)
        write = self.changing.spending(hold) if hold else self.changing.saved
        done: list[bool] = []

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            done[:] = [_as_seen(before, seen)]
            return self._rebooked(before, hold, how, why, call) if done[0] else None

        self.changing.apply(lambda: self._found(seen.id), change, call, write)
        return done[0]

    def keep(self, seen: Appointment, call: Call) -> bool:
        """Tell a customer who was asked to choose that the visit takes place as it was agreed."""
        done: list[bool] = []

        def change(before: Appointment) -> tuple[Appointment, Event] | None:
            done[:] = [policy.informed(before) and _as_seen(before, seen)]
            if not done[0]:
                return None
            after = before.settled(PlanStanding.KEPT)
            word = Notice(f"kept/{before.version}", "appointment_kept", "customer", call.now, tries=0)
            return after.owing(word, *policy.reminders(after, call.now)), events.AppointmentKept(before.id)

        self.changing.apply(lambda: self._found(seen.id), change, call, self.changing.saved)
        return done[0]

    def _kept(self, seen: Appointment, call: Call) -> Hold | None:
        """Hold the best time near the one that was agreed; one hold more than a customer may have open."""
        found = self._free(seen, call)
        starts = policy.near_times([(asked.branch, day.slots) for asked, day in found], seen.starts_at)
        by_branch = {asked.branch.id: asked for asked, _ in found}
        for branch, start in starts[:TIMES_TRIED]:
            try:
                return self.changing.holding.keep(by_branch[branch.id], start, seen.customer_id, seen.id, call)
            except (SlotTaken, NotASlot):
                continue
            except TooManyOpen:
                return None
        return None

    def _free(self, seen: Appointment, call: Call) -> list[tuple[Asked, Day]]:
        """Give what is free that day at the branches nearby, the nearest first."""
        finding = self.changing.holding.finding
        return [
            (asked, finding.day(asked, asked.branch.local_day(seen.starts_at), call.now)) for asked in self.places(seen)
        ]

    def places(self, seen: Appointment) -> list[Asked]:
        """Give the branches nearby where somebody could come for the same, the nearest first."""
        finding = self.changing.holding.finding
        branches = finding.catalogue.branches()
        here, found = branches.get(seen.branch), []
        for branch in policy.nearby(here, branches.values()) if here else ():
            with suppress(NotBookable, NotFound):
                found.append(finding.asked(branch.id, seen.services, seen.channel))
        return found

    def otherwise(self, seen: Appointment) -> How:
        """Say how a booking goes on for which no time is near."""
        return How.ONLINE if self._online(seen) else How.NOTHING

    def _rebooked(
        self, before: Appointment, hold: Hold | None, how: How, why: Mapping[str, str], call: Call
    ) -> tuple[Appointment, Event]:
        after = before.placed(hold) if hold else before
        standing = PlanStanding.TO_CHOOSE if how is How.NOTHING else PlanStanding.OFFERED
        until = policy.answer_by(call.now, min(before.starts_at, after.starts_at))
        place = (before.branch, before.timezone, before.starts_at)
        was = Rebooking(how, standing, *place, until, before.rebooking)
        after = replace(after, generation=before.generation + 1, rebooking=was)
        words = [_word(after, how, self._facts(before, why, was), call)]
        if how is How.NOTHING:
            words.append(to_staff(after, call))
        told = events.AppointmentRebooked(
            before.id,
            how,
            after.branch,
            after.starts_at,
            before.starts_at,
            before.branch,
            bool(before.support_needs),
            until,
        )
        return after.owing(*words, *(policy.reminders(after, call.now) if hold else ())), told

    def _facts(self, before: Appointment, why: Mapping[str, str], was: Rebooking) -> dict[str, str]:
        catalogue = self.changing.holding.finding.catalogue
        branch: Branch | None = catalogue.branches().get(before.branch)
        known = catalogue.services()
        facts = {
            "was": policy.told_at(was.starts_at, was.timezone),
            "answer_by": policy.told_at(was.answer_by, was.timezone),
        }
        for language in ("en", "zh-CN"):
            instead = (known[id_].instead.get(language, "") for id_ in before.services if id_ in known)
            facts[f"was_at:{language}"] = branch.name.get(language, branch.id) if branch else before.branch
            facts[f"why:{language}"] = why.get(language, "")
            facts[f"instead:{language}"] = " ".join(filter(None, instead))
        return facts

    def _online(self, seen: Appointment) -> bool:
        known = self.changing.holding.finding.catalogue.services()
        return all(id_ in known and Way.ONLINE in known[id_].ways for id_ in seen.services)

    def _found(self, id_: str) -> Appointment:
        found = self.changing.store.get(id_)
        if found is None:
            raise NotFound
        return found


def _as_seen(before: Appointment, seen: Appointment) -> bool:
    where = (before.status, before.branch, before.starts_at)
    return before.status is Status.BOOKED and where == (seen.status, seen.branch, seen.starts_at)


def _word(after: Appointment, how: How, facts: Mapping[str, str], call: Call) -> Notice:
    template = "appointment_rebooked" if how is How.MOVED else "appointment_online"
    if how is How.NOTHING:
        template = "appointment_choose"
    return Notice(f"rebooked/{after.generation}", template, "customer", call.now, tries=0, facts=facts)
