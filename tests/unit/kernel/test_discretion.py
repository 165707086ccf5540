"""What nobody should have written is not kept: card numbers, security codes, PINs, one-time codes."""

import random
import time

import pytest

from chalicelib.kernel.discretion import discreet


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("4111111111111111", "•••• 1111"),
        ("My card 4111 1111 1111 1111 is blocked.", "My card •••• 1111 is blocked."),
        ("card:4111-1111-1111-1111,", "card:•••• 1111,"),
        ("4111.1111.1111.1111", "•••• 1111"),
        ("4111\u00a01111\u00a01111\u00a01111", "•••• 1111"),
        ("我的卡号6212345678901232被盗", "我的卡号•••• 1232被盗"),
        ("我的卡号是６２１２３４５６７８９０１２３２。", "我的卡号是•••• 1232。"),
        ("Amex 3782 822463 10005", "Amex •••• 0005"),
        ("5555555555554444 and 2223003122003222", "•••• 4444 and •••• 3222"),
        ("4111 1111 1111 1111 5555 5555 5555 4444", "•••• 1111 •••• 4444"),
        ("12 4111 1111 1111 1111", "12 •••• 1111"),
        ("4111 1111 1111 1111 12/27", "•••• 1111 12/27"),
    ],
)
def test_of_a_card_number_its_end_is_kept(written: str, kept: str) -> None:
    assert discreet(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("CVV 737", "CVV •••"),
        ("cvc2: 7373", "cvc2: •••"),
        ("the security code is 737.", "the security code is •••."),
        ("安全码是737", "安全码是•••"),
        ("我的CVV是737", "我的CVV是•••"),
        ("PIN 1234", "PIN •••"),
        ("my password: 12345678", "my password: •••"),
        ("密码为123456", "密码为•••"),
        ("He asked for the code 482913 twice", "He asked for the code ••• twice"),
        ("验证码：482913", "验证码：•••"),
        ("OTP=482913", "OTP=•••"),
    ],
)
def test_of_a_secret_that_is_named_nothing_is_kept(written: str, kept: str) -> None:
    assert discreet(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "I was charged twice.",
        "4111111111111112",  # the check digit is wrong
        "+8613800138000",
        "Call +86 138 0013 8000 or 13800138000.",
        "110101199003074518",  # an identity card of a person
        "tkt_4111111111111111",
        "hld_01M84B9PR04CVV123R71NV7ECM",  # ids are drawn, and may read like anything
        "01M84B9PR04CVC737R71NV7ECM-PIN1234",
        "WyJobGRfMDFNODQ-CVV737_code482913-4111111111111111",
        "41111111111111110000",  # longer than any card number
        "1764180000000",  # a moment in milliseconds
        "T-20261124-FCF40",
        "Error code 5012, postcode 200001, zip code 94103",
        "a pin of 3 mm, password reset twice in 2026",
        "2026-11-26 12:00:00, 1,234,567.89 CNY",
    ],
)
def test_what_is_neither_stays_as_it_was_written(written: str) -> None:
    assert discreet(written) == written


def test_what_is_masked_stays_so() -> None:
    once = discreet("4111 1111 1111 1111, CVV 737, code 482913")
    assert discreet(once) == once


def test_a_card_number_is_found_wherever_it_stands() -> None:
    chance = random.Random(7)
    words = ["please", "卡号", "card", "12", "on", "2026-11-26", "，", "?"]
    for _ in range(2_000):
        number = card(chance)
        around = [chance.choice(words) for _ in range(chance.randrange(6))]
        around.insert(chance.randrange(len(around) + 1), " ".join((number[:4], number[4:8], number[8:12], number[12:])))
        kept = discreet(", ".join(around))
        assert number[:12] not in kept.replace(" ", "")
        assert f"•••• {number[-4:]}" in kept


def card(chance: random.Random) -> str:
    """Draw a card number of sixteen digits."""
    front = chance.choice(("4", "51", "62")) + "".join(str(chance.randrange(10)) for _ in range(20))
    front = front[:15]
    digits = [int(d) for d in reversed(front)]
    weighed = sum(sum(divmod(2 * d, 10)) if n % 2 == 0 else d for n, d in enumerate(digits))
    return front + str(-weighed % 10)


@pytest.mark.parametrize("hostile", ["1 " * 10_000, "4" * 20_000, "4111 " * 4_000, "code " * 4_000, "cvv   " * 3_000])
def test_what_was_made_to_take_long_takes_as_long_as_its_length(hostile: str) -> None:
    """A text four times as long takes about four times as long, and not sixteen."""
    quarter, whole = (min(_seconds(hostile[: len(hostile) // part]) for _ in range(5)) for part in (4, 1))
    assert whole < 9 * quarter


def _seconds(text: str) -> float:
    began = time.process_time()
    discreet(text)
    return time.process_time() - began
