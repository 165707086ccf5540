"""Finding answers, and giving the words of one for a matter."""

from dataclasses import dataclass, replace

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.paging import Page, Position

from .. import policy
from ..model import Answer, AnswerNotApproved, AnswerUnsuitable, Asked, Rendered, Version
from ..ports import Matter, Words
from .changing import Changing


@dataclass(frozen=True)
class Using:
    """What everybody at the desk does with answers, and what tickets ask."""

    changing: Changing
    words: Words

    def list(self, asked: Asked, limit: int, start: Position | None, call: Call) -> Page[Answer]:
        """List answers that fit, in the order they were made: those in force, and others to who may change them.

        One query, whose page may end before the limit is reached.
        """
        access.require(call.actor, Act.ANSWER_READ)
        page = self.changing.store.library(start)
        found = [answer for answer in page.items if self._shown(answer, asked, call)]
        more = found[limit - 1].place if len(found) > limit else page.next
        return Page(tuple(found[:limit]), more)

    def read(self, id_: str, call: Call) -> Answer:
        """Give an answer: to who may change it with all its versions, to others with the one in force."""
        answer = self.changing.read(id_, call)
        if self.changing.edits(call.actor, answer):
            return answer
        current = answer.in_force(call.now)
        if current is None:
            raise NotFound
        return replace(answer, versions=(current,))

    def worded(self, id_: str, version: int | None, matter: Matter, call: Call) -> Rendered:
        """Give the words of the version in force for a matter; another version that is named is refused.

        Raises AnswerNotApproved, AnswerUnsuitable, FactMissing, and NotFound for an answer out of reach.
        """
        return self.in_force(self.changing.read(id_, call), version, matter, call)

    def in_force(self, answer: Answer, version: int | None, matter: Matter, call: Call) -> Rendered:
        """Give the words of the version of an answer that is in force, which is the one that may be named."""
        current = answer.in_force(call.now)
        if current is None or version not in (None, current.n):
            in_force = current.n if current else None
            raise AnswerNotApproved(answer=answer.id, version=version, in_force=in_force)
        return self.rendered(answer, current, matter)

    def rendered(self, answer: Answer, version: Version, matter: Matter) -> Rendered:
        """Fill a version for a matter; raises AnswerUnsuitable, FactMissing."""
        lineage = self.changing.lineage(matter.unit)
        unsuitable = policy.misfits(answer.scope, matter, lineage, version.languages)
        if unsuitable:
            raise AnswerUnsuitable(unsuitable=unsuitable)
        language = matter.language
        text = policy.rendered(version.wordings[language], matter.facts, language, self._word)
        return Rendered(text, f"{answer.id}@{version.n}", version.sha256, language)

    def _word(self, code: str, language: str) -> str:
        return self.words.words(code, language, {})

    def _shown(self, answer: Answer, asked: Asked, call: Call) -> bool:
        if not self.changing.reads(call.actor, answer):
            return False
        edits = self.changing.edits(call.actor, answer)
        version = answer.in_force(call.now) or (answer.newest if edits else None)
        return version is not None and asked.fits(answer, version)
