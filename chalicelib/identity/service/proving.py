"""Proving once more who one is, and what needs it: another phone number is another way in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.kernel import access, assurance
from chalicelib.kernel.access import Act
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Changed, GrantSpent, Invalid, NotSignedIn, WarningNotAcknowledged
from chalicelib.kernel.events import Event, Record, chained, end
from chalicelib.kernel.risk import Use

from .. import events, policy
from ..model import CoolingOff, Customer, PhoneTaken, Session
from ..ports import Grant, Grants, People, Telling, Trust, Wording

TOLD = "phone_changing"


@dataclass(frozen=True)
class Proving:
    """A grant is worth something for the customer whose phone it was made for, once."""

    people: People
    grants: Grants
    telling: Telling
    wording: Wording
    warning_in_force: tuple[str, int]
    trust: Trust

    def step_up(self, grant_token: str, call: Call) -> Session:
        """Raise the level of the session one asks with, for a code to one's own phone that confirms no transaction.

        Raises GrantSpent for what is old, spent, bound or to another phone, and NotSignedIn, Changed.
        """
        access.require(call.actor, Act.SESSION_PROVE)
        customer, session = self._own(call)
        grant = self._worth(grant_token, "step_up", call)
        if grant.bound or grant.phone != customer.phone:
            raise GrantSpent
        proven = replace(session, actor=replace(session.actor, proven_at=call.now))
        customer, records = _told(customer, events.SessionProven(session.id, grant.id), call)
        try:
            self.people.prove(proven, customer, records, grant.id, call.stamp(proven))
        except Changed as changed:
            self._spent(grant, changed)
        return proven

    def change_phone(self, grant_token: str, shown: tuple[str, int], dwell: int, call: Call) -> Customer:
        """Bind oneself to another number, which a code went to; all other sessions end.

        The old number is told before anything is changed. Raises StepUpNeeded, GrantSpent, WarningNotAcknowledged,
        CoolingOff within a day of the last time, PhoneTaken, Changed, and Unavailable if the old number cannot be told.
        """
        access.require(call.actor, Act.PHONE_CHANGE)
        assurance.require(call.actor, Act.PHONE_CHANGE, call.now)
        customer, session = self._own(call)
        # What is known of the number may have changed since: then it was not proven for long, or not at all.
        assurance.require(call.actor, Act.PHONE_CHANGE, call.now, self.trust.judged(Use.PROOF, customer.phone, call))
        grant = self._worth(grant_token, "change_phone", call)
        self._acknowledged(shown, dwell)
        if customer.phone_since and call.now < (until := customer.phone_since + policy.COOLING_OFF):
            raise CoolingOff(until=text(until))
        if self.people.customer_by_phone(grant.phone):
            raise PhoneTaken
        others = self._others(session, call)
        warning = f"{shown[0]}@{shown[1]}"
        happened = events.PhoneChanged(customer.id, grant.id, warning, dwell, tuple(sorted(others.values())))
        moved = replace(customer, phone=grant.phone, phone_since=call.now, verified=True)
        moved, records = _told(moved, happened, call)
        self._tell(customer, call)
        try:
            self.people.rebind(moved, customer, [*others], records, grant.id, call.stamp(moved))
        except Changed as changed:
            self._spent(grant, changed)
        return moved

    def _own(self, call: Call) -> tuple[Customer, Session]:
        customer, session = self.people.customer(call.actor.id), self.people.own(call.actor.session)
        if customer is None or session is None:
            raise NotSignedIn
        return customer, session

    def _worth(self, token: str, purpose: str, call: Call) -> Grant:
        grant = self.grants.grant(token, purpose)
        if grant is None or grant.expires_at <= call.now:
            raise GrantSpent
        return grant

    def _spent(self, grant: Grant, changed: Changed) -> None:
        if self.people.spent(grant.id):
            raise GrantSpent from changed
        raise changed

    def _acknowledged(self, shown: tuple[str, int], dwell: int) -> None:
        if shown != self.warning_in_force:
            raise WarningNotAcknowledged(errors=[{"field": "warning_acknowledged", "code": "not_one_of"}])
        if dwell < policy.LOOKED_AT:
            raise Invalid.field("warning_acknowledged.dwell", "too_small")

    def _others(self, session: Session, call: Call) -> Mapping[str, str]:
        marks = self.people.sessions_of(call.actor.id, call.now)
        return {mark: id_ for mark, id_ in marks.items() if id_ != session.id}

    def _tell(self, customer: Customer, call: Call) -> None:
        """Tell the number that is about to be the old one, whatever comes of it."""
        body = self.wording.words(TOLD, customer.language, {})
        self.telling.text(call.new_id("msg"), customer.phone, body, TOLD)


def _told(customer: Customer, happened: Event, call: Call) -> tuple[Customer, list[Record]]:
    records = chained(customer.id, customer.link, [happened], call)
    return replace(customer, link=end(records, customer.link)), records
