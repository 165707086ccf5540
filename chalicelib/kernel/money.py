"""Money: minor units and a currency, never a fraction."""

from dataclasses import dataclass

# ISO 4217: how many digits of the minor unit a currency has, where it is not two.
_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"), 0),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


@dataclass(frozen=True)
class Money:
    """`amount` minor units (fen, cents, pence) of an ISO 4217 currency."""

    amount: int
    currency: str


def written(money: Money, language: str = "") -> str:
    """Write an amount for people, like CNY 1,234.50, the same in every language; in Chinese like 人民币1,234.50元."""
    digits = _DIGITS.get(money.currency, 2)
    whole, part = divmod(money.amount, 10**digits)
    number = f"{whole:,}" + (f".{part:0{digits}d}" if digits else "")
    if language == "zh-CN":
        return f"人民币{number}元" if money.currency == "CNY" else f"{number}（{money.currency}）"
    return f"{money.currency} {number}"
