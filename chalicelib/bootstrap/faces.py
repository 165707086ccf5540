"""Faces as a further way to prove who one is."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from .campaigns import Campaigns

if TYPE_CHECKING:
    from chalicelib.aws.faces import References
    from chalicelib.identity.ports import Grant, Grants
    from chalicelib.verification.faces.ports import Liveness, Matcher
    from chalicelib.verification.faces.service import Checking, Consenting, Keeping, Offering, Reviewing


@dataclass(frozen=True)
class _Grants:
    """Each of them knows only its own: a code is known by itself, a check by its customer."""

    services: "Faces"

    def grant(self, token: str, purpose: str) -> "Grant | None":
        of_a_face = token.startswith("cus_")
        return (self.services.face_checks if of_a_face else self.services.codes).grant(token, purpose)


class Faces(Campaigns):
    """Consent, checks, and a person's decision; without a bucket of references nothing is offered."""

    @cached_property
    def liveness(self) -> "Liveness":
        from chalicelib.aws import clients
        from chalicelib.aws.faces import Rekognition

        return Rekognition(clients.faces, self._references)

    @cached_property
    def matcher(self) -> "Matcher":
        from chalicelib.aws import clients
        from chalicelib.aws.faces import Rekognition

        if self._settings.matcher != "local":
            return Rekognition(clients.faces, self._references)
        # Nobody loads it who does not compare faces, and compares them here.
        from chalicelib.aws.matching import LocalMatcher

        return LocalMatcher(self._references)

    @cached_property
    def _references(self) -> "References":
        from chalicelib.aws import clients
        from chalicelib.aws.faces import References

        return References(clients.files, self._settings.faces)

    @cached_property
    def _faces(self) -> "Keeping":
        from chalicelib.verification.faces.service import Keeping
        from chalicelib.verification.faces.store import DynamoFaces

        return Keeping(DynamoFaces(self.tables), bool(self._settings.faces))

    @cached_property
    def face_offering(self) -> "Offering":
        from chalicelib.verification.faces.service import Offering
        from chalicelib.verification.faces.store import DynamoFaces

        return Offering(DynamoFaces(self.tables))

    @cached_property
    def face_consents(self) -> "Consenting":
        from chalicelib.verification.faces.service import Consenting

        return Consenting(self._faces)

    @cached_property
    def face_checks(self) -> "Checking":
        from chalicelib.verification.faces.service import Checking

        return Checking(self._faces, self.liveness, self.matcher, self.keys, self.people)

    @property
    def grants(self) -> "Grants":
        """Ask codes or faces, by what the grant was made for; who signs in by a code builds nothing of faces."""
        return _Grants(self)

    @cached_property
    def face_reviews(self) -> "Reviewing":
        from chalicelib.tickets.service import Concerning
        from chalicelib.tickets.store import DynamoTickets
        from chalicelib.verification.faces.service import Reviewing

        return Reviewing(self._faces, Concerning(DynamoTickets(self.tables)))
