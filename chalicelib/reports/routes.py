"""Reports over HTTP: JSON to show, CSV to keep."""

import json
from datetime import date
from typing import Annotated, Any, Literal

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Invalid, NotFound
from chalicelib.web import Api, Path, Query, Response, call

from .model import By, FileIncomplete, Name, PeriodNotOver, ReportTooLarge, Table

api = Api("Reports", door="desk")

JSON, CSV = "application/json", "text/csv"
_BOTH = f"{JSON}, {CSV}"
Format = Annotated[Literal["json", "csv"], Query()]
Bom = Annotated[bool, Query(description="Begin the CSV with a byte order mark.")]
First = Annotated[date, Query(alias="from", examples=["2026-11-01"])]
Last = Annotated[date, Query(alias="to", examples=["2026-11-30"])]


@api.get("/v1/desk/reports/{name}", Act.REPORTS_READ, raw=_BOTH, refusals=(NotFound, Invalid, ReportTooLarge))
def management_report(
    name: Annotated[Name, Path()],
    unit: Annotated[str | None, Query(max_length=64)] = None,
    first: Annotated[date | None, Query(alias="from", examples=["2026-11-01"])] = None,
    last: Annotated[date | None, Query(alias="to", examples=["2026-11-30"])] = None,
    by: Annotated[By, Query()] = By.UNIT,
    format: Format = "json",
    bom: Bom = False,
) -> Response[Any]:
    """Count open cases, and those closed from one local day to another; all units within reach if none is named.

    Without days, the last thirty. `open` tells what is open now, whatever the days.
    """
    found = services().figures.report(name, unit or "", by, first, last, call())
    facts = {"report": found.name, "by": found.by, "units": found.units, "as_of": text(found.as_of)}
    days = {"from": found.period.first.isoformat(), "to": found.period.last.isoformat()}
    return _told(facts | days, found.table, format, bom=bom, name=f"{found.name}-{days['from']}-{days['to']}")


@api.get(
    "/v1/desk/reports/regulator/{scheme}",
    Act.REPORTS_FILE,
    raw=_BOTH,
    refusals=(NotFound, Invalid, ReportTooLarge, FileIncomplete, PeriodNotOver),
)
def regulator_file(
    scheme: Annotated[Literal["jrt0169", "fca_disp", "asic_idr"], Path()],
    first: First,
    last: Last,
    validate: Annotated[bool, Query()] = False,
    format: Format = "json",
    bom: Bom = False,
) -> Response[Any]:
    """Give the file a regulator wants for the cases of a period that is over; the same period gives the same bytes.

    With `validate=true` the answer is no file, but a list of what is missing in which case. `sha256` is that of the CSV
    without a byte order mark, `sources_sha256` that of the cases and records it was made of; with CSV both are headers.
    """
    found = services().filing.file(scheme, first, last, call(), validate=validate)
    days = {"from": found.period.first.isoformat(), "to": found.period.last.isoformat()}
    hashes = {"sha256": found.sha256 or None, "sources_sha256": found.sources_sha256}
    facts = {"scheme": found.scheme.ref, **days, "timezone": found.scheme.timezone, **hashes, "nil": found.nil}
    told = facts | {"cases": found.cases, "faults": [vars(fault) for fault in found.faults]}
    return _told(told, found.table, format, bom=bom, name=f"{scheme}-{days['from']}-{days['to']}")


def _told(facts: dict[str, Any], table: Table | None, format: str, *, bom: bool, name: str) -> Response[Any]:
    """Answer as CSV where there is a table and it is wanted, else as JSON."""
    if table is None or format == "json":
        shown = {"columns": table.columns, "rows": table.dicts()} if table else {}
        return Response(200, JSON, json.dumps(facts | shown, ensure_ascii=False))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    headers |= {
        f"Dutydesk-{key.replace('_', '-').title()}": value
        for key, value in facts.items()
        if key.endswith("sha256") and value
    }
    return Response(200, f"{CSV}; charset=utf-8", table.csv(bom=bom), headers=headers)
