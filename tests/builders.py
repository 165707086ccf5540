"""Things made of whatever matters to a test: tickets and clocks, texts, records, stamps."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from chalicelib.kernel import actors, ids
from chalicelib.kernel.calls import Call, Once, Reply, Stamp
from chalicelib.kernel.events import Event, Link, Record, chained, end
from chalicelib.notifications.model import Status as TextStatus
from chalicelib.notifications.model import Text
from chalicelib.tickets.model import Author, Channel, ClockFacts, Kind, Message, Ticket, Visibility
from tests.world import START

CALL = Call(actors.system("test"), START, "req-test", "test")
CHINA, HOUSE = "cn.nfra@2020-03-01.1", "house@2020-01-01.1"
DECISION = ClockFacts(CHINA, "cn.nfra.decision", "CN", START)


def id_of(n: int, prefix: str = "tkt", **later: float) -> str:
    """Make the id of that number; ids of a later instant sort later."""
    return ids.new_id(prefix, START + timedelta(**later), n.to_bytes(10, "big"))


def make_ticket(n: int = 1, **what_matters: Any) -> Ticket:
    """Make a complaint in Shanghai that came in this morning, or what matters."""
    facts: dict[str, Any] = {
        "id": id_of(n),
        "kind": Kind.COMPLAINT,
        "status": "received",
        "unit": "east",
        "customer_id": "cus_li",
        "subject": "Card fee",
        "body": "I was charged twice.",
        "language": "en",
        "channel": Channel.APP,
        "received_at": START,
        "registered_at": START,
        "calendar": "CN",
        "owner": "agent-east",
        "regimes": (CHINA, HOUSE),
    }
    return Ticket(**facts | what_matters)


def make_message(n: int = 1, **what_matters: Any) -> Message:
    """Make a public word of the customer, or what matters."""
    facts: dict[str, Any] = {
        "id": id_of(n, "msg"),
        "author": Author.CUSTOMER,
        "by": "cus_li",
        "visibility": Visibility.PUBLIC,
        "body": f"word {n}",
        "at": START,
    }
    return Message(**facts | what_matters)


def make_text(**what_matters: Any) -> Text:
    """Make a text to the customer that is being sent, or what matters."""
    facts: dict[str, Any] = {
        "id": "msg_01M8323B80R71NV7ECMN7C58DA",
        "about": "tkt_1",
        "key": "acknowledgement",
        "template": "complaint_received",
        "way": "sms",
        "ref": "cus_1",
        "to": "customer",
        "word": {"number": "T-1", "facts": {}},
        "status": TextStatus.SENDING,
        "asked_at": START,
        "claimed_until": START + timedelta(minutes=1),
        "due_at": START + timedelta(minutes=1),
    }
    return Text(**facts | what_matters)


@dataclass(frozen=True)
class Happened(Event):
    """Something, for tests."""

    NAME: ClassVar[str] = "thing.happened"
    what: str


def link_after(subject: str, link: Link = Link(), *what: str) -> tuple[list[Record], Link]:
    """Make a record for each thing that happened, and say where the chain ends then."""
    records = chained(subject, link, [Happened(one) for one in what or ("something",)], CALL)
    return records, end(records, link)


def stamp(key: str = "key", fingerprint: str = "body", **body: Any) -> Stamp:
    """Make the answer to a call that came with a key."""
    return Stamp(
        Once(key, fingerprint), Reply(201, json.dumps({"said": "so"} | body), {"token": ("session", "ses_1")}), START
    )
