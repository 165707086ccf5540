"""The appointment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from chalicelib.kernel.errors import NotAllowedNow
from chalicelib.kernel.events import Link
from chalicelib.kernel.ids import number_of
from chalicelib.kernel.notices import Notice

from .catalogue import Channel
from .hold import Hold, day_of
from .papers import Paper
from .plans import How, PlanStanding, Rebooking
from .queue import Entry, Turn
from .states import NEXT, Status
from .visits import Visit


@dataclass(frozen=True)
class Appointment:
    """A visit that is agreed; `visit` is None for a walk-in, who takes no slot.

    `channel` is the one whose share of the time it has. `starts_at` is when it is to begin, or when a walk-in came.
    `generation` counts the links given out for it: moving and cancelling spend the last one. `late_hours` is the rule of
    its services as it was when it was booked. `turn` is where they stand once they came; a walk-in may be nobody's we know,
    and has no `customer_id` then. `rebooking` says what became of it where its branch could not receive it. `papers` are the
    documents of which something is known ahead, `unseen` is when one came that the branch has to look at, and `saved` the
    minutes that were taken off at its end for those accepted.
    `due_at` is when something is to be done about it next.
    """

    id: str
    status: Status
    branch: str
    unit: str
    timezone: str
    services: tuple[str, ...]
    customer_id: str
    channel: Channel
    starts_at: datetime
    ends_at: datetime
    booked_at: datetime
    visit: Visit | None = None
    late_hours: int = 0
    support_needs: tuple[str, ...] = ()
    health: Mapping[str, bool] = field(default_factory=dict)
    contact: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    generation: int = 1
    turn: Turn | None = None
    rebooking: Rebooking | None = None
    papers: tuple[Paper, ...] = ()
    unseen: datetime | None = None
    saved: int = 0
    due_at: datetime | None = None
    version: int = 1
    link: Link = Link()

    @cached_property
    def number(self) -> str:
        """The number people use."""
        return number_of(self.id, "A")

    @property
    def day(self) -> str:
        """Name the branch and the local day of the visit."""
        return day_of(self.branch, self.timezone, self.starts_at)

    def moved(self, status: Status, *, out_of: Collection[str] | None = None) -> "Appointment":
        """Give it in another state; raises NotAllowedNow, naming the states that are allowed.

        `out_of` lists the states this step leads out of, where another step leads to the same state out of others.
        """
        if status not in NEXT[self.status] or (out_of is not None and self.status not in out_of):
            raise NotAllowedNow(state=self.status, allowed=sorted(NEXT[self.status]))
        return replace(self, status=status)

    @property
    def came(self) -> Turn:
        """Where they stand; raises NotAllowedNow for whoever has not come yet."""
        if self.turn is None:
            raise NotAllowedNow(state=self.status, allowed=sorted(NEXT[self.status]))
        return self.turn

    @property
    def entry(self) -> Entry:
        """See it as the queue does."""
        whose = (self.id, self.number, self.status, self.services, self.starts_at, self.version, self.turn)
        return Entry(*whose, self.ends_at)

    def owing(self, *notices: Notice) -> "Appointment":
        """Give it owing word of something; what was owed before is overtaken."""
        return replace(self, notices=notices)

    def told(self, *keys: str) -> "Appointment":
        """Give it no longer owing those words."""
        return replace(self, notices=tuple(notice for notice in self.notices if notice.key not in keys))

    @property
    def papers_at(self) -> str:
        """Name the branch that has to look at its documents; empty if none has to."""
        return self.branch if self.unseen is not None and self.status is Status.BOOKED else ""

    def paper(self, document: str) -> Paper:
        """Give what is known of a document."""
        return next((paper for paper in self.papers if paper.document == document), Paper(document))

    @property
    def accepted(self) -> int:
        """Count the documents that were accepted ahead; they stay so."""
        return sum(paper.accepted for paper in self.papers)

    def knowing(self, paper: Paper) -> "Appointment":
        """Give it knowing this of a document."""
        others = (it for it in self.papers if it.document != paper.document)
        return replace(self, papers=tuple(sorted((*others, paper), key=lambda it: it.document)))

    @property
    def may_choose(self) -> bool:
        """Whether its branch cannot receive it as agreed, and how it goes on is still open."""
        return self.rebooking is not None and self.rebooking.open

    def told_nothing(self) -> "Appointment":
        """Give it as if it had never been rebooked."""
        return replace(self, rebooking=None)

    def settled(self, standing: PlanStanding) -> "Appointment":
        """Give it with its rebooking where it stands now, if there is one that is open."""
        if self.rebooking is None or not self.rebooking.open:
            return self
        return replace(self, rebooking=replace(self.rebooking, standing=standing))

    def word(self, notice: Notice, facts: Mapping[str, str]) -> dict[str, object]:
        """Write a notice as an event carries it: whom to tell what about which appointment."""
        # Customers are written to in the language identity knows them by.
        told = replace(notice, facts={**facts, **notice.facts})
        return told.word(number=self.number, unit=self.unit, owner="", customer=self.customer_id, language="en")

    @property
    def link_id(self) -> str:
        """What the link that is good for it now is made of."""
        return f"{self.id}.{self.generation}"

    def placed(self, hold: Hold) -> "Appointment":
        """Give it at the time of a hold."""
        return replace(
            self,
            branch=hold.branch,
            unit=hold.unit,
            timezone=hold.timezone,
            services=hold.services,
            late_hours=hold.late_hours,
            channel=hold.channel,
            visit=hold.visit,
            starts_at=hold.visit.starts_at,
            ends_at=hold.visit.ends_at,
            saved=0,
        )


@dataclass(frozen=True)
class Details:
    """What a customer tells when they book: whom to ask for, what they need, how they are."""

    contact: Mapping[str, str] = field(default_factory=dict)
    support_needs: tuple[str, ...] = ()
    health: Mapping[str, bool] = field(default_factory=dict)


def appointment_key(id_: str) -> dict[str, str]:
    """Key of an appointment: its number, so that storing it also proves the number is free."""
    return {"pk": number_of(id_, "A"), "sk": "appointment"}


@dataclass(frozen=True)
class Row:
    """An appointment as a line in a list."""

    id: str
    number: str
    status: str
    branch: str
    timezone: str
    services: tuple[str, ...]
    channel: str
    starts_at: datetime
    ends_at: datetime
    version: int


@dataclass(frozen=True)
class Proposed:
    """How a booking that cannot take place as agreed would go on as things stand; where and when, if it would be moved."""

    booking: Appointment
    how: How
    branch: str = ""
    starts_at: datetime | None = None


@dataclass(frozen=True)
class Affected:
    """Bookings that cannot take place as agreed, by priority, before anything was done; `whole` if no more were found."""

    bookings: tuple[Proposed, ...]
    whole: bool
