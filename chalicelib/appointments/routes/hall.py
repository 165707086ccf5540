"""What is answered about a branch as a whole: its display, and what was measured there."""

from pydantic import Field

from chalicelib.bootstrap import services
from chalicelib.web import Out
from chalicelib.web.shapes import Moment

from ..model import Figure, Hall


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
    )


def _mean(total: int, count: int) -> int | None:
    return total // count if count else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
