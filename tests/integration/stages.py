"""Where each step that has to do with a ticket is the next: what was done before it, and what is sent.

For the tests that walk through every route: its rights, its repetition, its refusals.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from tests.world import LI, Answer, World

DECISION = {"outcome": "upheld", "findings": "f", "reasons": "r"}
PROPOSAL = DECISION | {"outcome": "rejected"}
AWARD = DECISION | {"redress": {"amount": 100, "currency": "CNY"}}
LETTER = {"channel": "letter", "proof": "RM123456785GB"}
ACTION = {"what": "w", "owner": "lead-east", "look_on": "2026-11-23"}
MANDATE = {"phone": "+8613800138077", "capacity": "agent", "document_sha256": "5e" * 32}
WAITING = {"reason": "waiting_for_customer"}
MEDIATION = {"reason": "mediation"}
LONGER = {"clock": "cn.nfra.decision", "step": "complex", "reason": "r"}
PAID = {"paid_on": "2026-12-01", "reference": "PAY-1"}
REFERRAL = {"to": "ombudsman", "reference": "FOS-1"}
CLOSING = {"root_cause": "r"}
WHY = {"reason": "r"}
PDF = b"%PDF-1.7 a receipt"
FILE = {
    "name": "receipt.pdf",
    "content_type": "application/pdf",
    "size": len(PDF),
    "sha256": hashlib.sha256(PDF).hexdigest(),
}
CLEAN = {"verdict": "clean", "reason": "r"}
NOBODYS = "tkt_01M8323B80R71NV7ECMN7C58DB"
Done = tuple[str, Any]

_DECIDE, _PROPOSE, _AWARD = (("complaints/decide", body) for body in (DECISION, PROPOSAL, AWARD))
TASK = {"kind": "business", "unit": "east", "question": "Was it booked twice?"}
_ASK: Done = ("tickets/tasks", TASK | {"owner": "agent-east"})
_ANSWER: Done = ("tasks/answer", {"body": "b"})
_DELIVER: Done = ("complaints/deliver", LETTER)
_RESOLVE: Done = ("tickets/resolve", {"body": "b"})


@dataclass(frozen=True)
class Stage:
    """`body` is sent, `other` could have been; `before` was done at the desk; `alike`: done again, it changes nothing.

    `file` says how far a file of the customer's is before it, uploaded or stored; `asked` is what the customer had written.
    """

    body: Any = None
    other: Any = field(default_factory=dict)
    before: tuple[Done, ...] = ()
    kind: str = "complaint"
    alike: bool = False
    file: str = ""
    asked: str = "Are you open on Saturday?"


def _complaint(body: Any = None, other: Any = None, *before: Done, alike: bool = False) -> Stage:
    return Stage(body, {} if body is None else other, before, alike=alike)


def _enquiry(body: Any = None, other: Any = None, *before: Done, alike: bool = False) -> Stage:
    return Stage(body, {} if body is None else other, before, "enquiry", alike)


_DESK = {
    "complaints/{ticket}/acknowledge": _complaint(),
    "complaints/{ticket}/alarm-acknowledged": _complaint(
        None, None, ("complaints/classify", {"cause": "c", "severity": "major"})
    ),
    "complaints/{ticket}/assign": _complaint({"owner": "lead-east"}, {"owner": "agent-east"}, alike=True),
    "complaints/{ticket}/take-up": _complaint(),
    "complaints/{ticket}/classify": _complaint({"cause": "c"}, {"cause": "d"}),
    "complaints/{ticket}/decide": _complaint(DECISION, PROPOSAL),
    "complaints/{ticket}/approve": _complaint(None, None, _PROPOSE),
    "complaints/{ticket}/return": _complaint(WHY, {"reason": "s"}, _PROPOSE),
    "complaints/{ticket}/deliver": _complaint(LETTER, LETTER | {"proof": "another"}, _DECIDE),
    "complaints/{ticket}/redress-paid": _complaint(PAID, PAID | {"reference": "PAY-2"}, _AWARD),
    "complaints/{ticket}/refer": _complaint(REFERRAL, REFERRAL | {"to": "court"}),
    "complaints/{ticket}/close": _complaint(CLOSING, {"root_cause": "s"}, _DECIDE, _DELIVER),
    "complaints/{ticket}/correction-ended": _complaint(
        {"effect": "e"},
        {"effect": "f"},
        _DECIDE,
        _DELIVER,
        ("complaints/close", CLOSING | {"corrective_action": ACTION}),
    ),
    "complaints/{ticket}/pause": _complaint(MEDIATION, {"reason": "external_appraisal"}),
    "complaints/{ticket}/resume": _complaint(
        MEDIATION, {"reason": "external_appraisal"}, ("complaints/pause", MEDIATION)
    ),
    "complaints/{ticket}/extensions": _complaint(LONGER, LONGER | {"reason": "s"}),
    "complaints/{ticket}/extensions/{n}/approve": _complaint(None, None, ("complaints/extensions", LONGER), alike=True),
    "complaints/{ticket}/new-facts": _complaint({"what": "w"}, {"what": "v"}),
    "tickets/{ticket}/assign": _enquiry({"owner": "lead-east"}, {"owner": "agent-east"}, alike=True),
    "tickets/{ticket}/accept": _enquiry(),
    "tickets/{ticket}/handover": _enquiry({"to": "lead-east", "note": "n"}, {"to": "lead-east", "note": "another"}),
    "tickets/{ticket}/wait": _enquiry(WAITING, {"reason": "waiting_for_third_party"}),
    "tickets/{ticket}/resume": _enquiry(WAITING, {"reason": "waiting_for_third_party"}, ("tickets/wait", WAITING)),
    "tickets/{ticket}/resolve": _enquiry({"body": "b"}, {"body": "c"}),
    "tickets/{ticket}/close": _enquiry(None, None, _RESOLVE),
    "tickets/{ticket}/reopen": _enquiry(WHY, {"reason": "s"}, _RESOLVE),
    "tickets/{ticket}/merge": _enquiry({"ticket": NOBODYS}, {"ticket": "another"}),
    "tickets/{ticket}/link": _enquiry({"ticket": NOBODYS}, {"ticket": "another"}, alike=True),
    "tickets/{ticket}/split": _enquiry({"subject": "s", "body": "b"}, {"subject": "s", "body": "c"}),
    "tickets/{ticket}/promote": _enquiry({}, {"first_expressed_at": "2026-11-23T02:00:00Z"}),
    "tickets/{ticket}/attachments/{attachment}/mark": Stage(
        CLEAN, CLEAN | {"reason": "s"}, kind="enquiry", file="stored"
    ),
    "tickets/{ticket}/tasks": _complaint(TASK, TASK | {"question": "q"}),
    "tasks/{task}/accept": _complaint(None, None, ("tickets/tasks", TASK | {"owner": "lead-east"})),
    "tasks/{task}/answer": _complaint({"body": "b"}, {"body": "c"}, _ASK),
    "tasks/{task}/assign": _complaint({"owner": "lead-east", "note": "n"}, {"owner": "agent-east-2"}, _ASK),
    "tasks/{task}/return": _complaint(WHY, {"reason": "s"}, _ASK, _ANSWER),
    "tasks/{task}/cancel": _complaint(WHY, {"reason": "s"}, _ASK),
    "tickets/{ticket}/group": _complaint({"lead": NOBODYS}, {"lead": "another"}, alike=True),
    "tickets/{ticket}/leave-group": _complaint(None, None, ("tickets/group", {"lead": NOBODYS})),
    "tickets/{ticket}/no-complaint": Stage(WHY, {"reason": "s"}, kind="enquiry", asked="This is not acceptable."),
    "tickets/{ticket}/mandates": _enquiry(MANDATE, MANDATE | {"capacity": "heir"}),
    "tickets/{ticket}/mandates/{representative}": _enquiry(None, None, ("tickets/mandates", MANDATE)),
}
_OWN = {
    "complaints/{ticket}/accept": _complaint(None, None, _DECIDE, _DELIVER),
    "complaints/{ticket}/reject": _complaint(WHY, {"reason": "s"}, _DECIDE, _DELIVER),
    "complaints/{ticket}/withdraw": _complaint(),
    "tickets/{ticket}/attachments": _enquiry(FILE, FILE | {"name": "another.pdf"}),
    "tickets/{ticket}/attachments/{attachment}/uploaded": Stage(kind="enquiry", alike=True, file="uploaded"),
    "tickets/{ticket}/messages": _enquiry({"body": "b"}, {"body": "c"}),
    "tickets/{ticket}/reopen": _enquiry(WHY, {"reason": "s"}, _RESOLVE),
    "tickets/{ticket}/update-requests": _enquiry(),
    "tickets/{ticket}/support-needs": _enquiry(
        {"kinds": ["hearing"], "consent": True}, {"kinds": ["sight"], "consent": True}
    ),
}
STAGES = {f"/v1/desk/{path}": stage for path, stage in _DESK.items()} | {
    f"/v1/{path}": stage for path, stage in _OWN.items()
}


def ask_something(world: World, token: str, **what_matters: Any) -> str:
    """Open an enquiry; give its id."""
    body = {"kind": "enquiry", "subject": "Opening hours", "body": "Are you open on Saturday?", **what_matters}
    answer = world.ask("POST", "/v1/tickets", body, token)
    assert answer.status == 201, answer.text
    return str(answer.body["id"])


def task_of(ticket: str) -> str:
    """Name the first task of a ticket."""
    return f"task_{ticket.removeprefix('tkt_')}_1"


@dataclass
class Stagehand:
    """Brings matters of one customer where a step is the next; what is done, their owner does."""

    world: World
    customer: str
    staff: dict[str, str] = field(default_factory=dict)
    attachment: str = "att_none"

    def brought_before(self, path: str) -> str:
        """File a matter and bring it where the step of this route is the next; give its id."""
        stage = STAGES[path]
        enquiry = stage.kind == "enquiry"
        id_ = ask_something(self.world, self.customer, body=stage.asked) if enquiry else self._complaint()
        if stage.file:
            self.attachment = self.sent_in(id_, stage.file)
        owner = self.owner(id_)
        for step, body in stage.before:
            capability, _, name = step.partition("/")
            of = task_of(id_) if capability == "tasks" else id_
            path = f"/v1/desk/{capability}/{of}/{name}"
            answer = self.world.ask("POST", path, self._real(body), self.token(owner))
            assert answer.status < 300, (step, answer.text)
        return id_

    def filled(self, path: str, ticket: str) -> str:
        """Give the path for a ticket."""
        # Who it is, is looked for in everybody there is: only where somebody asks.
        representative = self._representative() if "{representative}" in path else ""
        return path.format(
            ticket=ticket, n=1, representative=representative, task=task_of(ticket), attachment=self.attachment
        )

    def sent_in(self, ticket: str, state: str) -> str:
        """Send a file in as the customer, until it is uploaded, stored or clean; give its id."""
        path = f"/v1/tickets/{ticket}/attachments"
        asked = self._asked("POST", path, self.customer, FILE).body
        assert self.world.files.put(asked["upload"]["url"], PDF, FILE["content_type"]) == 200
        if state != "uploaded":
            self._asked("POST", f"{path}/{asked['id']}/uploaded", self.customer)
        if state == "clean":
            self._asked("POST", f"/v1/desk{path[3:]}/{asked['id']}/mark", self.token("lead-east"), CLEAN)
        return str(asked["id"])

    def body(self, path: str) -> Any:
        """Give what is sent; what names another ticket names one there is."""
        return self._real(STAGES[path].body)

    def _real(self, body: Any) -> Any:
        match body:
            case {"ticket": str(other)} if other == NOBODYS:
                return {"ticket": ask_something(self.world, self.customer)}
            case {"lead": str(other)} if other == NOBODYS:
                return {"lead": self._complaint()}
        return body

    def owner(self, ticket: str) -> str:
        """Name the owner of a ticket."""
        return str(self._asked("GET", f"/v1/tickets/{ticket}", self.token("lead-east")).body["owner"])

    def given(self, ticket: str, owner: str) -> str:
        """Make somebody the owner of a ticket; give its id."""
        self._asked("POST", f"/v1/desk/tickets/{ticket}/assign", self.token("lead-east"), {"owner": owner})
        return ticket

    def token(self, staff: str) -> str:
        """Give the session of a member of staff."""
        if staff not in self.staff:
            self.staff[staff] = self.world.staff(staff)
        return self.staff[staff]

    def _complaint(self) -> str:
        return str(self.world.complain(self.customer)["id"])

    def _representative(self) -> str:
        found = (item["id"] for item in self.world.items("identity") if item.get("phone") == MANDATE["phone"])
        return str(next(found, "cus_none"))

    def _asked(self, method: str, path: str, token: str, body: Any = None) -> Answer:
        answer = self.world.ask(method, path, body, token)
        assert answer.status < 300, answer.text
        return answer


LOGGED = {"subject": "s", "body": "b", "channel": "phone", "customer": {"phone": LI}, "unit": "east"}
