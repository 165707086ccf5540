"""Files of a visit over HTTP: what the customer sends in ahead, and what the branch looks at."""

from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, NotAllowedNow
from chalicelib.web import Path, call

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
from .shapes import AwaitedPaperOut, Id, MarkIn, PaperIn, PaperOut, ReadPaperOut, download, file_facts
from .tickets import api, desk

Link = Annotated[str, Path(max_length=200)]
_ASKING = (NotAllowedNow, TooManyAttachments)
_SAYING = (NotUploaded, AttachmentRefused, AttachmentGone)


def _facts(file: Attachment) -> dict[str, object]:
    named = {"appointment": file.ticket, "document": file.purpose, "keep_until": file.keep_until}
    return {**file_facts(file), **named}


def _paper_out(file: Attachment) -> PaperOut:
    return PaperOut.model_validate(_facts(file))


def _awaited_out(file: Attachment) -> AwaitedPaperOut:
    return AwaitedPaperOut.model_validate({**_facts(file), "upload": services().upload_link(file)})


def _announced(body: PaperIn) -> Announced:
    return Announced(body.name, body.content_type, body.size, body.sha256, purpose=body.document)


@api.post("/v1/appointments/{appointment}/files", Act.PAPER_ADD, status=201, refusals=_ASKING)
def ask_paper(appointment: Id, body: PaperIn) -> AwaitedPaperOut:
    """Announce a document for a visit and be told where to upload it."""
    return _awaited_out(services().papers_in.ask(appointment, _announced(body), call(_awaited_out)))


@api.post("/v1/appointments/{appointment}/files/{attachment}/uploaded", Act.PAPER_ADD, refusals=_SAYING)
def paper_uploaded(appointment: Id, attachment: Id) -> PaperOut:
    """Say that a document has been uploaded: it is compared with what was announced, and kept in quarantine."""
    return _paper_out(services().papers_in.uploaded(appointment, attachment, call(_paper_out)))


@api.post("/v1/visits/{token}/files", None, status=201, once_by="token", refusals=_ASKING)
def ask_paper_by_link(token: Link, body: PaperIn) -> AwaitedPaperOut:
    """Announce a document for the visit of a link and be told where to upload it."""
    return _awaited_out(services().papers_in.ask(token, _announced(body), call(_awaited_out)))


@api.post("/v1/visits/{token}/files/{attachment}/uploaded", None, once_by="token", refusals=_SAYING)
def paper_uploaded_by_link(token: Link, attachment: Id) -> PaperOut:
    """Say that a document for the visit of a link has been uploaded."""
    return _paper_out(services().papers_in.uploaded(token, attachment, call(_paper_out)))


@desk.get(
    "/v1/desk/appointments/{appointment}/files/{attachment}",
    Act.PAPER_READ,
    refusals=(AttachmentQuarantined, AttachmentGone, Changed),
)
def read_paper(appointment: Id, attachment: Id) -> ReadPaperOut:
    """Show a clean document with a link to it that is good for a minute; who asked for it is recorded."""
    file, url, until = services().papers_out.read(appointment, attachment, call())
    return ReadPaperOut.model_validate({**_facts(file), **download(url, until)})


@desk.post(
    "/v1/desk/appointments/{appointment}/files/{attachment}/mark",
    Act.PAPER_MARK,
    refusals=(NotAllowedNow, OwnFile),
)
def mark_paper(appointment: Id, attachment: Id, body: MarkIn) -> PaperOut:
    """Say what a document is that no scanner judged, or judged wrongly; an infected one is deleted."""
    mark = services().papers_judged.mark
    return _paper_out(mark(appointment, attachment, body.verdict, body.reason, call(_paper_out)))
