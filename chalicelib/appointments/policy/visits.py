"""What a visit takes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from ..model import Service, Stretch, Visit, grid


def visit_at(start: datetime, services: Sequence[Service], cell: int, extra: int = 0) -> Visit:
    """Lay the services of one visit in a row from an instant on.

    Services of the same pool are done at one counter: their minutes add up, with the buffer before the first and after the
    last. Where the pool changes, the next counter begins with a cell of its own, its buffer before running meanwhile.
    `extra` minutes stay free at each counter after that.
    """
    stretches: list[Stretch] = []
    at = start
    for pool, group in groupby(services, key=lambda service: service.pool):
        row = list(group)
        ends = at + timedelta(minutes=sum(service.minutes for service in row))
        first = grid(at - timedelta(minutes=row[0].before), cell)
        last = grid(ends + timedelta(minutes=row[-1].after + extra), cell, up=True)
        stretches.append(Stretch(pool, first, int((last - first).total_seconds()) // (cell * 60), cell))
        at = ends
    return Visit(start, at, tuple(stretches))
