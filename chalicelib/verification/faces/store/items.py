"""Offers, consents and checks, as items."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link

from ..model import (
    OFFER_CHAIN,
    Bar,
    Check,
    Consent,
    Face,
    Offer,
    Purpose,
    Risk,
    Status,
    Terms,
    Waiting,
    Why,
)

TABLE = "verification"
OFFER: Item = {"pk": "faces", "sk": "offer"}
REVIEWS = "face-reviews"
DUE_SHARD = "verification#0"  # one of those of the table: checks are few
FACE, CHECK = "face", "face#"


def face_key(customer: str) -> Item:
    """Key of a customer's standing."""
    return {"pk": customer, "sk": FACE}


def check_key(customer: str, id_: str) -> Item:
    """Key of a check; all of a customer's stand beside each other."""
    return {"pk": customer, "sk": f"{CHECK}{id_}"}


def image_key(sha256: str) -> Item:
    """Key of the mark that an image was looked at."""
    return {"pk": f"face-image#{sha256}", "sk": "seen"}


def waiting_key(check: Check) -> Item:
    """Key of the line of a check that waits for a person; the most urgent stands first."""
    return {"pk": REVIEWS, "sk": f"{text(check.until)}#{check.id}"}


def face_item(face: Face) -> Item:
    """Write a standing, in its next version."""
    consent = face.consent
    return {
        **face_key(face.customer),
        "id": face.id,
        "customer": face.customer,
        "unit": face.unit,
        "consent": _consent_item(consent) if consent else None,
        "failures": face.failures,
        "closed_until": text(face.closed_until) if face.closed_until else None,
        "starts": [text(at) for at in face.starts],
        "busy": face.busy or None,
        "due_at": text(face.sweeping) if face.sweeping else None,
        "due_shard": DUE_SHARD if face.sweeping else None,
        "version": face.version + 1,
        "seq": face.link.seq,
        "head": face.link.head,
    }


def face_of(item: Item | None) -> Face | None:
    """Read it back."""
    if item is None:
        return None
    return Face(
        customer=item["customer"],
        unit=item["unit"],
        consent=_consent_of(item["consent"]) if "consent" in item else None,
        failures=item["failures"],
        closed_until=moment(item["closed_until"]) if "closed_until" in item else None,
        starts=tuple(moment(at) for at in item["starts"]),
        busy=item.get("busy", ""),
        sweeping=moment(item["due_at"]) if "due_at" in item else None,
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def check_item(check: Check) -> Item:
    """Write a check, in its next version."""
    return {
        **check_key(check.customer, check.id),
        "id": check.id,
        "customer": check.customer,
        "unit": check.unit,
        "purpose": check.purpose.value,
        "risk": check.risk.value,
        "check_status": check.status.value,
        "session": check.session,
        "started_at": text(check.started_at),
        "until": text(check.until),
        "kept_until": text(check.kept_until),
        "liveness": check.liveness,
        "similarity": check.similarity,
        "sha256": check.sha256 or None,
        "why": check.why.value,
        "decided_by": check.decided_by or None,
        "due_at": text(check.due_at),
        "due_shard": DUE_SHARD,
        "version": check.version + 1,
    }


def check_of(item: Item | None) -> Check | None:
    """Read it back."""
    return None if item is None else read_check(item)


def read_check(item: Item) -> Check:
    """Read a check."""
    return Check(
        id=item["id"],
        customer=item["customer"],
        unit=item["unit"],
        purpose=Purpose(item["purpose"]),
        risk=Risk(item["risk"]),
        status=Status(item["check_status"]),
        session=item["session"],
        started_at=moment(item["started_at"]),
        until=moment(item["until"]),
        kept_until=moment(item["kept_until"]),
        liveness=item.get("liveness"),
        similarity=item.get("similarity"),
        sha256=item.get("sha256", ""),
        why=Why(item["why"]),
        decided_by=item.get("decided_by", ""),
        version=item["version"],
    )


def waiting_item(check: Check) -> Item:
    """Write the line of a check that waits for a person."""
    return {
        **waiting_key(check),
        "check": check.id,
        "customer": check.customer,
        "unit": check.unit,
        "purpose": check.purpose.value,
        "risk": check.risk.value,
        "liveness": check.liveness,
        "similarity": check.similarity,
    }


def waiting_of(item: Item) -> Waiting:
    """Read it back."""
    return Waiting(
        check=item["check"],
        customer=item["customer"],
        unit=item["unit"],
        purpose=Purpose(item["purpose"]),
        risk=Risk(item["risk"]),
        liveness=item["liveness"],
        similarity=item["similarity"],
        decide_by=moment(item["sk"].partition("#")[0]),
    )


def offer_item(offer: Offer) -> Item:
    """Write what is offered."""
    return {
        **OFFER,
        "id": OFFER_CHAIN,
        "open": offer.open,
        "terms": _terms_item(offer.terms) if offer.terms else None,
        "bars": {risk.value: vars(bar) for risk, bar in offer.bars.items()},
        "risks": {purpose.value: risk.value for purpose, risk in offer.risks.items()},
        "review_hours": offer.review_hours,
        "seq": offer.link.seq,
        "head": offer.link.head,
    }


def offer_of(item: Item | None) -> Offer:
    """Read it back; where nothing was told, nothing is offered."""
    if item is None:
        return Offer()
    return Offer(
        open=item["open"],
        terms=_terms_of(item["terms"]) if "terms" in item else None,
        bars={Risk(risk): Bar(**bar) for risk, bar in item["bars"].items()},
        risks={Purpose(purpose): Risk(risk) for purpose, risk in item["risks"].items()},
        review_hours=item["review_hours"],
        link=Link(item["seq"], item["head"]),
    )


def _terms_item(terms: Terms) -> Item:
    told: dict[str, Any] = {name: value for name, value in vars(terms).items() if name != "assessed_on"}
    words = {name: dict(value) for name, value in told.items() if isinstance(value, Mapping)}
    return {**told, **words, "assessed_on": terms.assessed_on.isoformat()}


def _terms_of(item: Item) -> Terms:
    return Terms(**{**item, "assessed_on": date.fromisoformat(item["assessed_on"])})


def _consent_item(consent: Consent) -> Item:
    withdrawn = text(consent.withdrawn_at) if consent.withdrawn_at else None
    return {
        "version": consent.version,
        "language": consent.language,
        "at": text(consent.at),
        **({"withdrawn_at": withdrawn} if withdrawn else {}),
    }


def _consent_of(item: Item) -> Consent:
    withdrawn = moment(item["withdrawn_at"]) if "withdrawn_at" in item else None
    return Consent(item["version"], item["language"], moment(item["at"]), withdrawn)
