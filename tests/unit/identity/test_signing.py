"""Signing in and out: one session per grant, the warning that was shown, and nobody after the end."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity.model import SignedIn
from chalicelib.kernel.actors import Role
from chalicelib.kernel.assurance import GRANT_LIFE
from chalicelib.kernel.errors import Changed, GrantSpent, NotSignedIn, PhoneInvalid, WarningNotAcknowledged
from chalicelib.verification.codes.model import Purpose
from tests.office import KEYS, Office
from tests.world import LI, SMITH, START


def grant(office: Office, phone: str = LI, purpose: Purpose = Purpose.SIGN_IN) -> str:
    """Prove to hold a phone; give the grant."""
    started = office.services.codes.start(purpose, phone, None, None, office.call("anonymous"))
    code = next(word for word in office.provider.to(phone)[-1].body.replace("，", " ").split() if word.isdigit())
    office.services.codes.check(KEYS.handle("verification", started.id), code, None, office.call("anonymous"))
    return KEYS.token(f"grant:{purpose}", started.id)


def sign_in(office: Office, token: str, warning: Any = None) -> SignedIn:
    shown = warning or office.services.warning("sign_in")[0]
    return office.services.identity.sign_in(token, shown, office.call("anonymous"))


def token_of(signed: SignedIn) -> str:
    return KEYS.token("session", signed.session.id)


def test_a_first_sign_in_registers_the_customer_with_the_unit_of_the_region(office: Office) -> None:
    signed = sign_in(office, grant(office, SMITH))
    person = office.people.customer_by_phone(SMITH)

    assert (person.unit, person.language, person.verified) == ("london", "en", True)
    assert (signed.session.actor.id, signed.session.actor.roles) == (person.id, {Role.CUSTOMER})
    assert office.events(person.id) == ["customer.registered", "session.started"]
    assert SMITH not in str(list(office.ledger.chain(person.id)))


def test_who_staff_registered_is_verified_at_the_first_sign_in(office: Office) -> None:
    id_ = office.customer()
    sign_in(office, grant(office))
    sign_in(office, grant(office))

    assert office.events(id_) == ["customer.registered", "customer.verified", "session.started", "session.started"]


def test_a_grant_opens_one_session(office: Office) -> None:
    token = grant(office)
    sign_in(office, token)

    with pytest.raises(GrantSpent):
        sign_in(office, token)
    assert len(office.people.sessions) == 1


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.SIGN_IN])
def test_a_code_for_something_else_opens_nothing(office: Office, purpose: Purpose) -> None:
    with pytest.raises(GrantSpent):
        sign_in(office, grant(office, purpose=purpose))


def test_neither_an_old_grant_nor_a_forged_nor_an_unproven_one_opens_anything(office: Office) -> None:
    old = grant(office)
    office.now += GRANT_LIFE
    started = office.services.codes.start(Purpose.SIGN_IN, LI, None, None, office.call("anonymous"))

    for worthless in (
        old,
        "",
        "ver_1-forged",
        KEYS.token("grant:sign_in", started.id),
        KEYS.token("session", started.id),
    ):
        with pytest.raises(GrantSpent):
            sign_in(office, worthless)
    assert office.people.sessions == {}


def test_another_warning_than_the_one_shown_is_not_acknowledged_and_spends_no_grant(office: Office) -> None:
    token = grant(office)
    name, version = office.services.warning("sign_in")[0]

    for wrong in ((name, version + 1), ("other", version)):
        with pytest.raises(WarningNotAcknowledged):
            sign_in(office, token, wrong)
    assert sign_in(office, token)


def test_who_signs_in_twice_at_once_has_two_sessions(office: Office) -> None:
    one, two = grant(office), grant(office)
    sign_in(office, one)
    read = office.people.customer_by_phone

    def overtaken(phone: str) -> Any:
        found = read(phone)
        office.people.customer_by_phone = read  # type: ignore[method-assign]
        office.services.identity.sign_out(next(iter(office.people.sessions)), office.call())
        return found

    office.people.customer_by_phone = overtaken  # type: ignore[method-assign]
    sign_in(office, two)
    assert len(office.people.sessions) == 2


def test_who_is_overtaken_again_and_again_gives_up(office: Office) -> None:
    token = grant(office)
    office.people.start = lambda *_: (_ for _ in ()).throw(Changed())  # type: ignore[method-assign]

    with pytest.raises(Changed):
        sign_in(office, token)


def actor(office: Office, token: str) -> Any:
    return office.services.sessions.actor(token, office.now)


def test_a_session_is_somebody_until_it_expires_or_ends(office: Office) -> None:
    signed = sign_in(office, grant(office))
    assert actor(office, token_of(signed)) == signed.session.actor

    office.now += timedelta(hours=12)
    with pytest.raises(NotSignedIn):
        actor(office, token_of(signed))
    with pytest.raises(NotSignedIn):
        actor(office, "nothing")


def test_who_signs_out_is_nobody_on_the_next_request_and_signs_out_once(office: Office) -> None:
    signed = sign_in(office, grant(office))
    office.services.identity.sign_out(token_of(signed), office.call())

    with pytest.raises(NotSignedIn):
        actor(office, token_of(signed))
    with pytest.raises(NotSignedIn):
        office.services.identity.sign_out(token_of(signed), office.call())
    assert office.events(signed.person.id)[-1] == "session.ended"


def staff_sign_in(office: Office, who: str) -> SignedIn:
    return office.services.identity.staff_sign_in(f"token-of-{who}", office.call("anonymous"))


def test_staff_are_who_the_token_says_and_may_what_the_register_says(office: Office) -> None:
    signed = staff_sign_in(office, "head-hq")

    assert signed.session.actor.roles == {Role.SUPERVISOR}
    assert signed.session.actor.units == {"hq", "east", "london"}
    assert signed.session.expires_at == START + timedelta(hours=12)


def test_who_is_not_registered_or_has_left_does_not_sign_in(office: Office) -> None:
    office.register("agent-east", active=False)

    for who in ("agent-east", "nobody"):
        with pytest.raises(NotSignedIn):
            staff_sign_in(office, who)
    with pytest.raises(NotSignedIn):
        office.services.identity.staff_sign_in("a forged token", office.call("anonymous"))


@pytest.mark.parametrize("new", [{"active": False}, {"unit": "hq"}, {"roles": frozenset({Role.CLERK})}])
def test_whose_rights_change_is_signed_out_everywhere_with_the_same_write(office: Office, new: dict[str, Any]) -> None:
    tokens = [token_of(staff_sign_in(office, "lead-east")) for _ in range(2)]
    other = token_of(staff_sign_in(office, "agent-east"))
    office.register("lead-east", **new)

    for token in tokens:
        with pytest.raises(NotSignedIn):
            actor(office, token)
    assert actor(office, other)
    (revoked,) = office.ledger.bodies("lead-east", "session.revoked")
    assert len(revoked["sessions"]) == 2


@pytest.mark.parametrize("new", [{"languages": frozenset({"zh-CN"})}, {"capacity": 0.5}, {}])
def test_whose_rights_stay_stays_signed_in(office: Office, new: dict[str, Any]) -> None:
    token = token_of(staff_sign_in(office, "lead-east"))
    office.register("lead-east", **new)

    assert actor(office, token)
    assert "session.revoked" not in office.events("lead-east")


def test_registering_the_same_again_writes_nothing_and_leaves_absences_as_they_are(office: Office) -> None:
    office.away("lead-east")
    before = office.people.staff("lead-east")
    office.register("lead-east")
    assert office.people.staff("lead-east") == before

    office.register("lead-east", capacity=0.5)
    assert office.people.staff("lead-east").away == before.away


def test_asking_for_a_number_registers_nobody_and_logging_for_it_does_once(office: Office) -> None:
    identity = office.services.identity
    assert identity.found_by_phone(LI) == ""
    assert office.people.customers == {}

    id_ = identity.by_phone("+86 138 0013 8000", office.call())
    assert identity.by_phone(LI, office.call()) == identity.found_by_phone(LI) == identity.known(id_) == id_
    assert identity.known("cus_none") == ""
    assert not office.people.customer(id_).verified
    with pytest.raises(PhoneInvalid):
        identity.by_phone("12", office.call())


def test_of_two_who_register_a_number_at_once_both_get_the_same_customer(office: Office) -> None:
    read = office.people.customer_by_phone
    found = []

    def overtaken(phone: str) -> Any:
        office.people.customer_by_phone = read  # type: ignore[method-assign]
        found.append(office.services.identity.by_phone(phone, office.call()))

    office.people.customer_by_phone = overtaken  # type: ignore[method-assign]
    assert office.services.identity.by_phone(LI, office.call()) == found[0]
    assert len(office.people.customers) == 1
