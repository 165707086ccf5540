"""Bringing a decision to the customer, what they answer, and the end of the case."""

from datetime import timedelta

import pytest

from chalicelib.complaints.model import Body, Correction, ProofMissing, ReviewWindowOver, Way, WayUnsuitable
from chalicelib.complaints.policy import REVIEW_WINDOW
from chalicelib.kernel.errors import Invalid, NotAllowedNow
from chalicelib.tickets.model import BREACH, Need
from tests.office import Office
from tests.unit.complaints.matters import closed, decide, deliver, delivered, notices
from tests.world import START

DAY = timedelta(days=1)


@pytest.mark.parametrize("way", [Way.LETTER, Way.BRANCH, Way.PHONE])
def test_what_is_handed_over_is_delivered_then_on_a_proof(office: Office, way: Way) -> None:
    complaint = decide(office, office.complaint())
    for blank in ("", "  "):
        with pytest.raises(ProofMissing):
            deliver(office, complaint, way, blank)
    after = deliver(office, complaint, way, "RM123456785GB")

    assert after.status == "delivered"
    assert office.clocks(complaint.id)["cn.nfra.decision"].met_at == START
    assert "RM123" not in str(office.ledger.bodies(complaint.id, "complaint.delivered"))
    silence = "house.silence_after_post" if way is Way.LETTER else "house.silence"
    assert silence in office.clocks(complaint.id)


def test_an_sms_meets_the_clock_when_it_has_arrived_and_not_when_it_is_sent(office: Office) -> None:
    complaint = deliver(office, decide(office, office.complaint()), Way.SMS, "")

    assert complaint.status == "delivering"
    assert not office.clocks(complaint.id)["cn.nfra.decision"].over
    key = f"decision:{complaint.version - 1}"
    assert complaint.moves_on == {f"{key}.delivered": "delivered", f"{key}.failed": "decided"}
    assert notices(complaint)["complaint_decided"] == "customer"


def test_after_a_failure_it_goes_out_under_another_key_and_late_news_of_the_first_moves_nothing(office: Office) -> None:
    complaint = deliver(office, decide(office, office.complaint()), Way.SMS)
    first = next(iter(complaint.moves_on)).rpartition(".")[0]
    arrived, system = office.services.watch.arrived, office.call("system")
    arrived(complaint.id, first, "failed", START, system)
    assert office.ticket(complaint.id).status == "decided"

    again = deliver(office, complaint, Way.SMS)
    second = next(iter(again.moves_on)).rpartition(".")[0]
    assert second != first
    arrived(complaint.id, first, "failed", START, system)
    assert office.ticket(complaint.id).status == "delivering"
    arrived(complaint.id, second, "delivered", START, system)
    assert office.ticket(complaint.id).status == "delivered"


def test_a_way_the_customer_cannot_use_is_refused(office: Office) -> None:
    complaint = decide(office, office.complaint(needs=(Need.HEARING,)))

    with pytest.raises(WayUnsuitable) as refused:
        deliver(office, complaint, Way.PHONE)
    assert refused.value.facts == {"unsuitable": ["phone"]}
    assert deliver(office, complaint, Way.BRANCH).status == "delivered"


def test_what_is_not_decided_is_not_delivered(office: Office) -> None:
    for way in (Way.SMS, Way.LETTER):
        with pytest.raises(NotAllowedNow):
            deliver(office, office.complaint(), way)


def pay(office: Office, complaint):  # type: ignore[no-untyped-def]
    return office.services.delivering.pay(complaint.id, START.date(), "PAY-1", office.call("lead-east"))


def test_redress_is_paid_once_and_only_where_some_is_owed(office: Office) -> None:
    complaint = delivered(office)

    assert pay(office, complaint).process["paid"]["reference"] == "PAY-1"
    with pytest.raises(NotAllowedNow):
        pay(office, complaint)
    with pytest.raises(NotAllowedNow):
        pay(office, decide(office, office.complaint()))
    asked = decide(office, office.complaint(), who="agent-east", redress={"amount": 10**9, "currency": "CNY"})
    with pytest.raises(NotAllowedNow):
        pay(office, asked)


def test_a_complaint_is_closed_once_the_decision_has_arrived(office: Office) -> None:
    with pytest.raises(NotAllowedNow):
        office.services.delivering.close(decide(office, office.complaint()).id, "r", None, office.call("lead-east"))
    complaint = closed(office)

    assert (complaint.status, complaint.open, complaint.closed_at) == ("closed", False, START)
    assert all(clock.over for clock in complaint.clocks)


def test_a_corrective_action_has_a_clock_that_outlives_the_case_and_ends_with_a_look(office: Office) -> None:
    action = Correction("mend the table", "lead-east", (START + 30 * DAY).date())
    call = office.call("lead-east")
    complaint = office.services.delivering.close(delivered(office).id, "r", action, call)
    assert not office.clocks(complaint.id)["house.correction"].over
    assert complaint.due_at is not None

    office.changed(complaint.id)
    with pytest.raises(Invalid) as refused:
        office.services.delivering.end_correction(complaint.id, "mended", call)
    assert refused.value.facts["errors"][0]["code"] == "too_early"
    office.now += 30 * DAY
    office.services.delivering.end_correction(complaint.id, "mended", office.call("lead-east"))
    assert office.clocks(complaint.id)["house.correction"].met_at == office.now
    with pytest.raises(NotAllowedNow):
        office.services.delivering.end_correction(complaint.id, "again", office.call("lead-east"))


def test_referrals_are_kept_beside_each_other(office: Office) -> None:
    complaint = office.complaint()
    for to in (Body.OMBUDSMAN, Body.COURT):
        office.services.delivering.refer(complaint.id, to, "FOS-1", office.call("lead-east"))

    assert [one["to"] for one in office.ticket(complaint.id).process["referrals"]] == ["ombudsman", "court"]


def reject(office: Office, complaint):  # type: ignore[no-untyped-def]
    return office.services.answering.reject(complaint.id, "Not so.", office.call(complaint.customer_id))


def test_a_review_goes_to_the_unit_above_with_a_clock_of_its_own_and_to_somebody_new(office: Office) -> None:
    review = reject(office, delivered(office))

    assert (review.status, review.unit, review.owner) == ("in_review", "hq", "head-hq")
    assert not office.clocks(review.id)["cn.nfra.review"].over
    assert office.clocks(review.id)["cn.nfra.decision"].over
    assert office.clocks(review.id)["house.silence"].over


def test_where_above_there_is_only_who_decided_nobody_owns_the_review_and_the_lead_hears(office: Office) -> None:
    complaint = delivered(office)
    office.register("head-hq", active=False)
    office.register("lead-east", unit="hq")

    review = reject(office, complaint)

    assert (review.owner, notices(review)["assignment_failed"]) == ("", "lead")


@pytest.mark.parametrize(("late", "refused"), [(timedelta(0), False), (timedelta(seconds=1), True)])
def test_a_review_is_asked_for_within_thirty_days_of_the_delivery(
    office: Office, late: timedelta, refused: bool
) -> None:
    complaint = closed(office)
    office.now += REVIEW_WINDOW + late

    if refused:
        with pytest.raises(ReviewWindowOver):
            reject(office, complaint)
    else:
        assert reject(office, complaint).open


def test_there_is_one_review(office: Office) -> None:
    review = reject(office, delivered(office))
    decide(office, review, who="head-hq")
    office.services.delivering.deliver(review.id, Way.BRANCH, "signed", office.call("head-hq"))

    with pytest.raises(ReviewWindowOver):
        reject(office, review)
    assert office.clocks(review.id)["cn.nfra.review"].met_at == START


def test_who_accepts_is_not_reminded_and_who_withdraws_ends_it_on_that_day(office: Office) -> None:
    accepted = delivered(office)
    office.services.answering.accept(accepted.id, office.call(accepted.customer_id))
    assert office.clocks(accepted.id)["house.silence"].over

    complaint = office.complaint()
    after = office.services.answering.withdraw(complaint.id, office.call(complaint.customer_id))
    assert (after.status, after.open, notices(after)["complaint_withdrawn"]) == ("withdrawn", False, "owner")
    assert all(clock.stopped_at == START for clock in after.clocks)
    with pytest.raises(NotAllowedNow):
        office.services.answering.withdraw(delivered(office).id, office.call(complaint.customer_id))


def test_silence_is_reminded_of_half_way_and_closes_at_its_end(office: Office) -> None:
    complaint, reached = delivered(office), office.services.answering.reached

    after, _ = reached(complaint, 50, office.call("system"))
    assert (after.status, notices(after)["decision_reminder"]) == ("delivered", "customer")
    after, (event,) = reached(complaint, BREACH, office.call("system"))
    assert (after.status, event.why) == ("closed", "silence")
    assert reached(closed(office), BREACH, office.call("system"))[1] == []
