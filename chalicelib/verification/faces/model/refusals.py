"""Why no face is looked at; every one of them names the other ways."""

from collections.abc import Mapping
from typing import ClassVar

from chalicelib.kernel.errors import Conflict, TooMany, Unavailable

from .offer import OTHER_WAYS

_WAYS = {"alternatives": list(OTHER_WAYS)}


class FaceNotOffered(Conflict):
    """The institution offers no face checks, or has nothing to compare this customer's face with."""

    code = "face_not_offered"
    such_as: ClassVar[Mapping[str, object]] = _WAYS


class FaceConsentNeeded(Conflict):
    """There is no consent to the terms in force; `version` is theirs."""

    code = "face_consent_needed"
    such_as: ClassVar[Mapping[str, object]] = {"version": 2, **_WAYS}


class FaceUnderReview(Conflict):
    """A person is deciding about the check before, or has, and its grant was not collected; `check` is its id."""

    code = "face_under_review"
    such_as: ClassVar[Mapping[str, object]] = {"check": "fch_01M8323B80SXA2NPGKBVHYVJXY", **_WAYS}


class TooManyFaces(TooMany):
    """Too many checks have failed, or were started."""

    code = "too_many_faces"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 86400, **_WAYS}


class FaceUnavailable(Unavailable):
    """Nobody can look at a face now; nothing was done, and nothing is opened by that."""

    code = "face_unavailable"
    such_as: ClassVar[Mapping[str, object]] = {"retry_after": 60, **_WAYS}


class ImageSeen(Exception):
    """This very image was shown before; a living face that is looked at twice never gives the same. Nobody is told so."""
