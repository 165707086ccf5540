"""Looking at documents, for staff of a branch."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import ConflictOfInterest, NotAllowedNow
from chalicelib.web import Api, Body, Path, Versioned, call
from chalicelib.web.shapes import Moment

from .model import Document, Kind, Shown

desk = Api("Documents", door="desk")

Id = Annotated[str, Path(max_length=64)]


class DocumentIn(Body):
    """What is read from a document; the number is hashed and forgotten, and there is no field for a picture."""

    exact: ClassVar = frozenset({"number"})
    kind: Kind
    number: str = Field(min_length=4, max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$", examples=["E12345678"])
    expires_on: date = Field(examples=["2031-05-31"])
    matches: bool = Field(description="Picture and name fit who stands there and who is booked.", examples=[True])

    @property
    def shown(self) -> Shown:
        return Shown(self.kind, self.number, self.expires_on, self.matches)


class DocumentOut(Versioned):
    """What was seen for a visit; `by_two` if two people looked."""

    appointment: str = Field(examples=["apt_01M83255V069EDXC383WSXJHG7"])
    kind: Kind
    expires_on: date = Field(examples=["2031-05-31"])
    outcome: Literal["verified", "awaiting_second", "refused"] = Field(examples=["awaiting_second"])
    why: Literal["matches", "high_risk", "other_than_before", "does_not_match", "expired", "seen_otherwise"] = Field(
        examples=["high_risk"]
    )
    seen_by: str = Field(examples=["clerk-east"])
    second_by: str | None = Field(examples=[None])
    by_two: bool = Field(examples=[False])
    seen_at: Moment


def _document(document: Document) -> DocumentOut:
    facts = vars(document) | {"second_by": document.second_by or None}
    return DocumentOut.model_validate(facts | {"appointment": document.visit, "by_two": document.by_two})


_PATH = "/v1/desk/appointments/{appointment}/document"


@desk.post(_PATH, Act.DOCUMENT_SEE, refusals=(NotAllowedNow,))
def see_document(appointment: Id, body: DocumentIn) -> DocumentOut:
    """Note what I see of a customer's document; where much depends on it a second person looks too."""
    return _document(services().documents.see(appointment, body.shown, call(_document)))


@desk.post(f"{_PATH}/second", Act.DOCUMENT_SEE, refusals=(NotAllowedNow, ConflictOfInterest))
def second_document(appointment: Id, body: DocumentIn) -> DocumentOut:
    """Note what I see as the second person; I read the document myself, and am not who looked first."""
    return _document(services().documents.second(appointment, body.shown, call(_document)))


@desk.get(_PATH, Act.DOCUMENT_SEE, refusals=(NotAllowedNow,))
def seen_document(appointment: Id) -> DocumentOut:
    """Tell what was seen of a customer's document for a visit."""
    return _document(services().documents.seen(appointment, call()))
