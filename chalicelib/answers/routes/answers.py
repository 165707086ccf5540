"""Finding, showing and trying canned answers, and beginning one."""

from typing import Annotated, Any, Literal

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import CursorInvalid, NotFound
from chalicelib.web import Api, Listing, Path, Query, call, given, sealed

from ..model import (
    Answer,
    AnswerNotApproved,
    AnswerUnsuitable,
    Asked,
    FactMissing,
    Rendered,
    Scope,
    VariableUnknown,
    Version,
    Wanted,
)
from .shapes import AnswerOut, AnswerRow, NewAnswer, PreviewIn, PreviewOut, VersionOut, WordsIn

api = Api("Canned answers", door="desk")
Id = Annotated[str, Path(max_length=64)]


def answer_out(answer: Answer) -> AnswerOut:
    """Show an answer with the versions that whoever asks may see."""
    current = answer.in_force(call().now)
    return AnswerOut(
        **_head(answer),
        owner=answer.owner,
        in_force=current.n if current else None,
        versions=[_version(version) for version in answer.versions],
        version=answer.version,
    )


def wanted(body: WordsIn) -> Wanted:
    """Read what is to be said."""
    return Wanted(
        {str(language): text for language, text in body.wordings.items()}, body.effective_from, body.review_on
    )


def _row(answer: Answer) -> AnswerRow:
    current = answer.in_force(call().now)
    edits = services().answers.changing.edits(call().actor, answer)
    shown = answer.newest if edits or current is None else current
    return AnswerRow(
        **_head(answer),
        languages=list((current or shown).languages),
        in_force=current.n if current else None,
        newest=shown.n,
        state=shown.state.value,
        version=answer.version,
    )


def _head(answer: Answer) -> dict[str, Any]:
    scope = answer.scope
    return {
        "id": answer.id,
        "title": answer.title,
        "unit": scope.unit,
        "kinds": [kind.value for kind in scope.kinds],
        "topics": list(scope.topics),
        "products": list(scope.products),
    }


def _version(version: Version) -> VersionOut:
    return VersionOut(
        n=version.n,
        state=version.state.value,
        wordings=dict(version.wordings),
        variables=list(version.variables),
        author=version.author,
        written_at=version.written_at,
        proposed_by=version.proposed_by or None,
        approved_by=version.approved_by or None,
        approved_at=version.approved_at,
        effective_from=version.effective_from,
        review_on=version.review_on.isoformat() if version.review_on else None,
        retired_at=version.retired_at,
        returned=version.returned or None,
        sha256=version.sha256,
    )


def _preview_out(words: Rendered) -> PreviewOut:
    return PreviewOut(text=words.text, ref=words.ref, sha256=words.sha256, language=words.language)


@api.get("/v1/desk/answers", Act.ANSWER_READ, refusals=(CursorInvalid,))
def list_answers(
    kind: Annotated[Literal["enquiry", "request", "complaint"] | None, Query()] = None,
    topic: Annotated[str | None, Query(max_length=64)] = None,
    language: Annotated[Literal["en", "zh-CN"] | None, Query()] = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 25,
    cursor: Annotated[str | None, Query(max_length=2000)] = None,
) -> Listing[AnswerRow]:
    """List answers in force; those that are not yet, or no more, to who may change them. `q` looks in titles and words."""
    asked = Asked(kind or "", topic or "", language or "", q or "")
    bound = ("answers", *vars(asked).values())
    page = services().answers.list(asked, limit, given(cursor, *bound), call())
    return Listing(items=[_row(answer) for answer in page.items], next_cursor=sealed(page.next, *bound))


@api.get("/v1/desk/answers/{answer}", Act.ANSWER_READ)
def get_answer(answer: Id) -> AnswerOut:
    """Show an answer: the version in force, and every other one to who may change it."""
    return answer_out(services().answers.read(answer, call()))


@api.post("/v1/desk/answers", Act.ANSWER_WRITE, status=201, refusals=(NotFound, VariableUnknown))
def create_answer(body: NewAnswer) -> AnswerOut:
    """Begin an answer with a draft of its first version."""
    unit = body.unit or call().actor.unit
    scope = Scope(unit, tuple(body.kinds), tuple(body.topics), tuple(body.products))
    return answer_out(services().writing.create(body.title, scope, wanted(body), call(answer_out)))


@api.post(
    "/v1/desk/answers/{answer}/preview",
    Act.ANSWER_READ,
    refusals=(AnswerNotApproved, AnswerUnsuitable, FactMissing),
)
def preview_answer(answer: Id, body: PreviewIn) -> PreviewOut:
    """Show how an answer reads for a ticket; who may change it may also try a version that is not in force."""
    preview = services().previewing.preview
    return _preview_out(preview(answer, body.version, body.ticket, call(_preview_out)))
