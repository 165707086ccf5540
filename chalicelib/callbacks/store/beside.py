"""What stands beside a callback: who may have one, room in windows, the hand of an agent, proof words, books of contacts."""

import json
from datetime import datetime, timedelta

from chalicelib.aws.items import Item
from chalicelib.aws.tables import Add, Put, Remove, Write, unchanged
from chalicelib.kernel.clock import moment, text
from chalicelib.kernel.events import Link

from ..model import Book, Callback, Contact, HasOne, Promised, Purpose, WindowFull
from .items import TABLE

# Long after the window TTL may take its counter; nothing reads it then.
_CELLS_KEPT = timedelta(days=30)
# A word is looked up for that long after the call has expired, and then it is nobody's.
_WORDS_KEPT = timedelta(days=7)


def open_guard(callback: Callback) -> Item:
    """Key of the guard that lets one call be open for a person, a purpose and a ticket."""
    return {"pk": f"open#{callback.customer_id}", "sk": f"{callback.purpose}#{callback.about or '-'}"}


def opening(callback: Callback) -> Write:
    """Let nobody promise a second one."""
    item = {**open_guard(callback), "callback": callback.id}
    return Put(TABLE, item, refused=lambda known: Promised(known["callback"]))


def closing(callback: Callback) -> Write:
    """Let another one be promised."""
    return Remove(TABLE, open_guard(callback), "callback = :callback", {":callback": callback.id})


def cells_key(unit: str) -> str:
    """Hash key of the counters of a unit's windows."""
    return f"window#{unit}"


def _cell(unit: str, start: datetime) -> Item:
    return {"pk": cells_key(unit), "sk": text(start)}


def taking(unit: str, start: datetime, most: int) -> Write:
    """Take room in a window, if less than `most` have."""
    return Add(
        TABLE,
        _cell(unit, start),
        {"taken": 1},
        "attribute_not_exists(taken) OR taken < :most",
        {":most": most},
        sets={"expires": int((start + _CELLS_KEPT).timestamp())},
        refused=lambda _: WindowFull(),
    )


def giving_back(unit: str, start: datetime) -> Write:
    """Give room in a window back."""
    return Add(TABLE, _cell(unit, start), {"taken": -1}, "taken >= :one", {":one": 1})


def hand_key(agent: str) -> Item:
    """Key of what an agent has in hand."""
    return {"pk": f"lease#{agent}", "sk": "lease"}


def grasping(callback: Callback) -> Write:
    """Fill an agent's hand, if it is empty."""
    item = {**hand_key(callback.leased_by), "callback": callback.id}
    return Put(TABLE, item, refused=lambda known: HasOne(known["callback"]))


def letting_go(before: Callback) -> Write:
    """Empty the hand of the agent who had it."""
    return Remove(TABLE, hand_key(before.leased_by), "callback = :callback", {":callback": before.id})


def word_key(digest: str) -> Item:
    """Key of a proof word, by its keyed digest."""
    return {"pk": f"word#{digest}", "sk": "word"}


def naming(callback: Callback, digest: str) -> Write:
    """Let the word be looked up; two calls never have the same."""
    expires = int((callback.expires_at + _WORDS_KEPT).timestamp())
    return Put(TABLE, {**word_key(digest), "callback": callback.id, "expires": expires})


def book_key(customer: str) -> Item:
    """Key of the book of contacts with a person."""
    return {"pk": f"contact#{customer}", "sk": "book"}


def writing(book: Book) -> Write:
    """Store a book in the version it carries."""
    contacts = [[text(one.at), one.purpose, one.ref] for one in book.contacts]
    refused = {purpose: text(until) for purpose, until in book.refused.items()}
    facts = {"contacts": contacts, "consents": sorted(book.consents), "refused": refused}
    item = {
        **book_key(book.customer),
        "id": book.subject,
        "customer": book.customer,
        "do_not_call": book.do_not_call,
        "facts": json.dumps(facts, separators=(",", ":")),
        "version": book.version,
        "seq": book.link.seq,
        "head": book.link.head,
    }
    return unchanged(TABLE, item, book.version - 1) if book.version > 1 else Put(TABLE, item)


def book_of(item: Item) -> Book:
    """Read a book back."""
    facts = json.loads(item["facts"])
    return Book(
        customer=item["customer"],
        contacts=tuple(Contact(moment(at), Purpose(purpose), ref) for at, purpose, ref in facts["contacts"]),
        do_not_call=item["do_not_call"],
        consents=frozenset(Purpose(one) for one in facts["consents"]),
        refused={Purpose(purpose): moment(until) for purpose, until in facts["refused"].items()},
        version=item["version"],
        link=Link(item["seq"], item["head"]),
    )
