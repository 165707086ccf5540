"""Consent to being looked at: separate, in force or not, taken back with a receipt; and other ways without any."""

from dataclasses import replace

import pytest

from chalicelib.kernel.errors import Changed, Forbidden, NotFound, Refusal
from chalicelib.verification.faces import policy
from chalicelib.verification.faces.model import (
    FaceConsentNeeded,
    FaceNotOffered,
    Purpose,
    Status,
    Way,
)
from chalicelib.verification.faces.service import Offering
from tests.face_offer import OFFER, TERMS
from tests.face_world import LI, OFFICER, SMITH, SYSTEM, Booth

WAYS = ["code", "branch", "call"]


def refused(booth: Booth, purpose: Purpose = Purpose.STEP_UP) -> Refusal:
    with pytest.raises(Refusal) as found:
        booth.started(purpose)
    return found.value


def test_what_was_agreed_to_and_which_ways_were_offered_is_recorded() -> None:
    booth = Booth().agreed()

    assert booth.body("face.consented") == {
        "face": "face_cus_li",
        "version": 1,
        "language": "zh-CN",
        "sha256": TERMS.sha256("zh-CN"),
        "keep_days": 30,
        "assessment": "PIA-2026-07",
        "alternatives": WAYS,
    }


def test_without_a_consent_nobody_is_looked_at_and_other_ways_are_named() -> None:
    found = refused(Booth())

    assert isinstance(found, FaceConsentNeeded)
    assert found.facts == {"version": 1, "alternatives": WAYS}


def test_agreeing_twice_is_one_consent() -> None:
    booth = Booth().agreed().agreed()

    assert booth.events() == ["face.consented"]


def test_nobody_agrees_to_other_terms_than_those_in_force() -> None:
    booth = Booth()
    with pytest.raises(FaceConsentNeeded):
        booth.consents.agree(2, "en", booth.call())

    assert booth.events() == []


def test_new_terms_have_to_be_agreed_to_anew() -> None:
    booth = Booth().agreed()
    Offering(booth.store).set(replace(OFFER, terms=replace(TERMS, version=2)), booth.call(SYSTEM))

    assert refused(booth).facts["version"] == 2
    booth.consents.agree(2, "en", booth.call())
    assert booth.started().status is Status.OPEN


def test_consent_that_was_taken_back_is_none_and_what_was_kept_is_gone_with_a_receipt() -> None:
    booth = Booth().agreed()
    passed = booth.looked(9900, 9900, image=b"a face")
    grant = booth.keys.token("grant:step_up", f"{LI.id}.{passed.id}")
    assert booth.checks.grant(grant, "step_up") is not None
    booth.later(days=1)

    booth.consents.withdraw(booth.call())

    assert booth.events()[-2:] == ["face.withdrawn", "face.deleted"]
    assert booth.body("face.deleted") == {"face": "face_cus_li", "checks": [passed.id], "why": "withdrawn"}
    assert passed.sha256 not in str(booth.tables.items)
    assert booth.store.checks(LI.id) == []
    assert booth.checks.grant(grant, "step_up") is None
    assert isinstance(refused(booth), FaceConsentNeeded)


def test_a_check_under_way_ends_with_the_consent() -> None:
    booth = Booth().agreed()
    waiting = booth.looked(8000, 9000)
    assert waiting.status is Status.REVIEW

    booth.consents.withdraw(booth.call())

    assert booth.events()[-3:] == ["face.withdrawn", "face.ended", "face.deleted"]
    assert booth.store.waiting(10, None).items == ()
    assert booth.reviews.due(LI.id, waiting.id, booth.call(SYSTEM)) == "settled"
    with pytest.raises(NotFound):
        booth.decided(waiting, confirmed=True)


def test_more_than_a_transaction_holds_is_deleted_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "DELETED_AT_ONCE", 2)
    booth = Booth().agreed()
    for _ in range(5):
        booth.looked(9900, 9900)

    booth.consents.withdraw(booth.call())

    assert len(booth.store.checks(LI.id)) == 3
    (due,) = [row for row in booth.tables.rows["verification", "due", "verification#0"] if row[2] == "face"]
    assert due[1] == LI.id
    assert [booth.consents.sweep("face_cus_li", booth.call(SYSTEM)) for _ in range(3)] == [
        "deleted",
        "deleted",
        "settled",
    ]
    assert booth.store.checks(LI.id) == []
    assert booth.events().count("face.deleted") == 3


def test_there_is_nothing_to_take_back_twice() -> None:
    booth = Booth()
    with pytest.raises(NotFound):
        booth.consents.withdraw(booth.call())
    booth.agreed().consents.withdraw(booth.call())
    with pytest.raises(NotFound):
        booth.consents.withdraw(booth.call())


def test_choosing_another_way_needs_no_consent_and_is_recorded() -> None:
    booth = Booth()
    booth.consents.instead(Purpose.CHANGE_PHONE, Way.BRANCH, booth.call())

    assert booth.body("face.declined") == {"face": "face_cus_li", "purpose": "change_phone", "way": "branch"}
    assert booth.face().consent is None


@pytest.mark.parametrize("offered", [OFFER, replace(OFFER, open=False)])
def test_where_nobody_looks_at_faces_none_is_asked_for_and_other_ways_stay(offered: object) -> None:
    booth = Booth(able=offered is not OFFER)
    Offering(booth.store).set(replace(OFFER, open=offered is OFFER), booth.call(SYSTEM))

    with pytest.raises(FaceNotOffered) as found:
        booth.agreed()
    assert found.value.facts == {"alternatives": WAYS}
    assert not booth.consents.offered(booth.consents.standing(booth.call()))
    booth.consents.instead(Purpose.STEP_UP, Way.CODE, booth.call())
    assert booth.events() == ["face.declined"]


def test_two_who_agree_at_once_are_one_consent(monkeypatch: pytest.MonkeyPatch) -> None:
    booth = Booth()
    save, quicker = booth.store.save, iter([True])

    def race(*args: object, **named: object) -> None:
        if next(quicker, False):
            booth.agreed()
        save(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(booth.store, "save", race)
    booth.agreed()

    assert booth.events() == ["face.consented"]


def test_what_stays_contended_is_refused_as_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    booth = Booth()

    def never(*_: object, **__: object) -> None:
        raise Changed

    monkeypatch.setattr(booth.store, "save", never)
    with pytest.raises(Changed):
        booth.agreed()


def test_only_customers_agree_and_only_for_themselves() -> None:
    booth = Booth().agreed()

    with pytest.raises(Forbidden):
        booth.consents.agree(1, "en", booth.call(OFFICER))
    with pytest.raises(FaceConsentNeeded):
        booth.started(actor=SMITH)


def test_telling_the_same_offer_again_writes_nothing() -> None:
    booth = Booth()

    assert not Offering(booth.store).set(OFFER, booth.call(SYSTEM))
    assert [record.event for record in booth.tables.chains["faces#offer"]] == ["faces.offered"]
    assert booth.store.offer().terms == TERMS
