"""A number is judged before a code goes to it: by what the code is for, at nobody's cost who may have none."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.actors import ANONYMOUS
from chalicelib.kernel.calls import Call
from chalicelib.kernel.money import Money
from chalicelib.kernel.risk import Decision, Outcome, Use
from chalicelib.verification.codes.model import NumberUntrusted, Purpose, TooManyCodes, Transaction
from tests.code_fakes import Vault
from tests.world import LI, REACH, SMITH, START

ELSEWHERE = Decision(Outcome.OTHER_CHANNEL, "swapped_sim", "house@1")
PAYMENT = Transaction(Money(100_00, "CNY"), "Wang Wei")


@pytest.fixture
def vault() -> Vault:
    vault = Vault()
    vault.store.gates.open = REACH
    return vault


def start(
    vault: Vault, purpose: Purpose = Purpose.STEP_UP, phone: str = LI, transaction: Any = None, after: int = 0
) -> Any:
    call = Call(ANONYMOUS, START + timedelta(seconds=after), "r", "api", address="192.0.2.9")
    return vault.codes.start(purpose, phone, "en", transaction, call)


@pytest.mark.parametrize(
    ("purpose", "transaction", "use"),
    [
        (Purpose.SIGN_IN, None, Use.SIGN_IN),
        (Purpose.STEP_UP, None, Use.STEP_UP),
        (Purpose.STEP_UP, PAYMENT, Use.PAYMENT),
        (Purpose.CHANGE_PHONE, None, Use.CHANGE_PHONE),
        (Purpose.CHECK_IN, None, Use.CHECK_IN),
        (Purpose.DOCUMENT, None, Use.DOCUMENT),
    ],
)
def test_a_number_is_judged_by_what_the_code_is_for(vault: Vault, purpose: Purpose, transaction: Any, use: Use) -> None:
    assert start(vault, purpose, transaction=transaction)
    assert vault.trust.asked == [(use, LI)]


def test_where_another_way_is_wanted_nothing_is_sent_kept_or_counted(vault: Vault) -> None:
    vault.trust.decisions[Use.STEP_UP] = ELSEWHERE
    for _ in range(5):
        with pytest.raises(NumberUntrusted) as refused:
            start(vault)
    assert "branch" in refused.value.facts["alternatives"]  # type: ignore[operator]
    assert set(refused.value.facts) == {"alternatives"}  # what is known of a number is told to nobody
    assert vault.provider.sent == {}
    assert vault.store.ledger.chains == {}
    assert start(vault, Purpose.SIGN_IN)
    assert start(vault, phone=LI, purpose=Purpose.DOCUMENT, after=60)


def test_another_code_is_judged_anew(vault: Vault) -> None:
    sent = start(vault)
    vault.trust.decisions[Use.STEP_UP] = ELSEWHERE
    call = Call(ANONYMOUS, START + timedelta(seconds=60), "r", "api", address="192.0.2.9")
    with pytest.raises(NumberUntrusted):
        vault.codes.resend(vault.handle(sent), call)
    assert len(vault.provider.sent) == 1


def test_nobody_makes_us_ask_about_a_number_to_which_no_code_would_go(vault: Vault) -> None:
    vault.trust.decisions[Use.STEP_UP] = Decision(Outcome.ALLOW)
    for n in range(3):
        assert start(vault, after=n * 30)
    vault.trust.asked.clear()

    with pytest.raises(TooManyCodes):
        start(vault, after=100)
    assert vault.trust.asked == []


def test_a_number_for_tests_is_asked_about_nowhere() -> None:
    vault = Vault(test_numbers={SMITH: "246810"})
    vault.trust.decisions[Use.STEP_UP] = ELSEWHERE
    assert start(vault, phone=SMITH)
    assert vault.trust.asked == []
