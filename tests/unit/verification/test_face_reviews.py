"""Unclear checks: a person decides in time, or it is another way; and what is kept goes when its time is over."""

import pytest

from chalicelib.kernel.errors import ConflictOfInterest, Forbidden, NotAllowedNow
from chalicelib.verification.faces.model import Check, FaceUnderReview, Status, Why, grant_id
from tests.face_world import LI, OFFICER, SMITH, SYSTEM, Booth


@pytest.fixture
def booth() -> Booth:
    return Booth().agreed()


@pytest.fixture
def waiting(booth: Booth) -> Check:
    return booth.looked(8000, 9000)


def grant(booth: Booth, check: Check) -> object:
    return booth.checks.grant(booth.keys.token("grant:step_up", grant_id(check)), "step_up")


def due(booth: Booth, check: Check) -> str:
    return booth.reviews.due(LI.id, check.id, booth.call(SYSTEM))


def test_what_is_unclear_waits_for_compliance_who_are_told_by_when(booth: Booth, waiting: Check) -> None:
    (line,) = booth.reviews.waiting(10, None, booth.call(OFFICER)).items
    (word,) = booth.body("face.checked")["notices"]

    assert (line.check, line.liveness, line.similarity) == (waiting.id, 8000, 9000)
    assert line.decide_by == waiting.until
    assert (word["to"], word["template"], word["facts"]) == (
        "compliance",
        "face_review",
        {"until": "2026-11-23T10:00:00.000Z"},
    )
    assert booth.reviews.owes("face_cus_li", word["key"])


def test_the_most_urgent_comes_first(booth: Booth, waiting: Check) -> None:
    booth.later(hours=1)
    second = Booth(tables=booth.tables, now=booth.now)
    second.consents.agree(1, "en", second.call(SMITH))
    check = second.started(actor=SMITH)
    second.provider.shows(check.id, 8000, 9000)
    second.result(check, SMITH)

    page = booth.reviews.waiting(1, None, booth.call(OFFICER))
    assert [one.check for one in page.items] == [waiting.id]
    assert [one.check for one in booth.reviews.waiting(1, page.next, booth.call(OFFICER)).items] == [check.id]


def test_what_a_person_confirms_is_collected_once_by_the_customer(booth: Booth, waiting: Check) -> None:
    booth.decided(waiting, confirmed=True)
    assert grant(booth, waiting) is None
    (word,) = booth.body("face.decided")["notices"]
    assert (word["to"], word["customer"], word["template"]) == ("customer", LI.id, "face_confirmed")
    assert booth.reviews.owes("face_cus_li", word["key"])
    with pytest.raises(FaceUnderReview):
        booth.started()

    booth.later(hours=3)
    assert booth.result(waiting).status is Status.PASSED
    assert grant(booth, waiting) is not None
    assert [booth.result(waiting).status for _ in range(2)] == [Status.PASSED] * 2
    assert booth.events().count("face.granted") == 1
    assert booth.reviews.waiting(10, None, booth.call(OFFICER)).items == ()


def test_what_a_person_refuses_counts_as_a_failure_and_gives_nothing(booth: Booth, waiting: Check) -> None:
    booth.decided(waiting, confirmed=False)

    assert booth.result(waiting).status is Status.REFUSED
    assert (grant(booth, waiting), booth.face().failures, booth.face().busy) == (None, 1, "")
    assert booth.body("face.decided")["notices"][0]["template"] == "face_refused"


def test_the_reason_is_kept_as_its_digest_alone(booth: Booth, waiting: Check) -> None:
    booth.decided(waiting, confirmed=True)

    assert "Called back" not in str(booth.tables.items) + str(booth.tables.chains)
    assert booth.body("face.decided")["how"] == "call"


def test_it_is_decided_once(booth: Booth, waiting: Check) -> None:
    booth.decided(waiting, confirmed=False)

    with pytest.raises(NotAllowedNow):
        booth.decided(waiting, confirmed=True)


def test_nobody_decides_about_whoever_complains_about_them(booth: Booth, waiting: Check) -> None:
    booth.about = {LI.id: frozenset({OFFICER.id})}

    with pytest.raises(ConflictOfInterest):
        booth.decided(waiting, confirmed=False)


def test_only_compliance_decides(booth: Booth, waiting: Check) -> None:
    with pytest.raises(Forbidden):
        booth.decided(waiting, confirmed=True, actor=LI)
    with pytest.raises(Forbidden):
        booth.reviews.waiting(10, None, booth.call())


def test_what_nobody_decides_in_time_opens_nothing_and_both_sides_are_told(booth: Booth, waiting: Check) -> None:
    assert due(booth, waiting) == "settled"
    booth.later(hours=8)
    with pytest.raises(NotAllowedNow):
        booth.decided(waiting, confirmed=True)

    assert due(booth, waiting) == "ended"

    words = booth.body("face.ended")["notices"]
    assert [(word["to"], word["template"]) for word in words] == [
        ("compliance", "face_review_missed"),
        ("customer", "face_refused"),
    ]
    assert all(booth.reviews.owes("face_cus_li", word["key"]) for word in words)
    assert booth.result(waiting).why is Why.NOBODY_DECIDED
    assert booth.reviews.waiting(10, None, booth.call(OFFICER)).items == ()
    assert due(booth, waiting) == "settled"
    assert booth.started().status is Status.OPEN


def test_who_begins_anew_before_the_sweep_came_by_changes_nothing_of_what_is_told(booth: Booth, waiting: Check) -> None:
    booth.later(hours=8)

    assert booth.started().status is Status.OPEN

    words = booth.body("face.ended")["notices"]
    assert [word["template"] for word in words] == ["face_review_missed", "face_refused"]
    assert booth.store.waiting(10, None).items == ()


def test_what_is_not_collected_in_a_day_is_worth_nothing(booth: Booth, waiting: Check) -> None:
    booth.decided(waiting, confirmed=True)
    booth.later(hours=24)

    assert booth.result(waiting).status is Status.CONFIRMED
    assert grant(booth, waiting) is None
    assert due(booth, waiting) == "ended"
    assert booth.result(waiting).why is Why.NOT_COLLECTED


def test_a_session_nobody_came_back_to_is_ended_by_the_sweep(booth: Booth) -> None:
    check = booth.started()
    booth.later(minutes=5)

    assert due(booth, check) == "ended"
    assert (booth.face().busy, booth.result(check).why) == ("", Why.TIMED_OUT)


def test_scores_and_digest_go_when_their_time_is_over_with_a_receipt(booth: Booth) -> None:
    passed = booth.looked(9900, 9900, image=b"a face")
    booth.later(days=30)

    assert due(booth, passed) == "deleted"

    assert passed.sha256 not in str(booth.tables.items)
    assert booth.body("face.deleted") == {"face": "face_cus_li", "checks": [passed.id], "why": "kept_long_enough"}
    assert due(booth, passed) == "settled"
