"""What people do at two branches, over stores in memory: who is first has it, and who was changed meanwhile is left alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.appointments.model import (
    Appointment,
    Details,
    How,
    Measure,
    NobodyWaiting,
    PlanStanding,
    SlotTaken,
    Status,
    TooManyOpen,
    WalkInsRefused,
    Way,
    written,
)
from tests.office import KEYS, Office
from tests.unit.appointments.catalogue import local, make_branch, make_service

WHY = {"en": "Flood", "zh-CN": "水浸"}
OTHERS = ("+8613800138001", "+8613800138002")
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def office() -> Office:
    """Two branches a few kilometres apart, each with one counter; cards can be had online, accounts cannot."""
    office, seed = Office(), Office().call("system")
    registry = office.services.registry
    registry.register_service(make_service(minutes=15, ways=frozenset({Way.BRANCH, Way.ONLINE}), instead=WHY), seed)
    registry.register_service(make_service("account", minutes=15), seed)
    for number, id_ in enumerate(("bund", "pudong")):
        place = {"latitude": 31.2, "longitude": 121.4 + number / 50}
        registry.register_branch(make_branch(id=id_, services=("card", "account"), lead=0, **place), seed)
    return office


def at(clock: str) -> datetime:
    return local(make_branch(), TUESDAY, f"at_{clock}")


def book(office: Office, start: datetime, phone: str = OTHERS[0], branch: str = "bund", **but: Any) -> Appointment:
    """Hold and book as a customer, each a second later."""
    office.now += timedelta(seconds=1)
    customer, services = office.customer(phone), but.pop("services", ["card"])
    hold = office.services.holding.hold(branch, services, start, "", office.call(customer))
    token = KEYS.token("hold", written(hold))
    return office.services.booking.book(hold.id, token, Details(**but), office.call(customer))


def close(office: Office, branch: str = "bund") -> None:
    """Close a branch on Tuesday, and let the job go through its bookings."""
    target = f"branch#{branch}"
    shut = Measure("", target, "", at("0800"), until=at("1800"), closed=True, reason=WHY)
    office.services.switching.set(target, shut, office.call("lead-east"))
    office.services.closing.spread(target, office.call("system"))
    office.services.closing.step(branch, office.call("system"))


def found(office: Office, visit: Appointment) -> Appointment:
    return office.services.rebooking.found(visit.id)


def test_one_time_is_given_once_and_is_there_again_once_it_is_given_back(office: Office) -> None:
    first = book(office, at("0900"))
    with pytest.raises(SlotTaken) as taken:
        book(office, at("0900"), OTHERS[1])
    assert len(taken.value.facts["alternatives"]) == 3

    office.services.rebooking.cancel(first.id, office.call(first.customer_id))

    assert book(office, at("0900"), OTHERS[1]).starts_at == at("0900")
    assert office.events(first.id) == ["appointment.booked", "appointment.cancelled"]


def test_a_customer_has_three_at_most(office: Office) -> None:
    for clock in ("0900", "0915", "0930"):
        book(office, at(clock))

    with pytest.raises(TooManyOpen):
        book(office, at("0945"))


def test_who_is_called_between_the_reading_and_the_writing_of_another_call_is_called_once(office: Office) -> None:
    came = office.services.arrivals.walk_in("bund", ["card"], ("", ""), (), office.call("lead-east"))
    calling, read, called = office.services.calling, office.visits.of_day, list[Appointment]()

    def meanwhile(day: str) -> Any:
        entries = read(day)
        office.visits.of_day = read  # type: ignore[method-assign]
        called.append(calling.call_next("bund", "1", (), "", office.call("agent-east")))
        return entries

    office.visits.of_day = meanwhile  # type: ignore[method-assign]
    with pytest.raises(NobodyWaiting):
        calling.call_next("bund", "2", (), "", office.call("lead-east"))

    assert [it.id for it in called] == [came.id]
    assert found(office, came).came.counter == "1"
    assert office.events(came.id) == ["appointment.arrived", "appointment.called"]


def test_a_branch_that_closes_moves_who_needs_support_first_and_leaves_the_rest_the_way_online_or_the_choice(
    office: Office,
) -> None:
    first = book(office, at("1000"), OTHERS[0])
    needing = book(office, at("1015"), OTHERS[1], services=["account"], support_needs=("mobility",))
    pudong = replace(office.catalogue.known["pudong"], version=2, opening={1: (local_block("1015", "1030"),)})
    office.catalogue.register_branch(pudong, [])

    close(office)

    moved, offered = found(office, needing), found(office, first)
    assert moved.rebooking and offered.rebooking
    assert (moved.branch, moved.starts_at, moved.rebooking.how) == ("pudong", at("1015"), How.MOVED)
    assert (offered.branch, offered.rebooking.how) == ("bund", How.ONLINE)
    assert [notice.template for notice in offered.notices] == ["appointment_online"]
    assert {it.status for it in (moved, offered)} == {Status.BOOKED}


def local_block(opens: str, closes: str) -> Any:
    return tuple(at(clock).astimezone(make_branch().zone).time() for clock in (opens, closes))


def test_who_moved_while_the_job_had_read_them_is_left_alone(office: Office) -> None:
    seen = book(office, at("1000"))
    changing = office.services.rebooking
    other = office.services.holding.hold("pudong", ["card"], at("1100"), seen.id, office.call(seen.customer_id))
    changing.reschedule(seen.id, other.id, KEYS.token("hold", written(other)), {}, office.call(seen.customer_id))

    assert not office.services.closing.rehousing.rehouse(seen, WHY, office.call("system"))

    assert (found(office, seen).starts_at, found(office, seen).rebooking) == (at("1100"), None)
    assert "appointment.rebooked" not in office.events(seen.id)


def test_who_says_nothing_in_time_is_handed_to_staff_and_keeps_what_is_kept_for_them(office: Office) -> None:
    seen = book(office, at("1000"))
    close(office)
    moved = found(office, seen)
    assert moved.rebooking is not None
    office.now = moved.rebooking.answer_by - timedelta(seconds=1)
    assert office.services.answering_visits.overdue(seen.id, office.call("system")) == "settled"

    office.now += timedelta(seconds=1)
    assert office.services.answering_visits.overdue(seen.id, office.call("system")) == "to_choose"

    after = found(office, seen)
    assert after.rebooking and after.rebooking.standing is PlanStanding.TO_CHOOSE
    assert (after.branch, after.starts_at, after.status) == (moved.branch, moved.starts_at, Status.BOOKED)
    assert [notice.to for notice in after.notices if notice.template == "appointment_to_choose"] == ["lead"]


def test_a_branch_that_is_closed_gives_nobody_a_number_who_has_not_booked(office: Office) -> None:
    close(office)
    office.now = at("1000")

    with pytest.raises(WalkInsRefused):
        office.services.arrivals.walk_in("bund", ["card"], ("", ""), (), office.call("lead-east"))
    office.services.arrivals.walk_in("pudong", ["card"], ("", ""), (), office.call("lead-east"))
