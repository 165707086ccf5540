"""Checks of faces: bands, failures, time, races; whatever cannot be had opens nothing and offers another way (S12)."""

from datetime import timedelta

import pytest

from chalicelib.kernel.errors import Refusal
from chalicelib.verification.faces import policy
from chalicelib.verification.faces.model import (
    Bar,
    Check,
    FaceNotOffered,
    Purpose,
    Status,
    TooManyFaces,
    Way,
    Why,
    grant_id,
)
from tests.face_world import LI, PHONE, SMITH, Booth

WAYS = ["code", "branch", "call"]
BAR = Bar(9000, 9500, 7000, 8500)


@pytest.fixture
def booth() -> Booth:
    return Booth().agreed()


def grant(booth: Booth, check: Check, purpose: str = "step_up") -> str:
    return booth.keys.token(f"grant:{purpose}", grant_id(check))


def refused(booth: Booth) -> Refusal:
    with pytest.raises(Refusal) as found:
        booth.started()
    assert found.value.facts["alternatives"] == WAYS
    return found.value


@pytest.mark.parametrize(
    ("liveness", "similarity", "status"),
    [
        (9000, 9500, Status.PASSED),
        (8999, 9500, Status.REVIEW),
        (9000, 9499, Status.REVIEW),
        (7000, 8500, Status.REVIEW),
        (6999, 9999, Status.STEP_UP),
        (9999, 8499, Status.STEP_UP),
        (9999, None, Status.STEP_UP),
        (0, 0, Status.STEP_UP),
    ],
)
def test_scores_come_to_one_of_three_bands(liveness: int, similarity: int | None, status: Status) -> None:
    assert policy.band(liveness, similarity, BAR) is status


def test_what_is_of_high_risk_has_to_be_surer(booth: Booth) -> None:
    assert booth.looked(9000, 9500).status is Status.PASSED
    assert booth.looked(9000, 9500, Purpose.CHANGE_PHONE).status is Status.REVIEW


def test_a_face_that_passes_gives_a_grant_for_its_purpose_its_customer_and_ten_minutes(booth: Booth) -> None:
    passed = booth.looked(9500, 9800)

    found = booth.checks.grant(grant(booth, passed), "step_up")
    assert found is not None
    assert (found.customer, found.purpose, found.expires_at - booth.now) == (LI.id, "step_up", timedelta(minutes=10))
    assert (found.phone, found.bound) == (PHONE, False)
    assert booth.checks.grant(grant(booth, passed), "change_phone") is None
    assert booth.checks.grant(grant(booth, passed, "change_phone"), "change_phone") is None
    assert booth.checks.grant(f"{SMITH.id}{grant(booth, passed)[len(LI.id) :]}", "step_up") is None
    assert booth.checks.grant("nonsense", "step_up") is None


def test_no_grant_comes_of_anything_but_a_pass(booth: Booth) -> None:
    for scores in ((8000, 9000), (100, 100)):
        check = booth.looked(*scores)
        assert booth.checks.grant(grant(booth, check), "step_up") is None
        if check.status is Status.REVIEW:
            booth.decided(check, confirmed=False)


def test_each_start_offers_other_ways_and_records_that(booth: Booth) -> None:
    check = booth.started()

    assert booth.body("face.started") == {
        "face": "face_cus_li",
        "check": check.id,
        "purpose": "step_up",
        "risk": "elevated",
        "alternatives": WAYS,
    }


def test_a_result_says_that_no_image_was_stored_and_keeps_scores_and_digest_alone(booth: Booth) -> None:
    check = booth.looked(9500, 9800, image=b"CANARY-OF-A-FACE")

    assert booth.body("face.image_discarded") == {
        "face": "face_cus_li",
        "check": check.id,
        "images": 1,
        "stored": 0,
    }
    assert (check.liveness, check.similarity, len(check.sha256)) == (9500, 9800, 64)
    everything = str(booth.tables.items) + str(booth.tables.chains) + repr(booth.provider.shown)
    assert "CANARY" not in everything
    # What stands in the ledger stays there: neither scores nor digest do.
    chain = str(booth.tables.chains)
    assert check.sha256 not in chain
    assert "9800" not in chain


def test_five_failures_in_a_row_close_this_way_for_a_day_and_others_stay(booth: Booth) -> None:
    for left in (4, 3, 2, 1):
        assert booth.looked(9900, 1000).status is Status.STEP_UP
        assert policy.remaining(booth.store.standing(LI.id), booth.now) == left
    booth.looked(9900, 1000)

    found = refused(booth)
    assert isinstance(found, TooManyFaces)
    assert found.facts["retry_after"] == 86400
    assert booth.events()[-1] == "face.closed"
    assert booth.body("face.closed")["alternatives"] == WAYS
    booth.consents.instead(Purpose.STEP_UP, Way.CODE, booth.call())
    booth.later(hours=24)
    assert booth.started().status is Status.OPEN


def test_a_pass_forgets_the_failures_before(booth: Booth) -> None:
    for _ in range(4):
        booth.looked(9900, 1000)
    booth.looked(9900, 9900)

    assert booth.face().failures == 0


def test_a_mask_is_never_compared_and_counts_as_a_failure(booth: Booth) -> None:
    check = booth.looked(6999, 9999)

    assert (check.status, check.similarity, booth.provider.asked) == (Status.STEP_UP, None, 0)
    assert booth.face().failures == 1


def test_the_same_image_twice_is_a_recording_and_fails(booth: Booth) -> None:
    assert booth.looked(9900, 9900, image=b"recorded").status is Status.PASSED

    again = booth.looked(9900, 9900, image=b"recorded")

    assert (again.status, again.why) == (Status.STEP_UP, Why.SEEN_BEFORE)
    assert booth.checks.grant(grant(booth, again), "step_up") is None
    assert (again.sha256, booth.body("face.image_discarded")["images"]) == ("", 1)
    booth.consents.withdraw(booth.call())
    assert booth.store.checks(LI.id) == []


def test_a_reference_that_cannot_be_compared_is_nobodys_failure(booth: Booth) -> None:
    check = booth.looked(9900, None)

    assert (check.status, check.why, booth.face().failures) == (Status.STEP_UP, Why.NO_REFERENCE, 0)


def test_whoever_has_no_reference_is_not_asked_to_show_their_face(booth: Booth) -> None:
    booth.provider.references.clear()

    assert isinstance(refused(booth), FaceNotOffered)
    assert booth.provider.sessions == {}


def test_what_nobody_has_called_less_is_of_high_risk(booth: Booth) -> None:
    offer = booth.store.offer()

    risk, wanted = policy.bar(type(offer)(bars=offer.bars), Purpose.STEP_UP)
    assert (risk, wanted.similarity) == ("high", 9900)
