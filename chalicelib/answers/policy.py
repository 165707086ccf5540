"""Who may approve, how long a wording may stand unread, for which matters it is, and how facts are written in a language."""

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.kernel import money
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import Invalid

from .model import Kind, Scope, Shape, Variable, filled

LANGUAGES = ("en", "zh-CN")
REVIEW = timedelta(days=365)
LONGEST_REVIEW = timedelta(days=730)
# As much as somebody may write by hand.
MOST_RENDERED = 20_000
# A matter shows these of itself: where an answer names some, it has to be one of them.
_NARROWED = ("topic", "product")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
Words = Callable[[str, str], str]


def may_approve(scope: Scope, roles: Collection[Role], unit: str, units: Collection[str]) -> bool:
    """Tell whether somebody may approve what is said in that scope: compliance, or a supervisor who works above its unit.

    What complainants read is for compliance alone (DISP 1.6.2R, Order 2020-3 Art.19: a wrong text is a breach).
    """
    if Role.COMPLIANCE in roles:
        return True
    above = scope.unit != unit and scope.unit in units
    return Role.SUPERVISOR in roles and above and Kind.COMPLAINT not in scope.kinds


def review_day(wished: date | None, begins: date) -> date:
    """Give the day of the next review: within two years of the first day, after one if nobody said; raises Invalid."""
    day = wished or begins + REVIEW
    if day <= begins:
        raise Invalid.field("review_on", "too_early")
    if day > begins + LONGEST_REVIEW:
        raise Invalid.field("review_on", "too_large")
    return day


def misfits(scope: Scope, matter: Any, lineage: Sequence[str], languages: Collection[str]) -> list[str]:
    """Name in what an answer does not fit a matter; `lineage` is the matter's unit with all above it."""
    found = [] if matter.kind in scope.kinds else ["kind"]
    for name in _NARROWED:
        wanted: Collection[str] = getattr(scope, f"{name}s")
        found += [name] if wanted and getattr(matter, name) not in wanted else []
    found += [] if scope.unit in lineage else ["unit"]
    return found + ([] if matter.language in languages else ["language"])


def rendered(wording: str, facts: Mapping[str, Any], language: str, words: Words) -> str:
    """Fill a wording with facts as its language writes them; raises FactMissing, and Invalid if it becomes too long."""
    known = {variable: facts[variable] for variable in Variable if facts.get(variable)}
    text = filled(wording, {name: _written(name.shape, fact, language, words) for name, fact in known.items()})
    if len(text) > MOST_RENDERED:
        raise Invalid.field("answer", "too_long")
    return text


def plain(text: str, *, prose: bool = False) -> str:
    """Give a text without what is no letter: control characters, and marks that turn the direction of reading."""
    kept = "\n" if prose else ""
    return "".join(c if c in kept or unicodedata.category(c) not in ("Cc", "Cf", "Zl", "Zp") else " " for c in text)


def _written(shape: Shape, fact: Any, language: str, words: Words) -> str:
    match shape:
        case Shape.DATE:
            return _day(fact, language)
        case Shape.MOMENT:
            return f"{_day(fact.date(), language)} {fact:%H:%M}"
        case Shape.MONEY:
            return money.written(fact)
        case Shape.OUTCOME:
            return words(f"outcome.{fact}", language)
        case Shape.RIGHTS:
            return "\n".join(f"- {words(right, language)}" for right in fact)
    return plain(str(fact), prose=shape is Shape.PROSE).strip()


def _day(day: date | datetime, language: str) -> str:
    if language == "zh-CN":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
