"""Whether and how faces are looked at, as the institution's file says it; what it does not say is not offered."""

from datetime import date
from typing import Any

from chalicelib.identity.policy import LANGUAGES
from chalicelib.verification.faces.model import Bar, Offer, Purpose, Risk, Terms

from .entry import Entry

_WHOLE = 100.0
_LONGEST_KEPT = 365
_LONGEST_REVIEW = 72
_MOST_LETTERS = 4000


def offering(data: dict[str, Any], faults: list[str]) -> Offer | None:
    """Read the table `faces`; None without one: what is in the register is left alone, and nothing is where it is new."""
    if not data:
        return None
    entry = Entry("faces", data, faults)
    offer = Offer(
        open=entry.take("open", bool),
        terms=_terms(entry),
        bars={risk: _bar(risk, entry, faults) for risk in Risk},
        risks=_risks(entry),
        review_hours=_between(entry, "review_hours", 1, _LONGEST_REVIEW, Offer.review_hours),
    )
    entry.done()
    return offer


def _terms(entry: Entry) -> Terms:
    assessed = entry.text("assessed_on")
    try:
        day = date.fromisoformat(assessed)
    except ValueError:
        entry.fault("assessed_on", "must be a day, like 2026-07-01")
        day = date.min
    return Terms(
        version=_between(entry, "version", 1, 10**6),
        text=_words(entry, "text"),
        purpose=_words(entry, "purpose"),
        keep_days=_between(entry, "keep_days", 1, _LONGEST_KEPT),
        assessment=entry.text("assessment"),
        assessed_on=day,
    )


def _words(entry: Entry, name: str) -> dict[str, str]:
    found = entry.take(name, dict)
    if set(found) != set(LANGUAGES) or not all(isinstance(one, str) and one.strip() for one in found.values()):
        entry.fault(name, f"says it in {' and '.join(LANGUAGES)}")
        return dict.fromkeys(LANGUAGES, "")
    if max(map(len, found.values())) > _MOST_LETTERS:
        entry.fault(name, f"has at most {_MOST_LETTERS} characters")
    return dict(found)


def _bar(risk: Risk, entry: Entry, faults: list[str]) -> Bar:
    told = Entry(f"faces.{risk}", entry.take(risk.value, dict), faults)
    names = ("liveness", "similarity", "liveness_least", "similarity_least")
    found = Bar(*(_percent(told, name) for name in names))
    if 0 < found.liveness < found.liveness_least or 0 < found.similarity < found.similarity_least:
        told.fault("liveness_least", "what a person looks at is below what passes, for liveness and similarity")
    told.done()
    return found


def _percent(entry: Entry, name: str) -> int:
    entry.asked.add(name)
    value: Any = entry.data.get(name)
    if type(value) not in (int, float) or not 0 < value <= _WHOLE:
        entry.fault(name, "must be a percentage above 0")
        return 0
    hundredths: int = round(value * 100)
    return hundredths


def _risks(entry: Entry) -> dict[Purpose, Risk]:
    told = Entry("faces.risks", entry.take("risks", dict, {}), entry.faults)
    named = {purpose: told.one_of(purpose.value, set(Risk)) for purpose in Purpose if purpose.value in told.data}
    found = {purpose: Risk(risk) for purpose, risk in named.items() if risk in set(Risk)}
    told.done()
    return found


def _between(entry: Entry, name: str, least: int, most: int, default: int | None = None) -> int:
    value: int = entry.take(name, int, default)
    if isinstance(entry.data.get(name), int) and not least <= value <= most:
        entry.fault(name, f"must be from {least} to {most}")
    return value
