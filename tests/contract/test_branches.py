"""What every store of branches, of services, of measures and of plans promises."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from chalicelib.appointments.model import (
    Appointment,
    Assurance,
    Channel,
    Document,
    How,
    Leave,
    Measure,
    Override,
    Plan,
    PlanStanding,
    Rebooking,
    Status,
    Way,
)
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link
from tests.contract.lists import walked
from tests.contract.visits import NINE, TODAY, Stores, in_memory, later, on
from tests.unit.appointments.catalogue import make_branch, make_service

SHUT = Measure(
    "msr_1",
    "branch#bund",
    "east",
    NINE,
    until=NINE + timedelta(hours=8),
    cap=4,
    buffer=10,
    appointment_only=True,
    health=True,
    closed=True,
    reason={"en": "Flood", "zh-CN": "水浸"},
    first=NINE,
    last=NINE + timedelta(days=1),
    due_at=NINE,
    chain=Link(1, "9f"),
)
PLAN = Plan("pln_1", "bund", "east", TODAY, TODAY + timedelta(days=3), TODAY, due_at=NINE, link=Link(1, "9f"))


@pytest.fixture(params=["memory", "dynamo"])
def stores(request: pytest.FixtureRequest) -> Stores:
    return in_memory() if request.param == "memory" else on(request.getfixturevalue("tables"))


def test_a_branch_and_a_service_are_found_as_they_were_set(stores: Stores) -> None:
    closed = Override(TODAY, TODAY, ((time(9), time(0)),), {"en": "Late", "zh-CN": "延时"})
    branch = make_branch(
        version=1,
        chain=Link(1, "9f"),
        overrides=(closed,),
        leaves=(Leave("desk", 1, TODAY, TODAY, (time(9), time(10))), Leave("desk", 1, TODAY, TODAY)),
        shares={Channel.PUBLIC: 70, Channel.INTERNAL: 30},
        latitude=31.2,
        longitude=121.4,
        self_check_in=True,
    )
    service = make_service(
        version=1,
        documents=(Document("id", {"en": "ID", "zh-CN": "证件"}),),
        ways=frozenset({Way.ONLINE, Way.BRANCH}),
        assurance=Assurance.DOCUMENT,
        instead={"en": "In the app"},
        link="https://bank.example",
        overbooking=10,
    )
    stores.catalogue.register_branch(branch, [])
    stores.catalogue.register_service(service, [])

    assert stores.catalogue.branch("bund") == stores.catalogue.branches()["bund"] == branch
    assert stores.catalogue.service("card") == stores.catalogue.services()["card"] == service
    assert stores.catalogue.branch("none") is None
    assert stores.catalogue.service("none") is None


@pytest.mark.parametrize("of", ["branch", "service", "measure", "plan"])
def test_who_read_an_older_version_cannot_set_it(stores: Stores, of: str) -> None:
    first: Any
    write: Any
    first, write, read = {
        "branch": (make_branch(version=1), stores.catalogue.register_branch, lambda: stores.catalogue.branch("bund")),
        "service": (
            make_service(version=1),
            stores.catalogue.register_service,
            lambda: stores.catalogue.service("card"),
        ),
        "measure": (SHUT, stores.continuity.set_measure, lambda: stores.continuity.measure(SHUT.target)),
        "plan": (PLAN, stores.continuity.set_plan, lambda: stores.continuity.plan("bund")),
    }[of]
    write(first, [])
    with pytest.raises(Changed):
        write(first, [])
    write(replace(first, version=2), [])

    with pytest.raises(Changed):
        write(replace(first, version=2), [])
    assert read() == replace(first, version=2)


def test_the_catalogue_knows_at_once_of_a_measure_that_was_set_here(stores: Stores) -> None:
    for id_, unit in (("bund", "east"), ("pudong", "east"), ("city", "london")):
        stores.catalogue.register_branch(make_branch(id=id_, unit=unit, version=1), [])
    assert stores.catalogue.branches()["bund"].measures == ()
    wide = replace(SHUT, id="msr_2", target="unit#hq", units=("hq", "london"), until=None, last=None, closed=False)
    stores.continuity.set_measure(SHUT, [])
    stores.continuity.set_measure(wide, [])

    found = {id_: [it.id for it in branch.measures] for id_, branch in stores.catalogue.branches().items()}

    assert found == {"bund": ["msr_1"], "pudong": [], "city": ["msr_2"]}
    assert stores.continuity.measure("unit#hq") == wide
    assert stores.continuity.measure("unit#none") is None
    assert stores.catalogue.branch("bund").measures == ()  # they are no settings


def test_a_plan_has_its_bookings_by_day_and_priority_as_they_stand_now(stores: Stores) -> None:
    assert stores.continuity.plan("bund") is None
    rebooked = [
        offered(stores, number, days, needs) for number, days, needs in ((1, 1, ()), (2, 0, ()), (3, 0, ("sight",)))
    ]
    accepted = later(rebooked[1].settled(PlanStanding.ACCEPTED))
    stores.appointments.end(replace(accepted, status=Status.CANCELLED), [], None)

    def lines(since: date = TODAY, standing: str = "", limit: int = 2) -> list[Any]:
        return walked(lambda start: stores.continuity.entries("bund", since, standing, limit, start))

    assert [line.appointment for line in lines()] == [rebooked[2].id, rebooked[1].id, rebooked[0].id]
    assert [line.standing for line in lines()] == ["offered", "accepted", "offered"]
    assert [line.appointment for line in lines(standing="accepted")] == [rebooked[1].id]
    assert [line.appointment for line in lines(since=TODAY + timedelta(days=1))] == [rebooked[0].id]
    first = lines()[0]
    assert (first.how, first.support, first.was_at, first.branch) == (How.ONLINE, True, NINE, "bund")
    assert (first.number, first.starts_at, first.answer_by) == (rebooked[2].number, rebooked[2].starts_at, NINE)
    assert walked(lambda start: stores.continuity.entries("pudong", TODAY, "", 2, start)) == []


def offered(stores: Stores, number: int, days: int, needs: tuple[str, ...]) -> Appointment:
    """Book for nine o'clock so many days from now, and offer the way online."""
    booked = stores.book(number)
    was = Rebooking(How.ONLINE, PlanStanding.OFFERED, "bund", "Asia/Shanghai", NINE + timedelta(days=days), NINE)
    after = later(booked, rebooking=was, support_needs=needs)
    stores.appointments.save(after, [], None)
    return after
