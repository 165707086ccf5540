"""The gate before each text: open, within every limit, and paid for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link, chained, end
from chalicelib.kernel.phone import Number
from chalicelib.kernel.tokens import Keys

from .. import events, policy
from ..model import SHARDS, Asked, Channel, Closing, Reach, Source, Standing, Toll, Why
from ..ports import Gates


@dataclass(frozen=True)
class Gate:
    """Nothing passes that has not been counted; what cannot be counted does not pass."""

    store: Gates
    keys: Keys

    def source(self, call: Call) -> Source:
        """Say who asks, as keyed hashes."""
        return Source(self.hidden("address", call.address), self.hidden("device", call.device))

    def asked(self, number: Number, source: Source, parts: int, now: datetime, channel: Channel = Channel.SMS) -> Asked:
        """Say where a text is to go, without the number."""
        phone = self.hidden("phone", number.e164)
        return Asked(
            phone=phone,
            dial=number.dial,
            region=number.region,
            prefix=number.e164[1 : 1 + policy.PREFIX],
            source=source,
            date=now.astimezone(UTC).date().isoformat(),
            shard=int(phone[:8], 16) % SHARDS,
            parts=parts,
            channel=channel,
        )

    def reach(self) -> Reach:
        """Give where codes may go and by which ways."""
        return self.store.reach()

    def refund(self, asked: Asked, called: bool, call: Call) -> Toll:
        """Give what has to be written to count one back that no provider took, neither as a text nor as a call."""
        return policy.refund(self.store.standing(asked), asked, called, call.now)

    def passed(self, asked: Asked, call: Call, *, counted: bool = False) -> tuple[Toll, Reach]:
        """Let one text pass; give what has to be written with it, and the ways it may go.

        One that is `counted` already goes another way and costs what that costs, and nothing else.

        Raises DestinationClosed, TooManyCodes, or SmsUnavailable; the first time it does, what is closed is stored with a
        word to compliance.
        """
        standing = self.store.standing(asked)
        policy.require_open(standing, asked, call.now)
        if not counted:
            policy.require_within(standing, asked, call.now)
        closing = policy.to_close(standing, asked, call.now)
        if closing is None:
            toll = policy.toll(standing, asked, call.now)
            return replace(toll, buckets=(), texts=0) if counted else toll, standing.reach
        name, why, until = closing
        self._close(self._closing(standing, name, why, until, call), standing, call)
        raise policy.unavailable(until, call.now)

    def _closing(self, standing: Standing, name: str, why: Why, until: datetime, call: Call) -> Closing:
        before = standing.closings.get(name)
        watched = policy.counted(standing.prefix, call.now)
        return Closing(
            id=before.id if before else call.new_id("cls"),
            name=name,
            why=why,
            closed_at=call.now,
            until=until,
            texts=watched.count,
            proven=watched.good,
            version=before.version if before else 0,
            link=before.link if before else Link(),
        )

    def _close(self, closing: Closing, standing: Standing, call: Call) -> None:
        happened = events.CodesStopped(
            closing.id, closing.name, closing.why, closing.until, closing.texts, closing.proven, (word(closing),)
        )
        records = chained(closing.id, closing.link, [happened], call)
        prefix = None
        if closing.why is Why.CONVERSION:
            prefix = (standing.prefix, policy.watched(standing.prefix, call.now))
        try:
            self.store.close(policy.linked(closing, end(records, closing.link)), records, prefix, call.now)
        except Changed:
            return  # somebody else closed it at the same moment, and told so

    def hidden(self, kind: str, value: str) -> str:
        """Give the keyed hash under which something is counted; empty for nothing."""
        return self.keys.mark("limit", kind, value) if value else ""


def word(closing: Closing) -> Mapping[str, Any]:
    """Say it to compliance, or to whoever administers where there is none; once for each time it is closed."""
    return {
        "key": word_key(closing),
        "template": f"codes_stopped_{closing.why}",
        "to": "compliance",
        "tries": 1,
        "number": closing.name,
        "facts": {"name": closing.name, "until": text(closing.until), "texts": str(closing.texts)},
        "language": "",
        "unit": "",
        "owner": "",
        "customer": "",
    }


def word_key(closing: Closing) -> str:
    """Name the word about one time it was closed."""
    return f"{closing.name}/{text(closing.closed_at)}"
