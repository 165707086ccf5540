"""Telling whoever answers for a wording that it is time to look at it again."""

from dataclasses import dataclass, replace

from chalicelib.kernel.calls import Call
from chalicelib.kernel.events import Event
from chalicelib.kernel.notices import Notice, ask_again_at

from .. import events
from ..model import Answer, Version
from .changing import Change, Changing


@dataclass(frozen=True)
class Reviewing:
    """Nobody asks for these in person: the sweep does, and news about texts."""

    changing: Changing

    def remind(self, id_: str, call: Call) -> str:
        """Owe word of a review that is due, once for each version; ask again for word nobody has taken over.

        A hint that comes too early, twice, or for what was retired changes nothing.
        """
        before = self.changing.found(id_)
        after = self.changing.apply(lambda: self.changing.found(id_), call, lambda answer: _due(answer, call))
        return "reminded" if after.version > before.version else "settled"

    def taken(self, id_: str, key: str, call: Call) -> str:
        """Hear that the word owed under a key is on its way; it is owed no longer."""

        def change(answer: Answer) -> Change:
            if all(notice.key != key for notice in answer.notices):
                return answer, []
            return answer.told(key), [events.ReminderTaken(id_, key)]

        self.changing.apply(lambda: self.changing.found(id_), call, change)
        return "taken"

    def owes(self, id_: str, key: str) -> bool:
        """Tell whether word is still owed under a key; if not, what is on its way about it is stale."""
        answer = self.changing.store.get(id_)
        return answer is not None and any(notice.key == key for notice in answer.notices)


def _due(answer: Answer, call: Call) -> Change:
    happened: list[Event] = []
    for notice in answer.notices:
        if ask_again_at(notice) <= call.now:
            again = replace(notice, asked_at=call.now, tries=notice.tries + 1)
            answer = answer.owing(again)
            happened.append(events.ReminderRepeated(answer.id, (answer.word(again),)))
    for version in answer.versions:
        if version.review_at is not None and version.review_at <= call.now and answer.to_review(version):
            answer, news = _reminded(answer, version, call)
            happened.append(news)
    return answer, happened


def _reminded(answer: Answer, version: Version, call: Call) -> tuple[Answer, Event]:
    facts = {"version": str(version.n), "review_on": str(version.review_on)}
    notice = Notice(f"review:{version.n}", "answer_review", "owner", call.now, facts=facts)
    answer = answer.with_version(replace(version, reminded=True)).owing(notice)
    return answer, events.ReviewDue(answer.id, version.n, (answer.word(notice),))
