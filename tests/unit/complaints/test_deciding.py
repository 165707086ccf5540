"""From the first look to the decision that may go out: whole, by two where it has to be, and by nobody about themselves."""

from dataclasses import replace

import pytest

from chalicelib.complaints.model import ApprovalNeeded, CodeUnknown, MissingBlocks
from chalicelib.kernel.errors import Forbidden, NotAllowedNow, NotFound
from chalicelib.tickets.model import ConflictOfInterest, Severity
from tests.office import Office
from tests.unit.complaints.matters import FEES, REJECTED, UPHELD, decide, delivered, notices


def test_taking_up_is_done_once_and_by_the_owner_it_is_accepting(office: Office) -> None:
    one, two = office.complaint(), office.complaint()
    office.services.deciding.take_up(one.id, office.call(one.owner))
    office.services.deciding.take_up(two.id, office.call("lead-east"))

    assert office.clocks(one.id)["house.accept"].over
    assert not office.clocks(two.id)["house.accept"].over
    with pytest.raises(NotAllowedNow):
        office.services.deciding.take_up(one.id, office.call(one.owner))


def test_what_is_no_complaint_is_not_found_here(office: Office) -> None:
    with pytest.raises(NotFound):
        decide(office, office.enquiry())
    with pytest.raises(NotFound):
        office.services.receiving.read(office.enquiry().id, office.call("lead-east"))


def test_a_decision_says_what_its_regimes_want_and_its_record_says_no_word_of_it(office: Office) -> None:
    complaint = decide(office, office.complaint())

    assert complaint.status == "decided"
    assert complaint.process["decision"]["rights"][0] == "right.review"
    (body,) = office.ledger.bodies(complaint.id, "complaint.decided")
    assert "Charged" not in str(body)
    assert (body["outcome"], len(body["sha256"])) == ("upheld", 64)


@pytest.mark.parametrize(
    ("findings", "reasons", "missing"),
    [("", "r", ["findings"]), ("f", "  ", ["reasons"]), ("", "", ["findings", "reasons"])],
)
def test_a_decision_without_findings_or_reasons_is_none(
    office: Office, findings: str, reasons: str, missing: list[str]
) -> None:
    complaint = office.complaint()

    with pytest.raises(MissingBlocks) as refused:
        decide(office, complaint, (UPHELD[0], findings, reasons))
    assert refused.value.facts == {"missing_blocks": missing}
    assert office.ticket(complaint.id).status == "received"


def proposed(office: Office, who: str = "agent-east"):  # type: ignore[no-untyped-def]
    complaint = office.complaint()
    office.services.routing.assign(complaint.id, "agent-east", "", office.call("head-hq"))
    return decide(office, complaint, REJECTED, who)


def test_a_no_is_proposed_and_the_lead_is_asked(office: Office) -> None:
    complaint = proposed(office)

    assert (complaint.status, notices(complaint)["approval_needed"]) == ("proposed", "lead")
    assert office.ledger.bodies(complaint.id, "complaint.approval_asked")[0]["reasons"] == ["outcome_rejected"]


def approve(office: Office, complaint, who: str):  # type: ignore[no-untyped-def]
    return office.services.deciding.approve(complaint.id, office.call(who))


@pytest.mark.parametrize("author", ["agent-east", "lead-east"])
def test_neither_author_nor_owner_approves(office: Office, author: str) -> None:
    complaint = proposed(office, author)
    office.services.routing.assign(complaint.id, "lead-east", "", office.call("head-hq"))

    with pytest.raises(ConflictOfInterest):
        approve(office, complaint, "lead-east")
    assert approve(office, complaint, "head-hq").status == "decided"


def test_an_agent_approves_nothing(office: Office) -> None:
    with pytest.raises(Forbidden):
        approve(office, proposed(office), "agent-east-2")


def test_who_approves_may_grant_as_much_themselves(office: Office) -> None:
    complaint = office.complaint()
    decide(office, complaint, who="agent-east", redress={"amount": 5_000_001, "currency": "CNY"})
    office.services.routing.assign(complaint.id, "agent-east-2", "", office.call("head-hq"))

    with pytest.raises(ApprovalNeeded):
        approve(office, complaint, "lead-east")
    assert approve(office, complaint, "compliance-hq").process["approval"]["by"] == "compliance-hq"


def test_a_proposal_that_is_sent_back_is_at_work_again_and_its_owner_hears_why(office: Office) -> None:
    complaint = proposed(office)
    after = office.services.deciding.send_back(complaint.id, "Too short.", office.call("lead-east"))

    assert (after.status, notices(after)["decision_returned"]) == ("in_progress", "owner")
    assert "Too short" not in str(office.ledger.bodies(complaint.id, "complaint.returned"))
    with pytest.raises(NotAllowedNow):
        approve(office, complaint, "lead-east")


def test_what_is_proposed_is_not_decided_by_somebody_else_meanwhile(office: Office) -> None:
    with pytest.raises(NotAllowedNow):
        decide(office, proposed(office), UPHELD)


def under_review(office: Office):  # type: ignore[no-untyped-def]
    complaint = delivered(office)
    return office.services.answering.reject(complaint.id, "No.", office.call(complaint.customer_id))


def test_nobody_reviews_their_own_decision_even_after_the_review_was_sent_back(office: Office) -> None:
    complaint = under_review(office)
    office.register("lead-east", unit="hq")
    with pytest.raises(ConflictOfInterest):
        decide(office, complaint)

    decide(office, complaint, REJECTED, "head-hq")
    office.changed(complaint.id, owner="")
    office.services.deciding.send_back(complaint.id, "Think again.", office.call("compliance-hq"))
    with pytest.raises(ConflictOfInterest):
        decide(office, complaint)
    assert office.ticket(complaint.id).status == "in_review"


def test_the_decision_under_review_stays_beside_that_of_the_review(office: Office) -> None:
    complaint = decide(office, under_review(office), who="head-hq")

    assert complaint.process["first_decision"]["by"] == "lead-east"
    assert complaint.process["decision"]["by"] == "head-hq"


def classify(office: Office, complaint, **but):  # type: ignore[no-untyped-def]
    return office.services.deciding.classify(complaint.id, replace(FEES, **but), office.call("lead-east"))


def test_a_complaint_classified_as_grave_raises_the_alarm_once(office: Office) -> None:
    complaint = office.complaint()
    grave = classify(office, complaint, severity="critical")
    classify(office, complaint, severity="major")

    assert (grave.severity, grave.priority) == (Severity.CRITICAL, "urgent")
    assert {n.to for n in grave.notices if n.template == "complaint_major"} == {"head", "compliance"}
    assert office.events(complaint.id).count("complaint.major") == 1


def test_impact_on_the_regulator_wants_a_second_person(office: Office) -> None:
    complaint = classify(office, office.complaint(), regulatory_impact=True)

    assert decide(office, complaint).status == "proposed"


def test_codes_stand_under_the_version_in_force_and_those_of_no_list_are_refused(office: Office) -> None:
    codes = {"asic_idr": ("issue.fees", "outcome.none")}
    complaint = classify(office, office.complaint(), codes=codes)
    (kept,) = complaint.process["classification"]["codes"].items()
    assert (kept[0].startswith("asic_idr@"), kept[1]) == (True, ["issue.fees", "outcome.none"])

    with pytest.raises(CodeUnknown) as refused:
        classify(office, office.complaint(), codes={"no.such": ("1",)})
    assert refused.value.facts["errors"] == [{"field": "codes.no.such", "code": "not_one_of"}]
    with pytest.raises(CodeUnknown):
        classify(office, office.complaint(), codes={"asic_idr": ("fees",)})


def test_the_alarm_of_a_major_complaint_is_rung_when_it_comes_in_and_looked_at_once(office: Office) -> None:
    complaint = office.complaint(process={"media": True})

    assert (complaint.severity, complaint.priority) == (Severity.MAJOR, "urgent")
    assert not office.clocks(complaint.id)["house.major"].over
    office.services.receiving.acknowledge_alarm(complaint.id, office.call("head-hq"))
    assert office.clocks(complaint.id)["house.major"].over
    with pytest.raises(NotAllowedNow):
        office.services.receiving.acknowledge_alarm(complaint.id, office.call("head-hq"))
    with pytest.raises(NotAllowedNow):
        office.services.receiving.acknowledge_alarm(office.complaint().id, office.call("head-hq"))


def test_the_acknowledgement_is_sent_once_more_while_it_is_open(office: Office) -> None:
    complaint = office.complaint()
    again = office.services.receiving.acknowledge(complaint.id, office.call("lead-east"))

    assert [notice.key for notice in again.notices] == ["acknowledgement", "acknowledgement:1"]
    office.changed(complaint.id, open=False)
    with pytest.raises(NotAllowedNow):
        office.services.receiving.acknowledge(complaint.id, office.call("lead-east"))
