"""Promised calls for the tests that walk through every route: brought where a step is the next."""

import hmac
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.callbacks import policy
from chalicelib.callbacks.model import Callback, Outcome, Purpose, Status, Wish
from chalicelib.kernel.actors import ANONYMOUS, Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import NotSignedIn
from tests.integration.soundings import campaign_where, planned
from tests.looking import PREFIX
from tests.world import LI, Answer, World

UNIT = "east"
# Of the line of a unit: where it is day whatever the clock of a test says.
ZONES = ("Asia/Shanghai", "Europe/London", "America/New_York", "America/Los_Angeles")
AGENT = "agent-east"
ANSWERS = {
    "questionnaire": "follow_up@2026-01-01.1",
    "answers": {"solved": True, "outcome": 4, "handling": 5, "words": "Thank you."},
}


@dataclass
class Exchange:
    """Promises and hands out; each time is another one, and what was there before is forgotten."""

    world: World

    def ready(self, route: str, token: str, phone: str = LI) -> tuple[str, Any]:
        """Bring a call of a customer where a route's step is the next; give the path, and what is sent."""
        _, path = route.split()
        self.forget(phone)
        actor = self.who(token)
        if path == "/v1/desk/callbacks/next":
            self.lined(phone)
        if "{campaign}" in path:
            return path.format(campaign=campaign_where(self.world, path).id), None
        if "{callback}" not in path:
            return path + QUERIES.get(route, ""), self.body(route, phone, actor)
        if path.endswith("/answers"):
            return path.format(callback=self.kept(phone, actor).id), self.body(route, phone, actor)
        works = path.endswith(("/dial", "/attempts", "/release"))
        callback = self.held(phone, actor) if works else self.promised(phone)
        return path.format(callback=callback.id), self.body(route, phone, actor)

    def body(self, route: str, phone: str, actor: Actor) -> Any:
        """Give what is sent; something else for another customer, where two calls are compared."""
        other = phone != LI
        wish = {"window": text(self.window(4 * (actor.unit == "london"))), "reason": "My card is blocked."}
        return {
            "POST /v1/callbacks": wish,
            "POST /v1/desk/callbacks": {**wish, "customer": {"phone": phone}},
            "POST /v1/callbacks/{callback}/reschedule": {"window": text(self.window(1 + other))},
            "POST /v1/desk/callbacks/next": {} if other else {"unit": UNIT},
            "POST /v1/desk/campaigns": planned(self.world, "Cards" if other else "Loans"),
            "POST /v1/desk/callbacks/{callback}/attempts": {"outcome": "busy" if other else "no_answer"},
            "POST /v1/desk/callbacks/{callback}/answers": {**ANSWERS, "reopen": other},
            "PUT /v1/me/contact-wishes": {"do_not_call": False, "consents": ["sales"]},
        }.get(route)

    def window(self, later: int = 0) -> datetime:
        """Give the start of a window on a working day to come, at two in the afternoon in Shanghai or later."""
        day = self.world.now + timedelta(days=1)
        while day.weekday() >= 5:
            day += timedelta(days=1)
        return datetime(day.year, day.month, day.day, 6 + later, tzinfo=UTC)

    def promised(self, phone: str) -> Callback:
        """Have a call promised to a customer."""
        services = self.world.services
        customer = services.identity.found_by_phone(phone)
        actor = Actor(customer, frozenset({Role.CUSTOMER}), unit=UNIT)
        return services.promising.promise(Wish(self.window(), "My card is blocked."), self.call(actor))

    def lined(self, phone: str) -> Callback:
        """Bring one into the line, for somebody who may be called now."""
        before = self.promised(phone)
        now = self.world.now
        zone = next(zone for zone in ZONES if 9 <= _hour(now, zone) < 20)
        after = replace(before, status=Status.READY, timezone=zone, place=now, ready_at=now, version=before.version + 1)
        self.world.services.callbacks.store.save(policy.scheduled(after), before, [], None)
        return after

    def held(self, phone: str, actor: Actor) -> Callback:
        """Bring one into the hand of whoever asks, or of an agent if that is no member of staff."""
        self.lined(phone)
        if not actor.is_staff or not actor.roles & {Role.AGENT, Role.SUPERVISOR} or UNIT not in actor.units:
            actor = self._agent()
        return self.world.services.leasing.next(UNIT, self.call(actor))

    def kept(self, phone: str, actor: Actor) -> Callback:
        """Let one be over in which whoever asks, or an agent, had the customer on the line, after a complaint."""
        held = self.held(phone, actor)
        services, who = self.world.services, self.call(replace(self._agent(), id=held.leased_by))
        kept = services.trying.attempt(held.id, Outcome.REACHED, "", who)
        asked = replace(kept, purpose=Purpose.FOLLOW_UP, version=kept.version + 1)
        services.callbacks.store.save(policy.scheduled(asked), kept, [], None)
        return asked

    def rung(self) -> str:
        """Let a call ring, and name the try as the telephony system knows it."""
        self.forget(LI)
        agent = self.who(self.world.staff(AGENT))
        held = self.held(LI, agent)
        self.world.services.trying.dial(held.id, self.call(agent))
        return f"{held.id}-1"

    def says(self, key: str = "calls", **said: Any) -> Answer:
        """Let the telephony system say something, signed."""
        body, stamp = json.dumps(said), str(int(self.world.now.timestamp()))
        mac = hmac.digest(self.world.keys.key(key), f"{stamp}.{body}".encode(), "sha256").hex()
        path = "/v1/webhooks/calls/dutydesk"
        return self.world.ask("POST", path, body, Dutydesk_Signature=f"t={stamp},v1={mac}")

    def who(self, token: str) -> Actor:
        """Tell who a token is of, if it still is anybody's."""
        try:
            return self.world.services.sessions.actor(token, self.world.now)
        except NotSignedIn:
            return ANONYMOUS

    def _agent(self) -> Actor:
        return Actor(AGENT, frozenset({Role.AGENT}), UNIT, frozenset({UNIT}))

    def call(self, actor: Actor) -> Call:
        return Call(actor, self.world.now, "exchange", "test")

    def forget(self, phone: str) -> None:
        """Forget every call that was promised, unless this is the second of two that are compared."""
        if phone != LI:
            return
        for item in self.world.items("callbacks"):
            key = {name: {"S": item[name]} for name in ("pk", "sk")}
            self.world.client.delete_item(TableName=f"{PREFIX}-callbacks", Key=key)
        # Nobody is to hear of what is not there any more.
        fresh = [record for record in self.world.unpublished if not record["pk"]["S"].startswith(("cbk_", "cmp_"))]
        self.world.unpublished[:] = fresh


QUERIES = {
    "GET /v1/callbacks/windows": f"?unit={UNIT}",
    "GET /v1/callbacks/verify": "?word=K7QX-2M9T",
    "GET /v1/me/callbacks/verify": "?word=K7QX-2M9T",
    "GET /v1/desk/callbacks": f"?unit={UNIT}&day=2026-11-24",
    "GET /v1/desk/callbacks/line": f"?unit={UNIT}",
    "GET /v1/desk/campaigns": f"?unit={UNIT}",
    "GET /v1/desk/callbacks/scores": f"?unit={UNIT}&from=2026-11-01&to=2026-11-30",
    "GET /v1/desk/callbacks/figures": f"?unit={UNIT}&from=2026-11-01&to=2026-11-30",
}


def of_callbacks(path: str) -> bool:
    """Tell whether a route is about promised calls, campaigns of them, or who may be called."""
    return path.startswith(
        ("/v1/callbacks", "/v1/desk/callbacks", "/v1/desk/campaigns", "/v1/me/callbacks", "/v1/me/contact-wishes")
    )


def text(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _hour(at: datetime, zone: str) -> int:
    return at.astimezone(ZoneInfo(zone)).hour
