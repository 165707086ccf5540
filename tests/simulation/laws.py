"""What must hold of every ticket after every operation, said a second time, without the product's own tables of states."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from chalicelib.kernel.clock import moment
from chalicelib.kernel.events import GENESIS, Link, Record
from chalicelib.records.model import first_fault
from chalicelib.tickets.model import BREACH, MOVES, ClockFacts, Kind, Ticket, replayed
from chalicelib.tickets.store import from_item

from .desk import Desk
from .house import packs

BEGINNING = {"received"}
STEPS = {
    Kind.COMPLAINT: {
        "received": {"in_progress", "proposed", "decided", "withdrawn", "merged"},
        "in_progress": {"proposed", "decided", "withdrawn", "merged"},
        "proposed": {"in_progress", "in_review", "decided", "withdrawn"},
        "decided": {"delivering", "delivered", "withdrawn"},
        # News of a text that failed brings it back to where it can be sent again.
        "delivering": {"delivered", "decided", "withdrawn"},
        "delivered": {"accepted", "in_review", "closed"},
        "accepted": {"closed"},
        "in_review": {"proposed", "decided", "withdrawn"},
        "closed": {"in_progress", "in_review"},
        "withdrawn": set(),
        "merged": set(),
    },
    Kind.ENQUIRY: {
        "received": {"in_progress", "resolved", "merged"},
        "in_progress": {"resolved", "merged"},
        "resolved": {"in_progress", "closed"},
        "closed": {"in_progress"},
        "merged": set(),
    },
}
STEPS[Kind.REQUEST] = STEPS[Kind.ENQUIRY]
ENDED = {"closed", "withdrawn", "merged"}
LEVELS = {"clock.warned", "clock.missed"}
# Begins when a complaint is closed, and is told of then.
AFTERWARDS = {"correction"}


class Laws:
    """Looks at whatever is written, right after each transaction."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known: dict[str, Ticket] = {}
        self.ends: dict[str, Link] = {subject: _end(chain) for subject, chain in desk.tables.chains.items()}
        self.told: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        self.seen: dict[str, int] = {}
        desk.tables.touched.clear()
        desk.tables.after_commit = self.check

    def check(self) -> None:
        """Check every subject that was written to."""
        touched, self.desk.tables.touched = self.desk.tables.touched, set()
        for subject in sorted(touched):
            self._chained(subject)
        for subject in sorted(touched):
            if subject.startswith("tkt_"):
                self._ticket(subject)

    def _chained(self, subject: str) -> None:
        """What was added begins where the chain ended, and the aggregate says where it ends."""
        chain, before = self.desk.tables.chains[subject], self.ends.get(subject, Link())
        added = chain[before.seq :]
        assert added[0].prev == before.head == (chain[before.seq - 1].hash if before.seq else GENESIS), subject
        fault = None if before.seq else first_fault(subject, added, _end(chain))
        assert fault is None, fault
        for one, other in pairwise(added):
            assert (other.seq, other.prev) == (one.seq + 1, one.hash), subject
        self.ends[subject] = _end(chain)

    def _ticket(self, id_: str) -> None:
        ticket, before = self.desk.ticket(id_), self.known.get(id_)
        chain = self.desk.tables.chains[id_]
        added = chain[self.seen.get(id_, 0) :]
        self.known[id_], self.seen[id_] = ticket, len(chain)
        assert ticket.link == _end(chain), f"{id_} does not say where its chain ends"
        assert ticket.clocks == replayed(record.body.get(MOVES, ()) for record in chain), f"{id_}: replay differs"
        moved(before, ticket)
        paused(ticket)
        independent(ticket)
        apart(self.desk, ticket)
        asked(before, ticket)
        self._earlier(ticket, before)
        self._levels(ticket, before, added)
        self._scheduled(ticket)

    def _earlier(self, ticket: Ticket, before: Ticket | None) -> None:
        """What another ticket was merged into counts from the earlier of both."""
        for tie in set(ticket.ties) - set(before.ties if before else ()):
            if tie.relation == "merged_from" and before is not None:
                earliest = min(before.received_at, self.desk.ticket(tie.ticket).received_at)
                assert ticket.received_at == earliest, "the earlier time is lost"
                for clock in ticket.clocks:
                    first = packs().rule(clock.pack, clock.rule).start == "received"
                    assert not first or clock.over or clock.started_at <= earliest, f"{clock.id} begins later"

    def _levels(self, ticket: Ticket, before: Ticket | None, added: Sequence[Record]) -> None:
        """Each level once in each run; early never; after the end never."""
        for record in added:
            if record.event not in LEVELS:
                continue
            percent = record.body.get("percent", BREACH)
            key = (ticket.id, record.body["clock"], percent)
            told = self.told[key[:2]]
            told[percent] += 1
            assert told[percent] == 1, f"{key} was told twice"
            reached = moment(record.body.get("reached_at", record.body["due_at"]))
            assert reached <= moment(record.at), f"{key} was told early"
            clock = next(clock for clock in ticket.clocks if clock.id == record.body["clock"])
            kind = packs().rule(clock.pack, clock.rule).kind
            ended = before is not None and before.status in ENDED
            assert not ended or kind in AFTERWARDS, f"{key} was told after {ticket.status}"
        # What one call told belongs to the run before it: that the time was up is why the clock begins anew.
        for record in added:
            for move in record.body.get(MOVES, ()):
                if move["do"] == "start" and not _carried(record, move["clock"]):
                    self.told[ticket.id, move["clock"]].clear()

    def _scheduled(self, ticket: Ticket) -> None:
        """The index holds it no later than the next thing there is to do."""
        things = to_do(ticket, self.desk.now)
        if things:
            assert ticket.due_at is not None, f"{ticket.id} is forgotten, yet {things} is to be done"
            assert ticket.due_at <= min(things), f"{ticket.id} is due {ticket.due_at}, yet {min(things)} comes first"


def moved(before: Ticket | None, after: Ticket) -> None:
    """It went where the process allows, and is open unless it is over."""
    if before is None:
        assert after.status in BEGINNING, after.status
    elif before.kind is not after.kind:
        assert (after.kind, after.status) == (Kind.COMPLAINT, "received"), "promotion begins the process"
    elif before.status != after.status:
        assert after.status in STEPS[after.kind][before.status], f"{after.kind}: {before.status} to {after.status}"
    assert after.open == (after.status not in ENDED), f"{after.status}, open is {after.open}"
    assert (after.closed_at is not None) == (not after.open)


def paused(ticket: Ticket) -> None:
    """No clock stands for a reason its rule does not list, and none for one reason twice at a time."""
    for clock in ticket.clocks:
        rule = packs().rule(clock.pack, clock.rule)
        for pause in clock.pauses:
            assert pause.reason in rule.pause_reasons, f"{clock.id} stands for {pause.reason}"
        standing = [pause.reason for pause in clock.pauses if pause.ended_at is None]
        assert len(set(standing)) == len(standing), f"{clock.id} stands twice for one reason"
        assert clock.over or set(standing) <= {wait.reason for wait in ticket.waits}, f"{clock.id} stands for nothing"


def independent(ticket: Ticket) -> None:
    """Who is complained about has no say; nobody approves what they wrote or asked for."""
    about = {ticket.about_staff} - {""}
    process = ticket.process
    author = process.get("decision", {}).get("by")
    approver = process.get("approval", {}).get("by")
    for who in (ticket.owner, ticket.backup, author, approver):
        assert who not in about, f"{who} is complained about"
    assert approver is None or approver != author, "approved by its author"
    for asked in process.get("extensions", ()):
        assert asked.get("approved_by") != asked["by"], "approved by who asked for it"
        assert asked.get("approved_by") not in about
    if process.get("review") and "first_decision" in process:
        assert author != process["first_decision"]["by"], "reviewed by who decided"


def apart(desk: Desk, ticket: Ticket) -> None:
    """Nobody of the unit that is complained about owns, decides or approves."""
    process = ticket.process
    names = (ticket.owner, ticket.backup, process.get("decision", {}).get("by"), process.get("approval", {}).get("by"))
    for who in names:
        assert not who or not ticket.about_unit or desk.actors[who].unit != ticket.about_unit, f"{who} is of that unit"


def asked(before: Ticket | None, ticket: Ticket) -> None:
    """Tasks end with their ticket; gates hold decisions; nobody finds out about themselves, or lets themselves through."""
    unanswered = {"open", "accepted", "returned"}
    shut = [task for task in ticket.tasks if task.gate and task.state in unanswered]
    assert ticket.open or not unanswered & {task.state for task in ticket.tasks}, "a task outlives its ticket"
    stepped = before is not None and before.status != ticket.status and before.status != "delivering"
    assert not shut or not stepped or ticket.status not in ("proposed", "decided", "delivering", "resolved")
    for task, was in zip(ticket.tasks, before.tasks if before else (), strict=False):
        about = task.kind != "statement" and bool(task.owner) and task.owner != was.owner
        assert not about or task.owner != ticket.about_staff, "given to who is complained about"
        fresh = task.state == "answered" and was.state != "answered"
        assert not fresh or not task.gate or task.answered_by not in (task.by, ticket.owner), "through one's own gate"
    clocks = {clock.about: clock for clock in ticket.clocks if clock.about}
    for task in ticket.tasks:
        clock = clocks.get(str(task.n))
        assert clock is None or clock.over == (task.state not in unanswered), (
            f"{clock.id} of a task that is {task.state}"
        )


def to_do(ticket: Ticket, now: datetime) -> list[datetime]:
    """List when something is to be done on a ticket as it stands: levels of clocks that run, ends of waiting, words owed."""
    found = [wait.until for wait in ticket.waits if wait.until is not None]
    found += [
        notice.asked_at if notice.tries == 0 else notice.asked_at + _patience(notice.tries) for notice in ticket.notices
    ]
    for facts in ticket.clocks:
        found += _levels_ahead(facts, now)
    return found


def _patience(tries: int) -> Any:
    from datetime import timedelta

    return min(timedelta(minutes=10) * 2 ** (tries - 1), timedelta(hours=24))


def _levels_ahead(facts: ClockFacts, now: datetime) -> list[datetime]:
    if facts.met_at is not None or facts.stopped_at is not None:
        return []
    rule = packs().rule(facts.pack, facts.rule)
    ends = (BREACH,) if rule.binding or rule.kind in ("accept", "silence") else ()
    due = facts.clock(packs()).due(now)
    stands = any(pause.ended_at is None for pause in facts.pauses)
    ahead = [due.reached(percent) for percent in (*rule.warn_at, *ends) if percent not in facts.warned]
    return [at for at in ahead if at <= now or not stands]


def _carried(record: Record, clock: str) -> bool:
    """Tell whether a clock was begun anew only on paper: with what it had told before told over again."""
    told = [move for move in record.body[MOVES] if move["clock"] == clock and move["do"] == "tell"]
    return bool(told) and record.event not in LEVELS


def _end(chain: Sequence[Record]) -> Link:
    return Link(chain[-1].seq, chain[-1].hash) if chain else Link()


def stored(desk: Desk) -> list[Ticket]:
    """Read all tickets, as they are stored."""
    return [from_item(item) for (_, sk), item in desk.tables.items["tickets"].items() if sk == "ticket"]
