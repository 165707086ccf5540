"""Writing answers: versions are written, proposed, approved by somebody else, returned, retired."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import aware
from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import Notice

from .. import events, policy
from ..model import Answer, ApprovalNeeded, ConflictOfInterest, Scope, State, Version, Wanted, digest, holes
from .changing import Change, Changing


@dataclass(frozen=True)
class Writing:
    """The words of a version never change: other words are another version."""

    changing: Changing

    def create(self, title: str, scope: Scope, wanted: Wanted, call: Call) -> Answer:
        """Make an answer with a first draft.

        Raises NotFound for a unit out of reach, VariableUnknown, and Invalid for days and times that make no sense.
        """
        access.require_on(call.actor, Act.ANSWER_WRITE, unit=scope.unit)
        self.changing.lineage(scope.unit)
        version = self._draft(1, scope, wanted, call)
        answer = Answer(call.new_id("ans"), title, scope, call.actor.id, (version,)).found_by(version.wordings)
        happened = [
            events.AnswerCreated(answer.id, scope.unit, tuple(scope.kinds), scope.topics, scope.products),
            _written(answer, version, None),
        ]
        return self.changing.add(answer, happened, call)

    def rewrite(self, id_: str, wanted: Wanted, call: Call) -> Answer:
        """Write another version; it takes the place of an open draft. Raises NotAllowedNow while one is proposed."""

        def change(answer: Answer) -> Change:
            version = self._draft(answer.newest.n + 1, answer.scope, wanted, call)
            newest, replaced = answer.newest, None
            if newest.state is State.PROPOSED:
                raise NotAllowedNow(state=newest.state, allowed=["approve", "return"])
            if newest.state is State.DRAFT:
                replaced = newest.n
                answer = answer.with_version(replace(newest.moved(State.RETIRED), retired_at=call.now))
            after = replace(answer.with_version(version), owner=call.actor.id)
            never_approved = all(one.approved_at is None for one in answer.versions)
            after = after.found_by(version.wordings) if never_approved else after
            return after, [_written(answer, version, replaced)]

        return self.changing.change(id_, Act.ANSWER_WRITE, call, change)

    def propose(self, id_: str, n: int, call: Call) -> Answer:
        """Ask somebody else to approve a version."""

        def change(answer: Answer) -> Change:
            version = replace(answer.nth(n).moved(State.PROPOSED), proposed_by=call.actor.id)
            facts = {"version": str(n)}
            notice = Notice(f"proposed:{n}:{answer.version}", "answer_proposed", "compliance", call.now, facts=facts)
            after = answer.with_version(version).owing(notice)
            return after, [events.VersionProposed(answer.id, n, (after.word(notice),))]

        return self.changing.change(id_, Act.ANSWER_WRITE, call, change)

    def approve(self, id_: str, n: int, call: Call) -> Answer:
        """Let customers read a version, from its time on or from now; the one before it is in force until then.

        Raises ConflictOfInterest for who wrote or proposed it, ApprovalNeeded for who is not above its unit.
        """

        def change(answer: Answer) -> Change:
            version = answer.nth(n).moved(State.APPROVED)
            self._independent(answer, version, call)
            begins = max(version.effective_from or call.now, call.now)
            review_on, review_at = self._review(answer.scope, version.review_on, begins)
            version = replace(
                version,
                approved_by=call.actor.id,
                approved_at=call.now,
                effective_from=begins,
                review_on=review_on,
                review_at=review_at,
            )
            news = events.VersionApproved(answer.id, n, version.sha256, begins, review_on.isoformat())
            after = answer.with_version(version).told(f"proposed:{n}").found_by(version.wordings)
            return after, [news]

        return self.changing.change(id_, Act.ANSWER_APPROVE, call, change)

    def send_back(self, id_: str, n: int, reason: str, call: Call) -> Answer:
        """Return a proposed version to whoever wrote it, with the reason. Raises as `approve` does."""

        def change(answer: Answer) -> Change:
            version = answer.nth(n).moved(State.DRAFT, out_of=State.PROPOSED)
            self._independent(answer, version, call)
            version, facts = replace(version, returned=reason), {"version": str(n)}
            notice = Notice(f"returned:{n}:{answer.version}", "answer_returned", "owner", call.now, facts=facts)
            after = answer.with_version(version).told(f"proposed:{n}").owing(notice)
            return after, [events.VersionReturned(answer.id, n, _sha256(reason), (after.word(notice),))]

        return self.changing.change(id_, Act.ANSWER_APPROVE, call, change)

    def retire(self, id_: str, n: int, reason: str, call: Call) -> Answer:
        """Let nobody read a version any more; an older one does not come back by that."""

        def change(answer: Answer) -> Change:
            version = replace(answer.nth(n).moved(State.RETIRED), retired_at=call.now)
            after = answer.with_version(version).told(f"review:{n}")
            return after, [events.VersionRetired(answer.id, n, _sha256(reason))]

        return self.changing.change(id_, Act.ANSWER_WRITE, call, change)

    def _draft(self, n: int, scope: Scope, wanted: Wanted, call: Call) -> Version:
        found = {name: None for wording in wanted.wordings.values() for name in holes(wording)}
        if wanted.effective_from is not None and wanted.effective_from < call.now:
            raise Invalid.field("effective_from", "in_the_past")
        version = Version(
            n=n,
            author=call.actor.id,
            written_at=call.now,
            sha256=digest(wanted.wordings),
            languages=tuple(sorted(wanted.wordings)),
            variables=tuple(found),
            effective_from=wanted.effective_from,
            review_on=wanted.review_on,
            wordings=dict(wanted.wordings),
        )
        self._review(scope, wanted.review_on, wanted.effective_from or call.now)
        return version

    def _review(self, scope: Scope, wished: date | None, begins: datetime) -> tuple[date, datetime]:
        """Give the day of the next review, and when it begins in the unit's zone."""
        zone = ZoneInfo(self.changing.units.of(scope.unit)[0])
        day = policy.review_day(wished, begins.astimezone(zone).date())
        return day, aware(datetime.combine(day, time(), zone))

    def _independent(self, answer: Answer, version: Version, call: Call) -> None:
        """Four eyes: what one wrote or proposed somebody else reads, who answers for more than that unit."""
        if call.actor.id in (version.author, version.proposed_by):
            raise ConflictOfInterest
        if not policy.may_approve(answer.scope, call.actor.roles, call.actor.unit, call.actor.units):
            raise ApprovalNeeded


def _written(answer: Answer, version: Version, replaces: int | None) -> Event:
    return events.VersionWritten(answer.id, version.n, version.languages, version.variables, version.sha256, replaces)


def _sha256(reason: str) -> str:
    return hashlib.sha256(reason.encode()).hexdigest()
