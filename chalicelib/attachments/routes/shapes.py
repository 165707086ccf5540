"""What is sent and answered about files, of tickets and of visits."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.web import Body, Out, Path
from chalicelib.web.shapes import Moment

from ..model import Attachment, Verdict, Visibility

Id = Annotated[str, Path(max_length=64)]
_SHA256 = Field(pattern="^[0-9a-f]{64}$", examples=["5e" * 32])


class FileIn(Body):
    """A file somebody is about to upload, with its size in bytes and its SHA-256 in hex; nothing else can be uploaded then."""

    name: str = Field(min_length=1, max_length=255, examples=["receipt.pdf"])
    content_type: Annotated[str, Field(min_length=1, max_length=100)] = Field(examples=["application/pdf"])
    size: int = Field(ge=1, examples=[48213])
    sha256: str = _SHA256


class AttachmentIn(FileIn):
    """A file for a ticket; `internal` is for staff."""

    visibility: Visibility = Visibility.PUBLIC


class PaperIn(FileIn):
    """A file for a visit, and which of the documents to bring it is."""

    document: str = Field(min_length=1, max_length=64, pattern="^[A-Za-z0-9_-]+$", examples=["proof-of-address"])


class MarkIn(Body):
    """What somebody found in a file, and how they know."""

    verdict: Verdict
    reason: Annotated[str, Field(min_length=1, max_length=2_000)] = Field(examples=["Scanned by hand with engine 7.1."])


class FileOut(Out):
    """A file; `why` says in what a refused one differed."""

    id: str = Field(examples=["att_01M8325SC0WHNK40B5XV4HWRT4"])
    name: str = Field(examples=["receipt.pdf"])
    content_type: str = Field(examples=["application/pdf"])
    size: int = Field(examples=[48213])
    sha256: str = _SHA256
    status: Literal["awaited", "quarantined", "clean", "infected", "removed", "refused", "expired", "ended"]
    why: str | None = Field(examples=[None])
    asked_at: Moment
    stored_at: Moment | None
    judged_at: Moment | None


class AttachmentOut(FileOut):
    """A file of a ticket; `ticket` is where it stands."""

    ticket: str = Field(examples=["tkt_01M83255V069EDXC383WSXJHG7"])
    visibility: Visibility
    by: str | None = Field(examples=["cus_01M8323YS0XEGYQ968CNHHKJJ6"])


class PaperOut(FileOut):
    """A file of a visit, until `keep_until` at the latest; `document` is which of those to bring it is."""

    appointment: str = Field(examples=["apt_01M83255V069EDXC383WSXJHG7"])
    document: str = Field(examples=["proof-of-address"])
    keep_until: Moment | None


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


class AwaitedPaperOut(PaperOut):
    """A file of a visit that is awaited, and where to."""

    upload: UploadOut

    @property
    def secrets(self) -> dict[str, tuple[str, str]]:
        return {"upload": ("upload", f"{self.appointment}/{self.id}")}


class DownloadOut(Out):
    """Where a clean file is to be had, for a minute; it is saved, never shown by a browser."""

    url: str = Field(examples=["https://files.example/kept/tkt_1/att_1?X-Amz-Signature=9f"])
    expires_at: Moment


class ReadOut(AttachmentOut):
    """A clean file, and where to get it."""

    download: DownloadOut


class ReadPaperOut(PaperOut):
    """A clean file of a visit, and where to get it."""

    download: DownloadOut


def file_facts(file: Attachment) -> dict[str, object]:
    """Give what is shown of any file."""
    return {**{name: getattr(file, name) for name in _AS_IT_IS}, "why": file.why or None}


_AS_IT_IS = ("id", "name", "content_type", "size", "sha256", "status", "asked_at", "stored_at", "judged_at")


def download(url: str, until: datetime) -> dict[str, object]:
    """Say where a clean file is to be had."""
    return {"download": {"url": url, "expires_at": until}}
