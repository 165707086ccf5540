"""Looking at a document, and looking at it a second time."""

from dataclasses import dataclass, replace
from datetime import date

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import ConflictOfInterest, NotAllowedNow, NotFound
from chalicelib.kernel.events import Event, Link, chained, end
from chalicelib.kernel.tokens import Keys

from . import events, policy
from .model import Document, Outcome, Shown
from .ports import Documents, Visited, Visits


@dataclass(frozen=True)
class Witnessing:
    """The number is read, hashed with a key and forgotten; no picture comes here."""

    store: Documents
    visits: Visits
    keys: Keys

    def see(self, visit_id: str, shown: Shown, call: Call) -> Document:
        """Note what was seen for a visit of today; what was seen before for it counts no longer.

        Raises NotFound, and NotAllowedNow for a visit that is over or of another day.
        """
        visit = self._visit(visit_id, call)
        sha256 = self._digest(shown)
        before, known = self.store.known(visit.id, visit.customer, shown.kind)
        outcome, why = policy.judged(shown, sha256, known, visit.today, by_two=visit.by_two)
        seen = Document(
            visit=visit.id,
            customer=visit.customer,
            unit=visit.unit,
            kind=shown.kind,
            sha256=sha256,
            expires_on=shown.expires_on,
            outcome=outcome,
            why=why,
            seen_by=call.actor.id,
            seen_on=visit.today,
            seen_at=call.now,
            version=before.version if before else 0,
            link=before.link if before else Link(),
        )
        told = events.DocumentSeen(visit.id, visit.branch, shown.kind, shown.expires_on.isoformat(), outcome, why)
        return self._write(seen, told, call)

    def second(self, visit_id: str, shown: Shown, call: Call) -> Document:
        """Note what a second person saw, who reads the document anew and is not told what the first one read.

        Raises NotFound, NotAllowedNow where nobody waits for a second look, ConflictOfInterest for who looked first.
        """
        visit = self._visit(visit_id, call)
        before = self.store.get(visit.id)
        if before is None:
            raise NotFound
        if before.outcome is not Outcome.AWAITING_SECOND or before.seen_on != visit.today:
            raise NotAllowedNow(state=before.outcome, allowed=[Outcome.AWAITING_SECOND])
        if call.actor.id == before.seen_by:
            raise ConflictOfInterest
        outcome, why = policy.seconded(before, shown, self._digest(shown))
        after = replace(before, outcome=outcome, why=why, second_by=call.actor.id)
        told = events.DocumentSeconded(visit.id, visit.branch, before.kind, outcome, why)
        return self._write(after, told, call)

    def seen(self, visit_id: str, call: Call) -> Document:
        """Tell what was seen for a visit; raises NotFound."""
        visit = self._visit(visit_id, call)
        found = self.store.get(visit.id)
        if found is None:
            raise NotFound
        return found

    def witnessed(self, visit: str, on: date) -> Document | None:
        """Give what was seen for a visit, if it proves who somebody is on that day."""
        found = self.store.get(visit)
        good = found is not None and found.outcome is Outcome.VERIFIED and found.seen_on == on
        return found if good else None

    def _visit(self, id_: str, call: Call) -> Visited:
        access.require(call.actor, Act.DOCUMENT_SEE)
        return self.visits.visited(id_, call)

    def _digest(self, shown: Shown) -> str:
        return self.keys.digest("document", shown.kind, policy.plain(shown.number))

    def _write(self, document: Document, told: Event, call: Call) -> Document:
        records = chained(document.id, document.link, [told], call)
        after = replace(document, link=end(records, document.link))
        shown = replace(after, version=after.version + 1)
        self.store.save(after, records, call.stamp(shown))
        return shown
