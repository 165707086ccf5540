"""Promised calls."""

from functools import cached_property
from typing import Any

from chalicelib.aws.telephony import AgentDials, AmazonConnect
from chalicelib.callbacks.ports import Telephony
from chalicelib.callbacks.service import (
    Barring,
    Changing,
    Figures,
    Following,
    Framing,
    Leasing,
    Moving,
    Offering,
    Promising,
    Proving,
    Reporting,
    Trying,
    Wishing,
    Working,
)
from chalicelib.callbacks.store import DynamoCallbacks
from chalicelib.sla.contact import ContactRules

from .foundations import HERE
from .visits import Visits


class Promises(Visits):
    """Calls that are promised, and what people wish about being called."""

    def made_again(self, purpose: str, id_: str) -> Any:
        """Make a proof word again, or tell the number to dial: neither is kept in an answer."""
        if purpose == "callback_word":
            return self.proving.word(id_)
        if purpose == "callback_phone":
            return self.callbacks.found(id_).phone
        return super().made_again(purpose, id_)

    def link(self, about: str, facts: Any) -> str:
        """Give what only the reader of a text is to know: a link, and of a promised call its proof word."""
        return self.proving.word(about) if about.startswith("cbk_") else super().link(about, facts)

    @cached_property
    def contact_rules(self) -> ContactRules:
        return ContactRules(HERE / "packs" / "contact")

    @cached_property
    def telephony(self) -> Telephony:
        instance, flow, source = self._settings.telephony
        return AmazonConnect(instance, flow, source) if instance else AgentDials()

    @cached_property
    def _promised(self) -> DynamoCallbacks:
        return DynamoCallbacks(self.tables)

    @cached_property
    def callbacks(self) -> Changing:
        return Changing(self._promised)

    @cached_property
    def _framing(self) -> Framing:
        each = self._settings.calls_per_agent
        return Framing(self.contact_rules, self.institution, self.packs, self.institution, each)

    @cached_property
    def offering(self) -> Offering:
        return Offering(self._promised, self._framing)

    @cached_property
    def proving(self) -> Proving:
        return Proving(self._promised, self.keys)

    @cached_property
    def promising(self) -> Promising:
        people = (self.institution, self.identity, self.hearing)
        return Promising(self._promised, self._framing, self.offering, self.proving, *people)

    @cached_property
    def following(self) -> Following:
        return Following(self.promising, self.hearing)

    @cached_property
    def moving(self) -> Moving:
        return Moving(self.callbacks, self.offering)

    @cached_property
    def _barring(self) -> Barring:
        return Barring(self._framing)

    @cached_property
    def trying(self) -> Trying:
        return Trying(self.callbacks, self._barring, self.telephony)

    @cached_property
    def reporting(self) -> Reporting:
        return Reporting(self.promising, self.trying, lambda: self.keys.key("calls"))

    @cached_property
    def leasing(self) -> Leasing:
        return Leasing(self.callbacks, self._barring, self.trying)

    @cached_property
    def working(self) -> Working:
        return Working(self.callbacks, self._barring, self.trying, self.hearing)

    @cached_property
    def wishing(self) -> Wishing:
        return Wishing(self._promised)

    @cached_property
    def callback_figures(self) -> Figures:
        return Figures(self._promised, self._framing)
