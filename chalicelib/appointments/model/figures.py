"""What was measured at a branch, as sums that can be added up."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Figure:
    """Sums for one service on one day, or on several.

    Of bookings: `came` and `missed`. Of visits served: `served`, and the `seconds` they took with their `squares`. Of first
    calls: `called`, and the seconds they had `waited`. Of the waits told at check-in: `promised`, `kept` (the call came
    within the range) and `off` (the seconds between the call and the end of the range). Of documents looked at before:
    `asked_again` (missing, or to be replaced) and the minutes `saved`; of the visits served for which one was accepted:
    `prepared`, and the `prepared_seconds` they took.
    """

    came: int = 0
    missed: int = 0
    served: int = 0
    seconds: int = 0
    squares: int = 0
    called: int = 0
    waited: int = 0
    promised: int = 0
    kept: int = 0
    off: int = 0
    asked_again: int = 0
    saved: int = 0
    prepared: int = 0
    prepared_seconds: int = 0

    def plus(self, other: "Figure") -> "Figure":
        """Add two up."""
        return Figure(**{name: value + getattr(other, name) for name, value in vars(self).items()})

    @property
    def counted(self) -> dict[str, int]:
        """Give the sums that are not nought."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


@dataclass(frozen=True)
class Tally:
    """What one write adds to the sums of a branch's service on a local day, as YYYY-MM-DD."""

    branch: str
    day: str
    service: str
    figure: Figure


@dataclass(frozen=True)
class DayFigure:
    """The sums of one service on one local day, as YYYY-MM-DD."""

    day: str
    service: str
    figure: Figure
