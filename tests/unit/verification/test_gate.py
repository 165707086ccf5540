"""The gate each text has to pass: windows that slide, money that ends, and strangers who cannot shut others out."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from chalicelib.kernel.actors import ANONYMOUS, Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Forbidden, NotFound, Refusal
from chalicelib.verification.codes.model import (
    Destination,
    DestinationClosed,
    Purpose,
    Reach,
    SmsUnavailable,
    TooManyCodes,
    Verification,
)
from tests.code_fakes import Vault
from tests.world import LI, REACH, START

ADMIN = Actor("admin-hq", frozenset({Role.ADMIN}))


def call(after: float = 0, address: str = "192.0.2.1", device: str = "", actor: Actor = ANONYMOUS) -> Call:
    return Call(actor, START + timedelta(seconds=after), "request", "api", address=address, device=device)


@pytest.fixture
def vault() -> Vault:
    found = Vault()
    found.store.gates.open = REACH
    return found


def ask(vault: Vault, phone: str, call: Call) -> Verification:
    return vault.codes.start(Purpose.SIGN_IN, phone, "en", None, call)


def prove(vault: Vault, phone: str, call: Call) -> None:
    sent = ask(vault, phone, call)
    vault.codes.check(vault.handle(sent), vault.sent(sent), None, call)


def refused(vault: Vault, phone: str, call: Call) -> Refusal:
    with pytest.raises(Refusal) as found:
        ask(vault, phone, call)
    return found.value


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
    assert attacked(vault, 6 * 86_400) <= 20 * 6  # their right code made an end of the stranger's


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


# --- what looks pumped is closed ---


def pump(vault: Vault, per_hour: int, hours: int) -> int:
    """Let codes go to a prefix where nobody types any, each from an address of its own."""
    sent = 0
    for hour in range(hours):
        for n in range(per_hour):
            try:
                ask(vault, f"+8613800{hour:02}{n:04}", call(hour * 3600 + n, f"198.51.{hour}.{n}"))
                sent += 1
            except (SmsUnavailable, TooManyCodes):
                continue
    return sent


def test_a_prefix_where_nobody_types_a_code_is_closed_and_told_of_once(vault: Vault) -> None:
    assert pump(vault, 10, 6) == 30

    (closed,) = vault.store.gates.closings()
    assert (closed.name, closed.texts, closed.proven) == ("prefix_8613800", 30, 0)
    told = refused(vault, LI, call(6 * 3600))
    assert isinstance(told, SmsUnavailable)
    assert told.facts["alternatives"] == ["app", "branch", "staff"]
    ask(vault, "+8613900000000", call(6 * 3600))  # others are not


def test_a_prefix_where_codes_are_typed_stays_open(vault: Vault) -> None:
    for n in range(100):
        act = prove if n % 4 == 0 else ask
        act(vault, f"+8613800{n:06}", call(n * 240, f"198.51.100.{n}"))

    assert vault.store.gates.closings() == []


def test_an_administrator_opens_it_again_and_it_is_watched_afresh(vault: Vault) -> None:
    pump(vault, 10, 4)
    auditor = Actor("auditor-hq", frozenset({Role.AUDITOR}))
    with pytest.raises(Forbidden):
        vault.closings.reopen("prefix_8613800", call(4 * 3600, actor=auditor))
    vault.closings.reopen("prefix_8613800", call(5 * 3600, actor=ADMIN))

    with pytest.raises(NotFound):
        vault.closings.reopen("prefix_8613800", call(5 * 3600, actor=ADMIN))
    ask(vault, LI, call(5 * 3600))
    (opened,) = vault.store.gates.closings()
    assert not vault.closings.owes(opened.id, f"{opened.name}/{text(opened.closed_at)}")


def test_it_opens_by_itself_after_a_day(vault: Vault) -> None:
    pump(vault, 10, 4)
    until = vault.store.gates.closings()[0].until

    assert isinstance(refused(vault, LI, at(until - timedelta(seconds=1))), SmsUnavailable)
    ask(vault, LI, at(until))


def at(moment: datetime) -> Call:
    return Call(ANONYMOUS, moment, "request", "api")


def spend(vault: Vault, many: int, dial: str = "+86138") -> int:
    sent = 0
    for n in range(many):
        try:
            ask(vault, f"{dial}{n * 399_989:08}", call(n, f"10.{n >> 8}.{n & 255}.1"))
            sent += 1
        except SmsUnavailable:
            continue
    return sent


@pytest.mark.parametrize(
    ("money", "texts", "name"), [(500, 10_000, "dial_86"), (50_000, 100, "dial_86"), (50_000, 10_000, "all")]
)
def test_when_the_days_money_is_spent_nothing_more_is_sent(vault: Vault, money: int, texts: int, name: str) -> None:
    total = 500 if name == "all" else 100_000
    one = {"86": Destination("86", 5, money, texts), "44": Destination("44", 5, 10_000, 1000)}
    vault.store.gates.open = Reach("CNY", total, 10**6, 20, one)

    sent = spend(vault, 250)

    assert 50 < sent <= 100
    (closed,) = vault.store.gates.closings()
    assert (closed.name, closed.until) == (name, datetime(2026, 11, 24, tzinfo=START.tzinfo))
    told = refused(vault, LI, call(1000))
    assert isinstance(told, SmsUnavailable)
    assert told.facts["retry_after"] == 22 * 3600 - 1000  # until midnight, UTC
    if name == "dial_86":
        ask(vault, "+447400123456", call(1000, "192.0.2.77"))
    ask(vault, LI, call(22 * 3600))


def test_ten_thousand_sends_of_a_thousand_addresses_get_nowhere_and_nobody_else_notices(
    vault: Vault, capsys: pytest.CaptureFixture[str]
) -> None:
    dice = Random(6)
    prefixes, closed = ("8613800", "8615900", "4474001"), ("1201555", "8529123", "4979123")
    sent: list[tuple[float, str]] = []
    honest = Counter[bool]()
    for n in range(10_000):
        seconds = n * 1.08  # three hours
        prefix = dice.choice(prefixes + closed[:1])
        rest = {"1": 4, "4": 5}.get(prefix[0], 6)
        phone = f"+{prefix}{dice.randrange(10**rest):0{rest}}"
        try:
            ask(vault, phone, call(seconds, f"10.0.{n % 1000 // 256}.{n % 1000 % 256}"))
            sent.append((seconds, phone))
        except (TooManyCodes, SmsUnavailable, DestinationClosed):
            pass
        if n % 50 == 0:
            try:
                prove(vault, f"+86187{n:08}", call(seconds, f"172.16.{n // 256 % 256}.{n % 256}"))
                honest[True] += 1
            except Refusal:
                honest[False] += 1

    rows = {prefix: [at for at, phone in sent if phone[1:8] == prefix] for prefix in prefixes + closed[:1]}
    most = {prefix: max((within(times, at, 3600) for at in times), default=0) for prefix, times in rows.items()}
    phones = Counter(phone for _, phone in sent)
    often = max(within([at for at, other in sent if other == phone], 0, 1e9) for phone in phones)
    print(f"\n{'prefix':>8} {'sent':>5} {'most in an hour':>16}")
    for prefix, times in rows.items():
        print(f"{prefix:>8} {len(times):>5} {most[prefix]:>16}")
    print(f"to one phone at most {often}; honest: {honest[True]} served, {honest[False]} refused")
    assert all(many <= 20 for many in most.values())
    assert often <= 3
    assert rows[closed[0]] == []
    assert honest[False] == 0
    assert "most in an hour" in capsys.readouterr().out


def within(times: list[float], since: float, seconds: float) -> int:
    return sum(since <= at < since + seconds for at in times)
