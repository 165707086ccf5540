"""The table as its file states it, read strictly: a wrong one is not delivered, and none decides what cannot be done."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from chalicelib.kernel.risk import CARRIES, OTHERWISE, Outcome, Use
from chalicelib.sla.reading import PackError, Table, succession

from ..model import VALUES, Row, Rules, Signal

_DAY = 24 * 3600


def read_rules(path: Path) -> Rules:
    """Read one version; its file must be called `<id>.toml` or `<id>@<version>.toml`. Raises PackError."""
    table, id_, version, begins = Table.versioned(path)
    rules = Rules(
        id=id_,
        version=version,
        title=table.names("title"),
        effective_from=begins,
        source=table.text("source"),
        asks=_uses(table, "asks"),
        answered=timedelta(seconds=table.number("answered_seconds", 60, _DAY)),
        unanswered=timedelta(seconds=table.number("unanswered_seconds", 10, _DAY)),
        swapped=timedelta(days=table.number("swapped_days", 1, 90)),
        rows=tuple(_row(row) for row in table.tables("rows")),
    )
    table.done()
    names = [row.id for row in rules.rows]
    if len(set(names)) < len(names) or OTHERWISE in names:
        raise table.fail("rows", f"must have names of their own, and none is called {OTHERWISE}")
    return rules


def _row(table: Table) -> Row:
    uses, when = _uses(table, "uses"), table.table("when")
    conditions = {_signal(when, name): _values(when, name) for name in when.left()}
    outcome = table.choice("outcome", Outcome)
    within = timedelta(seconds=table.number("within_seconds", 0, _DAY)) if table.has("within_seconds") else None
    row = Row(table.text("id"), uses, conditions, outcome, table.names("why"), within)
    table.done()
    if not uses or not conditions:
        raise table.fail("when", "a row needs a use and a signal; for whatever is left, what was usual is done")
    for use in uses:
        if outcome not in CARRIES[use]:
            raise table.fail("outcome", f"{use} can do {', '.join(sorted(CARRIES[use]))}, not {outcome}")
    if within is not None and uses != {Use.PROOF}:
        raise table.fail("within_seconds", f"is for {Use.PROOF} alone")
    return row


def _uses(table: Table, key: str) -> frozenset[Use]:
    words = table.words(key)
    unknown = [word for word in words if word not in tuple(Use)]
    if unknown:
        raise table.fail(key, f"must be some of {', '.join(Use)}, not {unknown[0]!r}")
    return frozenset(Use(word) for word in words)


def _signal(table: Table, name: str) -> Signal:
    if name not in tuple(Signal):
        raise table.fail(name, f"is no signal; there are {', '.join(Signal)}")
    return Signal(name)


def _values(table: Table, name: str) -> frozenset[str]:
    words, legal = frozenset(table.words(name)), VALUES[Signal(name)]
    if not words or not words <= legal:
        raise table.fail(name, f"must be some of {', '.join(sorted(legal))}")
    return words


class Tables:
    """The versions of a folder, each read once; the newest that is in force decides."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: tuple[Rules, ...] = ()

    def at(self, now: datetime) -> Rules:
        """Give the version in force at an instant (by its UTC day); raises PackError if there is none."""
        if not self._known:
            read = (read_rules(path) for path in self._folder.glob("*.toml"))
            self._known = tuple(sorted(read, key=succession))
        day = now.astimezone(UTC).date()
        for one in reversed(self._known):
            if one.effective_from <= day:
                return one
        raise PackError(f"signals: no version is in force on {day}")
