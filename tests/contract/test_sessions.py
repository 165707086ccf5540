"""What every store of sessions promises."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import Replayed
from chalicelib.kernel.errors import Changed
from tests.builders import link_after, stamp
from tests.contract.registers import ANN, CUSTOMER, KEYS, Register
from tests.world import LI, START


def test_a_session_is_found_by_its_token_and_by_no_other(register: Register) -> None:
    token = register.start(register.staff())

    session = register.people.session(token)
    assert (session.id, session.actor.id, session.actor.roles) == ("ses_1", "ann", {Role.AGENT})
    assert (session.actor.units, session.expires_at) == ({"east", "west"}, START + timedelta(hours=12))
    assert register.people.session(KEYS.token("session", "ses_2")) is None


def test_signing_in_brings_a_new_customer_along(register: Register) -> None:
    register.start(CUSTOMER, grant="ver_1")

    assert register.people.customer_by_phone(LI).version == 1
    assert register.people.spent("ver_1")


def test_a_grant_opens_one_session(register: Register) -> None:
    register.start(CUSTOMER, grant="ver_1")
    known = register.people.customer("cus_1")

    with pytest.raises(Changed):
        register.start(known, 2, "ver_1")
    assert register.people.session(KEYS.token("session", "ses_2")) is None
    assert register.people.customer("cus_1") == known


def test_who_signed_in_elsewhere_meanwhile_is_not_as_read(register: Register) -> None:
    read = register.customer()
    register.start(read)

    with pytest.raises(Changed):
        register.start(read, 2)


def test_the_same_sign_in_again_is_told_what_was_answered(register: Register) -> None:
    register.start(CUSTOMER, grant="ver_1", given=stamp())

    with pytest.raises(Replayed):
        register.start(register.people.customer("cus_1"), 2, "ver_1", stamp())


def test_an_ended_session_is_none_and_ends_once(register: Register) -> None:
    token = register.start(register.staff())
    session = register.people.session(token)
    register.end(token, register.people.staff("ann"))

    assert register.people.session(token) is None
    records, link = link_after("ann", register.people.staff("ann").link)
    with pytest.raises(Changed):
        register.people.end(session, token, replace(ANN, link=link), records)


def test_sessions_of_a_member_of_staff_are_known_until_they_expire(register: Register) -> None:
    register.start(register.staff(), 1)
    register.start(register.people.staff("ann"), 2, until=START + timedelta(hours=1))

    now, later = START, START + timedelta(hours=1)
    assert sorted(register.people.sessions_of("ann", now).values()) == ["ses_1", "ses_2"]
    assert list(register.people.sessions_of("ann", later).values()) == ["ses_1"]
    assert register.people.sessions_of("bob", now) == {}


def test_registering_ends_the_sessions_that_are_named_and_no_other(register: Register) -> None:
    one = register.start(register.staff(), 1)
    two = register.start(register.people.staff("ann"), 2)
    (mark,) = (mark for mark, id_ in register.people.sessions_of("ann", START).items() if id_ == "ses_1")

    register.staff(replace(ANN, active=False), register.people.staff("ann"), [mark])

    assert register.people.session(one) is None
    assert register.people.session(two) is not None


def test_what_is_not_as_read_ends_no_session(register: Register) -> None:
    token = register.start(before := register.staff())
    marks = list(register.people.sessions_of("ann", START))

    with pytest.raises(Changed):
        register.staff(replace(ANN, active=False), before, marks)
    assert register.people.session(token) is not None
