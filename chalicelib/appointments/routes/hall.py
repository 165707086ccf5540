"""What is answered about a branch as a whole: for its display and printer, and what was measured there."""

from datetime import date

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.web import Out
from chalicelib.web.shapes import Moment

from ..model import Figure, Hall, Printout
from .shapes import WaitOut
from .showing import wait_out


class ShownOut(Out):
    """A number on the display, the counter it is called to, and whether it is called or served."""

    ticket: str = Field(examples=["B012"])
    counter: str = Field(examples=["3"])
    state: str = Field(examples=["called"])


class DisplayOut(Out):
    """What the display in the hall shows: numbers only. After `stale_after` it is old, and has to say so."""

    branch: str = Field(examples=["shanghai-bund"])
    as_of: Moment
    stale_after: Moment
    shown: list[ShownOut]
    waiting: list[str] = Field(examples=[["A013", "B014"]])


class TicketOut(Out):
    """A short number to be printed, with what whoever has it was told; each number is given out once a day."""

    ticket: str = Field(examples=["B012"])
    pool: str = Field(examples=["desk"])
    arrived_at: Moment
    wait: WaitOut | None


class TicketsOut(Out):
    """What the printer in the hall prints, if it has not yet; `day` and `last` are what it asks with next time."""

    branch: str = Field(examples=["shanghai-bund"])
    day: date = Field(examples=["2026-11-24"])
    as_of: Moment
    stale_after: Moment
    last: int = Field(examples=[12])
    items: list[TicketOut]


class FigureOut(Out):
    """What was measured of a service; seconds are means, shares are of 1, and what was not measured is null."""

    service: str = Field(examples=["card-replacement"])
    served: int = Field(examples=[40])
    seconds: int | None = Field(examples=[610])
    called: int = Field(examples=[42])
    waited: int | None = Field(examples=[480])
    came: int = Field(examples=[30])
    missed: int = Field(examples=[5])
    show_rate: float | None = Field(examples=[0.857])
    estimates: int = Field(examples=[42])
    within_range: float | None = Field(examples=[0.81])
    off: int | None = Field(examples=[120])
    asked_again: int = Field(examples=[3])
    saved_minutes: int = Field(examples=[45])
    prepared: int = Field(examples=[12])
    prepared_seconds: int | None = Field(examples=[380])


class FiguresOut(Out):
    """What was measured at a branch."""

    branch: str = Field(examples=["shanghai-bund"])
    items: list[FigureOut]


def display_out(hall: Hall) -> DisplayOut:
    """Show numbers only."""
    shown = [(entry, entry.turn) for entry in hall.busy]
    return DisplayOut(
        branch=hall.branch.id,
        as_of=hall.as_of,
        stale_after=services().queueing.stale_after(hall.as_of),
        shown=[
            ShownOut(ticket=turn.ticket, counter=turn.counter, state=entry.status.value)
            for entry, turn in shown
            if turn is not None
        ],
        waiting=[standing.turn.ticket for standing in hall.waiting],
    )


def tickets_out(printout: Printout) -> TicketsOut:
    """Show numbers to be printed."""
    return TicketsOut(
        branch=printout.branch,
        day=printout.day,
        as_of=printout.as_of,
        stale_after=services().queueing.stale_after(printout.as_of),
        last=printout.last,
        items=[
            TicketOut(ticket=turn.ticket, pool=turn.pool, arrived_at=turn.arrived_at, wait=wait_out(turn.wait))
            for turn in printout.turns
        ],
    )


def figure_out(service: str, sums: Figure) -> FigureOut:
    """Show what was measured of a service."""
    return FigureOut(
        service=service,
        served=sums.served,
        seconds=_mean(sums.seconds, sums.served),
        called=sums.called,
        waited=_mean(sums.waited, sums.called),
        came=sums.came,
        missed=sums.missed,
        show_rate=_share(sums.came, sums.came + sums.missed),
        estimates=sums.promised,
        within_range=_share(sums.kept, sums.promised),
        off=_mean(sums.off, sums.promised),
        asked_again=sums.asked_again,
        saved_minutes=sums.saved,
        prepared=sums.prepared,
        prepared_seconds=_mean(sums.prepared_seconds, sums.prepared),
    )


def _mean(total: int, count: int) -> int | None:
    return total // count if count else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
