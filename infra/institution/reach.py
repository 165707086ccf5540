"""Where codes may go, as the institution's file says it; what it does not say is closed."""

import re
from typing import Any

from chalicelib.verification.codes.model import SHARDS, Destination, Reach

from .entry import Entry, Regions

_DIAL = re.compile(r"[1-9][0-9]{0,2}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FEWEST = 1
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
    )
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
    )
    entry.done()
    return found


def _number(entry: Entry, name: str, least: int, default: int | None = None) -> int:
    value: int = entry.take(name, int, default)
    if value < least and isinstance(entry.data.get(name), int):
        entry.fault(name, f"must be at least {least}")
    return value
