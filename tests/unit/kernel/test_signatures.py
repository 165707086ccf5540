"""Keys of webhooks follow each other without a gap, and without one that stays for ever by mistake."""

import hmac
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kernel.errors import SignatureInvalid
from chalicelib.kernel.signatures import Generation, Signers, check_signature, generations
from chalicelib.kernel.tokens import Keys
from infra.local.receipts import receipts_key
from infra.signing import key_of

NOW = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
ENDS = datetime(2026, 12, 1, tzinfo=UTC)
KEYS = Keys(b"root")
BOTH = Signers(KEYS, "receipts", generations("1@2026-12-01T00:00:00Z,2"))


def believed(signers: Signers, generation: int, now: datetime, body: str = "{}") -> bool:
    """Sign as the other side does, by the key that it was told, and see."""
    stamp = str(int(now.timestamp()))
    mac = hmac.digest(bytes.fromhex(key_of(KEYS, "receipts", generation)), f"{stamp}.{body}".encode(), "sha256").hex()
    try:
        check_signature(f"t={stamp},v1={mac}", body, signers.believed(now), now)
    except SignatureInvalid:
        return False
    return True


def test_the_first_key_is_the_one_that_was_always_there() -> None:
    assert key_of(Keys(b"secret"), "receipts", 1) == receipts_key("secret").hex()
    assert Signers(KEYS, "calls").believed(NOW) == [KEYS.key("calls")]


def test_while_one_key_follows_another_both_are_believed() -> None:
    assert [believed(BOTH, n, NOW) for n in (1, 2, 3)] == [True, True, False]


def test_the_old_key_ends_to_the_second_and_the_new_one_stays() -> None:
    assert [believed(BOTH, 1, ENDS + timedelta(seconds=late)) for late in (-1, 0, 1)] == [True, False, False]
    assert believed(BOTH, 2, ENDS + timedelta(days=3650))


def test_a_key_that_is_off_the_list_is_believed_no_more() -> None:
    only = Signers(KEYS, "receipts", generations("2"))
    assert [believed(only, n, NOW) for n in (1, 2)] == [False, True]


def test_a_key_of_another_webhook_is_none_of_this_one() -> None:
    calls = Signers(KEYS, "calls", BOTH.generations)
    assert [believed(calls, n, NOW) for n in (1, 2)] == [False, False]


def test_a_storm_during_the_change_loses_nothing() -> None:
    """Receipts signed with either key, as the other side changes over, for an hour before the end and an hour after."""
    for minute in range(-60, 61):
        now, changed = ENDS + timedelta(minutes=minute), minute >= -30
        assert believed(BOTH, 2 if changed else 1, now, f"{{{minute}}}")


@pytest.mark.parametrize("told", ["1", "2", "1,2", "1@2026-12-01T00:00:00Z,2", " 3 , 4@2027-01-01T00:00:00Z"])
def test_what_is_a_list_of_keys_is_read(told: str) -> None:
    assert [generation.number for generation in generations(told)] == [
        int(one.strip().partition("@")[0]) for one in told.split(",")
    ]


@pytest.mark.parametrize(
    "told", ["", "0", "-1", "x", "1,1", "1,,2", "1@", "1@soon", "1@2026-12-01", "1@2026-12-01T00:00:00"]
)
def test_what_is_none_does_not_start(told: str) -> None:
    with pytest.raises(ValueError):
        generations(told)


def test_an_end_is_an_instant() -> None:
    assert generations("1@2026-12-01T08:00:00+08:00,2") == (Generation(1, ENDS), Generation(2))
