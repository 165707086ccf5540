"""Who is away, who hears of what, and when a unit is open."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity.model import AbsentFor
from chalicelib.identity.service.staffing import KEPT, LONGEST, MOST_AHEAD, STALE
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import Changed, Forbidden, Invalid, NotFound
from tests.office import Office
from tests.world import START

DAY = timedelta(days=1)


def enter(office: Office, who: str, by: str = "lead-east", since: Any = START, until: Any = START + DAY) -> Any:
    return office.services.staffing.enter(who, since, until, AbsentFor.ILLNESS, office.call(by))


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        ("agent-east", None),
        ("lead-east", None),
        ("head-hq", None),
        ("agent-east-2", NotFound),
        ("lead-london", NotFound),
        ("cus_li", Forbidden),
    ],
)
def test_an_absence_is_entered_by_oneself_or_one_s_supervisor(
    office: Office, by: str, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        assert enter(office, "agent-east", by).away
    else:
        with pytest.raises(refusal):
            enter(office, "agent-east", by)


def test_why_somebody_is_away_stands_in_no_record(office: Office) -> None:
    enter(office, "agent-east")

    assert office.people.staff("agent-east").away[0].reason is AbsentFor.ILLNESS
    assert "illness" not in str(list(office.ledger.chain("agent-east")))


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [
        (START - DAY, START, "too_early"),
        (START + DAY, START + DAY, "too_early"),
        (START, START + LONGEST + timedelta(seconds=1), "too_large"),
    ],
)
def test_an_absence_is_neither_over_nor_longer_than_a_year(office: Office, since: Any, until: Any, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(office, "agent-east", since=since, until=until)
    assert refused.value.facts["errors"] == [{"field": "until", "code": code}]


def test_so_many_are_kept_and_the_old_ones_are_dropped_when_another_is_entered(office: Office) -> None:
    for n in range(MOST_AHEAD):
        enter(office, "agent-east", until=START + (n + 1) * timedelta(hours=1))
    with pytest.raises(Invalid):
        enter(office, "agent-east")

    office.now += KEPT + timedelta(hours=MOST_AHEAD)
    assert len(enter(office, "agent-east", since=office.now, until=office.now + DAY).away) == 1


def test_an_absence_that_has_begun_ends_now_and_one_that_has_not_is_called_off(office: Office) -> None:
    end = office.services.staffing.end
    running = enter(office, "agent-east").away[0].id
    ahead = enter(office, "agent-east", since=START + DAY, until=START + 2 * DAY).away[1].id
    office.now += timedelta(hours=1)

    assert [one.id for one in end("agent-east", ahead, office.call("lead-east")).away] == [running]
    (ended,) = end("agent-east", running, office.call("lead-east")).away
    assert (ended.until, ended.settled) == (office.now, True)
    for gone in (running, ahead, "abs_none"):
        with pytest.raises(NotFound):
            end("agent-east", gone, office.call("lead-east"))


def test_who_left_has_no_absences(office: Office) -> None:
    office.register("agent-east", active=False)

    with pytest.raises(NotFound):
        enter(office, "agent-east")


def test_an_absence_is_settled_once_nobody_can_take_them_for_present(office: Office) -> None:
    settle = office.services.staffing.settle
    enter(office, "agent-east")
    office.now += STALE - timedelta(seconds=1)
    settle("agent-east", office.call("system"))
    assert not office.people.staff("agent-east").away[0].settled

    office.now += timedelta(seconds=1)
    for _ in range(2):
        settle("agent-east", office.call("system"))
    assert office.people.staff("agent-east").away[0].settled
    assert office.events("agent-east").count("staff.absence_settled") == 1
    settle("nobody", office.call("system"))


def test_who_is_overtaken_tries_again_and_in_the_end_gives_up(office: Office) -> None:
    keep = office.people.keep_absences
    tries: list[int] = []

    def overtaken(*given: Any) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise Changed
        keep(*given)

    office.people.keep_absences = overtaken  # type: ignore[method-assign]
    assert enter(office, "agent-east").away
    assert len(tries) == 3
    office.people.keep_absences = lambda *_: (_ for _ in ()).throw(Changed())  # type: ignore[method-assign]
    with pytest.raises(Changed):
        enter(office, "agent-east")


def test_a_supervisor_sees_who_is_away_and_how_much_everybody_has(office: Office) -> None:
    owners = [office.enquiry().owner for _ in range(3)]
    enter(office, "agent-east-2")

    members = {one.staff.id: one for one in office.services.staffing.list("east", office.call("lead-east"))}
    assert set(members) == {"agent-east", "agent-east-2", "lead-east"}
    assert members["agent-east-2"].away is not None
    assert members["agent-east"].open_tickets == owners.count("agent-east")
    with pytest.raises(NotFound):
        office.services.staffing.list("london", office.call("lead-east"))


def told(office: Office, to: str, unit: str = "east", owner: str = "agent-east", customer: str = "") -> list[str]:
    return [contact.ref for contact in office.services.institution.contacts(to, unit, owner, customer)]


def test_word_goes_to_the_level_it_is_for(office: Office) -> None:
    customer = office.customer()

    assert told(office, "customer", customer=customer) == [customer]
    assert told(office, "customer", customer="cus_none") == []
    assert told(office, "owner") == ["agent-east"]
    assert told(office, "lead") == ["lead-east"]
    assert told(office, "head") == ["head-hq"]
    assert told(office, "head", "hq") == ["head-hq"]
    assert told(office, "compliance") == ["compliance-hq"]


def test_a_level_nobody_fills_is_passed_on_upwards_to_the_last(office: Office) -> None:
    leaving = ["agent-east", "lead-east", "head-hq", "compliance-hq"]
    heard = []
    for who in leaving:
        office.register(who, active=False)
        heard.append(told(office, "owner"))

    assert heard == [["lead-east"], ["head-hq"], ["compliance-hq"], ["admin-hq"]]
    office.register("admin-hq", active=False)
    assert told(office, "owner") == []


def test_a_customer_is_reached_by_sms_in_their_language_and_staff_by_mail(office: Office) -> None:
    contacts = office.services.institution.contacts
    (customer,) = contacts("customer", "east", "", office.customer())
    (lead,) = contacts("lead", "east", "", "")

    assert (customer.way, customer.address, customer.language) == ("sms", "+8613800138000", "zh-CN")
    assert (lead.way, lead.address) == ("mail", "lead-east@dutydesk.test")


def test_a_unit_says_how_its_cases_are_handled_and_an_unknown_one_says_nothing(office: Office) -> None:
    assert office.services.institution.of("london")[3:] == ("hq", "en")
    assert office.services.institution.zones()["east"] == "Asia/Shanghai"
    with pytest.raises(KeyError):
        office.services.institution.of("nowhere")


def test_opening_hours_say_today_next_and_the_holidays_ahead(office: Office) -> None:
    opening = office.services.opening.of
    now, night = opening("east", START), opening("east", START + timedelta(hours=14))

    assert (now.open, now.opens_at, now.day_kind) == (True, None, "working")
    assert (night.open, night.opens_at is not None, night.day.isoformat()) == (False, True, "2026-11-24")
    assert opening("", START).unit == "hq"
    assert all(START.date() <= day.day < (START + timedelta(days=91)).date() for day in now.holidays)
    with pytest.raises(NotFound):
        opening("nowhere", START)


def test_who_is_suited_speaks_the_language_first_and_knows_the_matter_second(office: Office) -> None:
    office.register("lead-east", roles=frozenset({Role.SUPERVISOR}), skills=frozenset({"fees"}))
    suited = office.services.institution.suited

    assert set(suited("east", "en", "fees", START)) == {"lead-east"}
    assert set(suited("east", "fr", "fees", START)) == {"agent-east", "agent-east-2", "lead-east"}
    assert set(suited("east", "", "", START)) == {"agent-east", "agent-east-2", "lead-east"}
    assert office.services.institution.capacities("east")["lead-east"] == 1.0


def test_who_is_on_duty_is_there_and_serves_customers(office: Office) -> None:
    on_duty = office.services.institution.on_duty
    assert set(on_duty("east", START)) == {"agent-east", "agent-east-2", "lead-east"}
    enter(office, "agent-east")

    assert set(on_duty("east", START)) == {"agent-east-2", "lead-east"}
    assert "agent-east" in on_duty("east", START + DAY)
    assert set(on_duty("hq", START)) == {"head-hq"}, "compliance, auditors and admins are not given calls"
    assert on_duty("east", START)["lead-east"].languages == {"en"}
