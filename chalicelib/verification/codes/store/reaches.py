"""Where codes may go, at what price and by which ways, as an item."""

from chalicelib.aws.items import Item
from chalicelib.kernel.events import Link

from ..model import REACH_CHAIN, Destination, Reach

REACH: Item = {"pk": "reach", "sk": "reach"}


def reach_item(reach: Reach) -> Item:
    """Write what is open."""
    return {
        **REACH,
        "id": REACH_CHAIN,
        "currency": reach.currency,
        "daily_spend": reach.daily_spend,
        "per_prefix": reach.per_prefix,
        "per_address": reach.per_address,
        "ways": list(reach.ways),
        "patience": reach.patience,
        "dials": {
            dial: {
                "price": one.price,
                "daily_spend": one.daily_spend,
                "daily_texts": one.daily_texts,
                "regions": sorted(one.regions),
                "ways": list(one.ways),
                "voice_price": one.voice_price,
            }
            for dial, one in reach.destinations.items()
        },
        "seq": reach.link.seq,
        "head": reach.link.head,
    }


def reach_of(item: Item | None) -> Reach:
    """Read it back; where nothing was told, nothing is open."""
    if item is None:
        return Reach()
    return Reach(
        currency=item["currency"],
        daily_spend=item["daily_spend"],
        per_prefix=item["per_prefix"],
        per_address=item["per_address"],
        destinations={dial: _destination_of(dial, one) for dial, one in item["dials"].items()},
        ways=tuple(item.get("ways", Reach.ways)),
        patience=item.get("patience", 0),
        link=Link(item["seq"], item["head"]),
    )


def _destination_of(dial: str, item: Item) -> Destination:
    return Destination(
        dial=dial,
        price=item["price"],
        daily_spend=item["daily_spend"],
        daily_texts=item["daily_texts"],
        regions=frozenset(item["regions"]),
        ways=tuple(item.get("ways", ())),
        voice_price=item.get("voice_price", 0),
    )
