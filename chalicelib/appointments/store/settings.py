"""What a branch or a service is set to, as one JSON text."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.kernel.events import Link

from ..model import Assurance, Block, Branch, Channel, Document, Leave, Override, Service, Way

_UNSET = {"id", "version", "chain", "measures"}


def branch_item(branch: Branch) -> Item:
    """Write a branch."""
    return {"pk": "branches", **_item(branch)}


def service_item(service: Service) -> Item:
    """Write a service."""
    return {"pk": "services", **_item(service)}


def _item(thing: Branch | Service) -> Item:
    return {
        "sk": thing.id,
        "id": thing.subject,
        "version": thing.version,
        "seq": thing.chain.seq,
        "head": thing.chain.head,
        "settings": settings(thing),
    }


def settings(thing: Branch | Service) -> str:
    """Write everything its manager sets, the same for the same."""
    facts = {name: value for name, value in vars(thing).items() if name not in _UNSET}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain)


def _plain(value: object) -> Any:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return vars(value)


def branch_of(item: Item) -> Branch:
    """Read a branch back."""
    facts = json.loads(item["settings"])
    return Branch(
        **{
            **facts,
            "opening": {int(day): _blocks(blocks) for day, blocks in facts["opening"].items()},
            "services": tuple(facts["services"]),
            "overrides": tuple(_override(each) for each in facts["overrides"]),
            "leaves": tuple(_leave(each) for each in facts["leaves"]),
            "shares": {Channel(channel): percent for channel, percent in facts["shares"].items()},
        },
        **_kept(item),
    )


def service_of(item: Item) -> Service:
    """Read a service back."""
    facts = json.loads(item["settings"])
    return Service(
        **{
            **facts,
            "documents": tuple(Document(**each) for each in facts["documents"]),
            "ways": frozenset(Way(way) for way in facts["ways"]),
            "assurance": Assurance(facts["assurance"]),
        },
        **_kept(item),
    )


def _kept(item: Item) -> dict[str, Any]:
    return {"id": item["sk"], "version": item["version"], "chain": Link(item["seq"], item["head"])}


def _blocks(blocks: Iterable[Iterable[str]]) -> tuple[Block, ...]:
    return tuple(_block(block) for block in blocks)


def _block(block: Iterable[str]) -> Block:
    opens, closes = (time.fromisoformat(at) for at in block)
    return opens, closes


def _override(facts: Mapping[str, Any]) -> Override:
    days = {name: date.fromisoformat(facts[name]) for name in ("first", "last")}
    return Override(**days, blocks=_blocks(facts["blocks"]), reason=facts["reason"])


def _leave(facts: Mapping[str, Any]) -> Leave:
    days = {name: date.fromisoformat(facts[name]) for name in ("first", "last")}
    block = _block(facts["block"]) if facts["block"] else None
    return Leave(facts["pool"], facts["counters"], **days, block=block)
