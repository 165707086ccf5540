"""Who calls every route that writes, and what they call about."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from tests.integration import wordings
from tests.integration.closings import stopped
from tests.integration.mirror import Mirror, of_faces
from tests.integration.repeated import AtKiosks, Calling, Same
from tests.integration.stages import LOGGED, MANDATE, STAGES, Stagehand, ask_something
from tests.integration.trusted import Trusting
from tests.integration.visits import Reception, of_visits
from tests.kiosk import SHOWN
from tests.world import LI, SMITH, World

FILED = {"subject": "s", "body": "b"}
ASKED = FILED | {"kind": "enquiry"}
NEED = {"unit": "london", "reason": "A card has to be stopped."}
AWAY = {"since": "2027-03-01T00:00:00Z", "until": "2027-03-02T00:00:00Z"}
SAYS_NOTHING = {"/v1/desk/answers/{answer}/preview"}


class Cast(Trusting):
    """Who calls, and what they call about."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.li, self.smith = world.sign_in(LI), world.sign_in(SMITH)
        self.hand, self.library = Stagehand(world, self.li), wordings.Library(world)
        self.lead, self.agent, self.head = (self.hand.token(id_) for id_ in ("lead-east", "agent-east", "head-hq"))
        second = Staff("admin-hq-2", "hq", frozenset({Role.ADMIN}), "a", "a@dutydesk.test", "en")
        self.reception = Reception(world.open_branches(), self.lead)
        world.services.identity.register_staff(second, internal(actors.system("seed"), "seed", "seed"))

    def case(self) -> str:
        return str(self.world.complain(self.li)["id"])

    def started(self, phone: str, purpose: str = "sign_in") -> str:
        self.world.forgive()
        return str(self.world.ask("POST", "/v1/verifications", {"purpose": purpose, "phone": phone}).body["id"])

    def grant(self, phone: str, purpose: str = "sign_in") -> str:
        path = f"/v1/verifications/{self.started(phone, purpose)}/check"
        return str(self.world.ask("POST", path, {"code": self.world.code(phone)}).body["grant"])

    def make(self, path: str) -> Same:
        """Make a valid call of a route."""
        self.world.forgive()
        if path in STAGES:
            return self._step(path)
        if of_visits(path):
            return self._visit(path)
        if of_faces(path):
            return self._face(path)
        if path.startswith("/v1/verifications/"):
            return self._code(path)
        if "kiosks" in path or "/handovers/" in path:
            return AtKiosks(self, path).make()
        if path.startswith("/v1/desk/answers"):
            return self._canned(path)
        return {
            "/v1/verifications": lambda: self._nobody(path, "phone", (LI, SMITH), {"purpose": "sign_in"}),
            "/v1/sessions": lambda: self._nobody(
                path, "grant", (self.grant(LI), self.grant(SMITH)), {"warning_acknowledged": SHOWN}
            ),
            "/v1/staff/sessions": lambda: self._nobody(
                path, "id_token", ("token-of-lead-east", "token-of-agent-east"), {}
            ),
            "/v1/fraud-reports": lambda: self.reported(path, {}, self.li, self.smith),
            "/v1/desk/fraud-reports": lambda: self.reported(path, {"phone": LI}, self.lead, self.agent),
            "/v1/desk/words": lambda: self.word(path),
            "/v1/words/check": lambda: self.checked(path),
            "/v1/sessions/current/step-up": lambda: self.proven(path),
            "/v1/me/phone": lambda: self.rebound(path),
            "/v1/desk/emergencies": lambda: Same(
                Calling(path, NEED, self.lead), NEED | {"minutes": 5}, Calling(path, NEED, self.agent)
            ),
            "/v1/desk/emergencies/{emergency}/answer": self._answered,
            "/v1/complaints": lambda: self._somebody(path, FILED, self.li, self.smith),
            "/v1/tickets": lambda: self._somebody(path, ASKED, self.li, self.smith),
            "/v1/desk/complaints": lambda: self._somebody(path, LOGGED, self.lead, self.agent),
            "/v1/desk/tickets": lambda: self._somebody(path, LOGGED | ASKED, self.lead, self.agent),
            "/v1/desk/staff/{staff}/absences": lambda: Same(
                Calling(path.format(staff="agent-east"), AWAY, self.lead),
                AWAY | {"reason": "leave"},
                Calling(path.format(staff="agent-east"), AWAY, self.agent),
            ),
            "/v1/desk/operations/codes/{name}/reopen": lambda: self._redrive(path.format(name=stopped(self.world))),
            "/v1/desk/operations/dlq/{queue}/redrive": lambda: self._redrive(path.format(queue="notifications")),
        }[path]()

    def _face(self, path: str) -> Same:
        """Make a call about faces; whoever uses the same key does so about their own, or at the desk about the same."""
        mirror, route = Mirror(self.world), f"POST {path}"
        ready, body = mirror.ready(route, self.li, self.li)
        desk = path.startswith("/v1/desk")
        token = self.hand.token("compliance-hq") if desk else self.li
        call = Calling(ready, body, token)
        if desk:
            return Same(call, body | {"reason": "s"}, replace(call, token=self.hand.token(self._second_officer())))
        others, sent = mirror.ready(route, self.smith, self.smith)
        other = (
            {} if body is None else body | {"purpose": "change_phone"} if "purpose" in body else body | {"version": 2}
        )
        return Same(call, other, Calling(others, sent, self.smith), alike=path.endswith(("/consent", "/instead")))

    def _canned(self, path: str) -> Same:
        answer = wordings.brought_before(self.library, path)
        body = wordings.sent(path, ask_something(self.world, self.li))
        others = {"answers": {"title": "t"}, "versions": {"review_on": "2027-01-31"}, "preview": {"version": 1}}
        other = None if body is None else body | others.get(path.rpartition("/")[2], {"reason": "s"})
        approves = path.endswith(("/approve", "/return"))
        who = self.hand.token("compliance-hq") if approves else self.lead
        call = Calling(path.format(answer=answer, n=1), body, who)
        return Same(call, other, replace(call, token=self.head), alike=path in SAYS_NOTHING)

    def _redrive(self, path: str) -> Same:
        one, two = (self.hand.token(id_) for id_ in ("admin-hq", "admin-hq-2"))
        return Same(Calling(path, None, one), {}, Calling(path, None, two), alike=True)

    def _nobody(self, path: str, caller: str, callers: tuple[str, str], body: dict[str, Any]) -> Same:
        other = {"phone": {"purpose": "document"}, "grant": {"warning_acknowledged": SHOWN | {"version": 2}}}.get(
            caller
        )
        first, second = ({caller: value, **body} for value in callers)
        return Same(Calling(path, first), None if other is None else first | other, Calling(path, second))

    def _somebody(self, path: str, body: dict[str, Any], who: str, rival: str) -> Same:
        return Same(Calling(path, body, who), body | {"body": "another"}, Calling(path, body, rival))

    def _code(self, path: str) -> Same:
        ids = {phone: self.started(phone) for phone in (LI, SMITH)}
        checks = path.endswith("/check")
        first, second = (
            Calling(path.format(verification=id_), {"code": self.world.code(phone)} if checks else None)
            for phone, id_ in ids.items()
        )
        self.world.now += timedelta(seconds=60)
        return Same(first, {"code": "000000"}, second)

    def _visit(self, path: str) -> Same:
        """Make a call about an appointment; whoever uses the same key makes it about one of their own."""
        who, rival = (self.lead, self.agent) if path.startswith("/v1/desk/") else (self.li, self.smith)
        rival = self.head if path.endswith("/mark") or "/campaigns" in path else rival
        calls = []
        for token, phone in ((who, LI), (rival, SMITH)):
            filled, body = self.reception.ready(f"POST {path}", token, phone)
            calls.append(Calling(filled, body, "" if "/visits/" in path else token))
        other = {**(calls[0].body or {}), "zz": 1}
        return Same(calls[0], other if calls[0].body is None else calls[1].body, calls[1])

    def _step(self, path: str) -> Same:
        """Make a step of a case that is brought there; the customer's rival is who has a mandate on the same case."""
        case, stage = self.hand.brought_before(path), STAGES[path]
        if path.endswith("tickets/{ticket}/accept"):
            self.hand.given(case, "lead-east")
        who, rival = (self.lead, self.head) if path.startswith("/v1/desk/") else (self.li, self.smith)
        if who == self.li:
            mandate = self.world.ask("POST", f"/v1/desk/tickets/{case}/mandates", MANDATE | {"phone": SMITH}, self.lead)
            assert mandate.status == 201, mandate.text
        call = Calling(self.hand.filled(path, case), self.hand.body(path), who)
        return Same(call, stage.other, replace(call, token=rival), stage.alike)

    def _answered(self) -> Same:
        """Answer for an emergency; whoever uses the same key is another of compliance."""
        begun = self.world.ask("POST", "/v1/desk/emergencies", NEED, self.lead).body["id"]
        one, two = (self.hand.token(id_) for id_ in ("compliance-hq", self._second_officer()))
        call = Calling(f"/v1/desk/emergencies/{begun}/answer", {"justified": True, "note": "n"}, one)
        return Same(call, {"justified": False, "note": "n"}, replace(call, token=two))

    def _second_officer(self) -> str:
        second = Staff("compliance-2", "hq", frozenset({Role.COMPLIANCE}), "c", "c@dutydesk.test", "en")
        self.world.services.identity.register_staff(second, internal(actors.system("seed"), "seed", "seed"))
        return second.id
