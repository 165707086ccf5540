"""A whole Dutydesk in one process: real handlers on tables made from infra/resources.yaml, queues worked off by hand.

The engine behind it is moto for integration tests, and dynoxide where many callers race.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import bootstrap
from chalicelib.aws import keys as aws_keys
from chalicelib.kernel import actors, clock
from chalicelib.kernel.calls import internal
from chalicelib.kernel.tokens import Keys
from chalicelib.verification.codes.model import Destination, Reach
from tests import institution
from tests.face_offer import OFFER
from tests.fakes import FakeFaces, FakeFiles, FakeIssuer, FakeOutlet, FakeProvider
from tests.lambda_events import Context, event, scheduled_event, sqs_event, stream_event
from tests.looking import PREFIX, Looking

START = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # a Monday, ten in the morning in Shanghai
LI = "+8613800138000"
SMITH = "+447400123456"
# Codes go to China and Britain, at five fen and thirty-five a text.
REACH = Reach(
    "CNY",
    400_000,
    destinations={
        "86": Destination("86", 5, 200_000, 40_000, frozenset({"CN"})),
        "44": Destination("44", 35, 200_000, 5_000, frozenset({"GB"})),
    },
)


@dataclass
class Answer:
    """What came back over HTTP."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def body(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        return self.body["code"]


@dataclass
class World(Looking):
    """One institution, its clock at `now`, its queues in memory."""

    now: datetime = START
    provider: FakeProvider = field(default_factory=FakeProvider)
    outlet: FakeOutlet = field(default_factory=FakeOutlet)
    files: FakeFiles = field(default_factory=FakeFiles)
    faces: FakeFaces = field(default_factory=lambda: FakeFaces(everybody=True))
    unpublished: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        clock.use(lambda: self.now)
        bootstrap.services.cache_clear()
        aws_keys.keys.cache_clear()
        self.services = bootstrap.services()
        self.keys = Keys(b"a root secret for tests")
        replaced = {
            "keys": self.keys,
            "sms": self.provider,
            "mail": self.provider,
            "issuer": FakeIssuer(),
            "queues": self.outlet,
            "files": self.files,
            "scanner": self.files,
            "liveness": self.faces,
            "matcher": self.faces,
        }
        self.services.__dict__.update(replaced)
        self.services.tables._client = lambda: self.client
        self._listen()

    # --- the institution -------------------------------------------------------------------------------------------

    def seed(self) -> "World":
        """Found the institution: head office, Shanghai, London, and who works there."""
        institution.found(self.services.identity)
        self.services.reaching.set(REACH, internal(actors.system("seed"), "seed", "seed"))
        return self

    def open_branches(self) -> "World":
        """Open the branches of a first start, with what can be done there."""
        from infra.local.seed import institution

        seeding = internal(actors.system("seed"), "seed", "seed")
        for service in institution().services.values():
            self.services.registry.register_service(service, seeding)
        for branch in institution().branches.values():
            self.services.registry.found_branch(branch, seeding)
        return self

    def offer_faces(self) -> "World":
        """Offer face checks, with a reference of everybody."""
        self.services.face_offering.set(OFFER, internal(actors.system("seed"), "seed", "seed"))
        return self

    # --- HTTP --------------------------------------------------------------------------------------------------------

    def ask(self, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> Answer:
        """Call the API as API Gateway would; `body` may be a text to send as it is. Header names with _ for -."""
        from app import app

        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        text = body if isinstance(body, str | None) else json.dumps(body)
        if text is not None:
            sent.setdefault("Content-Type", "application/json")
        answer = app(event(app, method, path, text, sent), Context())
        return Answer(answer["statusCode"], answer.get("headers", {}), answer["body"])

    def sign_in(self, phone: str = LI) -> str:
        """Sign a customer in by SMS code; give the session token."""
        self.forgive()
        started = self.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": phone}).body
        code = self.code(phone)
        checked = self.ask("POST", f"/v1/verifications/{started['id']}/check", {"code": code}).body
        shown = {name: started["warning"][name] for name in ("id", "version")}
        session = self.ask("POST", "/v1/sessions", {"grant": checked["grant"], "warning_acknowledged": shown})
        return session.body["token"]

    def forgive(self) -> None:
        """Forget how often codes were asked for: the clock of a test stands still, and its people sign in all day."""
        for item in self.items("verification"):
            if item["pk"].startswith("limit#"):
                key = {name: {"S": item[name]} for name in ("pk", "sk")}
                self.client.delete_item(TableName=f"{PREFIX}-verification", Key=key)

    def code(self, phone: str) -> str:
        """Read the newest code sent to a phone."""
        text = self.provider.to(phone, "code_")[-1].body
        return next(word for word in text.replace("，", " ").split() if word.isdigit() and len(word) == 6)

    def staff(self, id_: str) -> str:
        """Sign a member of staff in."""
        return self.ask("POST", "/v1/staff/sessions", {"id_token": f"token-of-{id_}"}).body["token"]

    def complain(self, token: str, **what_matters: Any) -> dict[str, Any]:
        """File a complaint."""
        body = {"subject": "Card fee", "body": "I was charged twice.", **what_matters}
        answer = self.ask("POST", "/v1/complaints", body, token)
        assert answer.status == 201, answer.text
        return answer.body

    # --- queues and time ---------------------------------------------------------------------------------------------

    def drain(self, order: Any = None) -> int:
        """Publish what was recorded and work every queue off, until nothing moves; give how many messages there were.

        `order` may rearrange, double or drop the messages of a round.
        """
        worked = 0
        while True:
            self.publish()
            waiting, self.outlet.sent[:] = list(self.outlet.sent), []
            if not waiting:
                return worked
            for queue, message, _ in order(waiting) if order else waiting:
                failed = self.work(queue, message)
                assert not failed, (queue, message)
                worked += 1

    def publish(self) -> None:
        """Hand every record that has not been published to the publish job, as the stream would."""
        from chalicelib.records.jobs import publish

        fresh, self.unpublished[:] = list(self.unpublished), []
        if fresh:
            answer = publish(stream_event(fresh), Context())
            assert answer == {"batchItemFailures": []}

    def _listen(self) -> None:
        """Keep each record a transaction of ours has written: what the stream of the ledger would carry."""
        asked: list[Any] = []

        def asking(params: dict[str, Any], **_: Any) -> None:
            asked[:] = [write["Put"] for write in params["TransactItems"] if "Put" in write]

        def answered(parsed: dict[str, Any], **_: Any) -> None:
            if "Error" not in parsed:
                self.unpublished += [put["Item"] for put in asked if put["TableName"] == f"{PREFIX}-records"]

        events = self.client.meta.events
        events.register("provide-client-params.dynamodb.TransactWriteItems", asking)
        events.register("after-call.dynamodb.TransactWriteItems", answered)

    def work(self, queue: str, message: dict[str, Any]) -> list[Any]:
        """Hand one message to the job of its queue; give the failures."""
        from chalicelib.appointments.jobs import book
        from chalicelib.attachments.jobs import examine
        from chalicelib.callbacks.jobs import callback
        from chalicelib.notifications.jobs import notify, receipt
        from chalicelib.tickets.jobs import escalate

        jobs = {"bookings": book, "escalations": escalate, "notifications": notify, "receipts": receipt}
        jobs |= {"attachments": examine, "callbacks": callback}
        return jobs[queue](sqs_event(queue, json.dumps(message)), Context())["batchItemFailures"]

    def sweep(self) -> Any:
        """Run the sweep once, now."""
        from chalicelib.operations.jobs import sweep

        return sweep(scheduled_event(clock.text(self.now)), Context())

    def pass_time(self, order: Any = None, step: timedelta | None = None, **by: float) -> None:
        """Let time pass, stopping at every instant at which something is due (or every `step`), sweep and drain there."""
        until = self.now + timedelta(**by)
        while self.now < until:
            self.now = min(until, self.now + step if step else self._next_stop(until))
            self.sweep()
            self.drain(order)

    def _next_stop(self, until: datetime) -> datetime:
        tables = ("tickets", "notifications", "attachments", "answers", "appointments", "callbacks")
        due = [item["due_at"] for table in tables for item in self.items(table, "due")]
        ahead = [clock.moment(at) for at in due if clock.moment(at) > self.now]
        return min([*ahead, until])

    def receipt(self, text_id: str, status: str = "delivered", at: datetime | None = None, **but: Any) -> Answer:
        """Let the SMS provider report on a text, signed."""
        body = json.dumps(
            {"id": f"provider-{text_id}", "message": text_id, "status": status, "at": clock.text(at or self.now)}
        )
        stamp = str(int(but.get("signed_at", self.now).timestamp()))
        import hmac

        key = but.get("key", self.keys.key("receipts"))
        mac = hmac.digest(key, f"{stamp}.{body}".encode(), "sha256").hex()
        return self.ask("POST", "/v1/webhooks/sms/dutydesk", body, Dutydesk_Signature=f"t={stamp},v1={mac}")
