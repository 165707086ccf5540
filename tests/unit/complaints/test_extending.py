"""More time: asked for by one, approved by another, told to the customer; and time that begins anew."""

from datetime import timedelta

import pytest

from chalicelib.complaints.model import ApprovalNeeded, ExtensionNotPossible
from chalicelib.complaints.service.extending import asked_of
from chalicelib.kernel.errors import Forbidden, NotFound
from chalicelib.tickets.model import ConflictOfInterest, NotPausable, Reason, Ticket
from tests.office import Office
from tests.unit.complaints.matters import notices
from tests.world import START

DAY = timedelta(days=1)
CLOCK = "cn.nfra.decision"


def ask(office: Office, complaint: Ticket, step: str = "complex", clock: str = CLOCK, who: str = "lead-east") -> Ticket:
    return office.services.extending.ask(complaint.id, clock, step, "It is complex.", office.call(who))


def approve(office: Office, complaint: Ticket, who: str, n: int = 1) -> Ticket:
    return office.services.extending.approve(complaint.id, n, office.call(who))


def due(office: Office, complaint: Ticket) -> str:
    return office.clocks(complaint.id)[CLOCK].clock(office.services.packs).due(office.now).date.isoformat()


def test_asking_moves_nothing_until_somebody_else_approves_and_the_customer_is_told_the_new_day(office: Office) -> None:
    complaint = office.complaint()
    assert notices(ask(office, complaint))["approval_needed"] == "lead"
    assert due(office, complaint) == "2026-12-08"
    with pytest.raises(ConflictOfInterest):
        approve(office, complaint, "lead-east")

    after = approve(office, complaint, "head-hq")
    assert due(office, complaint) == "2026-12-23"
    (told,) = (notice for notice in after.notices if notice.template == "extension_granted")
    assert (told.to, told.facts) == ("customer", {"answer_by": "2026-12-23"})


def test_a_step_that_wants_somebody_above_the_unit_is_approved_above_it(office: Office) -> None:
    complaint = office.complaint()
    ask(office, complaint, "special", who="agent-east")

    with pytest.raises(ApprovalNeeded):
        approve(office, complaint, "lead-east")
    approve(office, complaint, "head-hq")
    assert due(office, complaint) == "2027-01-22"


def test_approving_once_more_changes_nothing_and_what_was_not_asked_for_is_not_found(office: Office) -> None:
    complaint = office.complaint()
    ask(office, complaint)
    version = approve(office, complaint, "head-hq").version

    assert approve(office, complaint, "head-hq").version == version
    with pytest.raises(NotFound):
        approve(office, complaint, "head-hq", 2)
    with pytest.raises(Forbidden):
        approve(office, complaint, "agent-east")


def test_while_one_waits_for_approval_no_other_is_asked_for(office: Office) -> None:
    complaint = office.complaint()
    ask(office, complaint)

    with pytest.raises(ExtensionNotPossible) as refused:
        ask(office, complaint, "special")
    assert refused.value.facts == {"steps": []}


@pytest.mark.parametrize(("taken", "step", "able"), [("complex", "complex", ["special"]), ("special", "complex", [])])
def test_a_step_is_taken_once_and_only_to_more_time(office: Office, taken: str, step: str, able: list[str]) -> None:
    complaint = office.complaint()
    ask(office, complaint, taken)
    approve(office, complaint, "head-hq")

    with pytest.raises(ExtensionNotPossible) as refused:
        ask(office, complaint, step)
    assert refused.value.facts == {"steps": able}


def test_after_the_clock_ran_out_there_is_no_more_time(office: Office) -> None:
    complaint = office.complaint()
    ask(office, complaint)
    office.now = START + 15 * DAY + timedelta(hours=14)  # midnight of the last day in Shanghai

    for late in (lambda: ask(office, complaint, "special"), lambda: approve(office, complaint, "head-hq")):
        with pytest.raises(ExtensionNotPossible) as refused:
            late()
        assert refused.value.facts == {"steps": []}


@pytest.mark.parametrize("clock", ["cn.nfra.nothing", "cn.nfra.review"])
def test_a_clock_that_does_not_run_here_is_not_found(office: Office, clock: str) -> None:
    with pytest.raises(NotFound):
        ask(office, office.complaint(), clock=clock)


def test_a_clock_whose_rule_has_no_such_step_says_which_it_has(office: Office) -> None:
    complaint = office.complaint()
    for clock, step, able in ((CLOCK, "nothing", ["complex", "special"]), ("house.resolve", "complex", [])):
        with pytest.raises(ExtensionNotPossible) as refused:
            ask(office, complaint, step, clock)
        assert refused.value.facts == {"steps": able}


def test_what_was_asked_for_comes_back_from_where_it_is_kept(office: Office) -> None:
    complaint = office.complaint()
    ask(office, complaint)
    office.now += DAY
    approve(office, complaint, "head-hq")

    (asked,) = asked_of(office.ticket(complaint.id))
    assert (asked.n, asked.by, asked.at, asked.approved_by, asked.approved_at) == (
        1,
        "lead-east",
        START,
        "head-hq",
        START + DAY,
    )
    assert "complex." not in str(office.ledger.bodies(complaint.id, "complaint.extension_asked"))


def test_new_facts_begin_the_regulator_s_time_anew_and_no_other(office: Office) -> None:
    complaint = office.complaint()
    office.now += 3 * DAY
    office.services.extending.new_facts(complaint.id, "A receipt.", office.call("lead-east"))

    started = {id_: clock.started_at for id_, clock in office.clocks(complaint.id).items()}
    assert (started[CLOCK], started["house.resolve"]) == (START + 3 * DAY, START)


def test_clocks_of_a_complaint_stand_for_what_its_rules_list_and_what_is_no_complaint_is_not_found(
    office: Office,
) -> None:
    extending, call = office.services.extending, office.call("lead-east")
    complaint = office.complaint()
    extending.pause(complaint.id, Reason.MEDIATION, None, CLOCK, call)
    assert office.clocks(complaint.id)[CLOCK].resting()
    extending.resume(complaint.id, Reason.MEDIATION, call)
    assert not office.clocks(complaint.id)[CLOCK].resting()
    with pytest.raises(NotPausable):
        extending.pause(complaint.id, Reason.CUSTOMER, None, CLOCK, call)
    with pytest.raises(NotFound):
        extending.pause(office.enquiry().id, Reason.CUSTOMER, None, "", call)
