"""What comes of a document that was looked at."""

from datetime import date

from .model import Document, Outcome, Shown, Why


def judged(shown: Shown, sha256: str, known: str, today: date, *, by_two: bool) -> tuple[Outcome, Why]:
    """Tell what a first look comes to; `known` is the digest of the number seen before, empty if none was.

    A document is good on the day it expires.
    """
    if shown.expires_on < today:
        return Outcome.REFUSED, Why.EXPIRED
    if not shown.matches:
        return Outcome.REFUSED, Why.DOES_NOT_MATCH
    if by_two:
        return Outcome.AWAITING_SECOND, Why.HIGH_RISK
    if known and known != sha256:
        return Outcome.AWAITING_SECOND, Why.OTHER_THAN_BEFORE
    return Outcome.VERIFIED, Why.MATCHES


def seconded(before: Document, shown: Shown, sha256: str) -> tuple[Outcome, Why]:
    """Tell what a second look comes to: the same document, seen the same way, or none."""
    if not shown.matches:
        return Outcome.REFUSED, Why.DOES_NOT_MATCH
    alike = (before.kind, before.sha256, before.expires_on) == (shown.kind, sha256, shown.expires_on)
    return (Outcome.VERIFIED, Why.MATCHES) if alike else (Outcome.REFUSED, Why.SEEN_OTHERWISE)


def plain(number: str) -> str:
    """Write a number as everybody reads it: capitals, nothing between."""
    return "".join(letter for letter in number.upper() if letter.isalnum())
