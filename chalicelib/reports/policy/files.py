"""What a regulator's file says of which cases, and what is missing before it can be made; docs/reports.md says why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from chalicelib.sla.schemes import Scheme

from ..model import Case, Cell, Period, Table
from . import fca
from .form import Form


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of one case: missing, several where one is wanted, or another currency."""

    case: str
    field: str
    why: str


@dataclass(frozen=True)
class _File:
    """`kept_open` says that cases still open when the period begins are in it too; else those received in it alone.

    `needs` are the lists of which a case must have a code, `at_end` those it must have once it is closed.
    """

    table: Callable[[Sequence[Case], Form], Table]
    kept_open: bool
    needs: tuple[str, ...]
    at_end: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    currency: str = ""


def included(case: Case, scheme: Scheme, period: Period) -> bool:
    """Tell whether a case is one for this regulator and this period; what was merged is told by the other one."""
    begins, ends = period.between(scheme.timezone)
    if not case.complaint or case.merged or case.registered_at is None or not scheme.covers(case.regimes):
        return False
    if not _FILES[scheme.id].kept_open:
        return begins <= case.registered_at < ends
    ended = case.ended_told_at
    return ended is None or ended >= begins or any(paid.told_at >= begins for paid in case.paid)


def faults(cases: Sequence[Case], scheme: Scheme) -> list[Fault]:
    """List what is missing or wrong, case by case."""
    return [fault for case in cases for fault in _faults(case, scheme)]


def filed(cases: Sequence[Case], form: Form) -> Table:
    """Make the file of these cases, which must be without faults."""
    return _FILES[form.scheme.id].table(cases, form)


def _faults(case: Case, scheme: Scheme) -> Iterator[Fault]:
    file = _FILES[scheme.id]
    for one in scheme.lists:
        found = case.of_scheme(scheme.id, one.prefix)
        wanted = one.id in file.needs or (one.id in file.at_end and case.ended_at is not None)
        if wanted and not found:
            yield Fault(case.number, one.id, "missing")
        if one.id in file.one_of and len(found) > 1:
            yield Fault(case.number, one.id, "several")
    if file.currency and any(paid.currency != file.currency for paid in case.paid):
        yield Fault(case.number, "redress", "currency")


_JRT_COLUMNS = (
    *("number", "received_on", "unit", "intake_channel"),
    *("channel_code", "channel_zh", "channel_en"),
    *("business_code", "business_zh", "business_en"),
    *("reason_code", "reason_zh", "reason_en"),
    *("outcome", "closed_on", "days", "extensions", "reviewed"),
)


def _jrt0169(cases: Sequence[Case], form: Form) -> Table:
    def row(case: Case) -> tuple[Cell, ...]:
        faces = [cell for face in ("channel", "business", "reason") for cell in form.coded(case, face)]
        began = (case.number, form.written(case.received_at), case.unit, case.channel)
        ended = (_ending(case), form.written(case.ended_at), form.days(case))
        return *began, *faces, *ended, case.extensions, "yes" if case.reviewed else "no"

    return Table(_JRT_COLUMNS, tuple(row(case) for case in cases))


_ASIC_COLUMNS = (
    *("complaint_id", "unit", "status", "channel", "date_received", "date_closed", "days"),
    *("product", "issue", "outcome", "remedy_minor_units", "remedy_currency"),
)


def _asic(cases: Sequence[Case], form: Form) -> Table:
    def row(case: Case) -> tuple[Cell, ...]:
        closed = case.ended_at is not None
        began = (case.number, case.unit, "closed" if closed else "open", case.channel)
        days = (form.written(case.received_at), form.written(case.ended_at), form.days(case))
        coded = tuple(form.coded(case, name)[0] for name in ("product", "issue", "outcome"))
        currency = "AUD" if case.paid else None
        return *began, *days, *coded, sum(paid.amount for paid in case.paid) if case.paid else None, currency

    return Table(_ASIC_COLUMNS, tuple(row(case) for case in cases))


def _ending(case: Case) -> str:
    if case.ended_at is None:
        return "open"
    return case.outcome or ("withdrawn" if case.withdrawn_at else "closed")


_FILES = {
    "jrt0169": _File(_jrt0169, kept_open=False, needs=("channel", "business", "reason")),
    "fca_disp": _File(
        fca.table, kept_open=True, needs=("product", "cause"), one_of=("product", "cause"), currency="GBP"
    ),
    "asic_idr": _File(_asic, kept_open=True, needs=("product", "issue"), at_end=("outcome",), currency="AUD"),
}
