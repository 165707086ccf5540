"""The ticket: one aggregate for enquiries, requests and complaints."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import ALPHABET, number_of
from chalicelib.kernel.notices import WARNING, Notice
from chalicelib.sla.escalation import Severity
from chalicelib.sla.packs import Packs

from .clocks import ClockFacts
from .people import Representative, SupportNeeds
from .relations import Relation, Tie
from .tasks import GateOpen, Task, task_id
from .waiting import Wait

DUE_SHARDS = 4


class Kind(StrEnum):
    """What the customer wants: to know something, to have something done, or to see something put right."""

    ENQUIRY = "enquiry"
    REQUEST = "request"
    COMPLAINT = "complaint"


class Channel(StrEnum):
    """How it reached us (投诉渠道); not the channel through which the business was done."""

    APP = "app"
    WEBSITE = "website"
    SOCIAL = "social"
    PHONE = "phone"
    EMAIL = "email"
    LETTER = "letter"
    BRANCH = "branch"
    KIOSK = "kiosk"
    REGULATOR = "regulator"

    @classmethod
    def by(cls, door: str) -> "Channel":
        """Give the channel of what a customer files in person, by the door they came through."""
        return cls.KIOSK if door == "kiosk" else cls.APP


@dataclass(frozen=True)
class Ticket:
    """`process` is what the kind of ticket keeps beside this, as plain data; `regimes` are packs as pinned at receipt.

    `moves_on` says which state coming news of one word leads to, as {"<key>.<how>": state}. `due_at` and `desk_due` are
    derived, and stored only because indexes sort by them; so is `outline`, what reports want to know. `flags` name every
    pause that looked like an abuse, in order. `suspected_at` is when something that sounds like a complaint was first written,
    while nobody has said that it is none. `group` is the complaint that leads those with the same cause.
    """

    id: str
    kind: Kind
    status: str
    unit: str
    customer_id: str
    subject: str
    body: str
    language: str
    channel: Channel
    received_at: datetime
    registered_at: datetime
    calendar: str = ""
    owner: str = ""
    backup: str = ""
    open: bool = True
    priority: str = "normal"
    severity: Severity = Severity.NORMAL
    topic: str = ""
    product: str = ""
    about_unit: str = ""
    about_staff: str = ""
    regimes: tuple[str, ...] = ()
    clocks: tuple[ClockFacts, ...] = ()
    notices: tuple[Notice, ...] = ()
    process: Mapping[str, Any] = field(default_factory=dict)
    moves_on: Mapping[str, str] = field(default_factory=dict)
    waits: tuple[Wait, ...] = ()
    needs: SupportNeeds | None = None
    people: tuple[Representative, ...] = ()
    ties: tuple[Tie, ...] = ()
    tasks: tuple[Task, ...] = ()
    closed_at: datetime | None = None
    update_asked_at: datetime | None = None
    suspected_at: datetime | None = None
    group: str = ""
    flags: tuple[str, ...] = ()
    version: int = 1
    link: Link = Link()
    due_at: datetime | None = None
    desk_due: datetime | None = None
    outline: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def number(self) -> str:
        """The number people use; T for every kind, so that a promoted enquiry keeps its number."""
        return number_of(self.id, "T")

    def complained_about(self, staff: str, unit: str) -> bool:
        """Tell whether somebody is, or works in, what the customer complains about."""
        return bool((self.about_staff and staff == self.about_staff) or (self.about_unit and unit == self.about_unit))

    def moved(
        self, status: str, allowed: Mapping[str, frozenset[str]], *, out_of: Collection[str] | None = None
    ) -> "Ticket":
        """Give the ticket in another state; raises NotAllowedNow, naming the states that are allowed.

        `out_of` lists the states this step leads out of, where another step leads to the same state out of others.
        """
        if status not in allowed[self.status] or (out_of is not None and self.status not in out_of):
            raise NotAllowedNow(state=self.status, allowed=sorted(allowed[self.status]))
        return replace(self, status=status)

    def after(self, fact: str, at: datetime, packs: Packs, news: str = "") -> "Ticket":
        """Give the ticket after a fact: clocks met, stopped or started as rules say, and the state its `news` leads to.

        On a ticket that is over a clock may still end, but none begins: nobody works on it, and nobody is to be warned.
        """
        clocks = tuple(clock.after(fact, at, packs) if self.open or not clock.over else clock for clock in self.clocks)
        ticket = replace(self, clocks=(*clocks, *(self._started(fact, at, packs) if self.open else ())))
        if news not in self.moves_on:
            return ticket
        return replace(ticket, status=self.moves_on[news], moves_on={})

    def _started(self, fact: str, at: datetime, packs: Packs) -> Iterator[ClockFacts]:
        """Start what the fact starts; a rule that another pack has too runs once, and one that ran is not run again."""
        known = {clock.rule for clock in self.clocks}
        for ref in self.regimes:
            pack = packs.get(ref)
            for rule in pack.starting(fact, self.kind, self.product or None, self.channel):
                if rule.id not in known:
                    known.add(rule.id)
                    counted_on = self.calendar if pack.calendar == "unit" else pack.calendar
                    yield ClockFacts(ref, rule.id, counted_on, at)

    def stopping(self, at: datetime) -> "Ticket":
        """Give the ticket with every clock stopped, waiting for nobody, and no warning owed any more.

        What outlasts it has its own time.
        """
        lasting = {str(task.n) for task in self.tasks if task.outlasts}
        clocks = tuple(clock if clock.about in lasting else clock.stopping(at) for clock in self.clocks)
        return replace(self, clocks=clocks, waits=()).quiet()

    def quiet(self) -> "Ticket":
        """Give the ticket without the warnings it owes to staff; what the customer is owed stays, and what tasks owe."""
        kept = tuple(notice for notice in self.notices if notice.to == "customer" or notice.task is not None)
        return replace(self, notices=kept)

    def waits_for(self, reason: str) -> bool:
        """Tell whether it waits for that reason."""
        return any(wait.reason == reason for wait in self.waits)

    def resumed(self, reason: str, at: datetime) -> "Ticket":
        """Give the ticket no longer waiting for that reason, its clocks running on."""
        clocks = tuple(clock.resumed(reason, at) for clock in self.clocks)
        return replace(self, waits=tuple(w for w in self.waits if w.reason != reason), clocks=clocks)

    def tied(self, relation: Relation, ticket: str) -> "Ticket":
        """Give the ticket tied to another one; the same tie stands once."""
        tie = Tie(relation, ticket)
        return self if tie in self.ties else replace(self, ties=(*self.ties, tie))

    def speaks(self, customer: str, now: datetime) -> bool:
        """Tell whether somebody is its customer, or speaks for them under a mandate in force."""
        return customer == self.customer_id or any(p.customer_id == customer and p.speaks(now) for p in self.people)

    def owing(self, *notices: Notice) -> "Ticket":
        """Give the ticket owing word of something; one key is owed once."""
        keys = {notice.key for notice in notices}
        return replace(self, notices=(*(n for n in self.notices if n.key not in keys), *notices))

    def told(self, key: str) -> "Ticket":
        """Give the ticket no longer owing that word."""
        return replace(self, notices=tuple(notice for notice in self.notices if notice.key != key))

    @property
    def purposes(self) -> tuple[str, ...]:
        """What a file may be sent in for: nothing in particular."""
        return ("",)

    @property
    def keep_until(self) -> None:
        """Files stay as long as the ticket."""

    @property
    def gates(self) -> tuple[Task, ...]:
        """The tasks that hold the decision back."""
        return tuple(task for task in self.tasks if task.gate and task.open)

    def task(self, n: int) -> Task | None:
        """Give its n-th task, if it has as many."""
        return self.tasks[n - 1] if n <= len(self.tasks) else None

    def tasked(self, task: Task) -> "Ticket":
        """Give the ticket with a task as it is now, owing none of the word that was about the task before.

        Warnings are owed on as long as the task is open, whoever takes it on meanwhile; then nobody is warned any more.
        """
        tasks = (*self.tasks[: task.n - 1], task, *self.tasks[task.n :])
        warned = tuple(f"{WARNING}/{it.id}/" for it in self.clocks if it.about == str(task.n))
        kept = tuple(it for it in self.notices if (task.open if it.key.startswith(warned) else it.task != task.n))
        return replace(self, tasks=tasks, notices=kept)

    def clocking(self, n: int, change: Callable[[ClockFacts], ClockFacts]) -> "Ticket":
        """Give the ticket with the clock of its n-th task changed."""
        return replace(self, clocks=tuple(change(it) if it.about == str(n) else it for it in self.clocks))

    def past_gates(self) -> "Ticket":
        """Give the ticket if no gate holds it; raises GateOpen, naming those that do."""
        if self.gates:
            raise GateOpen(tasks=[task_id(self.id, task.n) for task in self.gates])
        return self

    def word(self, notice: Notice) -> dict[str, Any]:
        """Write a notice as an event carries it: whom to tell what about which ticket."""
        whose = (notice.task and self.task(notice.task)) or self
        return notice.word(
            number=self.number,
            unit=whose.unit,
            owner=whose.owner,
            customer=self.customer_id,
            language=self.language,
        )


def ticket_key(id_: str) -> dict[str, str]:
    """Key of a ticket: its number, which follows from its id, so that storing it also proves the number is free."""
    return {"pk": number_of(id_, "T"), "sk": "ticket"}


def desk_key(unit: str, *, is_open: bool) -> str:
    """Hash key of the index `desk`: a unit's open tickets, or its closed ones."""
    return f"{unit}#{'open' if is_open else 'closed'}"


def due_shard(id_: str) -> str:
    """Hash key of the index `due`: one of four, by the last character of the id, so that no partition runs hot."""
    return f"tickets#{ALPHABET.index(id_[-1]) % DUE_SHARDS}"
