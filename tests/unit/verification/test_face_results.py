"""When faces cannot be looked at, or are asked about twice: nothing opens, nothing is counted twice (S12)."""

import pytest

from chalicelib.kernel.errors import NotFound, Refusal
from chalicelib.verification.faces.model import (
    Check,
    FaceUnavailable,
    FaceUnderReview,
    Status,
    TooManyFaces,
    Why,
    grant_id,
)
from tests.face_world import LI, SMITH, Booth

WAYS = ["code", "branch", "call"]


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


def test_when_the_provider_is_down_nothing_opens_nothing_is_counted_and_other_ways_are_named(booth: Booth) -> None:
    check = booth.started()
    before = booth.events()
    booth.provider.away = True

    assert isinstance(refused(booth), FaceUnavailable)
    with pytest.raises(FaceUnavailable) as found:
        booth.result(check)
    assert found.value.facts == {"retry_after": 60, "alternatives": WAYS}
    assert (booth.events(), booth.face().failures) == (before, 0)
    assert booth.checks.grant(grant(booth, check), "step_up") is None

    booth.provider.away = False
    booth.provider.shows(check.id, 9900, 9900)
    assert booth.result(check).status is Status.PASSED


def test_when_the_comparison_times_out_nothing_opens(booth: Booth, monkeypatch: pytest.MonkeyPatch) -> None:
    check = booth.started()
    booth.provider.shows(check.id, 9900, 9900)

    def late(*_: object) -> int:
        booth.provider.away = True
        booth.provider._there()
        return 10_000

    monkeypatch.setattr(booth.provider, "similarity", late)
    with pytest.raises(FaceUnavailable):
        booth.result(check)

    kept = booth.store.standing(LI.id, check.id).check
    assert kept is not None
    assert (kept.status, kept.liveness, booth.events()[-1]) == (Status.OPEN, None, "face.started")


@pytest.mark.parametrize("how", ["provider", "clock"])
def test_who_shows_nothing_in_time_gets_nothing_and_it_is_no_failure(booth: Booth, how: str) -> None:
    check = booth.started()
    if how == "provider":
        booth.provider.expires(check.id)
    else:
        booth.provider.shows(check.id, 9900, 9900)
        booth.later(minutes=5)

    late = booth.result(check)

    assert (late.status, late.why, booth.face().failures) == (Status.ENDED, Why.TIMED_OUT, 0)
    assert booth.checks.grant(grant(booth, check), "step_up") is None


def test_what_is_not_over_writes_nothing(booth: Booth) -> None:
    check = booth.started()
    before = booth.events()

    assert [booth.result(check).status for _ in range(3)] == [Status.OPEN] * 3
    assert booth.events() == before


def test_asking_again_gives_the_same_result_and_looks_at_nobody_again(booth: Booth) -> None:
    passed = booth.looked(9900, 9900)
    booth.provider.away = True

    assert booth.result(passed).status is Status.PASSED
    assert (booth.events().count("face.checked"), booth.provider.asked) == (1, 1)


def test_two_who_ask_at_once_are_one_result(booth: Booth, monkeypatch: pytest.MonkeyPatch) -> None:
    check = booth.started()
    booth.provider.shows(check.id, 9900, 1000)
    save, quicker = booth.store.save, iter([True])

    def race(*args: object, **named: object) -> None:
        if next(quicker, False):
            booth.result(check)
        save(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(booth.store, "save", race)

    assert booth.result(check).status is Status.STEP_UP
    assert (booth.events().count("face.checked"), booth.face().failures) == (1, 1)


def test_only_one_check_is_under_way_and_a_new_one_ends_it(booth: Booth) -> None:
    first = booth.started()
    second = booth.started()
    booth.provider.shows(first.id, 9900, 9900)

    assert booth.result(first).why is Why.STARTED_ANEW
    booth.provider.shows(second.id, 9900, 9900)
    assert booth.result(second).status is Status.PASSED


def test_while_a_person_decides_no_other_check_begins(booth: Booth) -> None:
    waiting = booth.looked(8000, 9000)

    found = refused(booth)
    assert isinstance(found, FaceUnderReview)
    assert found.facts["check"] == waiting.id


def test_ten_starts_in_a_day_are_enough(booth: Booth) -> None:
    for _ in range(10):
        booth.started()

    assert isinstance(refused(booth), TooManyFaces)
    booth.later(hours=24)
    booth.started()


def test_a_check_of_somebody_else_looks_absent(booth: Booth) -> None:
    check = booth.started()
    booth.agreed(SMITH)

    with pytest.raises(NotFound):
        booth.result(check, SMITH)
    with pytest.raises(NotFound):
        booth.checks.result("fch_none", booth.call())
