"""What every store of people promises of customers' sessions, of what was proved in them, and of another number."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity.model import Assurance, Customer, PhoneTaken, Session
from chalicelib.identity.store import DynamoPeople
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.tokens import Keys
from tests.builders import link_after
from tests.fakes import MemoryPeople
from tests.world import LI, SMITH, START

KEYS = Keys(b"a root secret for tests")


@pytest.fixture(params=["memory", "dynamo"])
def people(request: pytest.FixtureRequest) -> Any:
    return MemoryPeople(KEYS) if request.param == "memory" else DynamoPeople(request.getfixturevalue("tables"), KEYS)


def test_a_customers_sessions_are_known_and_ended_by_their_marks(people: Any) -> None:
    actor = Actor("cus_1", frozenset({Role.CUSTOMER}), "east")
    records, link = link_after("cus_1")
    customer = Customer("cus_1", "+8613800138000", "en", "east", verified=True, version=0, link=link)
    session = Session("ses_1", replace(actor, session="ses_1"), Assurance.SMS, START + timedelta(hours=12))
    people.start(session, customer, records, "", None)
    (mark,) = people.sessions_of("cus_1", START)
    assert people.in_force([mark, "session#none"], START) == [session]
    assert people.in_force([mark], START + timedelta(hours=12)) == people.in_force([], START) == []

    records, later = link_after("cus_1", link)
    with pytest.raises(Changed):
        people.end_all(
            [mark], replace(customer, version=1, link=link_after("cus_1", later)[1]), link_after("cus_1", later)[0]
        )
    assert len(people.in_force([mark], START)) == 1
    people.end_all([mark], replace(customer, version=1, link=later), records)
    assert people.in_force([mark], START) == []


def test_a_customer_is_known_by_another_number_and_no_longer_by_the_old_one(people: Any) -> None:
    first, link = link_after("cus_1")
    second, other = link_after("cus_2")
    people.register_customer(Customer("cus_1", LI, "en", "east", verified=True, version=0, link=link), first)
    people.register_customer(Customer("cus_2", SMITH, "en", "east", verified=True, version=0, link=other), second)
    before = people.customer("cus_1")
    records, later = link_after("cus_1", link)
    moved = replace(before, phone="+8613900139000", phone_since=START, link=later)

    with pytest.raises(PhoneTaken):
        people.rebind(replace(moved, phone=SMITH), before, [], records, "ver_1", None)
    people.rebind(moved, before, [], records, "ver_1", None)
    assert people.spent("ver_1")
    assert people.customer_by_phone(LI) is None
    found = people.customer_by_phone("+8613900139000")
    assert (found.id, found.phone_since, found.link) == ("cus_1", START, later)
    again, _ = link_after("cus_1", later)
    with pytest.raises(Changed):
        people.rebind(replace(moved, phone="+8613700137000"), before, [], again, "ver_2", None)


def test_what_was_proved_stands_in_the_session_until_it_ends(people: Any) -> None:
    actor = Actor("cus_1", frozenset({Role.CUSTOMER}), "east", session="ses_1")
    records, link = link_after("cus_1")
    customer = Customer("cus_1", LI, "en", "east", verified=True, version=0, link=link)
    session = Session("ses_1", actor, Assurance.SMS, START + timedelta(hours=12))
    people.start(session, customer, records, "", None)
    records, later = link_after("cus_1", link)
    proven = replace(session, actor=replace(actor, proven_at=START))
    people.prove(proven, replace(customer, version=1, link=later), records, "ver_1", None)
    assert people.own("ses_1") == proven

    records, last = link_after("cus_1", later)
    with pytest.raises(Changed):
        people.prove(proven, replace(customer, version=2, link=last), records, "ver_1", None)
    people.end_all(people.sessions_of("cus_1", START), replace(customer, version=2, link=last), records)
    records, end = link_after("cus_1", last)
    with pytest.raises(Changed):
        people.prove(proven, replace(customer, version=3, link=end), records, "ver_2", None)
