"""In which order providers are tried for a number, for whoever else writes to phones."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.kernel import phone as phones
from chalicelib.kernel.errors import PhoneInvalid

from ..model import Channel
from ..ports import Reaches


@dataclass(frozen=True)
class Ordering:
    """The institution's order, as codes know it; a country that is closed to codes is still written to."""

    reaches: Reaches

    def order(self, phone: str) -> Sequence[str]:
        """Give the ways of texts for a number, by name."""
        reach = self.reaches.reach()
        try:
            dial = phones.read(phone).dial
        except PhoneInvalid:
            dial = ""
        return [way.name for way in reach.order(dial) if way.channel is Channel.SMS]
