"""Something half done goes on elsewhere, without being typed again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Invalid, NotFound
from chalicelib.kernel.events import Link, chained, end
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import Handover, HandoverOver, Taken, To
from ..ports import Handovers, Sealing
from .visiting import Visiting


@dataclass(frozen=True)
class Handing:
    """The draft is personal: it is kept encrypted, for a quarter of an hour or until it is taken, and in no record."""

    visiting: Visiting
    handovers: Handovers
    sealing: Sealing
    keys: Keys

    def offer(self, to: To, draft: Mapping[str, Any], call: Call) -> Handover:
        """Keep a draft of whoever is in front of the kiosk, to be taken once. Raises VisitOver, Invalid."""
        kiosk, visit = self.visiting.current(call)
        plain = _written(draft)
        id_ = call.new_id("hnd")
        handover = Handover(
            id=id_,
            kiosk=kiosk.id,
            unit=kiosk.unit,
            branch=kiosk.branch,
            customer=visit.customer,
            to=to,
            sha256=hashlib.sha256(plain).hexdigest(),
            expires_at=call.now + policy.HANDOVER_LIFE,
            sealed=self.sealing.seal(id_, plain, call.entropy(12)),
        )
        told = events.HandoverOffered(id_, kiosk.id, to.value, handover.sha256)
        records = chained(id_, Link(), [told], call)
        handover = replace(handover, link=end(records, Link()))
        self.handovers.offer(handover, records, call.stamp(handover))
        return handover

    def take(self, token: str, call: Call) -> Taken:
        """Give a draft to the same customer on their own device, or to a clerk of the branch; then it is gone here.

        Raises HandoverOver where it was taken or is too late; whoever it is not for finds nothing.
        """
        access.require(call.actor, Act.HANDOVER_TAKE)
        id_ = self.keys.opened("handover", token)
        found = self.handovers.handover(id_) if id_ else None
        if found is None:
            raise NotFound
        phone = found.to is To.PHONE
        whose = {"customer": found.customer} if phone else {"unit": found.unit}
        access.require_on(call.actor, Act.HANDOVER_TAKE, **whose)
        if found.sealed is None or found.expires_at <= call.now:
            raise HandoverOver
        records = chained(found.id, found.link, [events.HandoverTaken(found.id, found.to.value)], call)
        gone = replace(found, sealed=None, taken_at=call.now, link=end(records, found.link))
        taken = Taken(gone, call.now, found.sealed, json.loads(self.sealing.opened(found.id, found.sealed)))
        try:
            self.handovers.take(gone, records, call.stamp(taken))
        except Changed as quicker:
            raise HandoverOver from quicker
        return taken

    def told_again(self, name: str) -> Any:
        """Give a draft to whoever took it, as it was told then; `name` is that of the handover and the sealed draft."""
        id_, _, sealed = name.partition(".")
        return json.loads(self.sealing.opened(id_, bytes.fromhex(sealed)))


def _written(draft: Mapping[str, Any]) -> bytes:
    try:
        plain = policy.written(draft)
    except ValueError as odd:
        raise Invalid.field("draft", "invalid") from odd
    if len(plain) > policy.MOST_DRAFT:
        raise Invalid.field("draft", "too_long")
    return plain
