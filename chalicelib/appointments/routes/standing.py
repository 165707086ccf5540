"""What is answered about the day itself, and how it is made."""

from collections.abc import Iterable
from typing import Any

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.web import Out, Versioned, shown_once
from chalicelib.web.shapes import Moment

from ..model import Appointment, Compared, Entry, Hall, Standing, Turn
from .shapes import WaitOut
from .showing import wait_out

ID = "apt_01M83255V069EDXC383WSXJHG7"


class ProofOut(Out):
    """What a clerk saw of a document."""

    kind: str = Field(examples=["id-card"])
    matches: bool = Field(examples=[True])


class VisitorOut(Versioned):
    """Somebody who is booked, or came; `wait` is what they were told when they came."""

    id: str = Field(examples=[ID])
    number: str = Field(examples=["A-20261123-JHG7T"])
    ticket: str | None = Field(examples=["B012"])
    status: str = Field(examples=["checked_in"])
    line: str | None = Field(examples=["walk_in"])
    branch: str = Field(examples=["shanghai-bund"])
    services: list[str] = Field(examples=[["card-replacement"]])
    pool: str | None = Field(examples=["desk"])
    counter: str | None = Field(examples=["3"])
    starts_at: Moment
    arrived_at: Moment | None
    counts_since: Moment | None
    calls: int = Field(examples=[1])
    document: ProofOut | None
    document_needed: bool = Field(examples=[False])
    wait: WaitOut | None


class ReasonOut(Out):
    """Why somebody counts since when they do: how they came, or that they need support; and the minutes it gave at most."""

    code: str = Field(examples=["booked"])
    minutes: int = Field(examples=[30])


class EntryOut(Out):
    """Somebody of the day, as the desk sees them; `place` is that in the queue of their pool."""

    id: str = Field(examples=[ID])
    number: str = Field(examples=["A-20261123-JHG7T"])
    ticket: str | None = Field(examples=["B012"])
    status: str = Field(examples=["checked_in"])
    services: list[str] = Field(examples=[["card-replacement"]])
    pool: str | None = Field(examples=["desk"])
    counter: str | None = Field(examples=["3"])
    place: int | None = Field(examples=[1])
    starts_at: Moment
    arrived_at: Moment | None
    counts_since: Moment | None
    needs_support: bool = Field(examples=[False])
    calls: int = Field(examples=[0])
    why: list[ReasonOut]
    version: int = Field(examples=[2])


class QueueOut(Out):
    """A branch's day: who waits, in the order in which they are called, and everybody else."""

    branch: str = Field(examples=["shanghai-bund"])
    as_of: Moment
    waiting: list[EntryOut]
    called: list[EntryOut]
    serving: list[EntryOut]
    parked: list[EntryOut]
    expected: list[EntryOut]


class WhyOut(Out):
    """Who of two is called first: `because` says by what it was decided, `minutes` by how much."""

    first: EntryOut
    second: EntryOut
    because: str = Field(examples=["counts_longer"])
    minutes: int = Field(examples=[12])
    same_queue: bool = Field(examples=[True])


@shown_once
def visitor_out(appointment: Appointment) -> VisitorOut:
    """Show somebody who is booked, or came."""
    turn = appointment.turn
    proof = turn.proof if turn else None
    return VisitorOut(
        **_of_turn(turn),
        id=appointment.id,
        number=appointment.number,
        status=appointment.status.value,
        line=turn.line.value if turn else None,
        branch=appointment.branch,
        services=list(appointment.services),
        starts_at=appointment.starts_at,
        document=ProofOut(kind=proof.kind, matches=proof.matches) if proof else None,
        document_needed=services().queueing.lacks_document(appointment),
        wait=wait_out(turn.wait if turn else None),
        version=appointment.version,
    )


def _of_turn(turn: Turn | None) -> dict[str, Any]:
    """Give what is shown of where somebody stands."""
    return {
        "ticket": turn.ticket if turn else None,
        "pool": turn.pool if turn else None,
        "counter": turn.counter or None if turn else None,
        "arrived_at": turn.arrived_at if turn else None,
        "counts_since": turn.counts_since if turn else None,
        "calls": turn.calls if turn else 0,
    }


def entry_out(entry: Entry, place: int | None = None) -> EntryOut:
    """Show somebody of the day."""
    turn = entry.turn
    why = services().queueing.reasons(turn) if turn else ()
    return EntryOut(
        **_of_turn(turn),
        id=entry.id,
        number=entry.number,
        status=entry.status.value,
        services=list(entry.services),
        place=place,
        starts_at=entry.starts_at,
        needs_support=turn.needs_support if turn else False,
        why=[ReasonOut(code=reason.code, minutes=reason.minutes) for reason in why],
        version=entry.version,
    )


def _standing_out(standing: Standing) -> EntryOut:
    return entry_out(standing.entry, standing.place)


def queue_out(hall: Hall) -> QueueOut:
    """Show a branch's day to whoever works there."""
    return QueueOut(
        branch=hall.branch.id,
        as_of=hall.as_of,
        waiting=[_standing_out(standing) for standing in hall.waiting],
        called=_entries(hall.called),
        serving=_entries(hall.serving),
        parked=_entries(hall.parked),
        expected=_entries(hall.expected),
    )


def _entries(entries: Iterable[Entry]) -> list[EntryOut]:
    return [entry_out(entry) for entry in entries]


def why_out(compared: Compared) -> WhyOut:
    """Show who of two is called first, and why."""
    one, other = compared.first.turn, compared.second.turn
    apart = (other.counts_since - one.counts_since).total_seconds()
    return WhyOut(
        first=_standing_out(compared.first),
        second=_standing_out(compared.second),
        because=compared.because,
        minutes=int(apart) // 60,
        same_queue=one.pool == other.pool,
    )
