"""What the devices in a hall see: numbers only, of their own branch."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.appointments import policy
from chalicelib.appointments.model import Who
from chalicelib.appointments.service import Showing
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden, NotFound
from tests.unit.appointments.office import NINE, Office


@dataclass
class Register:
    """Where devices stand."""

    places: dict[str, str] = field(default_factory=lambda: {"kio_1": "bund", "kio_2": "far"})

    def branch_of(self, device: str) -> str:
        return self.places.get(device, "")


@pytest.fixture
def office() -> Office:
    """A branch at nine, to which nobody has come yet."""
    return Office(now=NINE)


@pytest.fixture
def showing(office: Office) -> Showing:
    return Showing(office.queueing, Register())


def device(office: Office, offers: str = "display", id_: str = "kio_1", unit: str = "east") -> Call:
    actor = Actor(id_, frozenset({Role.KIOSK}), unit, device=id_, offers=frozenset({offers}))
    return replace(office.call(), actor=actor)


def walk_in(office: Office) -> str:
    return office.arrivals.walk_in("bund", ["stamp"], ("", ""), (), office.clerk()).came.ticket


def test_a_display_sees_the_numbers_of_its_own_branch(office: Office, showing: Showing) -> None:
    ticket = walk_in(office)

    hall = showing.display("bund", device(office))

    assert [standing.turn.ticket for standing in hall.waiting] == [ticket]
    assert showing.display("far", device(office, id_="kio_2")).waiting == ()


@pytest.mark.parametrize(
    ("branch", "told", "refusal"),
    [
        ("far", {}, NotFound),
        ("nowhere", {}, NotFound),
        ("bund", {"id_": "kio_2"}, NotFound),
        ("bund", {"id_": "kio_disabled"}, NotFound),
        ("bund", {"unit": "london"}, NotFound),
        ("bund", {"offers": "check_in"}, Forbidden),
        ("bund", {"offers": "printer"}, Forbidden),
    ],
)
def test_a_device_sees_nothing_else(
    office: Office, showing: Showing, branch: str, told: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        showing.display(branch, device(office, **told))


def test_whoever_looks_after_a_branch_sees_what_its_display_shows_and_customers_do_not(
    office: Office, showing: Showing
) -> None:
    assert showing.display("bund", office.clerk()).branch.id == "bund"
    with pytest.raises(NotFound):
        showing.display("bund", replace(office.clerk(), actor=Actor("x", frozenset({Role.CLERK}), "london")))
    for call in (office.call(), replace(office.call(), actor=replace(office.call().actor, device="kio_1"))):
        with pytest.raises(Forbidden):
            showing.display("bund", call)


def test_a_printer_begins_with_what_comes_after_now(office: Office, showing: Showing) -> None:
    walk_in(office), walk_in(office)

    first = showing.tickets("bund", None, None, device(office, "printer"))

    assert (first.turns, first.last) == ((), 2)
    ticket = walk_in(office)
    then = showing.tickets("bund", first.day, first.last, device(office, "printer"))
    assert [turn.ticket for turn in then.turns][-1] == ticket
    assert then.last == 3


def test_what_a_printer_was_given_comes_again_for_ten_numbers(office: Office, showing: Showing) -> None:
    """Another number may have been given out before, and be seen only now."""
    given = [walk_in(office) for _ in range(15)]

    again = showing.tickets("bund", None, 15, device(office, "printer"))

    assert [turn.ticket for turn in again.turns] == given[-policy.AGAIN :]
    assert again.last == 15


def test_a_printer_that_fell_behind_is_given_fifty_at_a_time(office: Office, showing: Showing) -> None:
    given = [walk_in(office) for _ in range(policy.MOST_PRINTED + 5)]

    first = showing.tickets("bund", None, 0, device(office, "printer"))
    rest = showing.tickets("bund", None, first.last, device(office, "printer"))

    assert [turn.ticket for turn in first.turns] == given[: policy.MOST_PRINTED]
    assert {turn.ticket for turn in (*first.turns, *rest.turns)} == set(given)


def test_numbers_begin_anew_each_day(office: Office, showing: Showing) -> None:
    yesterday = showing.tickets("bund", None, 0, device(office, "printer")).day
    walk_in(office)
    office.now += timedelta(days=1)
    ticket = walk_in(office)

    printed = showing.tickets("bund", yesterday, 312, device(office, "printer"))

    assert [turn.ticket for turn in printed.turns] == [ticket]
    assert printed.last == 1


def test_who_has_a_booking_is_printed_with_what_they_were_told(office: Office, showing: Showing) -> None:
    office.now = NINE - timedelta(hours=26)
    visit = office.booked()
    office.now = NINE
    came = office.arrivals.check_in("bund", Who(number=visit.number), None, office.clerk())

    (turn,) = showing.tickets("bund", None, 0, device(office, "printer")).turns

    told: Any = turn.wait
    assert (turn.ticket, told.place) == (came.came.ticket, 1)
