"""Who is asking, and how we know: codes on their ways, what they are worth, and the people they belong to."""

from functools import cached_property
from typing import TYPE_CHECKING

from .foundations import Foundations

if TYPE_CHECKING:
    from chalicelib.identity.ports import Grants
    from chalicelib.identity.service import Identity
    from chalicelib.verification.codes.service import Closings, Codes, Following, Hearing, Reaching
    from chalicelib.verification.codes.store import DynamoGates, DynamoVerifications


class Proofs(Foundations):
    """One-time codes, and identity, which asks what they are worth."""

    @cached_property
    def _gates(self) -> "DynamoGates":
        from chalicelib.verification.codes.store import DynamoGates

        return DynamoGates(self.tables)

    @cached_property
    def _verifications(self) -> "DynamoVerifications":
        from chalicelib.verification.codes.store import DynamoVerifications

        return DynamoVerifications(self.tables)

    @cached_property
    def hearing(self) -> "Hearing":
        from chalicelib.verification.codes.service import Hearing

        return Hearing(self._verifications)

    @cached_property
    def following(self) -> "Following":
        from chalicelib.verification.codes.service import Following

        return Following(self.codes)

    @cached_property
    def codes(self) -> "Codes":
        from chalicelib.verification.codes.service import Codes, Gate

        return Codes(
            store=self._verifications,
            keys=self.keys,
            gate=Gate(self._gates, self.keys),
            ways=self.ways,
            wording=self._wording,
            test_numbers=self._settings.test_numbers,
        )

    @cached_property
    def closings(self) -> "Closings":
        from chalicelib.verification.codes.service import Closings

        return Closings(self._gates)

    @cached_property
    def reaching(self) -> "Reaching":
        from chalicelib.verification.codes.service import Reaching

        return Reaching(self._gates)

    @cached_property
    def identity(self) -> "Identity":
        from chalicelib.identity.service import Identity
        from chalicelib.verification import warnings

        return Identity(self.people, self.directory, self.grants, self.issuer, warnings.AT_SIGN_IN)

    @property
    def grants(self) -> "Grants":
        """Who knows what a grant is worth."""
        return self.codes
