"""Whether a face may be looked at, and what comes of it."""

from dataclasses import replace
from datetime import datetime, timedelta

from .model import (
    BUSY,
    OTHER_WAYS,
    Bar,
    Check,
    Face,
    FaceConsentNeeded,
    FaceNotOffered,
    FaceUnderReview,
    Offer,
    Purpose,
    Risk,
    Standing,
    Status,
    Terms,
    TooManyFaces,
)

# NIST SP 800-63B 5.2.3 allows five in a row, ten where life is told from a mask; then another way, for a day.
FAILURES = 5
CLOSED_FOR = timedelta(hours=24)
# Each start costs the institution money, and leads nowhere faster.
STARTS, STARTS_WITHIN = 10, timedelta(hours=24)
SESSION_LIFE = timedelta(minutes=5)
COLLECT_WITHIN = timedelta(hours=24)
RETRY_AFTER = 60
# Of what is deleted in one transaction: each check is up to three items.
DELETED_AT_ONCE = 30
WAYS = list(OTHER_WAYS)


def terms(offer: Offer, *, able: bool) -> Terms:
    """Give the terms in force; raises FaceNotOffered where the institution, or the deployment, offers no faces."""
    if not (able and offer.open and offer.terms):
        raise FaceNotOffered(alternatives=WAYS)
    return offer.terms


def require_consent(face: Face | None, version: int) -> Face:
    """Raise FaceConsentNeeded unless these very terms were agreed to, and not taken back."""
    if face is None or not face.agreed(version):
        raise FaceConsentNeeded(version=version, alternatives=WAYS)
    return face


def require_may_start(face: Face, busy: Check | None, now: datetime) -> None:
    """Raise TooManyFaces after too many failures or starts, FaceUnderReview while a person decides."""
    if face.closed(now) and face.closed_until:
        raise TooManyFaces(retry_after=_seconds(face.closed_until - now), alternatives=WAYS)
    lately = recent(face, now)
    if len(lately) >= STARTS:
        raise TooManyFaces(retry_after=_seconds(lately[0] + STARTS_WITHIN - now), alternatives=WAYS)
    if busy and busy.status in BUSY - {Status.OPEN} and now < busy.until:
        raise FaceUnderReview(check=busy.id, alternatives=WAYS)


def recent(face: Face, now: datetime) -> tuple[datetime, ...]:
    """Give the starts that still count."""
    return tuple(at for at in face.starts if now < at + STARTS_WITHIN)


def bar(offer: Offer, purpose: Purpose) -> tuple[Risk, Bar]:
    """Give what a purpose has to reach; what nobody has said anything about is of high risk."""
    risk = offer.risks.get(purpose, Risk.HIGH)
    return risk, offer.bars[risk]


def band(liveness: int, similarity: int | None, wanted: Bar) -> Status:
    """Tell what scores come to: passed, for a person to look at, or another way; never nothing at all."""
    if similarity is None or liveness < wanted.liveness_least or similarity < wanted.similarity_least:
        return Status.STEP_UP
    passed = liveness >= wanted.liveness and similarity >= wanted.similarity
    return Status.PASSED if passed else Status.REVIEW


def failed(face: Face, now: datetime) -> Face:
    """Give the standing after one more failure; the fifth in a row closes this way for a day."""
    if face.failures + 1 < FAILURES:
        return replace(face, failures=face.failures + 1)
    return replace(face, failures=0, closed_until=now + CLOSED_FOR)


def remaining(standing: Standing, now: datetime) -> int:
    """Tell how many failures are left."""
    face = standing.face
    if face is None:
        return FAILURES
    return 0 if face.closed(now) else FAILURES - face.failures


def _seconds(left: timedelta) -> int:
    return max(1, -int(-left.total_seconds() // 1))
