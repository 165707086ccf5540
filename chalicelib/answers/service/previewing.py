"""How an answer would read to a customer."""

from dataclasses import dataclass

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call

from ..model import Rendered
from ..ports import Matters
from .using import Using


@dataclass(frozen=True)
class Previewing:
    """Says nothing to anybody."""

    using: Using
    matters: Matters

    def preview(self, id_: str, version: int | None, ticket: str, call: Call) -> Rendered:
        """Fill an answer with the facts of a ticket; who may change it may also try a version that is not in force.

        Raises NotFound for an answer or ticket out of reach, AnswerNotApproved, AnswerUnsuitable, FactMissing.
        """
        access.require(call.actor, Act.ANSWER_READ)
        matter = self.matters.matter(ticket, call)
        answer = self.using.changing.read(id_, call)
        if version is not None and self.using.changing.edits(call.actor, answer):
            rendered = self.using.rendered(answer, answer.nth(version), matter)
        else:
            rendered = self.using.in_force(answer, version, matter, call)
        self.using.changing.store.remember(call.stamp(rendered))
        return rendered
