"""Bringing dead letters back to their queue once what killed them is mended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.kernel.events import Event, chained, end

from .. import events, policy
from ..model import Redrive, Redriven, RedriveRunning
from ..ports import DeadLetters, Redrives


@dataclass(frozen=True)
class Redriving:
    """Moves at most some hundred messages a call: claimed and recorded before, told and recorded after."""

    redrives: Redrives
    letters: DeadLetters
    queues: Mapping[str, str]

    def redrive(self, queue: str, call: Call) -> Redriven:
        """Move messages from a queue's dead-letter queue back into it.

        Raises NotFound for a queue there is not, RedriveRunning while somebody else's is under way, Unavailable if
        nothing could be moved; then it may be tried again once the claim has run out.
        """
        access.require(call.actor, Act.OPERATIONS_REDRIVE)
        if queue not in self.queues.values():
            raise NotFound
        # The effect lies outside, so a repeated call has to be known before, not only when its answer is stored.
        self.redrives.raise_if_done(call)
        claimed = self._claim(queue, call)
        moved, remaining = self.letters.bring_back(queue, policy.MOST_MOVED)
        ended = events.RedriveEnded(queue, moved, remaining)
        told = Redriven(queue, moved, remaining)
        self._save(replace(claimed, claimed_until=None), ended, call, told)
        return told

    def _claim(self, queue: str, call: Call) -> Redrive:
        found = self.redrives.get(queue) or Redrive(queue)
        if (left := found.seconds_left(call.now)) > 0:
            raise RedriveRunning(retry_after=left)
        claimed = replace(found, claimed_until=call.now + policy.REDRIVE_CLAIM)
        try:
            return self._save(claimed, events.RedriveStarted(queue), call, None)
        except Changed as overtaken:
            raise RedriveRunning(retry_after=1) from overtaken

    def _save(self, redrive: Redrive, happened: Event, call: Call, told: Redriven | None) -> Redrive:
        records = chained(redrive.subject, redrive.link, [happened], call)
        kept = replace(redrive, link=end(records, redrive.link))
        self.redrives.save(kept, records, call.stamp(told) if told else None)
        return replace(kept, version=kept.version + 1)
