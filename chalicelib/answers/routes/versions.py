"""The way of a version: written, proposed, approved by somebody else, returned, retired."""

from typing import Annotated

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import NotAllowedNow, Outdated
from chalicelib.web import Path, call

from ..model import ApprovalNeeded, ConflictOfInterest, VariableUnknown
from .answers import Id, answer_out, api, wanted
from .shapes import AnswerOut, WhyIn, WordsIn

Nth = Annotated[int, Path(ge=1, le=9_999)]
_STEP = (NotAllowedNow, Outdated)
_FOUR_EYES = (*_STEP, ConflictOfInterest, ApprovalNeeded)


@api.post("/v1/desk/answers/{answer}/versions", Act.ANSWER_WRITE, status=201, refusals=(*_STEP, VariableUnknown))
def write_version(answer: Id, body: WordsIn) -> AnswerOut:
    """Write another version; it takes the place of an open draft."""
    return answer_out(services().writing.rewrite(answer, wanted(body), call(answer_out)))


@api.post("/v1/desk/answers/{answer}/versions/{n}/propose", Act.ANSWER_WRITE, refusals=_STEP)
def propose_version(answer: Id, n: Nth) -> AnswerOut:
    """Ask somebody else to approve a version."""
    return answer_out(services().writing.propose(answer, n, call(answer_out)))


@api.post("/v1/desk/answers/{answer}/versions/{n}/approve", Act.ANSWER_APPROVE, refusals=_FOUR_EYES)
def approve_version(answer: Id, n: Nth) -> AnswerOut:
    """Let customers read a version, from its time on or from now; never one that I wrote or proposed."""
    return answer_out(services().writing.approve(answer, n, call(answer_out)))


@api.post("/v1/desk/answers/{answer}/versions/{n}/return", Act.ANSWER_APPROVE, refusals=_FOUR_EYES)
def return_version(answer: Id, n: Nth, body: WhyIn) -> AnswerOut:
    """Send a proposed version back to whoever wrote it."""
    return answer_out(services().writing.send_back(answer, n, body.reason, call(answer_out)))


@api.post("/v1/desk/answers/{answer}/versions/{n}/retire", Act.ANSWER_WRITE, refusals=_STEP)
def retire_version(answer: Id, n: Nth, body: WhyIn) -> AnswerOut:
    """Let no customer read a version any more; an older one does not come back by that."""
    return answer_out(services().writing.retire(answer, n, body.reason, call(answer_out)))
