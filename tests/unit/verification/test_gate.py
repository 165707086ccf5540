"""The gate each text has to pass: windows that slide, money that ends, and strangers who cannot shut others out."""

import pytest

from chalicelib.verification.codes.model import (
    DestinationClosed,
    Reach,
    TooManyCodes,
)
from tests.code_fakes import Vault
from tests.unit.verification.asking import ask, call, prove, refused
from tests.world import LI, REACH


@pytest.fixture
def vault() -> Vault:
    found = Vault()
    found.store.gates.open = REACH
    return found


def test_a_phone_is_sent_three_codes_in_any_ten_minutes(vault: Vault) -> None:
    for at in (0, 300, 599):
        ask(vault, LI, call(at))
    told = refused(vault, LI, call(599))
    assert isinstance(told, TooManyCodes)
    assert told.facts == {"retry_after": 1, "remaining": 0, "alternatives": ["app", "branch", "staff"]}
    ask(vault, LI, call(600))
    assert refused(vault, LI, call(601)).facts["retry_after"] == 299  # the window slides: it does not begin anew


def test_codes_that_were_right_do_not_let_a_phone_have_more(vault: Vault) -> None:
    for at in (0, 1, 2):
        prove(vault, LI, call(at))

    assert isinstance(refused(vault, LI, call(3)), TooManyCodes)


@pytest.mark.parametrize("who", [{"address": "192.0.2.1"}, {"address": "", "device": "phone-1"}])
def test_an_address_or_device_has_twenty_codes_open_in_an_hour(vault: Vault, who: dict[str, str]) -> None:
    for n in range(20):
        ask(vault, f"+861380{n:02}00000", call(n, **who))

    assert refused(vault, "+8613899900000", call(60, **who)).facts["retry_after"] == 3540
    ask(vault, "+8613899900000", call(60, "192.0.2.2", "phone-2"))


def test_many_who_type_their_codes_may_stand_behind_one_address(vault: Vault) -> None:
    for n in range(100):
        prove(vault, f"+86138{n:02}000000", call(n))

    ask(vault, LI, call(100))


def test_a_resent_code_is_counted_like_any_other(vault: Vault) -> None:
    first = ask(vault, LI, call(0))
    ask(vault, LI, call(1))
    ask(vault, LI, call(2))

    with pytest.raises(TooManyCodes):
        vault.codes.resend(vault.handle(first), call(30))


def test_a_country_nobody_opened_is_closed_and_so_is_one_that_shares_its_dial_code(vault: Vault) -> None:
    for phone in ("+12015550123", "+85291234567", "+6581234567", "+447911123456"):  # the last is on Guernsey
        assert isinstance(refused(vault, phone, call()), DestinationClosed)
    vault.store.gates.open = Reach()
    assert isinstance(refused(vault, LI, call()), DestinationClosed)
    assert vault.provider.asked == []


# --- nobody is shut out by a stranger ---


def attacked(vault: Vault, until: float, device: str = "theirs") -> int:
    """A stranger asks for codes for Li as often as they are let; give how many."""
    asked, at = 0, 100.0
    while at < until:
        try:
            ask(vault, LI, call(at, "203.0.113.9", device))
            asked += 1
        except TooManyCodes:
            pass
        at += 601
    return asked


def test_a_stranger_has_a_hundred_tries_in_a_month_and_whom_they_attack_still_signs_in(vault: Vault) -> None:
    prove(vault, LI, call(0, device="li"))

    assert attacked(vault, 5 * 86_400) == 20  # five tries each

    prove(vault, LI, call(5 * 86_400 + 700, device="li"))


def test_who_types_no_right_code_from_their_own_device_is_stopped_too(vault: Vault) -> None:
    prove(vault, LI, call(0, device="li"))
    attacked(vault, 2 * 86_400)

    own = 0
    for n in range(200):
        try:
            ask(vault, LI, call(3 * 86_400 + 600 * n, device="li"))
            own += 1
        except TooManyCodes:
            continue
    assert own == 20


def test_where_no_right_code_was_ever_typed_twenty_are_sent_in_a_day(vault: Vault) -> None:
    assert attacked(vault, 86_400) == 20
    ask(vault, LI, call(86_400 + 700))
