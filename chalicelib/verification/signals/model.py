"""Signals of a phone number, what was found out about one, and the table by which it is decided."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from chalicelib.kernel.events import Link, canonical
from chalicelib.kernel.risk import Outcome, Use

UNKNOWN = "unknown"


class Signal(StrEnum):
    """What may be known of a number, or of whoever asks."""

    SIM_SWAP = "sim_swap"
    CALL_DIVERSION = "call_diversion"
    LINE_TYPE = "line_type"
    NEW_DEVICE = "new_device"


# What each may be; nobody has to know.
VALUES: dict[Signal, frozenset[str]] = {
    Signal.SIM_SWAP: frozenset({"recent", "none", UNKNOWN}),
    Signal.CALL_DIVERSION: frozenset({"on", "off", UNKNOWN}),
    Signal.LINE_TYPE: frozenset({"mobile", "landline", "voip", "toll", "other", UNKNOWN}),
    Signal.NEW_DEVICE: frozenset({"new", "known", UNKNOWN}),
}
# What a provider is asked; whether a device is new is known here.
OF_NUMBERS = (Signal.SIM_SWAP, Signal.CALL_DIVERSION, Signal.LINE_TYPE)

Signals = Mapping[Signal, str]
NOTHING: Signals = dict.fromkeys(OF_NUMBERS, UNKNOWN)


def understood(told: Mapping[str, str]) -> Signals:
    """Give every signal of a number; what is not told, or not in words we know, is unknown."""
    return {signal: value if (value := told.get(signal, "")) in VALUES[signal] else UNKNOWN for signal in OF_NUMBERS}


@dataclass(frozen=True)
class Check:
    """What was found out about a number, under its keyed hash; it is believed until `until`.

    `judged` names what it has led to that was recorded, so that the same is not recorded with each request.
    """

    id: str
    mark: str
    provider: str
    signals: Signals
    checked_at: datetime
    until: datetime
    judged: tuple[str, ...] = ()
    version: int = 0
    link: Link = Link()

    @property
    def digest(self) -> str:
        """Name what was said, when and by whom, so that a record can be held to it."""
        said = {"provider": self.provider, "at": self.checked_at.isoformat(), "signals": dict(self.signals)}
        return hashlib.sha256(canonical(said)).hexdigest()

    @property
    def answered(self) -> bool:
        """Whether anything at all is known."""
        return any(value != UNKNOWN for value in self.signals.values())


@dataclass(frozen=True)
class Row:
    """One line of the table: for these uses, when each signal named has one of its values, this is done."""

    id: str
    uses: frozenset[Use]
    when: Mapping[Signal, frozenset[str]] = field(hash=False)
    outcome: Outcome
    why: Mapping[str, str] = field(hash=False)
    within: timedelta | None = None


@dataclass(frozen=True)
class Rules:
    """One version of the table. A provider is asked for the uses in `asks` alone; others go by what is known already.

    An answer is believed for `answered`, that there was none for `unanswered`; a SIM changed within `swapped` is a recent one.
    """

    id: str
    version: str
    title: Mapping[str, str] = field(hash=False)
    effective_from: date
    source: str
    asks: frozenset[Use]
    answered: timedelta
    unanswered: timedelta
    swapped: timedelta
    rows: tuple[Row, ...]

    @property
    def ref(self) -> str:
        """The name of the version, such as `house@2026-01-01.1`."""
        return f"{self.id}@{self.version}"
