"""The providers of texts, in the order of the institution."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.kernel.errors import Unavailable

from ..ports import Orders, SmsProvider


@dataclass(frozen=True)
class Carrying:
    """Hands a notice to the first provider that takes it; a notice is read, so nobody is called for one."""

    ways: Mapping[str, SmsProvider]
    orders: Orders

    def text(self, id_: str, to: str, body: str, template: str) -> str:
        """Send one text and give the provider's id; raises Unavailable if no provider takes it."""
        away = Unavailable(provider="sms")
        for way in self.orders.order(to):
            try:
                return self.ways[way].text(id_, to, body, template)
            except Unavailable as refused:
                away = refused
        raise away
