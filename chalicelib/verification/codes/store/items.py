"""Verifications, closings, days and what is open, as items."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Add
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.delivery import Delivery
from chalicelib.kernel.events import Link
from chalicelib.kernel.money import Money

from ..model import (
    Attempt,
    Channel,
    Closing,
    Day,
    Proven,
    Purpose,
    Source,
    Status,
    Toll,
    Transaction,
    Verification,
    Why,
    due_shard,
)

TABLE = "verification"
CLOSED = "closed"
_KEPT = timedelta(days=1)  # then TTL may take it; the records stay
_DAY_KEPT = timedelta(days=400)
_PROVEN_KEPT = timedelta(days=400)


def key(id_: str) -> Item:
    """Key of a verification."""
    return {"pk": id_, "sk": "code"}


def closing_key(name: str) -> Item:
    """Key of what is or was closed, by its name; all of them stand together, to be listed."""
    return {"pk": CLOSED, "sk": name}


def proven_key(phone: str) -> Item:
    """Key of the last right code of a phone, by its keyed hash."""
    return {"pk": f"proven#{phone}", "sk": "proven"}


def day_key(date: str, shard: int) -> Item:
    """Key of one shard of a day's spending."""
    return {"pk": f"day#{date}", "sk": f"{shard:02}"}


def to_item(verification: Verification) -> Item:
    """Write a verification."""
    return {
        **key(verification.id),
        "id": verification.id,
        "purpose": verification.purpose.value,
        "phone": verification.phone,
        "language": verification.language,
        "code_hash": verification.code_hash,
        "code_status": verification.status.value,
        "started_at": text(verification.started_at),
        "resend_after": text(verification.resend_after),
        "sent": [_attempt_item(one) for one in verification.sent],
        "attempts": verification.attempts,
        "expires_at": text(verification.expires_at),
        "expires": int((verification.expires_at + _KEPT).timestamp()),
        "transaction": _transaction_item(verification.transaction),
        "address": verification.source.address or None,
        "device": verification.source.device or None,
        "fixed": verification.fixed or None,
        "seed": verification.seed or None,
        "due_at": text(verification.due_at) if verification.due_at else None,
        "due_shard": due_shard(verification.id) if verification.due_at else None,
        "version": verification.version,
        "seq": verification.link.seq,
        "head": verification.link.head,
    }


def from_item(item: Item) -> Verification:
    """Read a verification back."""
    return Verification(
        id=item["id"],
        purpose=Purpose(item["purpose"]),
        phone=item["phone"],
        language=item["language"],
        code_hash=item["code_hash"],
        status=Status(item["code_status"]),
        started_at=moment(item["started_at"]),
        resend_after=moment(item["resend_after"]),
        sent=tuple(_attempt_of(one) for one in item["sent"]),
        attempts=item["attempts"],
        expires_at=moment(item["expires_at"]),
        transaction=_transaction_of(item.get("transaction")),
        source=_source_of(item),
        fixed=item.get("fixed", False),
        seed=item.get("seed", ""),
        due_at=moment(item["due_at"]) if "due_at" in item else None,
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def _attempt_item(attempt: Attempt) -> Item:
    return {
        "channel": attempt.channel.value,
        "at": text(attempt.at),
        "way": attempt.way,
        "outcome": attempt.outcome.value,
    }


def _attempt_of(item: Item) -> Attempt:
    return Attempt(
        Channel(item["channel"]), moment(item["at"]), item.get("way", "aws"), Delivery(item.get("outcome", "sending"))
    )


def proven_item(phone: str, source: Source, at: datetime) -> Item:
    """Write that a right code was typed for a phone, and by whom."""
    expires = int((at + _PROVEN_KEPT).timestamp())
    who = {"address": source.address or None, "device": source.device or None}
    return {**proven_key(phone), "at": text(at), **who, "expires": expires}


def proven_of(item: Item | None) -> Proven | None:
    """Read that back."""
    return None if item is None else Proven(moment(item["at"]), _source_of(item))


def closing_item(closing: Closing) -> Item:
    """Write what is closed, in its next version."""
    return {
        **closing_key(closing.name),
        "id": closing.id,
        "why": closing.why.value,
        "closed_at": text(closing.closed_at),
        "until": text(closing.until),
        "texts": closing.texts,
        "proven": closing.proven,
        "reopened": closing.reopened,
        "version": closing.version + 1,
        "seq": closing.link.seq,
        "head": closing.link.head,
    }


def closing_of(item: Item) -> Closing:
    """Read it back."""
    return Closing(
        id=item["id"],
        name=item["sk"],
        why=Why(item["why"]),
        closed_at=moment(item["closed_at"]),
        until=moment(item["until"]),
        texts=item["texts"],
        proven=item["proven"],
        reopened=item["reopened"],
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )


def spending(toll: Toll) -> Add:
    """Count what a text costs, unless that would pass a ceiling."""
    money, texts = f"spent_{toll.dial}", f"texts_{toll.dial}"
    ceilings = {"spent": toll.rest, money: toll.rest_of_dial, texts: toll.texts_of_dial}
    within = [f"(attribute_not_exists({name}) OR {name} <= :{name})" for name in ceilings]
    return Add(
        TABLE,
        day_key(toll.day.date, toll.day.shard),
        {"spent": toll.price, money: toll.price, texts: toll.texts},
        " AND ".join(within),
        {f":{name}": most for name, most in ceilings.items()},
        {"expires": int((moment(f"{toll.day.date}T00:00:00Z") + _DAY_KEPT).timestamp())},
    )


def day_of(date: str, shard: int, item: Item | None) -> Day:
    """Read one shard of a day."""
    found = item or {}
    by_dial = {name.removeprefix("spent_"): value for name, value in found.items() if name.startswith("spent_")}
    texts = {name.removeprefix("texts_"): value for name, value in found.items() if name.startswith("texts_")}
    return Day(date, shard, found.get("spent", 0), by_dial, texts)


def _source_of(item: Item) -> Source:
    return Source(item.get("address", ""), item.get("device", ""))


def _transaction_item(transaction: Transaction | None) -> Any:
    if transaction is None:
        return None
    return {
        "amount": transaction.amount.amount,
        "currency": transaction.amount.currency,
        "payee": transaction.payee,
    }


def _transaction_of(item: Any) -> Transaction | None:
    return Transaction(Money(item["amount"], item["currency"]), item["payee"]) if item else None
