"""Promised calls at the desk: noting them, seeing what is promised, and the figures."""

import json
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import ConflictOfInterest, CursorInvalid, Invalid, NotFound
from chalicelib.web import Api, Listing, Query, Response, call, given, sealed

from ..model import NotToBeCalled
from .bodies import DeskWishIn
from .customer import PROMISING, Cursor, Id, Limit, Unit
from .shapes import CardOut, LineOut, RowOut
from .showing import card_out, line_out, row_out, wish_of

desk = Api("Callbacks at the desk", door="desk")

First = Annotated[date, Query(alias="from", examples=["2026-11-01"])]
Format = Annotated[Literal["json", "csv"], Query()]
Last = Annotated[date, Query(alias="to", examples=["2026-11-30"])]


@desk.post("/v1/desk/callbacks", Act.CALLBACK_LOG, status=201, refusals=(*PROMISING, NotToBeCalled, ConflictOfInterest))
def log_callback(body: DeskWishIn) -> CardOut:
    """Note a call for a customer, such as one who rang while everybody was talking; they hear of it by SMS."""
    who = (body.customer.id or "", body.customer.phone or "")
    return card_out(services().promising.log(who, wish_of(body), call(card_out)))


@desk.get("/v1/desk/callbacks", Act.CALLBACK_WATCH, refusals=(NotFound, CursorInvalid))
def list_promised(
    day: Annotated[date, Query(examples=["2026-11-24"])], unit: Unit = None, limit: Limit = 25, cursor: Cursor = None
) -> Listing[RowOut]:
    """List what is promised for a local day of a unit, earliest first."""
    bound = ("promised", unit or "", day.isoformat())
    page = services().callback_figures.of_day(unit or "", day, limit, given(cursor, *bound), call())
    return Listing(items=[row_out(row) for row in page.items], next_cursor=sealed(page.next, *bound))


@desk.get("/v1/desk/callbacks/line", Act.CALLBACK_WATCH, refusals=(NotFound, CursorInvalid))
def show_line(unit: Unit = None, limit: Limit = 25, cursor: Cursor = None) -> Listing[LineOut]:
    """List who is called next, and why they stand where they do."""
    rows, following = services().leasing.line(unit or "", limit, given(cursor, "line", unit or ""), call())
    return Listing(items=[line_out(row) for row in rows], next_cursor=sealed(following, "line", unit or ""))


@desk.get(
    "/v1/desk/callbacks/figures",
    Act.CALLBACK_REPORT,
    raw="application/json, text/csv",
    refusals=(NotFound, Invalid),
)
def callback_figures(first: First, last: Last, unit: Unit = None, format: Format = "json") -> Response[Any]:
    """Count promises kept, late and broken, tries and leases lost, by the local hour they were made for; at most 31 days."""
    figures = services().callback_figures
    return _told(figures.report(unit or "", first, last, call()), figures.csv, first, last, format)


@desk.get(
    "/v1/desk/callbacks/scores",
    Act.CALLBACK_REPORT,
    raw="application/json, text/csv",
    refusals=(NotFound, Invalid),
)
def callback_scores(first: First, last: Last, unit: Unit = None, format: Format = "json") -> Response[Any]:
    """Count what customers answered who were asked in a call how it was, by question; at most 31 days."""
    scoring = services().scoring
    return _told(scoring.report(unit or "", first, last, call()), scoring.csv, first, last, format)


def _told(rows: list[Any], csv: Callable[[list[Any]], str], first: date, last: date, format: str) -> Response[Any]:
    if format == "json":
        told = {"from": first.isoformat(), "to": last.isoformat(), "rows": rows}
        return Response(200, "application/json", json.dumps(told))
    return Response(200, "text/csv; charset=utf-8", csv(rows))


@desk.get("/v1/desk/callbacks/{callback}", Act.CALLBACK_WATCH, refusals=(NotFound, ConflictOfInterest))
def get_card(callback: Id) -> CardOut:
    """Show what an agent has to know about a call."""
    return card_out(services().callbacks.reach(callback, Act.CALLBACK_WATCH, call()))
