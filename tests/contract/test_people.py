"""What every store of customers, staff and units promises, and every directory of them."""

from dataclasses import replace

import pytest

from chalicelib.identity.policy import active
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link
from tests.builders import link_after
from tests.contract.registers import ANN, CUSTOMER, EAST, Register
from tests.world import LI, SMITH


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
