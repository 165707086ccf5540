"""From what we mean to what goes out, and back."""

from datetime import datetime
from typing import Any

from chalicelib.bootstrap import services
from chalicelib.web import call, shown_once

from ..model import Answers, Attempt, Book, Callback, Held, Questionnaire, Row, Window, Wish, Wishes
from .bodies import DeskWishIn, WishesIn, WishIn
from .shapes import (
    AnswersOut,
    AttemptOut,
    CallbackOut,
    CardOut,
    HeldOut,
    LineOut,
    QuestionnaireOut,
    QuestionOut,
    ReasonOut,
    RowOut,
    WindowOut,
    WindowsOut,
    WishesOut,
)


def wish_of(body: WishIn) -> Wish:
    """Read what somebody wants."""
    start = body.window if isinstance(body.window, datetime) else None
    told: dict[str, Any] = {"language": body.language, "about": body.about, "topic": body.topic}
    told |= {"timezone": body.timezone, "phone": body.phone}
    purpose = {"purpose": body.purpose} if isinstance(body, DeskWishIn) else {}
    given = {name: value for name, value in told.items() if value is not None}
    return Wish(start, body.reason, support_needs=tuple(body.support_needs), **purpose, **given)


def windows_out(found: list[Window]) -> WindowsOut:
    """Show windows."""
    return WindowsOut(items=[WindowOut(starts_at=w.starts_at, ends_at=w.ends_at, free=w.free) for w in found])


def _known(callback: Callback) -> dict[str, Any]:
    return {
        "id": callback.id,
        "number": callback.number,
        "status": callback.status,
        "purpose": callback.purpose,
        "starts_at": callback.starts_at,
        "ends_at": callback.ends_at,
        "timezone": callback.timezone,
        "language": callback.language,
        "reason": callback.reason,
        "about": callback.about or None,
        "support_needs": list(callback.support_needs),
        "tries": len(callback.tries),
        "next_try_at": callback.next_at,
        "proof_word": services().proof_words.word(callback.id),
        "version": callback.version,
    }


@shown_once
def callback_out(callback: Callback) -> CallbackOut:
    """Show a call to the customer."""
    return CallbackOut(**_known(callback))


@shown_once
def card_out(callback: Callback) -> CardOut:
    """Show a call to an agent."""
    running = callback.running
    dials = running is not None and running.rung_at is not None and callback.leased_by == call().actor.id
    shows = dials and (services().telephony.shows_numbers or (running is not None and running.by_hand))
    known = _known(callback) | ({"proof_word": None} if callback.held else {})
    return CardOut(
        **known,
        unit=callback.unit,
        customer=callback.customer_id,
        topic=callback.topic or None,
        prefer=callback.prefer or None,
        agent=callback.leased_by or None,
        lease_until=callback.lease_until,
        attempts=[_attempt_out(attempt) for attempt in callback.attempts],
        number_to_dial=callback.phone if shows else None,
        held=_held_out(callback.held) if callback.held else None,
        questionnaire=_questionnaire_out(services().surveying.asked(callback, call())),
        answers=_answers_out(callback.answers),
    )


def _questionnaire_out(asked: Questionnaire | None) -> QuestionnaireOut | None:
    if asked is None:
        return None
    questions = [
        QuestionOut(
            id=one.id, kind=one.kind.value, text={"en": one.text["en"], "zh-CN": one.text["zh"]}, optional=one.optional
        )
        for one in asked.questions
    ]
    return QuestionnaireOut(ref=asked.ref, questions=questions)


def _answers_out(answers: Answers | None) -> AnswersOut | None:
    if answers is None:
        return None
    return AnswersOut(
        questionnaire=answers.questionnaire,
        answers=dict(answers.given),
        unhappy=list(answers.unhappy),
        reopen=answers.reopen,
        by=answers.by,
        at=answers.at,
    )


def _held_out(held: Held) -> HeldOut:
    return HeldOut(row=held.row, signals=dict(held.signals), at=held.at)


def _attempt_out(attempt: Attempt) -> AttemptOut:
    at, outcome = attempt.claimed_at, attempt.outcome
    return AttemptOut(n=attempt.n, by=attempt.by, at=at, outcome=outcome, note=attempt.note)


def _row(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in RowOut.model_fields}


def row_out(row: Row) -> RowOut:
    """Show a call as a line in a list."""
    return RowOut(**_row(row))


def line_out(row: Row) -> LineOut:
    """Show a call in the line, and why it stands where it does."""
    because = services().leasing.because(row, call().now)
    why = [ReasonOut(because=what, minutes=minutes) for what, minutes in because]
    return LineOut(**_row(row), counts_since=row.place, why=why)


def wishes_of(body: WishesIn) -> Wishes:
    """Read what somebody wishes."""
    return Wishes(body.do_not_call, frozenset(body.consents), frozenset(body.refuses))


def wishes_out(book: Book) -> WishesOut:
    """Show what somebody wishes about being called."""
    return WishesOut(
        do_not_call=book.do_not_call,
        consents=sorted(book.consents),
        refused={purpose.value: until for purpose, until in book.refused.items()},
        calls_lately=sum(one.called for one in book.contacts),
        texts_lately=sum(not one.called for one in book.contacts),
        version=book.version,
    )
