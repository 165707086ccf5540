"""One-time codes: counted before they are compared, for one purpose, for ten minutes, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.assurance import GRANT_LIFE
from chalicelib.kernel.errors import NotFound, PhoneInvalid, Unavailable
from chalicelib.verification.codes import policy
from chalicelib.verification.codes.model import (
    NEXT,
    CodeExpired,
    CodeUsed,
    CodeWrong,
    Purpose,
    Status,
    TooManyAttempts,
    TooManyCodes,
    Verification,
)
from tests.office import KEYS, Office
from tests.world import LI, SMITH, START


def start(office: Office, phone: str = LI, purpose: Purpose = Purpose.SIGN_IN) -> Verification:
    return office.services.codes.start(purpose, phone, None, None, office.call("anonymous"))


def handle(started: Verification) -> str:
    return KEYS.handle("verification", started.id)


def code(office: Office, phone: str = LI) -> str:
    words = office.provider.to(phone)[-1].body.replace("，", " ").split()
    return next(word for word in words if word.isdigit() and len(word) == policy.DIGITS)


def wrong(right: str) -> str:
    return f"{(int(right) + 1) % 1_000_000:06d}"


def check(office: Office, started: Verification, guess: str) -> Verification:
    return office.services.codes.check(handle(started), guess, None, office.call("anonymous"))


def kept(office: Office, started: Verification) -> Verification:
    found = office.verifications.get(started.id)
    assert found is not None
    return found


def test_a_right_code_is_approved_and_gives_a_grant_for_that_purpose(office: Office) -> None:
    started = start(office, purpose=Purpose.STEP_UP)
    assert office.services.codes.grant(KEYS.token("grant:step_up", started.id), "step_up") is None

    check(office, started, code(office))
    found = office.services.codes.grant(KEYS.token("grant:step_up", started.id), "step_up")
    assert (found.purpose, found.phone, found.expires_at) == ("step_up", LI, START + GRANT_LIFE)
    assert office.services.codes.grant(KEYS.token("session", started.id), "step_up") is None


def test_a_code_works_once(office: Office) -> None:
    started = start(office)
    check(office, started, code(office))

    for _ in range(2):
        with pytest.raises(CodeUsed):
            check(office, started, code(office))


def test_of_two_who_check_the_right_code_at_once_one_does(office: Office) -> None:
    started, right = start(office), code(office)
    count = office.verifications.count_attempt

    def overtaken(*given):  # type: ignore[no-untyped-def]
        found = count(*given)
        office.verifications.count_attempt = count  # type: ignore[method-assign]
        check(office, started, right)
        return found

    office.verifications.count_attempt = overtaken  # type: ignore[method-assign]
    with pytest.raises(CodeUsed):
        check(office, started, right)
    assert office.events(started.id).count("verification.approved") == 1


def test_every_try_is_counted_and_says_how_many_are_left(office: Office) -> None:
    started = start(office)
    left = []
    for _ in range(policy.ATTEMPTS):
        with pytest.raises(CodeWrong) as refused:
            check(office, started, wrong(code(office)))
        left.append(refused.value.facts["remaining"])

    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(TooManyAttempts):
        check(office, started, code(office))


def test_the_last_try_may_be_the_right_one(office: Office) -> None:
    started = start(office)
    for _ in range(policy.ATTEMPTS - 1):
        with pytest.raises(CodeWrong):
            check(office, started, "nonsense")

    assert check(office, started, code(office)).status is Status.APPROVED


def test_a_try_is_counted_before_it_is_compared(office: Office) -> None:
    started = start(office)
    office.verifications.approve = lambda *_: (_ for _ in ()).throw(Unavailable())  # type: ignore[method-assign]

    with pytest.raises(Unavailable):
        check(office, started, code(office))
    assert kept(office, started).attempts == 1


@pytest.mark.parametrize(("late", "expired"), [(timedelta(seconds=-1), False), (timedelta(0), True)])
def test_a_code_is_good_for_ten_minutes(office: Office, late: timedelta, expired: bool) -> None:
    started, right = start(office), code(office)
    office.now += policy.LIFE + late

    if expired:
        with pytest.raises(CodeExpired):
            check(office, started, right)
    else:
        assert check(office, started, right)


def test_a_code_of_one_verification_is_none_of_another(office: Office) -> None:
    ours, theirs = start(office), start(office, SMITH)

    with pytest.raises(CodeWrong):
        check(office, ours, code(office, SMITH))
    assert kept(office, theirs).attempts == 0
    with pytest.raises(NotFound):
        office.services.codes.check("ver_none", code(office), None, office.call("anonymous"))


def test_the_same_digits_hash_otherwise_for_another_id_or_purpose(office: Office) -> None:
    hashes = {KEYS.digest("code", id_, purpose, "123456") for id_ in ("ver_1", "ver_2") for purpose in Purpose}

    assert len(hashes) == 2 * len(Purpose)
    started = start(office)
    assert kept(office, started).code_hash == KEYS.digest("code", started.id, Purpose.SIGN_IN, LI, "", code(office))


def test_neither_code_nor_number_stands_in_what_is_kept_or_recorded(office: Office) -> None:
    started = start(office)

    assert code(office) not in str(kept(office, started))
    chain = str(list(office.ledger.chain(started.id)))
    assert code(office) not in chain
    assert LI not in chain


def test_another_code_is_sent_after_half_a_minute_and_the_one_before_is_worth_nothing(office: Office) -> None:
    started, first = start(office), code(office)
    with pytest.raises(CodeWrong):
        check(office, started, wrong(first))
    with pytest.raises(TooManyCodes) as refused:
        office.services.codes.resend(handle(started), office.call())
    assert refused.value.facts["retry_after"] == 30

    office.now += policy.RESEND_GAP
    again = office.services.codes.resend(handle(started), office.call())
    assert (again.sends, again.expires_at) == (2, office.now + policy.LIFE)
    assert len(office.provider.to(LI)) == 2, "another text, not the same one again"
    with pytest.raises(CodeWrong) as left:
        check(office, started, first)
    assert left.value.facts == {"remaining": 3}, "tries stay counted"
    assert check(office, started, code(office))


def test_a_fourth_code_is_not_sent(office: Office) -> None:
    started = start(office)
    for _ in range(policy.SENDS - 1):
        office.now += 2 * policy.RESEND_GAP
        office.services.codes.resend(handle(started), office.call())
    office.now += 4 * policy.RESEND_GAP

    with pytest.raises(TooManyCodes):
        office.services.codes.resend(handle(started), office.call())
    assert len(office.provider.sent) == policy.SENDS


@pytest.mark.parametrize(
    ("what", "refusal"),
    [({"status": Status.APPROVED}, CodeUsed), ({"expires_at": START}, CodeExpired), (None, NotFound)],
)
def test_no_other_code_is_sent_where_none_is_open(office: Office, what, refusal) -> None:  # type: ignore[no-untyped-def]
    started = start(office)
    if what is None:
        del office.verifications.kept[started.id]
    else:
        office.verifications.kept[started.id] = replace(kept(office, started), **what)

    with pytest.raises(refusal):
        office.services.codes.resend(handle(started), office.call())


def test_a_provider_that_is_away_is_told_and_the_number_has_to_be_dialable(office: Office) -> None:
    with pytest.raises(PhoneInvalid):
        start(office, "12")
    assert office.verifications.kept == {}
    office.provider.away = True
    with pytest.raises(Unavailable):
        start(office)


@pytest.mark.parametrize(("phone", "language"), [(LI, "zh-CN"), (SMITH, "en")])
def test_a_code_comes_in_the_language_of_the_number_unless_told(office: Office, phone: str, language: str) -> None:
    assert start(office, phone).language == language
    assert office.services.codes.start(Purpose.SIGN_IN, phone, "en", None, office.call()).language == "en"
    assert policy.language_for("HK") == "zh-CN"


def test_every_code_is_equally_likely_and_what_would_tilt_that_is_drawn_again() -> None:
    even = 2**32 - 2**32 % 10**6
    assert policy.draw((even - 1).to_bytes(4, "big")) == "999999"
    assert policy.draw(even.to_bytes(4, "big")) is None
    assert policy.draw((7).to_bytes(4, "big")) == "000007"

    draws = [(even + 5).to_bytes(4, "big"), (42).to_bytes(4, "big")]
    assert policy.derived(draws.__getitem__) == "000042"


def test_what_is_approved_stays_so() -> None:
    assert NEXT[Status.APPROVED] == set()
