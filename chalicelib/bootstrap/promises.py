"""Promised calls."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from .foundations import HERE
from .waiting import Waits

if TYPE_CHECKING:
    from chalicelib.callbacks.ports import Telephony
    from chalicelib.callbacks.service import (
        Barring,
        Changing,
        Figures,
        Following,
        Framing,
        Holding,
        Leasing,
        Moving,
        Offering,
        Promising,
        Proving,
        Reporting,
        Scoring,
        Surveying,
        Texting,
        Trying,
        Wishing,
        Working,
    )
    from chalicelib.callbacks.store import DynamoCallbacks
    from chalicelib.sla.contact import ContactRules
    from chalicelib.sla.questionnaires import Questionnaires


class Promises(Waits):
    """Calls that are promised, and what people wish about being called."""

    def made_again(self, purpose: str, id_: str) -> Any:
        """Make a proof word again, or tell the number to dial: neither is kept in an answer."""
        if purpose == "callback_word":
            return self.proof_words.word(id_)
        if purpose == "callback_phone":
            return self.callbacks.found(id_).phone
        return super().made_again(purpose, id_)

    def link(self, about: str, facts: Any) -> str:
        """Give what only the reader of a text is to know: a link, and of a promised call its proof word."""
        return self.proof_words.word(about) if about.startswith("cbk_") else super().link(about, facts)

    @cached_property
    def contact_rules(self) -> "ContactRules":
        from chalicelib.sla.contact import ContactRules

        return ContactRules(HERE / "packs" / "contact")

    @cached_property
    def telephony(self) -> "Telephony":
        from chalicelib.aws.telephony import AgentDials, AmazonConnect

        instance, flow, source = self._settings.telephony
        return AmazonConnect(instance, flow, source) if instance else AgentDials()

    @cached_property
    def _promised(self) -> "DynamoCallbacks":
        from chalicelib.callbacks.store import DynamoCallbacks

        return DynamoCallbacks(self.tables)

    @cached_property
    def callbacks(self) -> "Changing":
        from chalicelib.callbacks.service import Changing

        return Changing(self._promised)

    @cached_property
    def _framing(self) -> "Framing":
        from chalicelib.callbacks.service import Framing

        each = self._settings.calls_per_agent
        return Framing(self.contact_rules, self.institution, self.packs, self.institution, each)

    @cached_property
    def call_windows(self) -> "Offering":
        from chalicelib.callbacks.service import Offering

        return Offering(self._promised, self._framing)

    @cached_property
    def proof_words(self) -> "Proving":
        from chalicelib.callbacks.service import Proving

        return Proving(self._promised, self.keys)

    @cached_property
    def promising(self) -> "Promising":
        from chalicelib.callbacks.service import Promising

        people = (self.institution, self.identity, self.hearing_of_calls)
        return Promising(self._promised, self._framing, self.call_windows, self.proof_words, *people)

    @cached_property
    def follow_ups(self) -> "Following":
        from chalicelib.callbacks.service import Following

        return Following(self.promising, self.hearing_of_calls)

    @cached_property
    def moving(self) -> "Moving":
        from chalicelib.callbacks.service import Moving

        return Moving(self.callbacks, self.call_windows)

    @cached_property
    def _barring(self) -> "Barring":
        from chalicelib.callbacks.service import Barring

        return Barring(self._framing)

    @cached_property
    def _holding(self) -> "Holding":
        from chalicelib.callbacks.service import Holding

        return Holding(self.callbacks, self.number_signals, self.proof_words)

    @cached_property
    def trying(self) -> "Trying":
        from chalicelib.callbacks.service import Trying

        return Trying(self.callbacks, self._barring, self.telephony, self._holding)

    @cached_property
    def call_reports(self) -> "Reporting":
        from chalicelib.callbacks.service import Reporting

        return Reporting(self.promising, self.trying, self.signers("calls"))

    @cached_property
    def leasing(self) -> "Leasing":
        from chalicelib.callbacks.service import Leasing

        return Leasing(self.callbacks, self._barring, self.trying)

    @cached_property
    def working(self) -> "Working":
        from chalicelib.callbacks.service import Working

        return Working(self.callbacks, self._barring, self.trying, self.hearing_of_calls)

    @cached_property
    def texting(self) -> "Texting":
        from chalicelib.callbacks.service import Texting

        return Texting(self._promised, self._framing)

    @cached_property
    def wishing(self) -> "Wishing":
        from chalicelib.callbacks.service import Wishing

        return Wishing(self._promised)

    @cached_property
    def questionnaires(self) -> "Questionnaires":
        from chalicelib.sla.questionnaires import Questionnaires

        return Questionnaires(HERE / "packs" / "questionnaires")

    @cached_property
    def surveying(self) -> "Surveying":
        from chalicelib.callbacks.service import Surveying

        return Surveying(self.callbacks, self.questionnaires)

    @cached_property
    def scoring(self) -> "Scoring":
        from chalicelib.callbacks.service import Scoring

        return Scoring(self.callback_figures, self.questionnaires)

    @cached_property
    def callback_figures(self) -> "Figures":
        from chalicelib.callbacks.service import Figures

        return Figures(self._promised, self._framing)
