"""Every route that writes: the same key twice is one effect and one answer, whoever else uses that key."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from tests.architecture.declared import routes
from tests.integration import wordings
from tests.integration.closings import stopped
from tests.integration.repeated import AtKiosks, Calling, Same
from tests.integration.stages import LOGGED, MANDATE, STAGES, Stagehand, ask_something
from tests.integration.trusted import Trusting
from tests.integration.visits import Reception, of_visits
from tests.kiosk import SHOWN
from tests.world import LI, SMITH, Answer, World

FILED = {"subject": "s", "body": "b"}
ASKED = FILED | {"kind": "enquiry"}
AWAY = {"since": "2027-03-01T00:00:00Z", "until": "2027-03-02T00:00:00Z"}
# A provider's receipt has no key: it is recognised by what it says.
SAYS_NOTHING = {"/v1/desk/answers/{answer}/preview"}
KEYED = sorted(route.path for route in routes() if route.method == "POST" and not route.takes)


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


@pytest.fixture(scope="module")
def cast(standing: World) -> Iterator[Cast]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.appointments.policy.MOST_OPEN", 1000)
        yield Cast(standing)


def ask(world: World, call: Calling, key: str) -> Answer:
    return world.ask("POST", call.path, call.body, call.token, Idempotency_Key=key)


def effects(world: World) -> tuple[int, int]:
    """Count what was recorded and what was sent: nothing happens here without the one or the other."""
    return len(world.unpublished), len(world.provider.sent)


@pytest.mark.parametrize("path", KEYED)
def test_the_same_call_twice_is_one_effect_and_one_answer(standing: World, cast: Cast, path: str) -> None:
    same = cast.make(path)
    before = effects(standing)
    first = ask(standing, same.call, path)
    assert first.status in (200, 201, 202), first.text
    assert "Idempotent-Replayed" not in first.headers
    after = effects(standing)
    assert after > before or path in SAYS_NOTHING

    for _ in range(2):
        standing.now += timedelta(seconds=1)
        again = ask(standing, same.call, path)
        assert (again.status, again.body) == (first.status, first.body)
        assert again.headers["Idempotent-Replayed"] == "true"
        assert again.headers.get("ETag") == first.headers.get("ETag")
    assert effects(standing) == after

    if same.other is not None:
        other = ask(standing, replace(same.call, body=same.other), path)
        assert (other.status, other.code) == (422, "idempotency_key_reused"), other.text
        assert effects(standing) == after


@pytest.mark.parametrize("path", KEYED)
def test_another_caller_with_the_same_key_is_not_given_the_answer(standing: World, cast: Cast, path: str) -> None:
    same = cast.make(path)
    key = f"shared:{path}"
    first = ask(standing, same.call, key)

    rival = ask(standing, same.rival, key)

    assert "Idempotent-Replayed" not in rival.headers
    assert rival.status in (first.status, 409, 429), rival.text  # the same step of the same case is not taken twice
    assert ask(standing, same.call, key).body == first.body
    if rival.status == first.status:
        assert same.alike or rival.body != first.body
        assert ask(standing, same.rival, key).body == rival.body


def test_a_call_that_had_nothing_to_change_is_not_carried_out_when_it_comes_again(standing: World, cast: Cast) -> None:
    case = cast.case()
    assign = f"/v1/desk/complaints/{case}/assign"
    lead, agent = (Calling(assign, {"owner": owner}, cast.lead) for owner in ("lead-east", "agent-east"))
    assert ask(standing, lead, "first").body["owner"] == "lead-east"
    nothing = ask(standing, lead, "second")
    assert ask(standing, agent, "third").body["owner"] == "agent-east"

    again = ask(standing, lead, "second")

    assert (again.body, again.headers["Idempotent-Replayed"]) == (nothing.body, "true")
    assert standing.ask("GET", f"/v1/tickets/{case}", token=cast.lead).body["owner"] == "agent-east"
