"""Sending a file in: announced, uploaded past us, looked at, kept."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden, Invalid, NotAllowedNow, NotFound
from chalicelib.kernel.events import Event

from .. import events, policy
from ..model import (
    Announced,
    Attachment,
    AttachmentGone,
    AttachmentRefused,
    NotUploaded,
    Shelf,
    Silence,
    Status,
    TooManyAttachments,
    Visibility,
)
from ..ports import Files, Matter, Matters
from .keeping import Change, Keeping


@dataclass(frozen=True)
class SendingIn:
    """What was announced is fixed in the link: no other size, type or content can be uploaded with it."""

    keeping: Keeping
    matters: Matters
    files: Files
    act: Act = Act.ATTACHMENT_ADD

    def ask(self, ticket: str, announced: Announced, call: Call) -> Attachment:
        """Announce a file for a ticket, or a visit, that is open.

        Raises Invalid for what is not taken, Forbidden if a customer wants it internal, NotAllowedNow on a ticket that is
        over, TooManyAttachments.
        """
        matter = self.matters.reach(ticket, self.act, call)
        if announced.visibility is Visibility.INTERNAL and not call.actor.is_staff:
            raise Forbidden
        if announced.purpose not in matter.purposes:
            raise Invalid.field("document", "not_one_of")
        if faults := policy.faults(announced):
            raise Invalid(errors=faults)
        if not matter.open:
            raise NotAllowedNow(state=matter.status, allowed=[])
        file = self._announced(matter, announced, call)

        def asked(shelf: Shelf) -> Change:
            if shelf.standing >= policy.MOST_STANDING:
                raise TooManyAttachments(limit=policy.MOST_STANDING)
            if len(shelf.files) >= policy.MOST_ASKED:
                raise TooManyAttachments(limit=policy.MOST_ASKED)
            return file, [_asked(file)]

        return self.keeping.apply(matter.id, call, asked)

    def link(self, file: Attachment, now: datetime) -> tuple[str, dict[str, str]]:
        """Give the address to PUT an awaited file to, and the headers that go with it; good until the file's time is over."""
        seconds = max(1, int((file.until - now).total_seconds()))
        return self.files.upload_link(file.incoming, file.content_type, file.size, file.sha256, seconds)

    def uploaded(self, ticket: str, id_: str, call: Call) -> Attachment:
        """Hear that a file has been uploaded: look for oneself, and keep it in quarantine.

        Raises NotUploaded if nothing is there, AttachmentRefused if it is not what was announced, AttachmentGone if its time
        is over. Said again, it changes nothing.
        """
        ticket = self.matters.reach(ticket, self.act, call).id

        def looked(file: Attachment) -> Change:
            if not file.shown_to(staff=call.actor.is_staff):
                raise NotFound
            return self._looked(file, call)

        # The answer is kept for a repeated call only where it is a good one; what was found stands either way.
        file = self.keeping.change(ticket, id_, replace(call, once=None), looked)
        if file.status is Status.AWAITED:
            raise NotUploaded
        if file.status is Status.REFUSED:
            raise AttachmentRefused(why=file.why)
        if file.status is Status.EXPIRED:
            raise AttachmentGone(state=file.status)
        self.keeping.shelves.remember(call.stamp(file))
        return file

    def found(self, ticket: str, id_: str, call: Call) -> Attachment:
        """Look whether an awaited file has arrived, and note what it is; nothing is noted where nothing is there."""
        return self.keeping.change(ticket, id_, call, lambda file: self._looked(file, call))

    def _looked(self, file: Attachment, call: Call) -> Change:
        if file.status is not Status.AWAITED:
            return file, []
        arrived = self.files.arrived(file.incoming, policy.FIRST_BYTES)
        if arrived is None:
            return file, []
        if why := policy.mismatch(file, arrived.size, arrived.sha256, arrived.first):
            # What is not kept goes with all that is only incoming: the bucket deletes it within a day or two.
            refused = replace(file.moved(Status.REFUSED), why=why, due_at=None)
            return refused, [events.AttachmentRefused(file.ticket, file.id, why)]
        # Kept before it is noted: what is noted is there, and what is there without a note is found and kept again.
        self.files.keep(file.incoming, file.kept, file.content_type)
        due_at = policy.look_again_at(0, Silence.NOTHING_YET, call.now)
        stored = replace(file.moved(Status.QUARANTINED), stored_at=call.now, due_at=due_at)
        news: Event = events.AttachmentStored(file.ticket, file.id, file.content_type, file.size, file.sha256)
        return stored, [news]

    def _announced(self, matter: Matter, announced: Announced, call: Call) -> Attachment:
        until = call.now + policy.UPLOAD_WITHIN
        return Attachment(
            id=call.new_id("att"),
            ticket=matter.id,
            name=policy.cleaned(announced.name),
            content_type=announced.content_type,
            size=announced.size,
            sha256=announced.sha256,
            visibility=announced.visibility,
            by=call.actor.id,
            by_staff=call.actor.is_staff,
            asked_at=call.now,
            until=until,
            purpose=announced.purpose,
            keep_until=matter.keep_until,
            due_at=until + policy.GRACE,
        )


def _asked(file: Attachment) -> events.AttachmentAsked:
    purpose = file.purpose or None
    return events.AttachmentAsked(
        file.ticket, file.id, file.content_type, file.size, file.sha256, file.visibility, purpose
    )
