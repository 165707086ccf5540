"""What was found out about numbers, and what came of it; no number stands in any of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kernel.events import Event


@dataclass(frozen=True)
class NumberChecked(Event):
    """A provider was asked about a number and said this, `sha256` names it; where it said nothing, all is unknown."""

    NAME: ClassVar[str] = "number.checked"
    check: str
    provider: str
    signals: Mapping[str, str]
    sha256: str
    until: datetime


@dataclass(frozen=True)
class NumberJudged(Event):
    """For this use the number is not trusted as usual; `row` of the `table` decided so. Said once for each check."""

    NAME: ClassVar[str] = "number.judged"
    check: str
    use: str
    outcome: str
    table: str
    row: str
