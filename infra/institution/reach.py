"""Where codes may go, as the institution's file says it; what it does not say is closed."""

import re
from typing import Any

from chalicelib.verification.codes.model import SHARDS, WAYS, Channel, Destination, Reach

from .entry import Entry, Regions

_DIAL = re.compile(r"[1-9][0-9]{0,2}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FEWEST = 1
_SHORTEST = 20  # seconds: a text takes some, and a call that comes while it does is a nuisance
_MOST_OPEN = 1000  # each stands in the item that counts them, which is read and written with every text


def reaching(data: dict[str, Any], faults: list[str]) -> Reach | None:
    """Read the table `codes`; None without one: what is in the register is left alone, and nothing is where it is new."""
    if not data:
        return None
    entry = Entry("codes", data, faults)
    currency = entry.text("currency")
    if currency and not _CURRENCY.fullmatch(currency):
        entry.fault("currency", "must be three capital letters")
    reach = Reach(
        currency=currency,
        daily_spend=_number(entry, "daily_spend", SHARDS),
        per_prefix=_number(entry, "per_prefix", _FEWEST, Reach.per_prefix),
        per_address=_number(entry, "per_address", _FEWEST, Reach.per_address),
        destinations={dial: _destination(dial, one, faults) for dial, one in entry.take("dial", dict).items()},
        ways=_ways(entry, Reach.ways),
        patience=_number(entry, "patience", 0, Reach.patience),
    )
    if 0 < reach.patience < _SHORTEST:
        entry.fault("patience", f"must be 0, or at least {_SHORTEST} seconds")
    for dial, one in reach.destinations.items():
        if not one.voice_price and any(way.channel is Channel.VOICE for way in reach.order(dial)):
            faults.append(f"codes.dial.{dial}.voice_price: is needed, where codes go by voice")
    for name in ("per_prefix", "per_address"):
        if getattr(reach, name) > _MOST_OPEN:
            entry.fault(name, f"must be at most {_MOST_OPEN}")
    entry.done()
    return reach


def _destination(dial: str, data: Any, faults: list[str]) -> Destination:
    entry = Entry(f"codes.dial.{dial}", data if isinstance(data, dict) else {}, faults)
    if not _DIAL.fullmatch(dial):
        faults.append(f"codes.dial.{dial}: is no dial code")
    price = _number(entry, "price", 1)
    found = Destination(
        dial=dial,
        price=price,
        daily_spend=_number(entry, "daily_spend", SHARDS * price),
        daily_texts=_number(entry, "daily_texts", SHARDS),
        regions=frozenset(entry.some_of("regions", Regions(), [])),
        ways=_ways(entry, ()),
        voice_price=_number(entry, "voice_price", 1, 0),
    )
    entry.done()
    return found


def _ways(entry: Entry, default: tuple[str, ...]) -> tuple[str, ...]:
    """Read an order of ways; a code goes by SMS first."""
    ways = tuple(entry.some_of("ways", WAYS, list(default)))
    if ways and ways[0] in WAYS and WAYS[ways[0]].channel is not Channel.SMS:
        entry.fault("ways", "the first must be by SMS")
    if default and not ways:
        entry.fault("ways", "at least one")
    return tuple(way for way in ways if way in WAYS) or default


def _number(entry: Entry, name: str, least: int, default: int | None = None) -> int:
    value: int = entry.take(name, int, default)
    if value < least and isinstance(entry.data.get(name), int):
        entry.fault(name, f"must be at least {least}")
    return value
