"""Asking who was called how it was: the questions, the answers, and what an answer leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden, Invalid, NotAllowedNow
from chalicelib.kernel.events import digest
from chalicelib.sla.questionnaires import Questionnaire, Questionnaires

from .. import events
from ..model import Answers, Callback, Said, Status
from .changing import Change, Changing

# What was said on the phone is noted while somebody still knows it.
NOTED_WITHIN = timedelta(days=2)


@dataclass(frozen=True)
class Surveying:
    """Answers are noted once, by who had the customer on the line."""

    changing: Changing
    questionnaires: Questionnaires

    def asked(self, callback: Callback, call: Call) -> Questionnaire | None:
        """Give what is to be asked in a call; None where nothing is, or it was asked already."""
        return None if callback.answers else self.questionnaires.at(callback.purpose, call.now)

    def answer(self, id_: str, ref: str, given: Mapping[str, Said], call: Call, *, reopen: bool = False) -> Callback:
        """Note what the customer answered to a version of the questionnaire.

        Raises NotAllowedNow before they were reached, once it is noted and two days after the call; Forbidden for who did not
        have them on the line; Invalid for a version or answers that do not fit, naming the questions.
        """

        def change(before: Callback) -> Change:
            self._permitted(before, call)
            asked = self.questionnaires.version(ref, before.purpose, call.now)
            if asked is None:
                raise Invalid.field("questionnaire", "not_one_of")
            faults = asked.faults(given)
            if faults:
                raise Invalid(errors=[{"field": f"answers.{id_}", "code": code} for id_, code in faults.items()])
            return _answered(before, asked, given, call, reopen=reopen)

        return self.changing.apply(lambda: self.changing.reach(id_, Act.CALLBACK_WORK, call), change, call)

    def _permitted(self, callback: Callback, call: Call) -> None:
        ended = callback.ended_at
        if callback.status is not Status.KEPT or ended is None or callback.answers is not None:
            raise NotAllowedNow(state=callback.status, allowed=[])
        if call.now - ended > NOTED_WITHIN:
            raise NotAllowedNow(state="too_late", allowed=[])
        if callback.attempts[-1].by != call.actor.id:
            raise Forbidden


def _answered(before: Callback, asked: Questionnaire, given: Mapping[str, Said], call: Call, *, reopen: bool) -> Change:
    unhappy, scores = asked.complaints(given), asked.scored(given)
    answers = Answers(asked.ref, given, scores, unhappy, reopen, call.actor.id, call.now)
    after = replace(before, answers=answers, owes_recovery=bool(before.about and (unhappy or reopen)))
    news = events.CallbackAnswered(before.id, asked.ref, scores, unhappy, reopen, call.actor.id, digest(given))
    return Change(after, [news])
