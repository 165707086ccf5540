"""Who is asking, and how we know: codes on their ways, what they are worth, and the people they belong to."""

from functools import cached_property
from typing import TYPE_CHECKING

from .foundations import HERE, Foundations

if TYPE_CHECKING:
    from chalicelib.identity.ports import Grants
    from chalicelib.identity.service import Identity
    from chalicelib.verification.codes.service import Closings, Codes, Following, Gate, Hearing, Reaching
    from chalicelib.verification.codes.store import DynamoGates, DynamoVerifications
    from chalicelib.verification.signals.ports import Numbers
    from chalicelib.verification.signals.service import Judging


class Proofs(Foundations):
    """One-time codes, and identity, which asks what they are worth."""

    @cached_property
    def _gates(self) -> "DynamoGates":
        from chalicelib.verification.codes.store import DynamoGates

        return DynamoGates(self.tables)

    @cached_property
    def _gate(self) -> "Gate":
        from chalicelib.verification.codes.service import Gate

        return Gate(self._gates, self.keys)

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
        from chalicelib.verification.codes.service import Codes

        return Codes(
            store=self._verifications,
            keys=self.keys,
            gate=self._gate,
            ways=self.ways,
            wording=self._wording,
            trust=self.number_signals,
            test_numbers=self._settings.test_numbers,
        )

    @cached_property
    def numbers(self) -> "Numbers":
        """Who knows something of phone numbers; what tests were told goes before any provider."""
        from chalicelib.aws.numbers import NobodyKnows, TestSignals, TwilioLookup

        provider, _, told = self._settings.signals
        if told:
            return TestSignals(told)
        return TwilioLookup(self.twilio) if provider == "twilio" else NobodyKnows()

    @cached_property
    def number_signals(self) -> "Judging":
        """Who judges a phone number before it is relied on."""
        from chalicelib.verification.codes.service import Recalling
        from chalicelib.verification.signals.service import Judging, Tables
        from chalicelib.verification.signals.store import DynamoChecks

        recalling = Recalling(self._gate)
        table, daily = Tables(HERE / "packs" / "signals"), self._settings.signals[1]
        return Judging(DynamoChecks(self.tables), self.keys, self.numbers, recalling, table, daily)

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
