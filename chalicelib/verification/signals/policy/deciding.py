"""What the table decides: the first row that fits, and what is usual if none does."""

from collections.abc import Callable

from chalicelib.kernel.risk import Decision, Outcome, Use

from ..model import Check, Row, Rules, Signal, Signals


def decided(rules: Rules, use: Use, signals: Signals, device: Callable[[], str], check: Check | None) -> Decision:
    """Decide by what is known of a number; whether the device is new is asked only where a row depends on it."""
    known = dict(signals)
    for row in rules.rows:
        if use in row.uses and _fits(row, known, device):
            return _decision(rules, row, known, check)
    return Decision(Outcome.ALLOW, table=rules.ref, signals=_told(known), check=check.id if check else "")


def _fits(row: Row, known: dict[Signal, str], device: Callable[[], str]) -> bool:
    of_number = {signal: values for signal, values in row.when.items() if signal is not Signal.NEW_DEVICE}
    if any(known[signal] not in values for signal, values in of_number.items()):
        return False
    if Signal.NEW_DEVICE not in row.when:
        return True
    if Signal.NEW_DEVICE not in known:
        known[Signal.NEW_DEVICE] = device()
    return known[Signal.NEW_DEVICE] in row.when[Signal.NEW_DEVICE]


def _decision(rules: Rules, row: Row, known: Signals, check: Check | None) -> Decision:
    return Decision(
        outcome=row.outcome,
        row=row.id,
        table=rules.ref,
        signals=_told(known),
        check=check.id if check else "",
        checked_at=check.checked_at if check else None,
        within=int(row.within.total_seconds()) if row.within is not None else None,
        why=row.why,
    )


def _told(known: Signals) -> dict[str, str]:
    return {signal.value: value for signal, value in known.items()}
