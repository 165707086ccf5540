"""What every store of customers, staff, units and sessions promises, and every directory of them."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity.model import Absence, AbsentFor, Assurance, Customer, Session, Staff, Unit
from chalicelib.identity.policy import active
from chalicelib.identity.store import DynamoDirectory, DynamoPeople
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Replayed
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link
from chalicelib.kernel.tokens import Keys
from tests.builders import link_after, stamp
from tests.fakes import MemoryDirectory, MemoryPeople
from tests.world import LI, SMITH, START

KEYS = Keys(b"a root secret for tests")
EAST = Unit("east", "hq", "East", "Asia/Shanghai", "CN", "zh-CN", ("cn.nfra", "house"), ("CN",))
ANN = Staff(
    "ann",
    "east",
    frozenset({Role.AGENT, Role.SUPERVISOR}),
    "Ann",
    "ann@dutydesk.test",
    "en",
    languages=frozenset({"zh-CN"}),
    skills=frozenset({"fees", "cards"}),
    capacity=0.57,
    away=(Absence("abs_1", START, START + timedelta(days=1), START, AbsentFor.LEAVE),),
)
CUSTOMER = Customer("cus_1", LI, "en", "east", verified=True, version=0)


@dataclass
class Register:
    """People and directory of one institution, and the words of these tests."""

    people: Any
    directory: Any

    def customer(self, customer: Customer = CUSTOMER) -> Customer:
        records, link = link_after(customer.id)
        self.people.register_customer(replace(customer, link=link), records)
        return self.people.customer(customer.id)

    def staff(self, staff: Staff = ANN, before: Staff | None = None, ending: Any = ()) -> Staff:
        records, link = link_after(staff.id, before.link if before else Link())
        self.people.register_staff(replace(staff, link=link), before, records, ending)
        return self.people.staff(staff.id)

    def start(self, person: Any, n: int = 1, grant: str = "", given: Any = None, **but: Any) -> str:
        """Begin a session; give its token."""
        records, link = link_after(person.id, person.link)
        actor = Actor(person.id, frozenset({Role.AGENT}), "east", frozenset({"east", "west"}), f"ses_{n}")
        session = Session(f"ses_{n}", actor, Assurance.STAFF, but.get("until", START + timedelta(hours=12)))
        self.people.start(session, replace(person, link=link), records, grant, given)
        return KEYS.token("session", session.id)

    def end(self, token: str, person: Any) -> None:
        records, link = link_after(person.id, person.link)
        self.people.end(self.people.session(token), token, replace(person, link=link), records)


@pytest.fixture(params=["memory", "dynamo"])
def register(request: pytest.FixtureRequest) -> Register:
    if request.param == "memory":
        memory = MemoryPeople(KEYS)
        return Register(memory, MemoryDirectory(memory))
    tables = request.getfixturevalue("tables")
    return Register(DynamoPeople(tables, KEYS), DynamoDirectory(tables))


def test_who_is_not_known_is_nobody(register: Register) -> None:
    people = register.people

    assert (people.customer("cus_1"), people.customer_by_phone(LI), people.staff("ann")) == (None, None, None)
    assert (people.session("token"), people.unit("east"), people.spent("ver_1")) == (None, None, False)
    assert (register.directory.units(), register.directory.members("east")) == ({}, ())


def test_a_customer_is_found_by_id_and_by_phone(register: Register) -> None:
    kept = register.customer()

    assert replace(kept, link=Link()) == replace(CUSTOMER, version=1)
    assert register.people.customer_by_phone(LI) == kept
    assert register.people.customer_by_phone(SMITH) is None


def test_a_phone_number_and_an_id_have_one_customer(register: Register) -> None:
    register.customer()

    for twice in (replace(CUSTOMER, id="cus_2"), replace(CUSTOMER, phone=SMITH)):
        with pytest.raises(Changed):
            register.customer(twice)
    assert register.people.customer("cus_2") is None
    assert register.people.customer_by_phone(SMITH) is None


def test_a_member_of_staff_is_found_as_registered(register: Register) -> None:
    kept = register.staff()

    assert replace(kept, link=Link()) == ANN
    assert kept.link.seq == 1


def test_who_read_a_member_of_staff_before_another_changed_them_cannot_change_them(register: Register) -> None:
    before = register.staff()
    register.staff(replace(ANN, name="Anne"), before)

    with pytest.raises(Changed):
        register.staff(replace(ANN, name="Anna"), before)
    with pytest.raises(Changed):
        register.staff(replace(ANN, name="Anna"))
    assert register.people.staff("ann").name == "Anne"


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


def test_absences_are_kept_under_the_end_of_the_chain(register: Register) -> None:
    before = register.staff(replace(ANN, away=()))
    records, link = link_after("ann", before.link)
    register.people.keep_absences(replace(ANN, link=link), records, None)

    assert register.people.staff("ann").away == ANN.away
    with pytest.raises(Changed):
        register.people.keep_absences(replace(ANN, away=(), link=link), records, None)
    assert register.people.staff("ann").away == ANN.away


def test_a_unit_is_registered_and_changed_under_the_end_of_its_chain(register: Register) -> None:
    records, link = link_after(EAST.subject)
    east = replace(EAST, link=link)
    register.people.register_unit(east, None, records)
    assert register.people.unit("east") == east
    assert register.directory.units() == {"east": east}

    with pytest.raises(Changed):
        register.people.register_unit(replace(east, calendar="HK"), None, link_after(EAST.subject, link)[0])
    records, link = link_after(EAST.subject, link)
    register.people.register_unit(replace(EAST, calendar="HK", link=link), east, records)
    assert register.people.unit("east").calendar == "HK"


def test_a_unit_lists_who_works_there_and_no_longer_who_has_left(register: Register) -> None:
    register.staff()
    before = register.staff(replace(ANN, id="bob", name="Bob", away=()))
    assert [one.id for one in active(register.directory.members("east"))] == ["ann", "bob"]

    register.staff(replace(before, unit="west"), before)
    register.directory.forget("east")
    register.directory.forget("west")

    assert [one.id for one in active(register.directory.members("east"))] == ["ann"]
    assert [one.id for one in active(register.directory.members("west"))] == ["bob"]


def test_who_is_away_is_so_in_the_directory_once_it_has_forgotten(register: Register) -> None:
    before = register.staff(replace(ANN, away=()))
    assert register.directory.members("east") == (replace(before, link=Link()),)
    records, link = link_after("ann", before.link)
    register.people.keep_absences(replace(ANN, link=link), records, None)

    register.directory.forget("east")

    assert register.directory.members("east") == (ANN,)
