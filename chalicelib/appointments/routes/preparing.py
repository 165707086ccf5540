"""What to bring to a visit, and how far each thing is before it."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, CursorInvalid, NotAllowedNow, Outdated
from chalicelib.web import Body, Listing, Out, Path, Versioned, call, given, sealed, shown_once
from chalicelib.web.shapes import Moment

from ..model import FLAWS, Appointment, Checklist, Flaw, Item, PaperNotReady, Verdict
from .customer import Cursor, Limit, api
from .desk import desk
from .managing import Link
from .public import Id, public
from .shapes import RowOut
from .showing import row_out

Named = Annotated[str, Path(max_length=64)]
_STANDINGS = Literal["open", "brings", "scanned", "to_check", "accepted", "missing", "replace"]


class TickIn(Body):
    """Whether one will bring a document."""

    brings: bool = Field(examples=[True])


class CheckIn(Body):
    """What the branch found of a document: `file` is the one that was looked at, `reason` what is wrong with it."""

    verdict: Verdict
    file: Annotated[str, Field(max_length=64)] | None = Field(default=None, examples=["att_01M8325SC0WHNK40B5XV4HWRT4"])
    reason: Flaw | None = Field(default=None, examples=[None])

    @model_validator(mode="after")
    def _whole(self) -> "CheckIn":
        if (self.verdict is Verdict.ACCEPTED) != (self.reason is None):
            raise ValueError("a reason for what is not accepted, and for nothing else")
        if self.verdict is not Verdict.MISSING and self.file is None:
            raise ValueError("the file that was looked at")
        return self


class ItemOut(Out):
    """A document: how far it is, why another one is needed, and how many minutes shorter the visit is once it is accepted."""

    id: str = Field(examples=["id-card"])
    name: dict[str, str] = Field(examples=[{"en": "Identity card", "zh-CN": "身份证"}])
    standing: _STANDINGS
    brings: bool = Field(examples=[True])
    reason: dict[str, str] | None = Field(examples=[None])
    saves_minutes: int = Field(examples=[10])
    file: str | None = Field(examples=["att_01M8325SC0WHNK40B5XV4HWRT4"])


class ChecklistOut(Versioned):
    """What to bring to a visit, and how far each thing is; `saved_minutes` were taken off it for what was accepted."""

    number: str = Field(examples=["A-20261123-JHG7T"])
    starts_at: Moment
    ends_at: Moment
    saved_minutes: int = Field(examples=[10])
    items: list[ItemOut]


def _checklist(known: Checklist) -> ChecklistOut:
    return ChecklistOut(
        number=known.number,
        starts_at=known.starts_at,
        ends_at=known.ends_at,
        saved_minutes=known.saved,
        items=[_item(one) for one in known.items],
        version=known.version,
    )


def _item(one: Item) -> ItemOut:
    paper = one.paper
    return ItemOut(
        id=one.document.id,
        name=dict(one.document.name),
        standing=one.standing.value,
        brings=paper.brings,
        # Once another file came, what was wrong with the last one is not what it is about any more.
        reason=dict(FLAWS[paper.reason]) if one.standing == paper.verdict and paper.reason else None,
        saves_minutes=one.document.saves,
        file=one.file or None,
    )


@shown_once
def _listed(appointment: Appointment) -> ChecklistOut:
    return _checklist(services().papers.listed(appointment))


@api.get("/v1/appointments/{appointment}/checklist", Act.APPOINTMENT_READ)
def show_checklist(appointment: Id) -> ChecklistOut:
    """List what to bring to an appointment, and how far each thing is."""
    return _checklist(services().papers.checklist(appointment, call()))


@api.post(
    "/v1/appointments/{appointment}/checklist/{document}", Act.PAPER_ADD, refusals=(NotAllowedNow, Outdated, Changed)
)
def tick(appointment: Id, document: Named, body: TickIn) -> ChecklistOut:
    """Say of a document that one will bring it, or not."""
    return _listed(services().papers.tick(appointment, document, body.brings, call(_listed)))


@public.get("/v1/visits/{token}/checklist", None)
def show_checklist_by_link(token: Link) -> ChecklistOut:
    """List what to bring to the visit of a link, and how far each thing is."""
    return _checklist(services().papers.checklist(token, call()))


@public.post("/v1/visits/{token}/checklist/{document}", None, once_by="token", refusals=(NotAllowedNow, Changed))
def tick_by_link(token: Link, document: Named, body: TickIn) -> ChecklistOut:
    """Say of a document for the visit of a link that one will bring it, or not."""
    return _listed(services().papers.tick(token, document, body.brings, call(_listed)))


@desk.get("/v1/desk/branches/{branch}/papers", Act.PAPER_CHECK, refusals=(CursorInvalid,))
def list_papers(branch: Id, limit: Limit = 25, cursor: Cursor = None) -> Listing[RowOut]:
    """List the visits with documents that a branch has to look at, the next first."""
    page = services().papers.waiting(branch, limit, given(cursor, "papers", branch), call())
    return Listing(items=[row_out(row) for row in page.items], next_cursor=sealed(page.next, "papers", branch))


@desk.post(
    "/v1/desk/appointments/{appointment}/checklist/{document}",
    Act.PAPER_CHECK,
    refusals=(NotAllowedNow, PaperNotReady, Outdated, Changed),
)
def check_paper(appointment: Id, document: Named, body: CheckIn) -> ChecklistOut:
    """Say what was found of a document before the visit; the customer hears what is missing, or has to be replaced."""
    found = (body.verdict, body.reason or "", body.file or "")
    return _listed(services().papers.check(appointment, document, found, call(_listed)))
