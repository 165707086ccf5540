"""Who has to look, and by when: owners who accept, and those in charge where it is grave."""

from datetime import timedelta

import pytest

from chalicelib.kernel.clock import moment
from tests.integration.matters import Desk, clocks, done, refused, states, told
from tests.world import LI, Answer, World


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture
def ticket(world: World, desk: Desk) -> str:
    """A complaint that agent-east owns."""
    id_ = str(world.complain(desk.token(LI))["id"])
    done(desk.case(id_, "assign", {"owner": "agent-east"}))
    return id_


def accept_by(desk: Desk, ticket: str) -> str:
    return str(desk.clocks(ticket)["house.accept"]["due_at"])


def test_the_owner_takes_it_on_and_nobody_else_can(world: World, desk: Desk, ticket: str) -> None:
    assert refused(desk.ticket(ticket, "accept", None, "agent-east-2")) == (409, "not_allowed_now")

    shown = done(desk.ticket(ticket, "accept", None, "agent-east"))

    assert states(shown)["house.accept"] == "met"
    assert world.events(ticket)[-1] == "ticket.accepted"
    records = len(world.records(ticket))
    done(desk.ticket(ticket, "accept", None, "agent-east"))
    assert len(world.records(ticket)) == records


@pytest.mark.parametrize("how", ["take-up", "internal word", "public word"])
def test_whoever_begins_to_work_on_their_case_has_accepted_it(desk: Desk, ticket: str, how: str) -> None:
    if how == "take-up":
        done(desk.case(ticket, "take-up", None, "agent-east"))
    else:
        done(desk.say(ticket, "I look into it.", "agent-east", "internal" if how == "internal word" else "public"))
    assert desk.clocks(ticket)["house.accept"]["state"] == "met"


def test_the_work_of_another_does_not_accept_it(desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "take-up", None, "agent-east-2"))
    done(desk.say(ticket, "Who has this?", "agent-east-2", "internal"))
    assert desk.clocks(ticket)["house.accept"]["state"] == "running"


def test_what_its_owner_does_not_accept_goes_to_the_backup_then_to_the_lead(
    world: World, desk: Desk, ticket: str
) -> None:
    done(desk.case(ticket, "assign", {"owner": "agent-east", "backup": "agent-east-2"}))
    due = accept_by(desk, ticket)
    desk.until(due, ticket, milliseconds=1)
    assert desk.show(ticket)["owner"] == "agent-east"

    desk.until(due, ticket)

    assert desk.show(ticket)["owner"] == "agent-east-2"
    assert moment(desk.clocks(ticket)["house.accept"]["started_at"]) == world.now
    assert [mail.to for mail in desk.heard(ticket, "case_assigned")][-1] == "agent-east-2@dutydesk.test"
    desk.until(accept_by(desk, ticket), ticket)
    assert desk.show(ticket)["owner"] == "lead-east"
    assert [(body["owner"], body["why"]) for body in told(world, ticket, "ticket.assigned")][-2:] == [
        ("agent-east-2", "not_accepted"),
        ("lead-east", "not_accepted"),
    ]
    desk.until(accept_by(desk, ticket), ticket)
    assert "ticket.assignment_failed" in world.events(ticket)  # there is nobody else: the head hears of it
    assert "head-hq@dutydesk.test" in [mail.to for mail in desk.heard(ticket, "assignment_failed")]


def test_what_was_accepted_does_not_move(world: World, desk: Desk, ticket: str) -> None:
    due = accept_by(desk, ticket)
    done(desk.ticket(ticket, "accept", None, "agent-east"))
    desk.until(due, ticket)
    assert desk.show(ticket)["owner"] == "agent-east"


# --- major complaints ---------------------------------------------------------------------------------------------


def log(desk: Desk, **what_matters: object) -> Answer:
    body = {"subject": "s", "body": "b", "channel": "letter", "customer": {"phone": LI}, "unit": "east"}
    return desk.world.ask("POST", "/v1/desk/complaints", body | what_matters, desk.token("lead-east"))


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ({"amount": {"amount": 50_000_000, "currency": "CNY"}}, "amount"),
        ({"media": True}, "media"),
        ({"group_size": 20}, "group"),
        ({"support_needs": ["minor"]}, "minor"),
    ],
)
def test_a_major_complaint_alarms_head_and_compliance_at_once(
    world: World, desk: Desk, fact: dict[str, object], reason: str
) -> None:
    shown = done(log(desk, **fact))
    world.drain()

    assert (shown["severity"], shown["priority"]) == ("major", "urgent")
    assert [body["reasons"] for body in told(world, shown["id"], "complaint.major")] == [[reason]]
    heard = {mail.to: mail for mail in desk.heard(shown["id"], "complaint_major")}
    assert set(heard) == {"head-hq@dutydesk.test", "compliance-hq@dutydesk.test"}
    assert reason in heard["head-hq@dutydesk.test"].body
    alarm = clocks(shown)["house.major"]
    assert moment(alarm["due_at"]) - world.now == timedelta(hours=1)


@pytest.mark.parametrize(
    "fact", [{"amount": {"amount": 49_999_999, "currency": "CNY"}}, {"group_size": 19}, {"support_needs": ["elderly"]}]
)
def test_what_is_below_alarms_nobody(world: World, desk: Desk, fact: dict[str, object]) -> None:
    shown = done(log(desk, **fact))
    world.drain()
    assert (shown["severity"], "house.major" in clocks(shown)) == ("normal", False)
    assert desk.heard(shown["id"], "complaint_major") == []


def test_somebody_in_charge_acknowledges_the_alarm_once(world: World, desk: Desk) -> None:
    ticket = done(log(desk, media=True))["id"]
    assert refused(desk.case(ticket, "alarm-acknowledged", None, "agent-east")) == (403, "forbidden")
    world.now += timedelta(minutes=30)

    shown = done(desk.case(ticket, "alarm-acknowledged", None, "head-hq"))

    assert states(shown)["house.major"] == "met"
    assert world.events(ticket)[-1] == "complaint.alarm_acknowledged"
    assert refused(desk.case(ticket, "alarm-acknowledged", None, "head-hq")) == (409, "not_allowed_now")


def test_an_alarm_nobody_acknowledges_is_missed_after_an_hour(world: World, desk: Desk) -> None:
    ticket = done(log(desk, media=True))["id"]
    desk.until(desk.clocks(ticket)["house.major"]["due_at"], ticket)
    assert "house.major" in {body["clock"] for body in told(world, ticket, "clock.missed")}


@pytest.mark.parametrize("severity", ["major", "critical"])
def test_what_turns_out_to_be_grave_alarms_then_and_stays_as_grave_as_it_was_found(
    world: World, desk: Desk, ticket: str, severity: str
) -> None:
    shown = done(desk.case(ticket, "classify", {"cause": "fees", "severity": severity}))
    world.drain()
    assert (shown["severity"], shown["priority"]) == (severity, "urgent")
    assert len(desk.heard(ticket, "complaint_major")) == 2
    done(desk.case(ticket, "classify", {"cause": "service", "severity": severity}))
    world.drain()
    assert len(desk.heard(ticket, "complaint_major")) == 2  # one alarm, however often it is classified
    assert [body["cause"] for body in told(world, ticket, "complaint.classified")] == ["fees", "service"]


def test_a_major_complaint_is_urgent_at_night_too(world: World, desk: Desk, ticket: str) -> None:
    done(desk.case(ticket, "classify", {"cause": "fees", "severity": "critical"}))
    due = moment(desk.clocks(ticket)["house.acknowledge"]["due_at"])
    desk.until(desk.clocks(ticket)["house.acknowledge"]["due_at"], ticket)
    heard = {mail.to for mail in desk.heard(ticket, "clock_missed") if "house.acknowledge" in mail.subject}
    assert heard == {"compliance-hq@dutydesk.test", "head-hq@dutydesk.test"}
    assert world.now == due


def test_one_that_was_taken_for_less_in_between_alarms_anew(world: World, desk: Desk) -> None:
    ticket = world.complain(desk.token(LI))["id"]
    for severity in ("major", "normal", "major"):
        done(desk.case(ticket, "classify", {"cause": "c", "severity": severity}))
        world.drain()

    assert len(desk.heard(ticket, "complaint_major")) == 4
    assert {sent.to for sent in desk.heard(ticket, "complaint_major")} == {
        "head-hq@dutydesk.test",
        "compliance-hq@dutydesk.test",
    }
