"""The product under measurement, and the same tables again for the bare client, kept alike call by call."""

import gc
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count, cycle
from typing import TYPE_CHECKING, Any

from app import app
from chalicelib.kernel.actors import system
from chalicelib.kernel.calls import internal
from chalicelib.verification.codes.model import Destination
from tests.lambda_events import Context, event
from tests.world import REACH, World

from .recording import Asked, Recorder, bound
from .visits import Visits

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

CONTEXT = Context()
_key = count(1)


@dataclass(frozen=True)
class Asking:
    """One call of a route, ready to be handed to the application; everything before it is no part of the measurement."""

    event: dict[str, Any]
    expected: int

    def serve(self) -> dict[str, Any]:
        """Call the application as Lambda does."""
        answer: dict[str, Any] = app(self.event, CONTEXT)
        return answer

    def check(self, answer: dict[str, Any]) -> Any:
        """Give the body of the answer, which must be the one that was wanted: nobody measures refusals by mistake."""
        assert answer["statusCode"] == self.expected, answer
        return json.loads(answer["body"])


Prepare = Callable[[], Asking]


class Bank:
    """One institution on the local engine, with a customer and a lead signed in."""

    def __init__(self, product: "DynamoDBClient", *bare: "DynamoDBClient") -> None:
        self.recorder = Recorder(product)
        self.bare = bare
        self.world = World(product)
        self.world.seed()
        # What is measured is how long a code takes, not how many may be had.
        wide = replace(REACH, per_prefix=10**6, per_address=10**6, daily_spend=10**12, destinations=_without_end())
        self.world.services.reaching.set(wide, internal(system("bench"), "bench", "bench"))
        self.customer = self.world.sign_in()
        self.lead = self.world.staff("lead-east")
        self.follow()

    def follow(self) -> list[Asked]:
        """Do on the other engines what the product has done since the last time, and give it."""
        asked = self.recorder.take()
        for client in self.bare:
            for call, params in bound(client, asked):
                call(**params)
        return asked

    def asking(
        self, method: str, path: str, body: Any = None, token: str = "", expected: int = 200, *, once: bool = True
    ) -> Asking:
        """Prepare a call; whatever writes carries an idempotency key, as a good client does, unless `once` is false."""
        headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"} if token else {}
        if method == "POST":
            headers |= {"Content-Type": "application/json"}
            if once:
                headers["Idempotency-Key"] = f"bench-{next(_key):010}"
        text = None if body is None else json.dumps(body)
        return Asking(event(app, method, path, text, headers), expected)

    def complain(self) -> str:
        """File a complaint, unmeasured, and give its id."""
        self.world.now += timedelta(seconds=7)  # no two tickets begin at one instant
        asking = self.asking("POST", "/v1/complaints", COMPLAINT, self.customer, 201)
        id_: str = asking.check(asking.serve())["id"]
        return id_

    def pair(self, prepare: Prepare) -> tuple[float, float, list[Asked]]:
        """Time one call of the product, and then the same calls of DynamoDB by the bare client; seconds of each."""
        asking = prepare()
        self.follow()
        began = time.perf_counter()
        answer = asking.serve()
        product = time.perf_counter() - began
        asking.check(answer)
        asked = self.recorder.take()
        return product, timed(self.bare[0], asked), asked


def _without_end() -> dict[str, Destination]:
    return {dial: replace(one, daily_spend=10**12, daily_texts=10**9) for dial, one in REACH.destinations.items()}


def timed(client: "DynamoDBClient", asked: list[Asked]) -> float:
    """Time these calls by the bare client."""
    calls = bound(client, asked)
    began = time.perf_counter()
    for call, params in calls:
        call(**params)
    return time.perf_counter() - began


COMPLAINT = {
    "subject": "Charged twice for a card",
    "body": "On 12 November I was charged the yearly fee of my card twice. " * 3,
    "product": "cards",
    "wanted_outcome": "Pay one of the two fees back.",
}
REPLY = {"body": "I have found the receipt of the first charge; it is in the attachment of my mail of today."}


def routes(bank: Bank) -> dict[str, Prepare]:
    """Give every measured call by its name; preparing one may itself call the product."""
    ids = [bank.complain() for _ in range(40)]
    tickets, phones = cycle(ids), count(1)

    def file() -> Asking:
        bank.world.now += timedelta(seconds=7)
        return bank.asking("POST", "/v1/complaints", COMPLAINT, bank.customer, 201)

    def check() -> Asking:
        phone = f"+86138{next(phones):08}"
        started = bank.asking("POST", "/v1/verifications", {"purpose": "sign_in", "phone": phone}, expected=202)
        id_ = started.check(started.serve())["id"]
        return bank.asking("POST", f"/v1/verifications/{id_}/check", {"code": bank.world.code(phone)})

    return {
        "create complaint": file,
        "post message": lambda: bank.asking("POST", f"/v1/tickets/{next(tickets)}/messages", REPLY, bank.customer, 201),
        "check a code": check,
        "list 25 own": lambda: bank.asking("GET", "/v1/tickets", token=bank.customer),
        "get one": lambda: bank.asking("GET", f"/v1/complaints/{next(tickets)}", token=bank.customer),
        "desk queue of 25": lambda: bank.asking("GET", "/v1/desk/queue", token=bank.lead),
        **Visits(bank).routes(),
    }


WRITES = ("create complaint", "post message", "check a code", "hold a time", "book")
READS = ("list 25 own", "get one", "desk queue of 25", "slots of a day")


def settle() -> None:
    """Let neither side pay for the garbage of what was there before."""
    gc.collect()
    gc.freeze()
