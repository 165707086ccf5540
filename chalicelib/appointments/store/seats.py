"""The writes that give time away and take it back: cells, holds, and what each customer has of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Add, Remove, Write
from chalicelib.kernel.clock import text

from ..model import DayBeforeOnly, Hold, HoldSpent, Limit, SlotTaken, TooManyOpen, TooManyWaiting, Visit, hold_key
from .catalogue import TABLE
from .items import by, cell_expires, cell_key, count_key

OPEN, WAITING = "open_now", "waiting_now"


def taking(hold: Hold, limit: Limit) -> Add:
    """Take one cell, if neither it nor what the channel may give away of it is used up."""
    counter = by(hold.channel)
    return Add(
        TABLE,
        cell_key(hold.day, (limit.pool, limit.start)),
        {"taken": 1, counter: 1},
        f"(attribute_not_exists(taken) OR taken < :most) AND (attribute_not_exists({counter}) OR {counter} < :share)",
        {":most": limit.most, ":share": limit.share},
        sets={"expires": cell_expires(limit.start)},
        refused=lambda _: SlotTaken(),
    )


def counting_up(customer: str, most: int, today: datetime | None) -> Write:
    """Let a customer have one more, if they have less than `most`; and for `today`, if nothing limits them now."""
    few, values = "(attribute_not_exists(open_now) OR open_now < :most)", {":most": most}
    if today is not None:
        few += " AND (attribute_not_exists(limited_until) OR limited_until <= :now)"
        values[":now"] = int(today.timestamp())

    def refused(item: Item) -> Exception:
        if item.get(OPEN, 0) >= most:
            return TooManyOpen(most=most)
        return DayBeforeOnly(until=text(datetime.fromtimestamp(item["limited_until"], UTC)))

    return Add(TABLE, count_key(customer), {OPEN: 1}, few, values, refused=refused)


def waiting_up(customer: str, most: int) -> Write:
    """Let a customer wait once more, if they do less than `most` times."""
    few = "attribute_not_exists(waiting_now) OR waiting_now < :most"
    full = partial(TooManyWaiting, most=most)
    return Add(TABLE, count_key(customer), {WAITING: 1}, few, {":most": most}, refused=lambda _: full())


def counting_down(customer: str, sets: Mapping[str, int] | None = None, *, of: tuple[str, ...] = (OPEN,)) -> Write:
    """Let a customer have, or wait for, one more; `sets` is written beside."""
    enough = " AND ".join(f"{name} >= :one" for name in of)
    return Add(TABLE, count_key(customer), dict.fromkeys(of, -1), enough, {":one": 1}, sets=dict(sets or {}))


def giving_back(day: str, visit: Visit, counter: str) -> list[Write]:
    """Give every cell of a visit back."""
    back = {"taken": -1, counter: -1}
    enough = f"taken >= :one AND {counter} >= :one"
    return [Add(TABLE, cell_key(day, place), back, enough, {":one": 1}) for place in visit.cells()]


def spending(hold: Hold) -> Write:
    """Take a hold away: whoever does it first has it."""
    values = {":customer": hold.customer_id}
    return Remove(TABLE, hold_key(hold), "customer = :customer", values, refused=lambda _: HoldSpent())
