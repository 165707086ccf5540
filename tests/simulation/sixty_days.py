"""Sixty days of an institution with every regime: complaints come, are worked on well, badly or not at all, and time runs.

The same seed gives the same trace. In the end every level of every clock is accounted for.
"""

import hashlib
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush

from chalicelib.kernel.clock import moment
from chalicelib.kernel.errors import Refusal
from chalicelib.kernel.events import Record
from chalicelib.tickets.model import MOVES, ClockFacts, Kind

from .acts import Acts
from .desk import BRANCHES, START, Desk
from .house import packs
from .laws import LEVELS, Laws, to_do

DAYS = 60
# Longer than a sweep and a queue take: a level reached this close before its clock ended may go untold.
GRACE = timedelta(minutes=2)
DILIGENT = ("accept", "take_up", "post", "decide", "approve", "deliver", "accept_decision", "close_complaint")
# What becomes of a complaint, and how many hours lie between its steps at most.
COURSES = (
    (DILIGENT, 20),
    (DILIGENT, 20),
    (DILIGENT, 90),
    (("accept", "take_up", "wait", "resume", "decide", "approve", "deliver", "deliver"), 60),
    (("accept", "ask_extension", "approve_extension", "decide", "approve", "deliver"), 100),
    (("accept", "new_facts", "decide", "approve", "deliver", "reject_decision", "decide", "approve", "deliver"), 60),
    (("take_up", "classify", "acknowledge_alarm", "withdraw"), 80),
    (("merge",), 50),
    ((), 1),
)
Row = tuple[str, str, int]


@dataclass
class Sums:
    """What was counted: by pack, clock and level, and by pack and clock."""

    levels: dict[Row, Counter[str]] = field(default_factory=dict)
    clocks: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    trace: str = ""

    def level(self, row: Row, what: str) -> None:
        """Count one level."""
        self.levels.setdefault(row, Counter())[what] += 1

    def clock(self, pack: str, rule: str, what: str) -> None:
        """Count one run of a clock."""
        self.clocks.setdefault((pack, rule), Counter())[what] += 1


def lived(seed: int | str, complaints: int, days: int = DAYS) -> Desk:
    """Let so many complaints come in over the days, and everything happen that does."""
    desk, chance = Desk(seed), random.Random(f"sixty days {seed}")
    acts, _ = Acts(desk, random.Random(f"people {seed}")), Laws(desk)
    plan: list[tuple[datetime, int, str, str]] = []
    for number in range(complaints):
        at = START + timedelta(days=days) * chance.random() * 0.9
        heappush(plan, (at, number, "", BRANCHES[number % len(BRANCHES)]))
    while plan:
        at, number, id_, what = heappop(plan)
        if at > START + timedelta(days=days):
            break
        desk.pass_time(at)
        if id_:
            _act(desk, acts, id_, what)
        else:
            ticket = acts.file(Kind.COMPLAINT, what)
            for later, step in _course(chance, at):
                heappush(plan, (later, number, ticket.id, step))
        desk.drain()
        for text in sorted(desk.unreported()):
            desk.report(text, chance.choice(("delivered",) * 9 + ("failed",)))
    desk.pass_time(START + timedelta(days=days))
    return desk


def _course(chance: random.Random, at: datetime) -> Iterator[tuple[datetime, str]]:
    steps, hours = chance.choice(COURSES)
    for step in steps:
        at += timedelta(hours=chance.uniform(0.1, hours))
        yield at, step


def _act(desk: Desk, acts: Acts, id_: str, name: str) -> None:
    """Let the first who may do it do it."""
    ticket = desk.ticket(id_)
    crowd = [ticket.customer_id, ticket.owner, *desk.staff(unit=ticket.unit), "compliance-hq", "lead-hq-1"]
    for who in crowd:
        with suppress(Refusal, StopIteration):
            if who:
                acts.do(name, ticket, who)
                return


def accounted(desk: Desk) -> Sums:
    """Account for every level of every run of every clock, and for every word."""
    sums, digest = Sums(), hashlib.sha256()
    for ticket in sorted(desk.tickets(), key=lambda ticket: ticket.id):
        chain = desk.tables.chains[ticket.id]
        digest.update(chain[-1].hash.encode())
        for record in chain:
            _heard(sums, record)
        for facts, ended, since in _runs(chain, desk.now):
            _run(sums, ticket.id, facts, ended, since)
        overdue = [at for at in to_do(ticket, desk.now) if at < desk.now - GRACE]
        sums.wrong += [f"{ticket.id}: nobody acted on {at}" for at in overdue]
        sums.words["owed"] += len(ticket.notices)
        sums.wrong += [f"{ticket.id}: owed for ever {n.key}" for n in ticket.notices if n.tries > 3]
    sums.trace = digest.hexdigest()
    return sums


def _heard(sums: Sums, record: Record) -> None:
    sums.words[record.event] += record.event.startswith("notice.")
    sums.words["asked"] += len(record.body.get("notices", ()))
    if record.event in LEVELS:
        rule, percent = str(record.body["clock"]), int(record.body.get("percent", 100))
        sums.level((rule.rpartition(".")[0], rule, percent), "stale" if record.body.get("stale") else "told")


def _runs(chain: list[Record], now: datetime) -> Iterator[tuple[ClockFacts, datetime, datetime]]:
    """Give the facts of each run of each clock, when it was over, and since when the system knew of it."""
    running: dict[str, ClockFacts] = {}
    since: dict[str, datetime] = {}
    for record in chain:
        moves = record.body.get(MOVES, ())
        for id_ in dict.fromkeys(move["clock"] for move in moves):
            mine = [move for move in moves if move["clock"] == id_]
            anew = mine[0]["do"] == "start" and not any(move["do"] == "tell" for move in mine)
            if anew and id_ in running:
                # The levels that let it begin anew are told by the same call.
                yield _telling(running[id_], chain, record), _over(running[id_], moment(record.at)), since[id_]
            if mine[0]["do"] == "start":
                # It may count from earlier: what was received days ago, or goes on in another ticket.
                since[id_] = moment(record.at)
            kept = running.get(id_) if not anew else None
            running[id_] = _folded(kept, mine)
    for id_, facts in running.items():
        yield facts, _over(facts, now), since[id_]


def _over(facts: ClockFacts, at: datetime) -> datetime:
    return min((ended for ended in (facts.met_at, facts.stopped_at) if ended is not None), default=at)


def _folded(kept: ClockFacts | None, mine: list[object]) -> ClockFacts:
    from chalicelib.tickets.model.moves import _done

    for move in mine:
        kept = _done(kept, move)
    assert kept is not None
    return kept


def _telling(facts: ClockFacts, chain: list[Record], record: Record) -> ClockFacts:
    same = [r for r in chain if r.at == record.at and r.event in LEVELS and r.body["clock"] == facts.id]
    more = tuple(int(r.body.get("percent", 100)) for r in same)
    acted = (100,) if packs().rule(facts.pack, facts.rule).kind in ("accept", "silence") else ()
    return replace(facts, warned=tuple(dict.fromkeys((*facts.warned, *more, *acted))))


def _run(sums: Sums, ticket: str, facts: ClockFacts, ended: datetime, since: datetime) -> None:
    rule = packs().rule(facts.pack, facts.rule)
    pack = facts.pack.partition("@")[0]
    clock = facts.clock(packs())
    due = clock.due(ended).at
    over = facts.met_at is not None and facts.met_at == ended
    sums.clock(pack, rule.id, "late" if ended >= due else "in time" if over else "stopped" if facts.over else "running")
    levels = (*rule.warn_at, *((100,) if rule.binding or rule.kind in ("accept", "silence") else ()))
    for percent in levels:
        reached = clock.due(ended).reached(percent)
        if reached < ended:
            sums.level((pack, rule.id, percent), "reached")
            if percent not in facts.warned:
                close = ended - max(reached, since) <= GRACE
                sums.level((pack, rule.id, percent), "ended first" if close else "MISSED")
                if not close:
                    sums.wrong.append(f"{ticket}: {rule.id} {percent} % was reached {reached} and never told")
