"""The open cases of a deployment, as a trial of a new version of a pack needs them."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from chalicelib.aws import clients
from chalicelib.aws.tables import Tables
from chalicelib.identity.store import DynamoDirectory
from chalicelib.kernel.paging import Position
from chalicelib.sla.packs import Packs
from chalicelib.sla.trials import Case
from chalicelib.tickets.model import Row, Ticket
from chalicelib.tickets.store import DynamoTickets

NOT_RUNNING = "nothing answers for {data}: start the local stack on it (make run), then try again"
_PAGE = 100


def reach(data: Path | None, prefix: str) -> Tables:
    """Reach a deployment, or a running local stack, which leaves word in its folder where it is."""
    if data is not None:
        known = data / "endpoints.json"
        if not known.exists():
            raise ConnectionError(NOT_RUNNING.format(data=data))
        os.environ.update(json.loads(known.read_text("utf-8")))
    return Tables(clients.dynamodb, prefix)


def open_cases(tickets: DynamoTickets, directory: DynamoDirectory, packs: Packs) -> Iterator[Case]:
    """Give every open case of every unit, nearest due first within a unit, as a trial needs it."""
    for unit in directory.units().values():
        for row in _open_rows(tickets, unit.id):
            ticket = tickets.get(row.id)
            if ticket is not None and ticket.open:
                yield _case(ticket, unit.calendar, packs)


def _open_rows(tickets: DynamoTickets, unit: str) -> Iterator[Row]:
    start: Position | None = None
    while True:
        page = tickets.of_desk(unit, True, {}, "", _PAGE, start)
        yield from page.items
        start = page.next
        if start is None:
            return


def _case(ticket: Ticket, calendar: str, packs: Packs) -> Case:
    clocks = tuple(facts.clock(packs) for facts in ticket.clocks if not facts.over)
    pinned = {*ticket.regimes, *(facts.pack for facts in ticket.clocks)}
    return Case(
        id=ticket.number,
        received_at=ticket.received_at,
        calendar=calendar,
        pinned=tuple(sorted(pinned)),
        clocks=clocks,
        kind=ticket.kind,
        product=ticket.product or None,
        channel=ticket.channel,
    )
