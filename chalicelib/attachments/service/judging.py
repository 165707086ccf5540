"""Clean or not: what the scanner found, what staff say, and what follows from it."""

import hashlib
from dataclasses import dataclass, replace

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event

from .. import events, policy
from ..model import NEXT, Attachment, OwnFile, Silence, Status, Verdict, place
from ..ports import Files, Heard, Matters, Scanner
from .keeping import Change, Keeping
from .sending import SendingIn


@dataclass(frozen=True)
class Judging:
    """`work` is what hints ask for: they may be lost, doubled or late, and what is due is found again."""

    keeping: Keeping
    matters: Matters
    heard: Heard
    sending: SendingIn
    files: Files
    scanner: Scanner
    act: Act = Act.ATTACHMENT_MARK

    def mark(self, ticket: str, id_: str, verdict: Verdict, reason: str, call: Call) -> Attachment:
        """Say as a member of staff what a file is, and why; an infected one is deleted soon after.

        Raises NotAllowedNow if it is not in quarantine (or clean, to find it infected), OwnFile for who sent it in.
        """
        ticket = self.matters.reach(ticket, self.act, call).id

        def marked(file: Attachment) -> Change:
            if verdict is Verdict.CLEAN and file.by == call.actor.id:
                raise OwnFile
            after, happened = _judged(file, verdict, "staff", reason, call)
            return replace(after, reason=reason), happened

        return self.keeping.change(ticket, id_, call, marked)

    def scanned(self, key: str, call: Call) -> str:
        """Hear that the scanner is done with an object; one that is not kept for a ticket is none of ours."""
        ticket, id_ = place(key)
        return self.work(ticket, id_, call) if id_ else "nothing"

    def work(self, ticket: str, id_: str, call: Call) -> str:
        """Do what is to be done with a file now, whatever a hint said; give the state it is in afterwards."""
        file = self.sending.found(ticket, id_, call)
        if file.status is Status.AWAITED:
            file = self.keeping.change(ticket, id_, call, lambda it: _expired(it, call))
        if file.status is Status.QUARANTINED:
            file = self._looked(file, call)
        if file.status is Status.INFECTED:
            file = self._removed(file, call)
        if file.keep_until is not None and file.status is not Status.AWAITED:
            file = self._ended(file, call)
        return file.status.value

    def worked(self, ticket: str, call: Call) -> str:
        """Do what is to be done with every file of something of which others were told that it changed."""
        return (
            ",".join(self.work(ticket, file.id, call) for file in self.keeping.shelves.get(ticket).files) or "nothing"
        )

    def _looked(self, file: Attachment, call: Call) -> Attachment:
        if file.stored_at is not None and not file.by_staff:
            self.heard.file_came(file.ticket, file.stored_at, call)
        found = policy.found(self.scanner.result(file.kept))
        if isinstance(found, Silence) and policy.is_up_to_people(file, found, call.now):
            self.heard.file_unscanned(file.ticket, file.id, call)

        def after(file: Attachment) -> Change:
            if file.status is not Status.QUARANTINED:
                return file, []
            if isinstance(found, Verdict):
                return _judged(file, found, "scanner", "", call)
            return _silent(file, found, call)

        return self.keeping.change(file.ticket, file.id, call, after)

    def _ended(self, file: Attachment, call: Call) -> Attachment:
        """Delete what is kept for a time only, once that is over as it stands now; deleted before it is noted."""
        until = self.heard.kept_until(file.ticket)
        over = until is not None and until <= call.now
        if over and file.status is not Status.ENDED:
            self.files.delete(file.kept)

        def after(file: Attachment) -> Change:
            if over and Status.ENDED in NEXT[file.status]:
                return _forgotten(file), [events.AttachmentEnded(file.ticket, file.id)]
            if over or until in (None, file.keep_until) or file.status is Status.ENDED:
                return file, []
            return replace(file, keep_until=until), [events.AttachmentKept(file.ticket, file.id, until)]

        return self.keeping.change(file.ticket, file.id, call, after)

    def _removed(self, file: Attachment, call: Call) -> Attachment:
        """Delete and tell before it is noted: what is noted is done, and what is not is done again."""
        self.files.delete(file.kept)
        self.heard.file_infected(file.ticket, file.id, file.by_staff, call)

        def after(file: Attachment) -> Change:
            if file.status is not Status.INFECTED:
                return file, []
            removed = replace(file.moved(Status.REMOVED), due_at=None)
            return removed, [events.AttachmentRemoved(file.ticket, file.id)]

        return self.keeping.change(file.ticket, file.id, call, after)


def _forgotten(file: Attachment) -> Attachment:
    """Give what is left of a file: when it was there, who sent it, its size and digest."""
    return replace(file.moved(Status.ENDED), name="", reason="", due_at=None)


def _judged(file: Attachment, verdict: Verdict, how: str, reason: str, call: Call) -> tuple[Attachment, list[Event]]:
    proof = hashlib.sha256(reason.encode()).hexdigest() if reason else ""
    judged = replace(file.moved(Status(verdict)), judged_at=call.now, judged_by=call.actor.id)
    if verdict is Verdict.CLEAN:
        return replace(judged, due_at=None), [events.AttachmentCleared(file.ticket, file.id, how, proof)]
    # Due at once: it is not done with before the object is gone and whoever sent it in knows.
    return replace(judged, due_at=call.now), [events.AttachmentInfected(file.ticket, file.id, how, proof)]


def _expired(file: Attachment, call: Call) -> Change:
    if file.status is not Status.AWAITED or file.due_at is None or call.now < file.due_at:
        return file, []
    expired = replace(file.moved(Status.EXPIRED), due_at=None)
    return expired, [events.AttachmentExpired(file.ticket, file.id)]


def _silent(file: Attachment, why: Silence, call: Call) -> Change:
    """Look again later; a scanner that cannot say will not say later either, and then people have to."""
    if not policy.is_look(file, why, call.now):
        return file, []
    look_at = policy.look_again_at(file.looked + 1, why, call.now)
    after = replace(file, looked=file.looked + 1, due_at=look_at)
    return after, [events.AttachmentUnscanned(file.ticket, file.id, why, look_at)]
