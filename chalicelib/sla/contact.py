"""When somebody may be called or written to, how often, and for what: the contact rules of a country, as their files say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from chalicelib.sla.calendars import DAY, PATIENCE, Calendar, NeverOpensError, wall
from chalicelib.sla.reading import PackError, Table, succession

HOUSE = "house"
Hours = tuple[time, time]


class Purpose(StrEnum):
    """What somebody is called or written to for; `service` is what they asked for themselves.

    `reminder` and `news` are of texts only: of what is agreed and comes nearer, and of their own matters where it can wait for
    the day.
    """

    SERVICE = "service"
    FOLLOW_UP = "follow_up"
    CAMPAIGN = "campaign"
    COLLECTION = "collection"
    SALES = "sales"
    REMINDER = "reminder"
    NEWS = "news"


OF_TEXTS = frozenset({Purpose.REMINDER, Purpose.NEWS})
# The class of texts that wait for nothing: the law, somebody's safety, or what they did a moment ago wants them.
OWED = "owed"


class Counted(StrEnum):
    """What is counted against a rule."""

    CONTACTS = "contacts"
    CALLS = "calls"


@dataclass(frozen=True)
class ContactRule:
    """Hours by the clocks of whoever is called; None is a day on which nobody calls.

    `chosen` are the hours within which a time that the customer chose counts, on any day that is no holiday. `per_day` and
    `per_week` bound what one person gets, whatever for: calls and texts, or calls alone, as `counts` says. `refusal_days` is
    how long a refusal stands; 0 is for this call only.
    """

    purpose: Purpose
    weekdays: Hours | None
    saturday: Hours | None
    sunday: Hours | None
    holidays: Hours | None
    chosen: Hours | None
    counts: Counted
    per_day: int
    per_week: int
    consent: bool
    refusal_days: int
    source: str


@dataclass(frozen=True)
class ContactFile:
    """One version of a country's rules, or of the house's own; `calendar` names its holidays, the unit's if it is empty.

    `texts` has the purpose of each text to a customer, None for what is owed; the house's alone has them.
    """

    id: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    effective_from: date
    calendar: str
    rules: Mapping[Purpose, ContactRule] = field(hash=False)
    texts: Mapping[str, Purpose | None] = field(hash=False, default_factory=dict)

    @property
    def ref(self) -> str:
        """The name of the version, such as `CN@2026-01-01.1`."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True)
class Frame:
    """A rule as it holds for one person: by their clocks, on their holidays."""

    rule: ContactRule
    calendar: Calendar
    timezone: str
    ref: str

    def allows(self, at: datetime, *, chosen: bool = False) -> bool:
        """Tell whether a call may begin at that instant; `chosen` if the customer chose the time."""
        return any(opens <= at < closes for opens, closes in self._open(self._day(at), chosen))

    def ends(self, at: datetime) -> datetime:
        """Give the instant at which the hours end that it is within; itself where it is within none."""
        return next((closes for opens, closes in self._open(self._day(at), chosen=False) if opens <= at < closes), at)

    def next_allowed(self, at: datetime, *, chosen: bool = False) -> datetime:
        """Give the first instant from then on at which a call may begin; raises NeverOpensError if there is none."""
        day = self._day(at)
        for _ in range(PATIENCE):
            for opens, closes in self._open(day, chosen):
                if at < closes:
                    return max(at, opens)
            day += DAY
        raise NeverOpensError(f"nobody may be called for {self.rule.purpose} under {self.ref}")

    def _day(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.timezone)).date()

    def _open(self, day: date, chosen: bool) -> list[tuple[datetime, datetime]]:
        """Give the hours of a local day: the wider ones first decide, so that a chosen time is never worse than another."""
        holiday = day in self.calendar.holidays
        usual = self.rule.holidays if holiday else self._usual(day)
        wanted = (usual, self.rule.chosen) if chosen and not holiday else (usual,)
        spans = sorted((wall(self.timezone, day, a), wall(self.timezone, day, b)) for a, b in filter(None, wanted))
        if not spans:
            return []
        return [(spans[0][0], max(closes for _, closes in spans))] if _meet(spans) else spans

    def _usual(self, day: date) -> Hours | None:
        if day in self.calendar.workdays or day.weekday() < 5:
            return self.rule.weekdays
        return self.rule.saturday if day.weekday() == 5 else self.rule.sunday


def _meet(spans: list[tuple[datetime, datetime]]) -> bool:
    return len(spans) == 1 or spans[1][0] <= spans[0][1]


def read_contact(path: Path) -> ContactFile:
    """Read one version; its file must be called `<id>.toml` or `<id>@<version>.toml`. Raises PackError."""
    table, id_, version, begins = Table.versioned(path)
    rules = [_rule(row) for row in table.tables("rules")]
    found = ContactFile(
        id=id_,
        version=version,
        title=table.names("title"),
        effective_from=begins,
        calendar=table.text("calendar", ""),
        rules={rule.purpose: rule for rule in rules},
        texts=_texts(table) if id_ == HOUSE else {},
    )
    table.done()
    if not rules or len(found.rules) != len(rules):
        raise table.fail("rules", "there are none, or two for one purpose")
    return found


def _texts(table: Table) -> Mapping[str, Purpose | None]:
    """Read which texts are of which class; one that is in two of them is refused."""
    told = table.table("texts")
    classed = {kind: told.words(kind) for kind in (OWED, *Purpose)}
    told.done()
    found = {text: None if kind == OWED else Purpose(kind) for kind, texts in classed.items() for text in texts}
    if len(found) < sum(map(len, classed.values())):
        raise table.fail("texts", "one text is in two classes")
    return found


def _rule(row: Table) -> ContactRule:
    rule = ContactRule(
        purpose=row.choice("id", Purpose),
        weekdays=_hours(row, "weekdays"),
        saturday=_hours(row, "saturday"),
        sunday=_hours(row, "sunday"),
        holidays=_hours(row, "holidays"),
        chosen=_hours(row, "chosen"),
        counts=row.choice("counts", Counted, Counted.CONTACTS),
        per_day=row.number("per_day", 1, 100),
        per_week=row.number("per_week", 1, 100),
        consent=row.take("consent", bool),
        refusal_days=row.number("refusal_days", 0, 3660),
        source=row.text("source"),
    )
    row.done()
    if not any((rule.weekdays, rule.saturday, rule.sunday)):
        raise row.fail("weekdays", "there is no day on which anybody may be called")
    return rule


def _hours(row: Table, key: str) -> Hours | None:
    """Read `["09:00", "20:00"]`; a key that is not there is a day without calls."""
    if not row.has(key):
        return None
    told = row.take(key, list)
    try:
        opens, closes = (time.fromisoformat(at) for at in told)
    except (TypeError, ValueError) as wrong:
        raise row.fail(key, f'must be two times such as ["09:00", "20:00"], not {told!r}') from wrong
    if opens >= closes:
        raise row.fail(key, "must end after it begins")
    return opens, closes


class ContactRules:
    """The files of a folder, each country's read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[ContactFile, ...]] = {}

    def load(self) -> list[ContactFile]:
        """Read every file, as a build does; raises PackError, also where the house has no rule for a purpose."""
        ids = {path.stem.partition("@")[0] for path in self._folder.glob("*.toml")}
        missing = set(Purpose) - set(self._versions(HOUSE)[0].rules) if HOUSE in ids else set(Purpose)
        if missing:
            raise PackError(f"contact/{HOUSE}.toml: rules: there is none for {', '.join(sorted(missing))}")
        return [one for id_ in sorted(ids) for one in self._versions(id_)]

    def at(self, country: str, purpose: Purpose, now: datetime) -> tuple[ContactFile, ContactRule]:
        """Give the rule in force for a purpose in a country, by the UTC day; the house's own where it has none."""
        day = now.astimezone(UTC).date()
        for id_ in (country, HOUSE):
            for one in reversed(self._versions(id_)):
                if one.effective_from <= day and purpose in one.rules:
                    return one, one.rules[purpose]
        raise PackError(f"contact: no rule for {purpose} is in force on {day}")

    def text(self, template: str, now: datetime) -> Purpose | None:
        """Give what a text to a customer is for, or None for one that is owed; so is one that no file knows."""
        day = now.astimezone(UTC).date()
        in_force = [one for one in self._versions(HOUSE) if one.effective_from <= day]
        return in_force[-1].texts.get(template) if in_force else None

    def calendar(self, country: str, now: datetime) -> str:
        """Name the calendar whose holidays are those of a country; empty if no file says so."""
        day = now.astimezone(UTC).date()
        named = [one.calendar for one in self._versions(country) if one.effective_from <= day]
        return named[-1] if named else ""

    def _versions(self, id_: str) -> tuple[ContactFile, ...]:
        if id_ not in self._known:
            files = [read_contact(path) for path in self._folder.glob("*.toml") if path.stem.partition("@")[0] == id_]
            self._known[id_] = tuple(sorted(files, key=succession))
        return self._known[id_]
