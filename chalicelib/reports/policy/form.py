"""What every file needs to know: whose it is, of which days, and which of them were worked."""

from dataclasses import dataclass
from datetime import date, datetime

from chalicelib.sla.calendars import Calendar
from chalicelib.sla.schemes import Scheme, zone

from ..model import Case, Period


@dataclass(frozen=True)
class Form:
    """A regulator's scheme, a period, and the calendar of its place; days are local days there."""

    scheme: Scheme
    period: Period
    calendar: Calendar

    def day(self, at: datetime) -> date:
        """Give the local day of an instant."""
        return at.astimezone(zone(self.scheme)).date()

    def written(self, at: datetime | None) -> str:
        """Write it; empty for what has not happened."""
        return self.day(at).isoformat() if at else ""

    def days(self, case: Case) -> int | None:
        """Count the days from receipt to the end, or to the end of the period for what is still open."""
        if case.received_at is None:
            return None
        last = self.day(case.ended_at) if case.ended_at else self.period.last
        return (last - self.day(case.received_at)).days

    def coded(self, case: Case, list_id: str) -> tuple[str, str, str]:
        """Give the codes a case has of one list, and what they are called in Chinese and in English."""
        prefix = next(one.prefix for one in self.scheme.lists if one.id == list_id)
        codes = case.of_scheme(self.scheme.id, prefix)
        chinese, english = (";".join(self.scheme.name(code, language) for code in codes) for language in ("zh", "en"))
        return ";".join(codes), chinese, english
