"""More than a session: proved once more, a moment ago; and another phone number, which is another way in."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity import policy
from chalicelib.identity.model import CoolingOff, PhoneTaken, SignedIn
from chalicelib.identity.service import Proving
from chalicelib.kernel import assurance
from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import Actor
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import (
    Forbidden,
    GrantSpent,
    Invalid,
    NotSignedIn,
    StepUpNeeded,
    Unavailable,
    WarningNotAcknowledged,
)
from chalicelib.kernel.money import Money
from chalicelib.kernel.risk import Decision, Outcome, Use
from chalicelib.verification import warnings
from chalicelib.verification.codes.model import Purpose, Transaction
from tests.fakes import FakeTrust
from tests.office import KEYS, Office
from tests.unit.identity.test_ending import alive
from tests.unit.identity.test_signing import grant, sign_in
from tests.world import LI, SMITH

NEW = "+8613900139000"
SHOWN = warnings.CONTEXTS["new_phone"]


@pytest.fixture
def proving(office: Office) -> Proving:
    of = office.services
    return Proving(office.people, of.codes, office.provider, of._wording, SHOWN, FakeTrust())


def by(office: Office, signed: SignedIn) -> Call:
    """Ask with a session as it is kept now."""
    session = office.people.own(signed.session.id)
    assert session is not None
    return Call(session.actor, office.now, "req", "api", office.random.randbytes)


def proven(office: Office, proving: Proving) -> SignedIn:
    """Sign in, and prove it once more."""
    signed = sign_in(office, grant(office))
    proving.step_up(grant(office, LI, Purpose.STEP_UP), by(office, signed))
    return signed


def change(office: Office, proving: Proving, signed: SignedIn, phone: str = NEW, **but: Any) -> Any:
    token = but.get("grant") or grant(office, phone, Purpose.CHANGE_PHONE)
    return proving.change_phone(token, but.get("shown", SHOWN), but.get("dwell", 8), by(office, signed))


def test_a_session_alone_is_not_enough_and_what_would_be_is_named(office: Office, proving: Proving) -> None:
    signed = sign_in(office, grant(office))
    with pytest.raises(StepUpNeeded) as needed:
        change(office, proving, signed)
    assert needed.value.facts == {"level": 2, "acceptable": ["step_up"], "within": 600}

    proving.step_up(grant(office, LI, Purpose.STEP_UP), by(office, signed))
    assert change(office, proving, signed).phone == NEW


@pytest.mark.parametrize(
    ("risk", "seconds"),
    [
        (Decision(Outcome.ALLOW), 599),
        (Decision(Outcome.ALLOW, within=180), 179),
        (Decision(Outcome.ALLOW, within=3600), 599),
        (Decision(Outcome.STEP_UP), -1),
    ],
)
def test_what_was_proved_holds_for_less_where_the_number_is_trusted_less(
    office: Office, proving: Proving, risk: Decision, seconds: int
) -> None:
    signed, began = proven(office, proving), office.now
    trust = proving.trust
    assert isinstance(trust, FakeTrust)
    trust.decisions[Use.PROOF] = risk

    office.now = began + timedelta(seconds=seconds + 1)
    with pytest.raises(StepUpNeeded):
        change(office, proving, signed)
    if seconds >= 0:
        office.now = began + timedelta(seconds=seconds)
        assert change(office, proving, signed).phone == NEW
    if seconds != 599:  # what is too old in any case is asked about of nobody
        assert set(trust.asked) == {(Use.PROOF, LI)}


def test_what_was_proved_holds_for_ten_minutes_and_in_this_session_alone(office: Office, proving: Proving) -> None:
    signed = proven(office, proving)
    other = sign_in(office, grant(office, LI))
    need = assurance.NEEDS[Act.PHONE_CHANGE].within

    assurance.require(by(office, signed).actor, Act.PHONE_CHANGE, office.now + need - timedelta(seconds=1))
    for actor, at in ((by(office, signed).actor, office.now + need), (by(office, other).actor, office.now)):
        with pytest.raises(StepUpNeeded):
            assurance.require(actor, Act.PHONE_CHANGE, at)
    assurance.require(by(office, other).actor, Act.TICKET_READ, office.now)


def test_a_grant_proves_once_for_whom_it_was_made_and_confirms_nothing_else(office: Office, proving: Proving) -> None:
    signed = sign_in(office, grant(office))
    spent = grant(office, LI, Purpose.STEP_UP)
    proving.step_up(spent, by(office, signed))
    pay = office.services.codes.start(
        Purpose.STEP_UP, LI, "en", Transaction(Money(1, "CNY"), "Wang"), office.call("anonymous")
    )
    code = next(word for word in office.provider.to(LI)[-1].body.split() if word.isdigit())
    handle = KEYS.handle("verification", pay.id)
    office.services.codes.check(handle, code, Transaction(Money(1, "CNY"), "Wang"), office.call("anonymous"))

    others = (grant(office, SMITH, Purpose.STEP_UP), KEYS.token("grant:step_up", pay.id), spent, "none")
    for worthless in others:
        with pytest.raises(GrantSpent):
            proving.step_up(worthless, by(office, signed))
    old = grant(office, SMITH, Purpose.STEP_UP)
    office.now += timedelta(minutes=10)
    with pytest.raises(GrantSpent):
        proving.step_up(old, by(office, signed))
    assert office.events(signed.session.actor.id).count("session.proven") == 1


def test_a_session_that_was_ended_proves_nothing(office: Office, proving: Proving) -> None:
    signed = sign_in(office, grant(office))
    call = by(office, signed)
    office.services.identity.sign_out(KEYS.token("session", signed.session.id), call)

    with pytest.raises(NotSignedIn):
        proving.step_up(grant(office, LI, Purpose.STEP_UP), call)
    with pytest.raises(Forbidden):
        proving.step_up("any", replace(call, actor=Actor("agent-east", frozenset())))


def test_another_number_is_told_to_the_old_one_and_ends_all_other_sessions(office: Office, proving: Proving) -> None:
    elsewhere = sign_in(office, grant(office))
    office.now += timedelta(minutes=11)
    signed = proven(office, proving)
    change(office, proving, signed)

    assert office.provider.to(LI)[-1].template == "phone_changing"
    assert alive(office, elsewhere, signed) == [False, True]
    customer = signed.session.actor.id
    assert (office.people.customer_by_phone(NEW).id, office.people.customer_by_phone(LI)) == (customer, None)
    (told,) = office.ledger.bodies(customer, "customer.phone_changed")
    assert (told["warning"], told["dwell"], told["sessions"]) == ("new-phone@1", 8, [elsewhere.session.id])
    assert NEW not in str(list(office.ledger.chain(customer)))
    assert sign_in(office, grant(office, NEW)).session.actor.id == customer
    assert sign_in(office, grant(office, LI)).session.actor.id != customer


def test_if_the_old_number_cannot_be_told_nothing_is_changed(office: Office, proving: Proving) -> None:
    signed = proven(office, proving)
    token = grant(office, NEW, Purpose.CHANGE_PHONE)
    office.provider.away = True

    with pytest.raises(Unavailable):
        change(office, proving, signed, grant=token)
    assert office.people.customer_by_phone(LI) is not None
    office.provider.away = False
    assert change(office, proving, signed, grant=token)


def test_the_warning_has_to_be_that_of_a_new_number_and_to_have_been_read(office: Office, proving: Proving) -> None:
    signed = proven(office, proving)
    token = grant(office, NEW, Purpose.CHANGE_PHONE)

    for shown in (warnings.CONTEXTS["sign_in"], (SHOWN[0], 2)):
        with pytest.raises(WarningNotAcknowledged):
            change(office, proving, signed, grant=token, shown=shown)
    with pytest.raises(Invalid):
        change(office, proving, signed, grant=token, dwell=policy.LOOKED_AT - 1)
    assert change(office, proving, signed, grant=token, dwell=policy.LOOKED_AT)


def test_it_is_not_done_twice_in_a_day(office: Office, proving: Proving) -> None:
    signed = proven(office, proving)
    change(office, proving, signed)
    office.now += timedelta(minutes=1)
    with pytest.raises(CoolingOff) as cooling:
        change(office, proving, signed, "+8613700137000")
    assert cooling.value.facts["until"] == "2026-11-24T02:00:00.000Z"

    office.now += policy.COOLING_OFF
    again = sign_in(office, grant(office, NEW))
    proving.step_up(grant(office, NEW, Purpose.STEP_UP), by(office, again))
    assert change(office, proving, again, "+8613700137000")


def test_a_number_that_is_somebody_elses_is_not_taken_over(office: Office, proving: Proving) -> None:
    sign_in(office, grant(office, SMITH))
    signed = proven(office, proving)

    with pytest.raises(PhoneTaken):
        change(office, proving, signed, SMITH)
    texts = office.provider.to(LI, "phone_changing")
    assert texts == []


@pytest.mark.parametrize("wrong", [Purpose.STEP_UP, Purpose.SIGN_IN])
def test_a_grant_for_something_else_changes_no_number(office: Office, proving: Proving, wrong: Purpose) -> None:
    signed = proven(office, proving)

    with pytest.raises(GrantSpent):
        change(office, proving, signed, grant=grant(office, NEW, wrong))


def test_every_warning_has_both_languages_and_every_context_one() -> None:
    assert set(warnings.CONTEXTS.values()) == set(warnings.TEXTS)
    for text in warnings.TEXTS.values():
        assert set(text) == {"en", "zh-CN"}
        assert all(text.values())
    assert warnings.CONTEXTS["sign_in"] in warnings.AT_SIGN_IN
