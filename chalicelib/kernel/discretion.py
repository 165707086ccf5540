"""What people write and nobody should keep: card numbers, the secrets that go with them, one-time codes.

PCI DSS 4.0.1, 3.3.1 and 3.4.1: no security code is stored, and of a card number no more than its end is shown.
"""

import re
from collections.abc import Iterator

_HIDDEN = "•••"
# Digits in any script, in groups with one sign between them. A plus before them begins a phone number, a letter an id.
_DIGITS = re.compile(r"(?<![A-Za-z\d_+])\d(?:[ \u00a0.\u2010-\u2015-]?\d){12,}")
_GROUP = re.compile(r"\d+")
_LONGEST = 19
# One word of so many signs is an id or a token, whatever it looks like in places: no card number with its gaps is as long.
_TOKEN = re.compile(r"(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_.=-]{25,}")
# How the numbers of card schemes begin, and how long those are (ISO/IEC 7812; UnionPay: up to 19).
_SCHEMES = (
    (re.compile(r"4"), {13, 16, 19}),
    (re.compile(r"5[0-8]|2[2-7]|35|9"), {16}),
    (re.compile(r"3[47]"), {15}),
    (re.compile(r"30|36|38|39"), {14, 16}),
    (re.compile(r"6[02-57]|81"), {16, 17, 18, 19}),
)
_SECRETS = tuple(
    re.compile(
        rf"((?:(?<![a-z0-9_-])(?:{english})|{chinese})\s{{0,3}}(?:is\b|was\b|[:：=#是为])?\s{{0,3}}){digits}(?!\d)",
        re.IGNORECASE,
    )
    for english, chinese, digits in (
        ("cvv2?|cvc2?|cvn2?|security code", "安全码", r"\d{3,4}"),
        ("pin|password|passcode", "密码", r"\d{4,8}"),
        ("code|otp", "验证码|校验码|动态码", r"\d{6}"),
    )
)


def discreet(text: str) -> str:
    """Give a text in which of each card number the last four digits are left, and nothing of its security code, of a PIN or
    of a one-time code that is named as such. What merely looks like a card number (its check digit is wrong) stays.
    """
    if _TOKEN.fullmatch(text):
        return text
    text = _DIGITS.sub(lambda found: _without_cards(found[0]), text)
    for secret in _SECRETS:
        text = secret.sub(lambda found: found[1] + _HIDDEN, text)
    return text


def _without_cards(run: str) -> str:
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    kept, at = "", 0
    for begins, ends in _cards(run, groups):
        if begins >= at:
            kept += run[at:begins] + f"{_HIDDEN}• {_plain(run[begins:ends])[-4:]}"
            at = ends
    return kept + run[at:]


def _cards(run: str, groups: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find where card numbers stand: whole groups of digits, the longest first."""
    for first, (begins, _) in enumerate(groups):
        # Each group has a digit at least: what begins here ends so many groups further on.
        for _, ends in reversed(groups[first : first + _LONGEST]):
            if ends - begins < 2 * _LONGEST and _is_card(_plain(run[begins:ends])):
                yield begins, ends
                break


def _plain(digits: str) -> str:
    return "".join(str(int(sign)) for sign in digits if sign.isdecimal())


def _is_card(number: str) -> bool:
    fits = any(begins.match(number) and len(number) in lengths for begins, lengths in _SCHEMES)
    return fits and _luhn(number)


def _luhn(number: str) -> bool:
    """Check the last digit: ISO/IEC 7812-1, annex B."""
    doubled = (2 * int(digit) for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0
