"""R6: whatever happens to messages on their way, the state in the end is that of one ordered delivery, byte for byte.

Compared is every item of `tickets` and `notifications`, as stored, but for three things that only say in what order the
system heard of things:

- `version`, `seq`, `head` number and hash the chain; two words that are taken over in another order give another hash;
- the notices a ticket owes are compared without regard to their order;
- records are compared as a multiset of (subject, event, instant, body): none more, none fewer, in another order.

The clock stands while a round is worked off, and a message that fails comes again at once: what differs is only what
doubling, order and failure can change. `RELIABILITY=full` runs 2,000 seeds.
"""

import json
import os
import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Refusal
from chalicelib.tickets.model import Kind

from .acts import ACTS, ONWARDS, Acts
from .desk import Desk
from .faults import Chaos

FULL = os.environ.get("RELIABILITY") == "full"
SEEDS = 2000 if FULL else 24
COUNTED = {"version", "seq", "head"}


def lived(seed: int, mess: Any, *, quietly: bool = False) -> Desk:
    """Let an institution live through the same wishes; only the way of its messages differs; quietly: no receipts."""
    desk = Desk(seed)
    wishes, acts = random.Random(f"wishes {seed}"), Acts(desk, random.Random(f"people {seed}"))
    way = mess(desk) if mess else None
    acts.file(Kind.COMPLAINT)
    for _ in range(14):
        ticket = wishes.choice(sorted(desk.tickets(), key=lambda ticket: ticket.id))
        name = wishes.choice((*ONWARDS.get(ticket.status, ("read",)), wishes.choice(sorted(ACTS))))
        with suppress(Refusal):
            acts.do(name, ticket, wishes.choice((ticket.owner or ticket.customer_id, acts.likely(ticket))))
        desk.drain(way)
        for text in () if quietly else sorted(desk.unreported()):
            desk.report(text, wishes.choice(("delivered", "delivered", "failed")))
        desk.drain(way)
        desk.pass_time(desk.now + timedelta(hours=wishes.choice((0, 1, 9, 40))), way)
    desk.pass_time(desk.now + timedelta(days=2), way)
    return desk


def state(desk: Desk) -> dict[str, str]:
    found = {}
    for table in ("tickets", "notifications"):
        for key, item in desk.tables.items[table].items():
            kept = {name: value for name, value in item.items() if name not in COUNTED}
            if "facts" in kept:
                facts = json.loads(kept["facts"])
                facts["notices"] = sorted(facts.get("notices", ()), key=lambda notice: notice["key"])
                kept["facts"] = facts
            found[f"{table} {key}"] = json.dumps(kept, sort_keys=True, default=str)
    return found


def told(desk: Desk) -> Counter[str]:
    return Counter(
        f"{subject} {record.event} {record.at} {json.dumps(record.body, sort_keys=True, default=str)}"
        for subject, chain in desk.tables.chains.items()
        for record in chain
    )


@pytest.mark.parametrize("seed", range(SEEDS))
def test_doubled_shuffled_and_failing_messages_leave_the_state_of_an_ordered_delivery(seed: int) -> None:
    ordered = lived(seed, None)
    chaotic = lived(seed, lambda desk: Chaos(desk, random.Random(seed)).mess)
    assert state(chaotic) == state(ordered)
    assert told(chaotic) == told(ordered)
    assert chaotic.provider.sent == ordered.provider.sent


@pytest.mark.parametrize("seed", range(SEEDS))
def test_jobs_that_die_half_way_lose_nothing_and_say_nothing_twice(seed: int) -> None:
    """A text may then be taken up by a later sweep: when it left differs, what left and what came of it does not."""
    ordered = lived(seed, None, quietly=True)
    chaotic = lived(seed, lambda desk: Chaos(desk, random.Random(seed), halfway=True).mess, quietly=True)
    assert chaotic.provider.sent.keys() == ordered.provider.sent.keys()
    assert {t.id: (t.status, t.owner, t.clocks) for t in chaotic.tickets()} == {
        t.id: (t.status, t.owner, t.clocks) for t in ordered.tickets()
    }
    assert not [notice for ticket in chaotic.tickets() for notice in ticket.notices if notice.tries]
