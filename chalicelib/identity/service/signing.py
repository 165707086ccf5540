"""Signing in and out, and knowing customers."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.kernel import phone as phones
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Forbidden, GrantSpent, NotSignedIn, WarningNotAcknowledged
from chalicelib.kernel.events import Event, Link, Record, chained, end

from .. import events, policy
from ..model import Assurance, Begun, Customer, Seat, Session, SignedIn, Staff
from ..ports import Directory, Grant, Grants, People, TokenIssuer
from .registering import Register

TRIES = 3


@dataclass(frozen=True)
class Sessions:
    """Reads sessions; one read per request, nothing remembered, and a write now and then for somebody at a kiosk."""

    people: People

    def actor(self, token: str, now: datetime) -> Actor:
        """Give who is signed in with a token; raises NotSignedIn if nobody is, or no longer."""
        session = self.people.session(token)
        if session is None or not session.in_force(now):
            raise NotSignedIn
        if session.unseen(now, policy.NOTED_EVERY):
            self._note(replace(session, seen_at=now))
        return session.actor

    def _note(self, session: Session) -> None:
        try:
            self.people.seen(session)
        except Changed as ended:
            raise NotSignedIn from ended


@dataclass(frozen=True)
class Identity(Register):
    """Customers, staff, units and their sessions."""

    directory: Directory
    grants: Grants
    issuer: TokenIssuer
    warnings_in_force: frozenset[tuple[str, int]]

    def sign_in(self, grant_token: str, warning: tuple[str, int], call: Call, dwell: int | None = None) -> SignedIn:
        """Begin a customer's session for a grant; the customer is registered at the first one.

        `dwell` is how many seconds the warning was looked at, if the app says.

        Raises GrantSpent for a grant that is worth nothing, WarningNotAcknowledged for another warning than the one shown.
        """
        grant = self._worth(grant_token, warning, call)
        for _ in range(TRIES):
            try:
                started, records = self._customer_session(grant, warning, call, dwell=dwell)
                self.people.start(started.session, started.person, records, grant.id, call.stamp(started))
                return started
            except Changed as changed:
                # Either the grant is spent, or the same customer signed in elsewhere at this moment.
                if self.people.spent(grant.id):
                    raise GrantSpent from changed
        raise Changed

    def visit(self, grant_token: str, warning: tuple[str, int], seat: Seat, call: Call) -> Begun:
        """Make ready a customer's session at a kiosk; nothing is written yet. Raises as `sign_in` does."""
        grant = self._worth(grant_token, warning, call)
        started, records = self._customer_session(grant, warning, call, seat)
        writes = self.people.starting(started.session, started.person, records, grant.id)
        return Begun(started.session, self.people.marked(started.session), writes, records, grant.id)

    def _worth(self, grant_token: str, warning: tuple[str, int], call: Call) -> Grant:
        grant = self.grants.grant(grant_token, "sign_in")
        if grant is None or grant.expires_at <= call.now:
            raise GrantSpent
        if warning not in self.warnings_in_force:
            raise WarningNotAcknowledged(errors=[{"field": "warning_acknowledged", "code": "not_one_of"}])
        return grant

    def _customer_session(
        self, grant: Grant, warning: tuple[str, int], call: Call, seat: Seat | None = None, dwell: int | None = None
    ) -> tuple[SignedIn, list[Record]]:
        known = self.people.customer_by_phone(grant.phone)
        customer = known or self._new_customer(grant.phone, verified=True, call=call)
        if customer.shut_out_at is not None and grant.made_at <= customer.shut_out_at:
            raise GrantSpent
        happened: list[Event] = []
        if known is None:
            happened.append(events.CustomerRegistered(customer.id, customer.unit, verified=True))
        elif not known.verified:
            customer = replace(customer, verified=True)
            happened.append(events.CustomerVerified(customer.id))
        actor = Actor(customer.id, frozenset({Role.CUSTOMER}), unit=customer.unit)
        return _begun(actor, customer, happened, call, (grant.id, f"{warning[0]}@{warning[1]}", dwell), seat)

    def staff_sign_in(self, id_token: str, call: Call) -> SignedIn:
        """Begin the session of a member of staff for a token of the institution's own sign-in.

        The token says who it is; roles and unit are those registered here. Raises NotSignedIn for anybody not registered.
        """
        staff = self.people.staff(str(self.issuer.claims(id_token)["sub"]))
        if staff is None or not staff.active:
            raise NotSignedIn
        units = policy.below(self.directory.units(), staff.unit)
        actor = Actor(staff.id, staff.roles, staff.unit, units)
        started, records = _begun(actor, staff, [], call)
        self.people.start(started.session, started.person, records, "", call.stamp(started))
        return started

    def sign_out(self, token: str, call: Call) -> None:
        """End the session of a token; it is refused from the next request on.

        Raises Forbidden for a kiosk itself: its session has customers' sessions in it, so that whoever keeps kiosks ends it.
        """
        session = self.people.session(token)
        if session and session.actor.id == session.actor.device:
            raise Forbidden
        person = self._person(session.actor) if session else None
        if session is None or person is None:
            raise NotSignedIn
        records = chained(person.id, person.link, [events.SessionEnded(session.id)], call)
        self.people.end(session, token, replace(person, link=end(records, person.link)), records)

    def known(self, id_: str) -> str:
        """Give the id back if there is such a customer, else an empty text."""
        return id_ if self.people.customer(id_) else ""

    def phone_of(self, customer: str) -> str:
        """Give the phone number of a customer, or an empty text."""
        found = self.people.customer(customer)
        return found.phone if found else ""

    def found_by_phone(self, phone: str) -> str:
        """Give the id of the customer of a phone number, or an empty text; nobody is registered by asking."""
        known = self.people.customer_by_phone(phones.dialable(phone))
        return known.id if known else ""

    def by_phone(self, phone: str, call: Call) -> str:
        """Give the id of the customer of a phone number; a new one has not proven to hold it yet. Raises PhoneInvalid."""
        number = phones.dialable(phone)
        known = self.people.customer_by_phone(number)
        if known is not None:
            return known.id
        customer = self._new_customer(number, verified=False, call=call)
        happened = [events.CustomerRegistered(customer.id, customer.unit, verified=False)]
        records = chained(customer.id, Link(), happened, call)
        try:
            self.people.register_customer(replace(customer, link=end(records, Link())), records)
        except Changed:
            again = self.people.customer_by_phone(number)
            if again is None:
                raise
            return again.id
        return customer.id

    def _new_customer(self, phone: str, *, verified: bool, call: Call) -> Customer:
        unit = policy.home_unit(self.directory.units(), phones.country(phone))
        return Customer(call.new_id("cus"), phone, unit.language, unit.id, verified, version=0)

    def _person(self, actor: Actor) -> Customer | Staff | None:
        return self.people.staff(actor.id) if actor.is_staff else self.people.customer(actor.id)


def _begun(
    actor: Actor,
    person: Customer | Staff,
    happened: list[Event],
    call: Call,
    proof: tuple[str | None, str | None, int | None] = (None, None, None),
    seat: Seat | None = None,
) -> tuple[SignedIn, list[Record]]:
    """Begin a session for somebody; `proof` names the verification, and the warning shown for it and for how long."""
    session = seated(actor, Assurance.STAFF if actor.is_staff else Assurance.SMS, call, seat)
    happened = [*happened, events.SessionStarted(session.id, session.assurance, *proof)]
    records = chained(person.id, person.link, happened, replace(call, actor=session.actor))
    return SignedIn(session, replace(person, link=end(records, person.link))), records


def seated(actor: Actor, assurance: Assurance, call: Call, seat: Seat | None = None) -> Session:
    """Make a fresh session, as long as sessions last or as the seat allows."""
    id_ = call.new_id("ses")
    if seat is None:
        return Session(id_, replace(actor, session=id_), assurance, call.now + policy.SESSION_LIFE)
    actor = replace(actor, session=id_, device=seat.device, offers=seat.offers)
    return Session(id_, actor, assurance, seat.until, seat.idle, call.now if seat.idle else None)
