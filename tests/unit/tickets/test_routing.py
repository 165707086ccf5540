"""Who owns what: only who is there, works there and is not complained about; and never nobody in silence."""

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.tickets.model import ConflictOfInterest, Ticket, Visibility
from tests.builders import make_ticket
from tests.office import Office
from tests.world import START


def assign(office: Office, ticket: Ticket, owner: str, backup: str = "") -> Ticket:
    return office.services.routing.assign(ticket.id, owner, backup, office.call("lead-east"))


def test_a_new_owner_is_told_and_has_the_whole_time_to_accept(office: Office) -> None:
    ticket = office.enquiry()
    office.now += timedelta(hours=1)
    after = assign(office, ticket, "lead-east", "agent-east")

    assert (after.owner, after.backup) == ("lead-east", "agent-east")
    assert office.clocks(ticket.id)["house.accept"].started_at == START + timedelta(hours=1)
    assert after.notices[-1].key == f"assigned:lead-east:{ticket.version}"
    assert office.ledger.bodies(ticket.id, "ticket.assigned")[0]["before"] == ticket.owner


@pytest.mark.parametrize("who", ["agent-london", "compliance-hq", "nobody", "auditor-hq", ""])
def test_only_who_works_in_the_unit_may_own(office: Office, who: str) -> None:
    ticket = office.enquiry()

    with pytest.raises(Invalid) as refused:
        assign(office, ticket, who)
    assert refused.value.facts["errors"] == [{"field": "owner", "code": "not_one_of"}]
    if who:
        with pytest.raises(Invalid) as refused:
            assign(office, ticket, "lead-east", who)
        assert refused.value.facts["errors"][0]["field"] == "backup"


def test_who_is_away_or_has_left_may_not_own(office: Office) -> None:
    ticket = office.enquiry()
    office.away("agent-east")
    office.register("agent-east-2", active=False)

    for who in ("agent-east", "agent-east-2"):
        with pytest.raises(Invalid):
            assign(office, ticket, who)


def test_who_is_complained_about_may_neither_own_nor_stand_in(office: Office) -> None:
    ticket = office.enquiry(about_staff="agent-east-2")

    assert ticket.owner == "agent-east"
    for owner, backup in (("agent-east-2", ""), ("lead-east", "agent-east-2")):
        with pytest.raises(ConflictOfInterest):
            assign(office, ticket, owner, backup)


def test_assigning_what_is_so_already_writes_nothing(office: Office) -> None:
    ticket = office.enquiry()

    assert assign(office, ticket, ticket.owner).version == ticket.version
    assert office.events(ticket.id) == ["ticket.received"]


def test_who_becomes_owner_is_no_longer_their_own_backup(office: Office) -> None:
    ticket = assign(office, office.enquiry(), "agent-east", "lead-east")

    assert assign(office, ticket, "lead-east").backup == ""
    assert assign(office, ticket, "agent-east", "agent-east-2").backup == "agent-east-2"


def test_a_handover_says_to_the_next_owner_alone_what_they_have_to_know(office: Office) -> None:
    ticket = office.enquiry()
    call = office.call("lead-east")
    after = office.services.routing.hand_over(ticket.id, "lead-east", "He is deaf.", call)

    (message,) = office.tickets.messages(ticket.id, 5, None).items
    assert (after.owner, message.visibility, message.body) == ("lead-east", Visibility.INTERNAL, "He is deaf.")
    with pytest.raises(NotAllowedNow):
        office.services.routing.hand_over(ticket.id, "lead-east", "x", call)


def test_its_owner_accepts_it_once_and_nobody_else_does(office: Office) -> None:
    ticket = office.enquiry()
    after = office.services.routing.accept(ticket.id, office.call(ticket.owner))

    assert office.clocks(ticket.id)["house.accept"].met_at == START
    assert office.services.routing.accept(ticket.id, office.call(ticket.owner)).version == after.version
    with pytest.raises(NotAllowedNow):
        office.services.routing.accept(ticket.id, office.call("lead-east"))


def moved_up(office: Office, ticket: Ticket) -> tuple[str, list[str]]:
    after, happened = office.services.routing.reached(ticket, 100, office.call("system"))
    return after.owner, [event.NAME for event in happened]


def test_what_nobody_accepts_moves_to_the_backup_then_to_the_lead_and_then_the_head_hears(office: Office) -> None:
    ticket = make_ticket(owner="agent-east", backup="agent-east-2")

    assert moved_up(office, ticket) == ("agent-east-2", ["ticket.assigned"])
    assert moved_up(office, make_ticket(owner="agent-east")) == ("lead-east", ["ticket.assigned"])
    stuck = make_ticket(owner="lead-east")
    assert moved_up(office, stuck) == ("lead-east", ["ticket.assignment_failed"])
    after, _ = office.services.routing.reached(stuck, 100, office.call("system"))
    assert [notice.to for notice in after.notices] == ["head"]


def test_a_backup_who_is_away_or_complained_about_is_passed_over(office: Office) -> None:
    about = make_ticket(owner="agent-east", backup="agent-east-2", about_staff="agent-east-2")
    assert moved_up(office, about)[0] == "lead-east"
    office.away("agent-east-2")
    assert moved_up(office, make_ticket(owner="agent-east", backup="agent-east-2"))[0] == "lead-east"


def test_two_supervisors_who_look_away_do_not_hand_it_to_each_other(office: Office) -> None:
    office.register("head-hq", unit="east")

    assert moved_up(office, make_ticket(owner="head-hq")) == ("head-hq", ["ticket.assignment_failed"])


def test_agents_come_before_supervisors_and_who_speaks_the_language_before_who_does_not(office: Office) -> None:
    routing = office.services.routing
    assert routing.candidates(make_ticket(), START) == ["agent-east", "agent-east-2"]
    office.register("agent-east-2", languages=frozenset({"zh-CN"}))
    assert routing.candidates(make_ticket(language="zh-CN"), START) == ["agent-east-2"]
    office.register("agent-east", languages=frozenset({"zh-CN"}), skills=frozenset({"fees"}))
    assert routing.candidates(make_ticket(language="zh-CN", topic="fees"), START) == ["agent-east"]
    assert routing.candidates(make_ticket(language="zh-CN", topic="cards"), START) == ["agent-east", "agent-east-2"]
    for who in ("agent-east", "agent-east-2"):
        office.away(who)
    assert routing.candidates(make_ticket(), START) == ["lead-east"]


def test_a_unit_that_is_complained_about_has_no_candidates(office: Office) -> None:
    assert office.services.routing.candidates(make_ticket(about_unit="east"), START) == []


def test_the_next_case_goes_to_whoever_has_least(office: Office) -> None:
    owners = [office.enquiry().owner for _ in range(6)]

    assert sorted(owners) == ["agent-east"] * 3 + ["agent-east-2"] * 3


def test_word_that_there_is_nobody_is_owed_anew_when_it_is_so_anew(office: Office) -> None:
    settled = office.services.routing.settled
    ticket = make_ticket(owner="", version=4)

    assert settled(make_ticket(), [], office.call())[1] == []
    assert settled(ticket, [], office.call())[0].notices[0].key == "assignment_failed"
    assert settled(ticket, [], office.call(), anew=True)[0].notices[0].key == "assignment_failed:4"
