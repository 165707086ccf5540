"""How long a session lasts, and who looks after whom."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from .model import Staff, Unit

# NIST SP 800-63B 4.2.3: re-authenticate after 12 hours at the latest.
SESSION_LIFE = timedelta(hours=12)
# A risky act is not done twice in a day: whoever took over an account would hide their traces so. And a warning that was on
# the screen for a moment only was not read.
COOLING_OFF = timedelta(hours=24)
LOOKED_AT = 5  # seconds
# Of a customer at a kiosk it is noted that they were heard of, but not with each request: idle time is known to this much.
NOTED_EVERY = timedelta(seconds=10)
LANGUAGES = ("en", "zh-CN")


def home_unit(units: Mapping[str, Unit], region: str) -> Unit:
    """Choose the unit that looks after customers of a phone region; the top one if none says so."""
    ordered = sorted(units.values(), key=lambda unit: unit.id)
    named = [unit for unit in ordered if region in unit.regions]
    return named[0] if named else top(units)


def top(units: Mapping[str, Unit]) -> Unit:
    """Give the unit above all others."""
    return next(unit for unit in sorted(units.values(), key=lambda unit: unit.id) if not unit.parent)


def below(units: Mapping[str, Unit], top: str) -> frozenset[str]:
    """Give a unit and all units under it."""
    found = {top}
    while True:
        more = {unit.id for unit in units.values() if unit.parent in found} - found
        if not more:
            return frozenset(found)
        found |= more


def language_for(unit: Unit, wanted: str) -> str:
    """Choose the language somebody is written to in."""
    return wanted if wanted in LANGUAGES else unit.language


def active(members: Iterable[Staff]) -> list[Staff]:
    """Give those who work here now, in a fixed order."""
    return sorted((member for member in members if member.active), key=lambda member: member.id)
