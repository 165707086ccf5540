"""Taking something in: regimes pinned, clocks running, an owner, and the acknowledgement owed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.errors import Changed, Forbidden, Invalid, NotFound, PhoneInvalid
from chalicelib.tickets.model import Kind, Need
from chalicelib.tickets.service.intake import NUMBERS_TRIED, SKEW
from tests.builders import CHINA, HOUSE
from tests.office import Office
from tests.world import LI, SMITH, START


def test_what_comes_in_has_clocks_an_owner_and_owes_an_acknowledgement(office: Office) -> None:
    ticket = office.enquiry()

    assert ticket.regimes == (CHINA, HOUSE)
    assert {clock.id for clock in ticket.clocks} == {
        "house.acknowledge",
        "house.answer",
        "house.first_response",
        "house.accept",
    }
    assert (ticket.status, ticket.owner in {"agent-east", "agent-east-2"}) == ("received", True)
    assert [(notice.key, notice.to) for notice in ticket.notices] == [("acknowledgement", "customer")]
    assert office.events(ticket.id) == ["ticket.received"]


def test_the_record_has_the_hash_of_what_was_written_and_not_a_word_of_it(office: Office) -> None:
    ticket = office.enquiry(subject="SECRET ONE", body="SECRET TWO")

    (body,) = office.ledger.bodies(ticket.id, "ticket.received")
    assert len(body["sha256"]) == 64
    assert "SECRET" not in str(body)


def test_clocks_count_from_the_first_expression_and_the_owner_s_from_now(office: Office) -> None:
    first = START - timedelta(days=3)
    ticket = office.enquiry(received_at=first)

    started = {clock.rule: clock.started_at for clock in ticket.clocks}
    assert (started["house.answer"], started["house.accept"]) == (first, START)


@pytest.mark.parametrize(("ahead", "refused"), [(SKEW, False), (SKEW + timedelta(seconds=1), True)])
def test_nothing_was_received_in_the_future_but_for_the_clocks_of_machines(
    office: Office, ahead: timedelta, refused: bool
) -> None:
    if not refused:
        assert office.enquiry(received_at=START + ahead)
        return
    with pytest.raises(Invalid) as told:
        office.enquiry(received_at=START + ahead)
    assert told.value.facts["errors"] == [{"field": "received_at", "code": "in_the_future"}]


def test_a_customer_files_for_nobody_else(office: Office) -> None:
    filing = office.filing()

    with pytest.raises(NotFound):
        office.services.intake.file(filing, office.call("cus_other"))


@pytest.mark.parametrize(
    ("who", "unit", "refusal"),
    [("agent-east", "london", NotFound), ("auditor-hq", "east", Forbidden), ("compliance-hq", "nowhere", NotFound)],
)
def test_staff_log_for_the_units_in_their_reach(office: Office, who: str, unit: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        office.services.intake.log(office.filing(unit=unit), "", office.call(who))


def test_what_staff_log_belongs_to_the_customer_of_the_number_who_may_be_new(office: Office) -> None:
    call = office.call("agent-east")
    filing = replace(office.filing(), customer_id="")
    ticket = office.services.intake.log(filing, SMITH, call)

    assert office.people.customer(ticket.customer_id).phone == SMITH
    assert office.services.intake.log(filing, SMITH, call).customer_id == ticket.customer_id
    with pytest.raises(PhoneInvalid):
        office.services.intake.log(filing, "12", call)
    for unknown in ("", "cus_nobody"):
        with pytest.raises(NotFound):
            office.services.intake.log(replace(filing, customer_id=unknown), "", call)


def test_a_number_that_is_taken_is_drawn_anew(office: Office) -> None:
    filing, draws = office.filing(), [b"\0" * 10, b"\0" * 10, b"\1" * 10]
    for _ in range(2):
        call = replace(office.call(filing.customer_id), entropy=lambda _: draws.pop(0))
        office.services.intake.file(filing, call)
        assert draws == ([b"\0" * 10, b"\1" * 10] if len(draws) == 2 else [])

    assert len(office.tickets.kept) == 2


def test_a_day_without_a_free_number_is_told_in_the_end(office: Office) -> None:
    filing, drawn = office.filing(), []

    def same(n: int) -> bytes:
        drawn.append(n)
        return b"\0" * n

    office.services.intake.file(filing, replace(office.call(filing.customer_id), entropy=same))
    with pytest.raises(Changed):
        office.services.intake.file(filing, replace(office.call(filing.customer_id), entropy=same))
    assert len(drawn) == 1 + NUMBERS_TRIED


def test_a_matter_about_a_unit_is_handled_above_it(office: Office) -> None:
    assert office.enquiry(about_unit="east").unit == "hq"
    assert office.enquiry(about_unit="london").unit == "east"
    assert office.enquiry(unit="hq", about_unit="hq").unit == "hq"


def test_where_nobody_may_own_it_the_lead_hears_and_the_record_says_so(office: Office) -> None:
    for who in ("agent-east", "agent-east-2", "lead-east"):
        office.away(who)

    ticket = office.enquiry()

    assert ticket.owner == ""
    assert "house.accept" not in {clock.id for clock in ticket.clocks}, "nobody is there to accept"
    assert [(notice.key, notice.to) for notice in ticket.notices][-1] == ("assignment_failed", "lead")
    assert office.events(ticket.id) == ["ticket.received", "ticket.assignment_failed"]


def test_needs_raise_the_priority_and_the_language_is_the_unit_s_unless_told(office: Office) -> None:
    plain, needy = office.enquiry(), office.enquiry(needs=(Need.SIGHT,), language="en")

    assert (plain.priority, plain.language, plain.needs) == ("normal", "zh-CN", None)
    assert (needy.priority, needy.language, needy.needs.kinds) == ("high", "en", (Need.SIGHT,))


def test_when_nobody_is_there_the_acknowledgement_says_when_somebody_is(office: Office) -> None:
    office.now = START + timedelta(hours=12)  # ten at night in Shanghai

    (notice,) = office.enquiry().notices
    assert notice.template == "ticket_received_closed"
    assert "2026" in notice.facts["opens_at"] or ":" in notice.facts["opens_at"]


def test_a_complaint_runs_on_the_regulator_s_clock_and_an_enquiry_does_not(office: Office) -> None:
    enquiry, complaint = office.enquiry(), office.complaint(customer_id=office.customer(LI))

    assert "cn.nfra.decision" in {clock.id for clock in complaint.clocks}
    assert "cn.nfra.decision" not in {clock.id for clock in enquiry.clocks}
    assert (enquiry.kind, complaint.kind) == (Kind.ENQUIRY, Kind.COMPLAINT)
