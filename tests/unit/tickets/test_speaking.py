"""Mandates, needs and requests for an update; who is away keeps nothing; and what is there already."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Forbidden, Invalid, NotFound
from chalicelib.tickets.model import (
    MOST_REPRESENTATIVES,
    Capacity,
    Need,
    Ticket,
    TooManyRepresentatives,
    UpdateAskedAlready,
    Why,
)
from chalicelib.tickets.service import leaving
from chalicelib.tickets.store.items import digest
from tests.office import Office
from tests.world import LI, START

DAY = timedelta(days=1)


def let_speak(office: Office, ticket: Ticket, n: int, until: Any = None) -> Ticket:
    phone, call = f"+861380013810{n}", office.call("lead-east")
    return office.services.speaking.let_speak(ticket.id, phone, Capacity.JOINT, "5e" * 32, until, call)


def test_at_most_five_speak_for_a_customer_and_those_whose_mandate_is_over_do_not_count(office: Office) -> None:
    ticket = office.complaint()
    for n in range(MOST_REPRESENTATIVES):
        let_speak(office, ticket, n, START + DAY)
    let_speak(office, ticket, 0, START + DAY)  # the same person once more is no sixth

    with pytest.raises(TooManyRepresentatives):
        let_speak(office, ticket, 7)
    office.now += DAY
    assert len(let_speak(office, ticket, 7).people) == 1


def test_a_mandate_is_neither_over_nor_the_customer_s_own(office: Office) -> None:
    ticket = office.complaint()

    with pytest.raises(Invalid):
        let_speak(office, ticket, 1, START)
    with pytest.raises(Invalid):
        office.services.speaking.let_speak(ticket.id, LI, Capacity.AGENT, "5e" * 32, None, office.call("lead-east"))


def test_a_mandate_ended_is_none_and_one_there_was_not_cannot_be_ended(office: Office) -> None:
    ticket = office.complaint()
    (person,) = let_speak(office, ticket, 1).people

    assert office.services.speaking.end_mandate(ticket.id, person.customer_id, office.call("lead-east")).people == ()
    with pytest.raises(NotFound):
        office.services.speaking.end_mandate(ticket.id, person.customer_id, office.call("lead-east"))


def test_needs_are_kept_a_year_at_most_and_never_told_in_the_record(office: Office) -> None:
    ticket = office.enquiry()
    call = office.call(ticket.customer_id)
    after = office.services.speaking.need(ticket.id, (Need.BEREAVEMENT,), None, call)

    assert (after.priority, after.needs.review_on) == ("high", (START + 365 * DAY).date())
    assert "bereavement" not in str(office.ledger.bodies(ticket.id, "ticket.needs_kept"))
    for wrong in (START.date(), (START + 366 * DAY).date()):
        with pytest.raises(Invalid):
            office.services.speaking.need(ticket.id, (Need.SIGHT,), wrong, call)
    assert office.services.speaking.need(ticket.id, (), None, call).needs is None


def test_how_it_stands_is_asked_once_a_day(office: Office) -> None:
    ticket = office.enquiry()
    call = office.call(ticket.customer_id)
    assert office.services.speaking.ask_update(ticket.id, call).notices[-1].to == "owner"

    office.now += DAY - timedelta(seconds=1)
    with pytest.raises(UpdateAskedAlready) as refused:
        office.services.speaking.ask_update(ticket.id, office.call(ticket.customer_id))
    assert refused.value.facts["retry_after"] in (1, 2)
    office.now += timedelta(seconds=1)
    assert office.services.speaking.ask_update(ticket.id, office.call(ticket.customer_id))


def leave(office: Office, who: str) -> str:
    return office.services.leaving.moved_on(who, office.call("system:escalations"))


def test_what_somebody_who_is_away_has_goes_to_others_once(office: Office) -> None:
    mine = [ticket for ticket in (office.enquiry() for _ in range(4)) if ticket.owner == "agent-east"]
    assert leave(office, "agent-east") == "nothing", "while they are there nothing moves"
    office.away("agent-east")

    assert leave(office, "agent-east") == "moved"
    assert {office.ticket(ticket.id).owner for ticket in mine} == {"agent-east-2"}
    assert leave(office, "agent-east") == "nothing"
    assert all(office.events(ticket.id).count("ticket.assigned") == 1 for ticket in mine)


def test_what_is_under_way_goes_to_its_backup_who_knows_it(office: Office) -> None:
    ticket, call = office.enquiry(), office.call("lead-east")
    office.services.routing.assign(ticket.id, "agent-east", "lead-east", call)
    office.services.routing.accept(ticket.id, office.call("agent-east"))
    begun = office.ticket(ticket.id)
    fresh = office.enquiry()
    office.services.routing.assign(fresh.id, "agent-east", "lead-east", call)
    office.away("agent-east")
    leave(office, "agent-east")

    assert office.ticket(begun.id).owner == "lead-east"
    assert office.ticket(fresh.id).owner == "agent-east-2", "nobody has begun: whoever has least takes it"


def test_where_nobody_is_left_it_has_no_owner_and_the_lead_hears(office: Office) -> None:
    ticket = office.enquiry()
    for who in ("agent-east", "agent-east-2", "lead-east"):
        office.away(who)
    leave(office, ticket.owner)

    after = office.ticket(ticket.id)
    assert (after.owner, after.notices[-1].to) == ("", "lead")


def test_so_many_are_moved_at_once_and_the_rest_at_the_next_hint(office: Office, monkeypatch: Any) -> None:
    monkeypatch.setattr(leaving, "MOST_AT_ONCE", 2)
    for _ in range(3):
        office.services.routing.assign(office.enquiry().id, "lead-east", "", office.call("head-hq"))
    office.away("lead-east")
    office.now += timedelta(hours=1)

    leave(office, "lead-east")
    assert office.tickets.loads("east")["lead-east"] == 1
    assert not office.people.staff("lead-east").away[0].settled, "something is left"
    leave(office, "lead-east")
    assert office.people.staff("lead-east").away[0].settled


def alike(office: Office, who: str = "agent-east", **given: str) -> list[tuple[str, tuple[Why, ...]]]:
    asked = {"phone": LI, "product": "", "topic": "", "sha256": ""} | given
    found = office.services.likeness.alike("", call=office.call(who), **asked)
    return [(one.row.id, one.why) for one in found]


def test_what_says_the_same_comes_before_what_has_the_same_product_or_topic(office: Office) -> None:
    topic = office.enquiry(topic="fees", subject="x")
    product = office.enquiry(product="card", subject="y")
    text = office.enquiry(subject="Same", body="words")
    given = {"product": "card", "topic": "fees", "sha256": digest("Same", "words") + "rest"}

    assert alike(office, **given) == [(text.id, (Why.TEXT,)), (product.id, (Why.PRODUCT,)), (topic.id, (Why.TOPIC,))]
    assert len(alike(office)) == 3, "with nothing to compare, all that are open"
    assert alike(office, phone="+447400123456") == []


def test_what_the_caller_may_not_see_and_what_is_over_is_not_alike(office: Office) -> None:
    office.enquiry(topic="fees", about_staff="agent-east")
    office.changed(office.enquiry(topic="fees").id, open=False)

    assert alike(office, topic="fees") == []
    assert len(alike(office, "lead-east", topic="fees")) == 1
    assert alike(office, "agent-london", topic="fees") == []
    with pytest.raises(Forbidden):
        alike(office, "admin-hq")
