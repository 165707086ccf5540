"""Codes themselves: drawn evenly, tried five times, bound to what they confirm."""

import hmac
import os
import random
from collections import Counter
from datetime import timedelta

import pytest

from chalicelib.kernel.actors import ANONYMOUS
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotFound, PhoneInvalid
from chalicelib.kernel.money import Money
from chalicelib.settings import TestNumbers, _test_numbers, _test_signals
from chalicelib.verification.codes import policy
from chalicelib.verification.codes.model import (
    CodeUsed,
    CodeWrong,
    NumberUnsuitable,
    Purpose,
    TooManyAttempts,
    Transaction,
    Verification,
)
from chalicelib.verification.codes.policy import numbers
from tests.code_fakes import Vault
from tests.world import LI, REACH, START

FEE = Transaction(Money(123_456, "CNY"), "王伟")
DRAWN = 1_000_000


def call(**but: object) -> Call:
    return Call(ANONYMOUS, START, "request", "api", **but)  # type: ignore[arg-type]


@pytest.fixture
def vault() -> Vault:
    found = Vault()
    found.store.gates.open = REACH
    return found


def start(vault: Vault, transaction: Transaction | None = None, purpose: Purpose = Purpose.STEP_UP) -> Verification:
    return vault.codes.start(purpose, LI, "zh-CN", transaction, call())


def test_a_million_codes_are_drawn_evenly() -> None:
    # As a code follows from its seed and a key: a keyed hash of what nobody can guess.
    key = os.urandom(32)
    drawn = [policy.derived(lambda again, n=n: hmac.digest(key, b"%d.%d" % (n, again), "sha256")) for n in range(DRAWN)]  # type: ignore[misc]
    # Chi-square of every digit at its place, and of the codes by their first three digits; five sigmas either way.
    for cells, counted in (
        *((10, Counter(code[place] for code in drawn)) for place in range(6)),
        (1000, Counter(code[:3] for code in drawn)),
        (10**6, Counter(drawn)),
    ):
        expected = len(drawn) / cells
        seen = sum((n - expected) ** 2 / expected for n in counted.values()) + (cells - len(counted)) * expected
        assert abs(seen - (cells - 1)) < 5 * (2 * (cells - 1)) ** 0.5 + (8 if cells == 10 else 0), cells


def test_what_would_make_some_codes_likelier_is_drawn_again() -> None:
    assert policy.draw((2**32 - 1).to_bytes(4, "big")) is None
    assert policy.draw((4_294_000_000).to_bytes(4, "big")) is None
    assert policy.draw((4_293_999_999).to_bytes(4, "big")) == "999999"
    assert policy.draw(bytes(4)) == "000000"


def test_of_ten_thousand_codes_of_two_digits_five_in_a_hundred_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "DIGITS", 2)
    dice, vault = random.Random(4), Vault(test_numbers={})
    vault.store.gates.open = REACH
    guessed = 0
    for _ in range(10_000):
        vault.store.gates.spent.clear()
        vault.store.gates.counted.clear()  # how often one may ask is another matter
        sent = start_for(vault, dice)
        for guess in dice.sample(range(100), 7):
            try:
                vault.codes.check(vault.handle(sent), f"{guess:02}", None, call())
            except CodeWrong:
                continue
            except (TooManyAttempts, CodeUsed):
                break
            guessed += 1
        vault.store.kept.clear()
        vault.provider.sent.clear()

    assert abs(guessed - 500) <= 65, guessed


def start_for(vault: Vault, dice: random.Random) -> Verification:
    drawn = Call(ANONYMOUS, START, "request", "api", entropy=dice.randbytes)
    return vault.codes.start(Purpose.SIGN_IN, LI, "en", None, drawn)


def test_amount_and_payee_stand_in_the_text_in_its_language(vault: Vault) -> None:
    sent = start(vault, FEE)
    assert "用于确认向王伟支付人民币1,234.56元" in vault.provider.sent[f"{sent.id}_1"].body

    other = Transaction(Money(5000, "JPY"), "Wang Wei")
    english = vault.codes.start(Purpose.STEP_UP, LI, "en", other, call())
    assert "confirms JPY 5,000 to Wang Wei." in vault.provider.sent[f"{english.id}_1"].body


@pytest.mark.parametrize(
    "told",
    [
        None,
        Transaction(Money(123_457, "CNY"), "王伟"),
        Transaction(Money(123_456, "USD"), "王伟"),
        Transaction(Money(123_456, "CNY"), "王维"),
    ],
)
def test_the_right_code_for_another_transaction_is_a_wrong_one(vault: Vault, told: Transaction | None) -> None:
    sent = start(vault, FEE)
    code = vault.sent(sent)

    with pytest.raises(CodeWrong) as wrong:
        vault.codes.check(vault.handle(sent), code, told, call())
    assert wrong.value.facts == {"remaining": 4}
    approved = vault.codes.check(vault.handle(sent), code, FEE, call())
    assert approved.attempts == 2


def test_a_code_without_a_transaction_confirms_none(vault: Vault) -> None:
    sent = start(vault)

    with pytest.raises(CodeWrong):
        vault.codes.check(vault.handle(sent), vault.sent(sent), FEE, call())


def test_another_code_confirms_the_same_transaction(vault: Vault) -> None:
    sent = start(vault, FEE)
    later = Call(ANONYMOUS, START + timedelta(seconds=30), "request", "api")
    again = vault.codes.resend(vault.handle(sent), later)

    assert "王伟" in vault.provider.sent[f"{sent.id}_2"].body
    assert [one.channel for one in again.sent] == ["sms", "sms"]
    assert vault.codes.check(vault.handle(sent), vault.sent(again), FEE, later).attempts == 1


def test_who_knows_a_verification_from_the_records_cannot_try_its_code(vault: Vault) -> None:
    sent = start(vault)
    code, handle = vault.sent(sent), vault.handle(sent)

    for guess in (sent.id, sent.id + "A" * 32, handle[:-1], handle[:-1] + ("A" if handle[-1] != "A" else "B"), ""):
        with pytest.raises(NotFound):
            vault.codes.check(guess, code, None, call())
    assert vault.store.kept[sent.id].attempts == 0
    assert vault.codes.check(handle, code, None, call()).attempts == 1


def test_a_grant_opens_what_it_was_made_for_and_nothing_else(vault: Vault) -> None:
    sent = start(vault)
    vault.codes.check(vault.handle(sent), vault.sent(sent), None, call())
    grant = vault.keys.token("grant:step_up", sent.id)

    assert vault.codes.grant(grant, "step_up") is not None
    for purpose in set(Purpose) - {Purpose.STEP_UP}:
        assert vault.codes.grant(grant, purpose) is None
    assert vault.codes.grant(vault.keys.token("grant", sent.id), "step_up") is None


def test_only_numbers_where_a_text_arrives_are_written_to(vault: Vault) -> None:
    for phone in ("+442071838750", "+19002345678", "+445612345678", "+447012345678", "+861012345678"):
        with pytest.raises(NumberUnsuitable):
            vault.codes.start(Purpose.SIGN_IN, phone, None, None, call())
    assert vault.provider.asked == []


def test_a_test_number_has_its_own_code_costs_nothing_and_is_sent_nothing() -> None:
    number = "+447700900001"
    vault = Vault(test_numbers={number: "246810"})
    for _ in range(5):
        sent = vault.codes.start(Purpose.SIGN_IN, number, None, None, call())
    assert vault.codes.check(vault.handle(sent), "246810", None, call()).attempts == 1
    assert (vault.provider.asked, vault.store.gates.counted, vault.store.gates.spent) == ([], {}, {})
    with pytest.raises(PhoneInvalid):
        Vault().codes.start(Purpose.SIGN_IN, number, None, None, call())  # elsewhere it is no number at all


@pytest.mark.parametrize("stage", ["prod", "rehearsal", "staging", "Test", ""])
def test_a_real_deployment_that_is_told_test_numbers_does_not_start(stage: str) -> None:
    with pytest.raises(TestNumbers):
        _test_numbers("+447700900001=246810", stage)
    assert _test_numbers("", stage) == {}


def test_test_numbers_are_for_local_and_test_stages() -> None:
    told = {"+447700900001": "246810", "+447700900002": "135790"}
    for stage in ("local", "test"):
        assert _test_numbers("+447700900001=246810,+447700900002=135790", stage) == told


def test_what_tests_are_told_of_numbers_is_for_them_alone() -> None:
    told = "+8613800138011=sim_swap:recent;line_type:mobile,+8613800138014=away"
    for stage in ("prod", "staging"):
        with pytest.raises(TestNumbers):
            _test_signals(told, stage)
    assert _test_signals("", "prod") == {}
    assert _test_signals(told, "local") == {
        "+8613800138011": {"sim_swap": "recent", "line_type": "mobile"},
        "+8613800138014": {"away": ""},
    }


@pytest.mark.parametrize(
    ("length", "ascii_", "parts"),
    [(160, True, 1), (161, True, 2), (307, True, 3), (70, False, 1), (71, False, 2), (135, False, 3)],
)
def test_a_text_is_billed_in_parts(length: int, ascii_: bool, parts: int) -> None:
    assert policy.parts(("x" if ascii_ else "码") * length) == parts
