"""Giving files out: what there is, and a link to one that is clean."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound

from .. import events, policy
from ..model import Attachment, AttachmentGone, AttachmentQuarantined, Status
from ..ports import Files, Joined, Matters
from .keeping import Change, Keeping

_NOT_YET = frozenset({Status.AWAITED, Status.QUARANTINED})


@dataclass(frozen=True)
class Giving:
    """Every link that is given is a record of who read what."""

    keeping: Keeping
    matters: Matters
    joined: Joined
    files: Files
    act: Act = Act.ATTACHMENT_READ

    def listed(self, ticket: str, call: Call) -> list[Attachment]:
        """List the files of a ticket, oldest first, and those of the tickets it was joined from or split off.

        Customers see what is public; files of another ticket stay there, and only who reaches that one sees them.
        """
        found = [
            file
            for source in self.joined.sources(ticket, self.act, call)
            for file in self.keeping.shelves.get(source).files
        ]
        return sorted((it for it in found if it.shown_to(staff=call.actor.is_staff)), key=lambda it: it.id)

    def read(self, ticket: str, id_: str, call: Call) -> tuple[Attachment, str, datetime]:
        """Give a clean file, a link to it and when that ends, and record that it was read.

        Raises AttachmentQuarantined while nobody has found it clean, AttachmentGone for what never will be.
        """
        ticket = self.matters.reach(ticket, self.act, call).id

        def seen(file: Attachment) -> Change:
            if not file.shown_to(staff=call.actor.is_staff):
                raise NotFound
            if file.status in _NOT_YET:
                raise AttachmentQuarantined(state=file.status)
            if file.status is not Status.CLEAN:
                raise AttachmentGone(state=file.status)
            return file, [events.AttachmentRead(file.ticket, file.id)]

        file = self.keeping.change(ticket, id_, call, seen)
        seconds = int(policy.DOWNLOAD_WITHIN.total_seconds())
        url = self.files.download_link(file.kept, file.name, file.content_type, seconds)
        return file, url, call.now + policy.DOWNLOAD_WITHIN
