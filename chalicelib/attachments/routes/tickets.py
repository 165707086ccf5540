"""Files of a ticket over HTTP."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, ConflictOfInterest, NotAllowedNow
from chalicelib.web import Api, Listing, call

from ..model import (
    Announced,
    Attachment,
    AttachmentGone,
    AttachmentQuarantined,
    AttachmentRefused,
    NotUploaded,
    OwnFile,
    TooManyAttachments,
)
from .shapes import AttachmentIn, AttachmentOut, AwaitedOut, Id, MarkIn, ReadOut, download, file_facts

api = Api("Attachments")
desk = Api("Desk", door="desk")


def _facts(file: Attachment) -> dict[str, object]:
    # A customer hears the institution, not a name from its staff list.
    by = file.by if call().actor.is_staff or not file.by_staff else None
    return {**file_facts(file), "ticket": file.ticket, "visibility": file.visibility, "by": by}


def _attachment_out(file: Attachment) -> AttachmentOut:
    return AttachmentOut.model_validate(_facts(file))


def _awaited_out(file: Attachment) -> AwaitedOut:
    return AwaitedOut.model_validate({**_facts(file), "upload": services().upload_link(file)})


@api.post(
    "/v1/tickets/{ticket}/attachments",
    Act.ATTACHMENT_ADD,
    status=201,
    refusals=(ConflictOfInterest, NotAllowedNow, TooManyAttachments),
)
def ask_attachment(ticket: Id, body: AttachmentIn) -> AwaitedOut:
    """Announce a file and be told where to upload it; `internal` is for staff, and never visible to the customer."""
    announced = Announced(body.name, body.content_type, body.size, body.sha256, body.visibility)
    return _awaited_out(services().sending_in.ask(ticket, announced, call(_awaited_out)))


@api.get("/v1/tickets/{ticket}/attachments", Act.ATTACHMENT_READ, refusals=(ConflictOfInterest,))
def list_attachments(ticket: Id) -> Listing[AttachmentOut]:
    """List the files of a ticket, oldest first, with those of the tickets it was joined from or split off."""
    found = services().giving.listed(ticket, call())
    return Listing(items=[_attachment_out(file) for file in found], next_cursor=None)


@api.post(
    "/v1/tickets/{ticket}/attachments/{attachment}/uploaded",
    Act.ATTACHMENT_ADD,
    refusals=(ConflictOfInterest, NotUploaded, AttachmentRefused, AttachmentGone),
)
def attachment_uploaded(ticket: Id, attachment: Id) -> AttachmentOut:
    """Say that a file has been uploaded: it is compared with what was announced, and kept in quarantine."""
    return _attachment_out(services().sending_in.uploaded(ticket, attachment, call(_attachment_out)))


@api.get(
    "/v1/tickets/{ticket}/attachments/{attachment}",
    Act.ATTACHMENT_READ,
    refusals=(ConflictOfInterest, AttachmentQuarantined, AttachmentGone, Changed),
)
def read_attachment(ticket: Id, attachment: Id) -> ReadOut:
    """Show a clean file with a link to it that is good for a minute; who asked for it is recorded."""
    file, url, until = services().giving.read(ticket, attachment, call())
    return ReadOut.model_validate({**_facts(file), **download(url, until)})


@desk.post(
    "/v1/desk/tickets/{ticket}/attachments/{attachment}/mark",
    Act.ATTACHMENT_MARK,
    refusals=(ConflictOfInterest, NotAllowedNow, OwnFile),
)
def mark_attachment(ticket: Id, attachment: Id, body: MarkIn) -> AttachmentOut:
    """Say what a file is that no scanner judged, or judged wrongly; an infected one is deleted."""
    mark = services().judging.mark
    return _attachment_out(mark(ticket, attachment, body.verdict, body.reason, call(_attachment_out)))
