"""Files for regulators, made of records alone."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chalicelib.kernel import access
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import canonical
from chalicelib.kernel.paging import Position
from chalicelib.sla.packs import Packs
from chalicelib.sla.schemes import Scheme, Schemes, UnknownCodeError

from .. import policy
from ..model import Case, FileIncomplete, Period, PeriodNotOver, ReportTooLarge, Table, periods
from ..ports import Chains, Lines, Units

# Each case is a read of its chain; more than these take longer than a gateway waits. The command has no such limit.
MOST_CASES = 2_000
# Redress may be paid after a case was closed; so far back such cases are looked for.
_PAID_LATE = timedelta(days=366)


@dataclass(frozen=True)
class File:
    """A regulator's file, or what is wrong with the cases it would be made of.

    `sha256` is that of its text as CSV in UTF-8 without a mark; `sources_sha256` that of the list of `[subject, head]`,
    the subject of each case in it and the hash of the last record that was taken in.
    """

    scheme: Scheme
    period: Period
    cases: int
    faults: Sequence[policy.Fault]
    table: Table | None
    sha256: str
    sources_sha256: str

    @property
    def nil(self) -> bool:
        """Whether there is nothing to report, which is to be reported too."""
        return self.cases == 0


@dataclass(frozen=True)
class Filing:
    """Makes the same file of the same period, whatever happened since."""

    lines: Lines
    chains: Chains
    units: Units
    schemes: Schemes
    packs: Packs
    most: int = MOST_CASES

    def file(self, scheme_id: str, first: date, last: date, call: Call, *, validate: bool) -> File:
        """Give a regulator's file, or with `validate` only what is wrong with its cases.

        Raises NotFound for no scheme of ours, PeriodNotOver while something may still happen within the period,
        ReportTooLarge, and FileIncomplete where something is wrong and the file itself is wanted.
        """
        access.require(call.actor, Act.REPORTS_FILE)
        period = periods(first, last, last)
        scheme = self._scheme(scheme_id, period)
        over = period.ends(scheme.timezone)
        if call.now < over:
            raise PeriodNotOver(over_at=text(over))
        cases = self._cases(scheme, period)
        wrong = policy.faults(cases, scheme)
        if wrong and not validate:
            raise FileIncomplete(faults=len(wrong))
        form = policy.Form(scheme, period, self.packs.calendar(scheme.calendar))
        table = None if validate else policy.filed(cases, form)
        sources = hashlib.sha256(canonical({"sources": [[case.subject, case.head] for case in cases]})).hexdigest()
        return File(scheme, period, len(cases), wrong, table, sha256(table) if table else "", sources)

    def _scheme(self, id_: str, period: Period) -> Scheme:
        """Give the version in force on the last day of the period."""
        try:
            known = self.schemes.versions(id_)
            zone = known[0].timezone if known else "UTC"
            return self.schemes.in_force(id_, period.ends(zone) - timedelta(seconds=1))
        except UnknownCodeError:
            raise NotFound from None

    def _cases(self, scheme: Scheme, period: Period) -> list[Case]:
        until = period.ends(scheme.timezone)
        found = [Case.folded(subject, self.chains.chain(subject), until) for subject in self._subjects(scheme, period)]
        return sorted((case for case in found if policy.included(case, scheme, period)), key=lambda case: case.subject)

    def _subjects(self, scheme: Scheme, period: Period) -> list[str]:
        """Name every case that may be in it: whatever is open now, was closed since it began, or was paid in it.

        Open ones are read before and after, so that one which is closed or reopened meanwhile is met all the same.
        """
        begins = period.begins(scheme.timezone)
        ever = datetime.max.replace(tzinfo=begins.tzinfo)
        found: dict[str, None] = {}
        for closed in (None, (begins - _PAID_LATE, begins), (begins, ever), None):
            for unit in self.units.zones():
                late = closed is not None and closed[1] == begins
                for facts in self._read(unit, closed):
                    if facts["kind"] == "complaint" and (not late or facts.get("paid")):
                        found[facts["id"]] = None
                if len(found) > self.most:
                    raise ReportTooLarge(limit=self.most)
        return list(found)

    def _read(self, unit: str, closed: tuple[datetime, datetime] | None) -> Iterator[Mapping[str, str]]:
        start: Position | None = None
        while True:
            page = self.lines.lines(unit, closed, start)
            yield from page.items
            start = page.next
            if start is None:
                return


def sha256(table: Table) -> str:
    """Hash a table as it is written to a file."""
    return hashlib.sha256(table.csv().encode()).hexdigest()
