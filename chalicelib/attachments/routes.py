"""Files of a ticket over HTTP."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, ConflictOfInterest, NotAllowedNow
from chalicelib.web import Api, Body, Listing, Out, Path, call
from chalicelib.web.shapes import Moment

from .model import (
    Announced,
    Attachment,
    AttachmentGone,
    AttachmentQuarantined,
    AttachmentRefused,
    NotUploaded,
    OwnFile,
    TooManyAttachments,
    Verdict,
    Visibility,
)

api = Api("Attachments")
desk = Api("Desk", door="desk")

Id = Annotated[str, Path(max_length=64)]
_SHA256 = Field(pattern="^[0-9a-f]{64}$", examples=["5e" * 32])


class AttachmentIn(Body):
    """A file somebody is about to upload, with its size in bytes and its SHA-256 in hex; nothing else can be uploaded then."""

    name: str = Field(min_length=1, max_length=255, examples=["receipt.pdf"])
    content_type: Annotated[str, Field(min_length=1, max_length=100)] = Field(examples=["application/pdf"])
    size: int = Field(ge=1, examples=[48213])
    sha256: str = _SHA256
    visibility: Visibility = Visibility.PUBLIC


class MarkIn(Body):
    """What somebody found in a file, and how they know."""

    verdict: Verdict
    reason: Annotated[str, Field(min_length=1, max_length=2_000)] = Field(examples=["Scanned by hand with engine 7.1."])


class AttachmentOut(Out):
    """A file of a ticket; `ticket` is where it stands, `why` says in what a refused one differed."""

    id: str = Field(examples=["att_01M8325SC0WHNK40B5XV4HWRT4"])
    ticket: str = Field(examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    name: str = Field(examples=["receipt.pdf"])
    content_type: str = Field(examples=["application/pdf"])
    size: int = Field(examples=[48213])
    sha256: str = _SHA256
    visibility: Visibility
    status: Literal["awaited", "quarantined", "clean", "infected", "removed", "refused", "expired"]
    why: str | None = Field(examples=[None])
    by: str | None = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])
    asked_at: Moment
    stored_at: Moment | None
    judged_at: Moment | None


class UploadOut(Out):
    """Where the file goes, straight to the store and past this API: with this method and exactly these headers."""

    method: Literal["PUT"]
    url: str = Field(examples=["https://files.example/incoming/tkt_1/att_1?X-Amz-Signature=9f"])
    headers: dict[str, str] = Field(examples=[{"Content-Type": "application/pdf", "Content-Length": "48213"}])
    expires_at: Moment


class AwaitedOut(AttachmentOut):
    """A file that is awaited, and where to."""

    upload: UploadOut

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"upload": ("upload", f"{self.ticket}/{self.id}")}


class DownloadOut(Out):
    """Where a clean file is to be had, for a minute; it is saved, never shown by a browser."""

    url: str = Field(examples=["https://files.example/kept/tkt_1/att_1?X-Amz-Signature=9f"])
    expires_at: Moment


class ReadOut(AttachmentOut):
    """A clean file, and where to get it."""

    download: DownloadOut


def _facts(file: Attachment) -> dict[str, object]:
    # A customer hears the institution, not a name from its staff list.
    by = file.by if call().actor.is_staff or not file.by_staff else None
    return {**{name: getattr(file, name) for name in _AS_IT_IS}, "why": file.why or None, "by": by}


_AS_IT_IS = (
    "id",
    "ticket",
    "name",
    "content_type",
    "size",
    "sha256",
    "visibility",
    "status",
    "asked_at",
    "stored_at",
    "judged_at",
)


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
    return ReadOut.model_validate({**_facts(file), "download": {"url": url, "expires_at": until}})


@desk.post(
    "/v1/desk/tickets/{ticket}/attachments/{attachment}/mark",
    Act.ATTACHMENT_MARK,
    refusals=(ConflictOfInterest, NotAllowedNow, OwnFile),
)
def mark_attachment(ticket: Id, attachment: Id, body: MarkIn) -> AttachmentOut:
    """Say what a file is that no scanner judged, or judged wrongly; an infected one is deleted."""
    mark = services().judging.mark
    return _attachment_out(mark(ticket, attachment, body.verdict, body.reason, call(_attachment_out)))
