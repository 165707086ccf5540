"""What a customer does: agree, take it back, be looked at, or choose another way."""

from chalicelib.bootstrap import services
from chalicelib.kernel.access import Act
from chalicelib.kernel.errors import Changed, NotFound
from chalicelib.web import Api, call

from ..model import (
    OTHER_WAYS,
    Check,
    FaceConsentNeeded,
    FaceNotOffered,
    FaceUnavailable,
    FaceUnderReview,
    Standing,
    Status,
    TooManyFaces,
    grant_for,
    grant_id,
)
from .shapes import Agree, CheckOut, ConsentOut, FacesOut, Id, Instead, Start, TermsOut

api = Api("Faces")
_STARTING = (FaceNotOffered, FaceConsentNeeded, FaceUnderReview, TooManyFaces, FaceUnavailable)


def _faces(standing: Standing) -> FacesOut:
    face, terms = standing.face, standing.offer.terms
    consent = face.consent if face else None
    offered = services().face_consents.offered(standing)
    return FacesOut(
        offered=offered,
        terms=TermsOut.model_validate(vars(terms)) if offered and terms else None,
        consent=ConsentOut.model_validate(vars(consent)) if consent else None,
        consented=bool(face and terms and face.agreed(terms.version)),
        remaining=services().face_consents.remaining(standing, call().now),
        closed_until=face.closed_until if face and face.closed(call().now) else None,
        check=face.busy or None if face else None,
        alternatives=list(OTHER_WAYS),
    )


def _check(standing: Standing) -> CheckOut:
    check = standing.check
    assert check is not None, "what is shown is a check"  # noqa: S101
    return CheckOut(
        id=check.id,
        purpose=check.purpose,
        status=check.status.value,
        session=check.session if check.status is Status.OPEN else None,
        until=check.until,
        remaining=services().face_consents.remaining(standing, call().now),
        alternatives=list(OTHER_WAYS),
        grant=_grant(check),
    )


def _grant(check: Check) -> str | None:
    if check.status is not Status.PASSED or check.until <= call().now:
        return None
    return str(services().made_again(grant_for(check.purpose), grant_id(check)))


@api.get("/v1/faces", Act.FACE_USE)
def faces() -> FacesOut:
    """Tell whether and under which terms a face may be looked at, how I stand to it, and which other ways there are."""
    return _faces(services().face_consents.standing(call()))


@api.post("/v1/faces/consent", Act.FACE_USE, refusals=(FaceNotOffered, FaceConsentNeeded))
def agree_to_faces(body: Agree) -> FacesOut:
    """Agree to the terms; whoever does not reaches everything by the other ways."""
    return _faces(services().face_consents.agree(body.version, body.language, call(_faces)))


@api.delete("/v1/faces/consent", Act.FACE_USE, refusals=(NotFound, Changed))
def withdraw_from_faces() -> FacesOut:
    """Take the consent back; what was kept is deleted, and the receipt for that stands in my records."""
    return _faces(services().face_consents.withdraw(call()))


@api.post("/v1/faces/instead", Act.FACE_USE)
def choose_instead(body: Instead) -> FacesOut:
    """Choose another way; no reason has to be given."""
    return _faces(services().face_consents.instead(body.purpose, body.way, call(_faces)))


@api.post("/v1/faces/checks", Act.FACE_USE, status=201, refusals=_STARTING)
def start_face_check(body: Start) -> CheckOut:
    """Begin a check; `session` goes into the provider's own part in the app."""
    return _check(services().face_checks.start(body.purpose, call(_check)))


@api.post("/v1/faces/checks/{check}/result", Act.FACE_USE, refusals=(FaceNotOffered, FaceUnavailable))
def face_check_result(check: Id) -> CheckOut:
    """Tell what came of a check, as often as is asked; what needs a person says so, and what fails offers another way."""
    return _check(services().face_checks.result(check, call(_check)))
