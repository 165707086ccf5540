"""Fraud: what is reported, and whether it is really us."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.kernel.wording import Wording

from .foundations import HERE
from .proofs import Proofs

if TYPE_CHECKING:
    from chalicelib.verification.fraud.service import Reporting, Words
    from chalicelib.verification.fraud.store import DynamoReports


LANGUAGES = ("en", "zh-CN")


class Genuine(Proofs):
    """Reports of fraud, and words by which customers know us."""

    def made_again(self, purpose: str, id_: str) -> Any:
        """Make the token of a thing, or spell a word, the same each time."""
        from chalicelib.verification.fraud.model import WORD

        return self.words_of_ours.text_of(id_) if purpose == WORD else super().made_again(purpose, id_)

    @cached_property
    def _fraud(self) -> "DynamoReports":
        from chalicelib.verification.fraud.store import DynamoReports

        return DynamoReports(self.tables)

    @cached_property
    def reporting(self) -> "Reporting":
        from chalicelib.verification.codes.service import Hardening
        from chalicelib.verification.fraud.service import Reporting

        return Reporting(self._fraud, self.keys, self.identity, Hardening(self.codes.gate), self.ending)

    @cached_property
    def words_of_ours(self) -> "Words":
        from chalicelib.verification.fraud.service import Words

        return Words(self._fraud, self.keys)

    @cached_property
    def _advice(self) -> Wording:
        return Wording(HERE / "verification" / "fraud" / "texts")

    def advice(self, outcome: str) -> dict[str, str]:
        """Give what whoever asked about a word is told, in every language."""
        return {language: self._advice.words(outcome, language, {}) for language in LANGUAGES}
