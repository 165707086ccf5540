"""Working promised calls off: the next one, the try, and what came of it."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import ConflictOfInterest, Invalid, NotAllowedNow, NotFound, Outdated, Unavailable
from chalicelib.web import call

from ..model import CallHeld, NothingToCall, NotLeased, OutsideHours, WordNeeded
from .bodies import AnswersIn, AttemptIn, NextIn
from .customer import Id
from .desk import desk
from .shapes import CardOut
from .showing import card_out

HOLDING = (NotFound, NotLeased, ConflictOfInterest, Outdated)


@desk.post("/v1/desk/callbacks/next", Act.CALLBACK_WORK, refusals=(NotFound, NothingToCall))
def next_callback(body: NextIn) -> CardOut:
    """Take the next call in hand; whoever has one is given that one again."""
    return card_out(services().leasing.next(body.unit or "", call(card_out)))


@desk.post(
    "/v1/desk/callbacks/{callback}/dial", Act.CALLBACK_WORK, refusals=(*HOLDING, OutsideHours, CallHeld, Unavailable)
)
def dial_callback(callback: Id) -> CardOut:
    """Begin a try: the customer is rung once, however often this is sent; or I am shown the number to dial."""
    return card_out(services().trying.dial(callback, call(card_out)))


@desk.post("/v1/desk/callbacks/{callback}/attempts", Act.CALLBACK_WORK, refusals=(*HOLDING, WordNeeded))
def end_attempt(callback: Id, body: AttemptIn) -> CardOut:
    """Say what came of a try; whether and when there is another one follows from that."""
    return card_out(services().trying.attempt(callback, body.what, body.note, call(card_out), body.word or ""))


@desk.post(
    "/v1/desk/callbacks/{callback}/answers",
    Act.CALLBACK_WORK,
    refusals=(NotFound, ConflictOfInterest, Outdated, NotAllowedNow, Invalid),
)
def note_answers(callback: Id, body: AnswersIn) -> CardOut:
    """Note what the customer answered whom I had on the line; who is not content is made good by a supervisor."""
    noted = call(card_out)
    return card_out(services().surveying.answer(callback, body.questionnaire, body.answers, noted, reopen=body.reopen))


@desk.post("/v1/desk/callbacks/{callback}/release", Act.CALLBACK_WORK, refusals=(*HOLDING, NotAllowedNow))
def release_callback(callback: Id) -> CardOut:
    """Put a call back into its place in the line, untried."""
    return card_out(services().leasing.release(callback, call(card_out)))
