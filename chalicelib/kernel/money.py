"""Money: minor units and a currency, never a fraction."""

from dataclasses import dataclass

# ISO 4217: how many digits stand behind the point, where it is not two.
_DIGITS = {"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3}
_DIGITS |= dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV"), 0)
_DIGITS |= dict.fromkeys(("XAF", "XOF", "XPF"), 0)


@dataclass(frozen=True)
class Money:
    """`amount` minor units (fen, cents, pence) of an ISO 4217 currency."""

    amount: int
    currency: str

    def shown(self, language: str) -> str:
        """Write it for people: CNY 1,234.56, and in Chinese 人民币1,234.56元 or 1,234.56（GBP）."""
        digits = _DIGITS.get(self.currency, 2)
        whole, part = divmod(self.amount, 10**digits)
        number = f"{whole:,}.{part:0{digits}d}" if digits else f"{whole:,}"
        if language == "zh-CN":
            return f"人民币{number}元" if self.currency == "CNY" else f"{number}（{self.currency}）"
        return f"{self.currency} {number}"
