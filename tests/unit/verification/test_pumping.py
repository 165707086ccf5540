"""What looks pumped is closed, and so is what would cost more than the day may: others do not notice."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from chalicelib.kernel.actors import ANONYMOUS, Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.clock import text
from chalicelib.kernel.errors import Forbidden, NotAllowedNow, Refusal
from chalicelib.verification.codes.model import (
    Destination,
    DestinationClosed,
    Reach,
    SmsUnavailable,
    TooManyCodes,
)
from tests.code_fakes import Vault
from tests.unit.verification.asking import ask, call, prove, refused
from tests.world import LI, REACH, START

ADMIN = Actor("admin-hq", frozenset({Role.ADMIN}))


@pytest.fixture
def vault() -> Vault:
    found = Vault()
    found.store.gates.open = REACH
    return found


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

    with pytest.raises(NotAllowedNow):
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
    vault: Vault,
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


def within(times: list[float], since: float, seconds: float) -> int:
    return sum(since <= at < since + seconds for at in times)
