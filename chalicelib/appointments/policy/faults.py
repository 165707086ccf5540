"""What is wrong with the settings of a branch or a service."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from zoneinfo import available_timezones

from ..model import Block, Branch, Service

Fault = tuple[str, str]  # a field, and a stable code
CELLS = (5, 15)
MOST_SERVICES = 5
# How early is early, and how late is late, in minutes: an hour after the start a visit is over.
_DAY = (("early", 24 * 60), ("late", 60))


def branch_faults(branch: Branch, calendars: Collection[str], services: Mapping[str, Service]) -> Iterator[Fault]:
    """Name each setting of a branch that makes no sense."""
    if branch.timezone not in available_timezones():
        yield "timezone", "not_one_of"
    if branch.calendar not in calendars:
        yield "calendar", "not_one_of"
    if branch.cell not in CELLS:
        yield "cell", "not_one_of"
    else:
        yield from _on_the_grid(branch)
    if branch.shares and sum(branch.shares.values()) != 100:
        yield "shares", "invalid"
    yield from ((name, "invalid") for name, most in _DAY if not 0 <= getattr(branch, name) <= most)
    if any(count < 0 for count in branch.counters.values()):
        yield "counters", "too_small"
    for number, leave in enumerate(branch.leaves):
        if leave.last < leave.first or leave.pool not in branch.counters or leave.counters < 1:
            yield f"leaves.{number}", "invalid"
    yield from ((f"services.{id_}", "not_one_of") for id_ in branch.services if id_ not in services)


def _on_the_grid(branch: Branch) -> Iterator[Fault]:
    """Name each time that is not a whole number of cells, or makes no sense otherwise."""
    if branch.interval <= 0 or branch.interval % branch.cell:
        yield "interval", "invalid"
    yield from ((f"opening.{day}", "not_one_of") for day in branch.opening if day not in range(7))
    yield from ((f"opening.{day}", "invalid") for day, them in branch.opening.items() if _wrong(them, branch.cell))
    for number, override in enumerate(branch.overrides):
        if override.last < override.first or _wrong(override.blocks, branch.cell):
            yield f"overrides.{number}", "invalid"


def _wrong(blocks: Iterable[Block], cell: int) -> bool:
    """Tell whether blocks overlap, touch, are out of order, or begin or end within a cell; 00:00 ends a day."""
    marks = [at.hour * 60 + at.minute for block in blocks for at in block]
    if marks and marks[-1] == 0:
        marks[-1] = 24 * 60
    return any(late <= early for early, late in pairwise(marks)) or any(mark % cell for mark in marks)


def service_faults(service: Service) -> Iterator[Fault]:
    """Name each setting of a service that makes no sense."""
    if not 1 <= service.minutes <= 480:
        yield "minutes", "too_large" if service.minutes > 480 else "too_small"
    yield from ((name, "invalid") for name in ("before", "after") if not 0 <= getattr(service, name) <= 120)
    if not 0 <= service.overbooking <= 50:
        yield "overbooking", "invalid"
    if not service.ways:
        yield "ways", "missing"
    if any(document.saves < 0 for document in service.documents):
        yield "documents", "too_small"
    if sum(document.saves for document in service.documents) >= max(1, service.minutes):
        yield "documents", "too_large"
    if service.late_hours < 0:
        yield "late_hours", "too_small"
