"""Complaints with one cause are worked on together and answered one by one."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.matters import Desk, done, enquire, refused, told
from tests.world import LI, Answer, World


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


def complaint(world: World, desk: Desk, by: str = LI, **what_matters: Any) -> str:
    world.now += timedelta(milliseconds=1)  # ids are in the order of time, but not within one instant
    return str(world.complain(desk.token(by), **what_matters)["id"])


def joined(desk: Desk, one: str, lead: str) -> Answer:
    return desk.ticket(one, "group", {"lead": lead})


def members(world: World, desk: Desk, one: str, by: str = "lead-east", query: str = "") -> Any:
    return done(world.ask("GET", f"/v1/desk/tickets/{one}/group{query}", token=desk.token(by)))


def test_each_member_shows_the_whole_group_the_leading_one_among_them(world: World, desk: Desk) -> None:
    lead, one, two = (complaint(world, desk) for _ in range(3))
    for each in (one, two):
        assert done(joined(desk, each, lead))["group"] == lead

    shown = members(world, desk, two)

    assert (shown["lead"], [row["id"] for row in shown["items"]]) == (lead, [lead, one, two])
    assert [len(told(world, each, "ticket.grouped")) for each in (lead, one, two)] == [1, 1, 1]


def test_each_is_answered_by_itself(world: World, desk: Desk) -> None:
    lead, one = complaint(world, desk), complaint(world, desk)
    done(joined(desk, one, lead))
    desk.delivered(one)

    statuses = {row["id"]: row["status"] for row in members(world, desk, lead)["items"]}
    assert (statuses[one], statuses[lead]) == ("delivered", "received")


def test_joining_twice_is_joining_once(world: World, desk: Desk) -> None:
    lead, one = complaint(world, desk), complaint(world, desk)
    done(joined(desk, one, lead))
    before = len(world.records(one))
    done(joined(desk, one, lead))
    assert len(world.records(one)) == before


def test_a_complaint_is_in_one_group_and_no_member_leads(world: World, desk: Desk) -> None:
    lead, one, other = (complaint(world, desk) for _ in range(3))
    done(joined(desk, one, lead))

    assert refused(joined(desk, one, other)) == (409, "not_allowed_now")
    assert refused(joined(desk, other, one)) == (409, "not_allowed_now")
    assert refused(joined(desk, lead, lead)) == (422, "invalid")
    assert refused(joined(desk, lead, other)) == (409, "not_allowed_now")


def test_who_leaves_is_in_no_group_and_who_leads_does_not_leave(world: World, desk: Desk) -> None:
    lead, one = complaint(world, desk), complaint(world, desk)
    done(joined(desk, one, lead))

    assert done(desk.ticket(one, "leave-group"))["group"] is None
    assert refused(desk.ticket(one, "leave-group")) == (409, "not_allowed_now")
    assert refused(desk.ticket(lead, "leave-group")) == (409, "not_allowed_now")
    assert [row["id"] for row in members(world, desk, lead)["items"]] == [lead]
    assert members(world, desk, one) == {"lead": None, "items": [], "next_cursor": None}


def test_only_complaints_are_grouped(world: World, desk: Desk) -> None:
    asked = enquire(world, desk.token(LI))["id"]
    assert refused(joined(desk, asked, complaint(world, desk))) == (409, "not_allowed_now")


def test_the_customer_does_not_learn_of_others(world: World, desk: Desk) -> None:
    lead, other = complaint(world, desk), complaint(world, desk)
    done(joined(desk, other, lead))
    assert desk.show(other, LI)["group"] is None
    assert world.ask("GET", f"/v1/desk/tickets/{other}/group", token=desk.token(LI)).status == 403


def test_what_is_about_the_reader_or_out_of_reach_is_not_in_the_list(world: World, desk: Desk) -> None:
    lead, about = complaint(world, desk), complaint(world, desk, about={"staff": "agent-east"})
    done(joined(desk, about, lead))

    assert [row["id"] for row in members(world, desk, lead, "agent-east")["items"]] == [lead]
    assert [row["id"] for row in members(world, desk, lead)["items"]] == [lead, about]


def test_a_long_group_is_read_page_by_page(world: World, desk: Desk) -> None:
    lead = complaint(world, desk)
    for _ in range(3):
        done(joined(desk, complaint(world, desk), lead))

    first = members(world, desk, lead, query="?limit=3")
    rest = members(world, desk, lead, query=f"?limit=3&cursor={first['next_cursor']}")

    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 1, None)
