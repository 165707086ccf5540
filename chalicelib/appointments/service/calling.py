"""Calling whoever waits, and what happens at the counter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call, Stamp
from chalicelib.kernel.errors import Invalid, NotAllowedNow, NotFound
from chalicelib.kernel.events import Event, Record

from .. import events, policy
from ..model import (
    COME_NOW,
    NEXT,
    Appointment,
    CalledEnough,
    DocumentNeeded,
    NobodyWaiting,
    Proof,
    Status,
    channel_of,
)
from ..ports import Days, Witnesses
from .changing import Changing, Write
from .queueing import Queueing

Step = Callable[[Appointment], tuple[Appointment, Event]]
_WAITING = (Status.CHECKED_IN, Status.PARKED)
_THERE = (Status.CALLED, Status.SERVING, Status.PARKED)


@dataclass(frozen=True)
class Calling:
    """Each step is a record, and holds only if nobody took another one meanwhile."""

    changing: Changing
    queueing: Queueing
    days: Days
    witnesses: Witnesses

    def call_next(self, branch_id: str, counter: str, services: Sequence[str], pool: str, call: Call) -> Appointment:
        """Call the first who may be called to a counter; two who call at once never call the same. Raises NobodyWaiting.

        Who is looked for is read from what was a moment ago, and each is called only if they wait now.
        """
        access.require(call.actor, Act.BRANCH_SERVE)
        branch = self.queueing.branch(branch_id)
        access.require_on(call.actor, Act.BRANCH_SERVE, unit=branch.unit)
        anybody = replace(call, if_match=None)
        for standing in self.queueing.hall(branch, call.now).waiting:
            if not policy.suitable(standing, counter, services, pool):
                continue
            found, step = self.changing.found(standing.entry.id), _calling(counter, anybody, (Status.CHECKED_IN,))
            try:
                return self.changing.apply(self.changing.again(found), step, anybody, self._keep)
            except NotAllowedNow:
                continue
        raise NobodyWaiting

    def call(self, id_: str, counter: str, call: Call) -> Appointment:
        """Call one who waits, or was put aside, out of turn."""
        return self._step(id_, call, _calling(counter, call, _WAITING))

    def recall(self, id_: str, call: Call) -> Appointment:
        """Call somebody once more who did not follow; raises CalledEnough."""

        def step(before: Appointment) -> tuple[Appointment, Event]:
            turn = before.came
            if before.status != Status.CALLED:
                raise NotAllowedNow(state=before.status, allowed=sorted(NEXT[before.status]))
            if turn.calls >= policy.MOST_CALLS:
                raise CalledEnough(most=policy.MOST_CALLS)
            turn = replace(turn, calls=turn.calls + 1)
            return replace(before, turn=turn), _called(before, turn.counter, turn.calls)

        return self._step(id_, call, step)

    def park(self, id_: str, reason: str, call: Call) -> Appointment:
        """Put somebody aside, who fetches something, fills something in, or did not follow."""

        def step(before: Appointment) -> tuple[Appointment, Event]:
            after = replace(before.moved(Status.PARKED), turn=before.came.waiting_again()).told(COME_NOW)
            return after, events.AppointmentParked(before.id, before.branch, reason)

        return self._step(id_, call, step)

    def back(self, id_: str, call: Call) -> Appointment:
        """Let somebody wait again who was put aside or called, at the place they had."""

        def step(before: Appointment) -> tuple[Appointment, Event]:
            after = before.moved(Status.CHECKED_IN, out_of=(Status.PARKED, Status.CALLED))
            after = replace(after, turn=before.came.waiting_again())
            return after, events.AppointmentReturned(before.id, before.branch)

        return self._step(id_, call, step)

    def transfer(self, id_: str, service: str, pool: str, counter: str, call: Call) -> Appointment:
        """Let somebody wait for another service, another kind of counter, or one counter; what they count since stays.

        Raises Invalid where none is named, NotFound and NotBookable for what cannot be had at the branch.
        """

        def step(before: Appointment) -> tuple[Appointment, Event]:
            waits = before.status == Status.CHECKED_IN
            kept = before if waits else before.moved(Status.CHECKED_IN, out_of=_THERE)
            services, where = self._where(before, service, pool, counter, call)
            turn = before.came.waiting_again(pool=where, counter=counter)
            told = events.AppointmentTransferred(before.id, before.branch, services, where, counter)
            return replace(kept, services=services, turn=turn), told

        return self._step(id_, call, step)

    def serve(self, id_: str, proof: Proof | None, call: Call) -> Appointment:
        """Begin to serve who was called; raises DocumentNeeded where one has to be seen first."""

        def step(before: Appointment) -> tuple[Appointment, Event]:
            after = before.moved(Status.SERVING, out_of=(Status.CALLED,)).told(COME_NOW)
            after, seen = self._proven(after, proof, call)
            turn = after.came
            return after, events.AppointmentServing(before.id, before.branch, turn.counter, seen)

        return self._step(id_, call, step)

    def _proven(
        self, served: Appointment, proof: Proof | None, call: Call
    ) -> tuple[Appointment, dict[str, Any] | None]:
        """Give a visit with what was seen of a document, and what of it is new; raises DocumentNeeded."""
        services = self.queueing.known(served.services)
        given = replace(served.came, served_at=call.now, proof=proof or served.came.proof)
        after = replace(served, turn=given)
        if policy.lacks_document(after, services) and (proof is None or proof.matches):
            today = self.queueing.branch(served.branch).local_day(call.now)
            found = self.witnesses.witnessed(served.id, today)
            proof = Proof(found.kind, matches=True, sha256=found.sha256, by_two=found.by_two) if found else None
            after = replace(after, turn=replace(given, proof=proof))
        if policy.lacks_document(after, services):
            raise DocumentNeeded
        return after, vars(proof) if proof else None

    def done(self, id_: str, call: Call) -> Appointment:
        """End a visit that was served."""

        def step(before: Appointment) -> tuple[Appointment, Event]:
            turn = replace(before.came, ended_at=call.now)
            after = replace(before.moved(Status.DONE), turn=turn)
            began = turn.served_at or call.now
            return after, events.AppointmentDone(before.id, before.branch, int((call.now - began).total_seconds()))

        return self._step(id_, call, step, self._end)

    def _where(
        self, before: Appointment, service: str, pool: str, counter: str, call: Call
    ) -> tuple[tuple[str, ...], str]:
        if service:
            asked = self.changing.holding.finding.asked(before.branch, [service], channel_of(call.actor))
            return (service,), asked.services[0].pool
        if pool:
            if pool not in self.queueing.branch(before.branch).counters:
                raise NotFound
            return before.services, pool
        if not counter:
            raise Invalid.field("service", "missing")
        return before.services, before.came.pool

    def _step(self, id_: str, call: Call, step: Step, write: Write | None = None) -> Appointment:
        return self.changing.apply(
            lambda: self.changing.reach(id_, Act.BRANCH_SERVE, call), step, call, write or self._keep
        )

    def _keep(self, after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.days.keep(after, records, stamp, policy.measured(before, after))

    def _end(self, after: Appointment, before: Appointment, records: Sequence[Record], stamp: Stamp | None) -> None:
        self.days.end(after, records, stamp, policy.measured(before, after))


def _calling(counter: str, call: Call, out_of: Sequence[Status]) -> Step:
    def step(before: Appointment) -> tuple[Appointment, Event]:
        after, turn = before.moved(Status.CALLED, out_of=out_of), before.came
        turn = replace(turn, counter=counter, calls=turn.calls + 1, called_at=turn.called_at or call.now)
        return replace(after, turn=turn), _called(before, counter, turn.calls)

    return step


def _called(appointment: Appointment, counter: str, calls: int) -> events.AppointmentCalled:
    return events.AppointmentCalled(appointment.id, appointment.branch, counter, calls)
