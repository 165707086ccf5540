"""The developers' endpoints: what was sent, the clock, the queues, tokens, chaos."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from chalicelib.kernel import clock as instants

from .chaos import Mischief, read_chaos
from .clock import MovableClock, duration
from .dev import Asked, Endpoint, Refused
from .faces import FaceEndpoints
from .oidc import Issuer
from .outbox import Outbox, Sent
from .queues import Queues
from .receipts import Receipts
from .steps import Moved, Stuck

_MOST_TIMES = 1000


def _fields(body: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(body) - known):
        raise Refused(422, "invalid", f"unknown: {', '.join(unknown)}")


class Messages:
    """What the fake providers took, and their receipts."""

    def __init__(self, outbox: Outbox, receipts: Receipts) -> None:
        self._outbox = outbox
        self._receipts = receipts

    def sms(self, asked: Asked) -> Any:
        """List the texts."""
        return {"items": [_told(each) for each in self._outbox.sent("sms", asked.query.get("to"))]}

    def mail(self, asked: Asked) -> Any:
        """List the mails."""
        sent = self._outbox.sent("mail", asked.query.get("to"))
        return {"items": [{**_told(each), "subject": each.subject} for each in sent]}

    def calls(self, asked: Asked) -> Any:
        """List the calls that rang, each under the token it was asked for."""
        sent = self._outbox.sent("call", asked.query.get("to"))
        return {"items": [{**_told(each), "token": each.ours} for each in sent]}

    def receipt(self, asked: Asked) -> Any:
        """Have a receipt sent, now or later, once or more often."""
        _fields(asked.body, {"status", "delay", "times"})
        status, times_ = asked.body.get("status"), asked.body.get("times", 1)
        if not isinstance(status, str) or not status:
            raise Refused(422, "invalid", "status is missing")
        if isinstance(times_, bool) or not isinstance(times_, int) or not 1 <= times_ <= _MOST_TIMES:
            raise Refused(422, "invalid", f"times is a number from 1 to {_MOST_TIMES}")
        delay = _delay(asked.body.get("delay", 0))
        try:
            return {"answered": self._receipts.order(asked.path["id"], status, delay, times_)}
        except KeyError as unknown:
            raise Refused(404, "not_found", "no message with this id was sent") from unknown


def _delay(value: Any) -> timedelta:
    try:
        if isinstance(value, str):
            return duration(value)
        if not isinstance(value, bool) and isinstance(value, int | float) and value >= 0:
            return timedelta(seconds=value)
    except (ValueError, OverflowError):
        pass
    raise Refused(422, "invalid", "delay is a number of seconds or a duration such as PT5M")


def _told(sent: Sent) -> dict[str, str]:
    return {
        "id": sent.id,
        "to": sent.recipient,
        "text": sent.text,
        "template": sent.template,
        "at": sent.at,
        "status": sent.status,
    }


class Times:
    """The clock."""

    def __init__(self, clock: MovableClock, move: Callable[[datetime], Moved]) -> None:
        self._clock = clock
        self._move = move

    def now(self, _: Asked) -> Any:
        """Tell the time."""
        return {"now": instants.text(self._clock.now()), "offset": self._clock.offset}

    def move(self, asked: Asked) -> Any:
        """Move the clock forward and work off everything due on the way.

        A moment that has passed moves nothing, so that a call can be repeated; what is due by now is worked off all the same.
        """
        try:
            moved = self._move(self._target(asked.body))
        except Stuck as stuck:
            raise Refused(504, "stuck", str(stuck)) from stuck
        told = {"now": instants.text(moved.now), "swept": moved.swept, "delivered": moved.delivered}
        return {**told, "overdue": moved.overdue}

    def _target(self, body: Mapping[str, Any]) -> datetime:
        _fields(body, {"advance", "set"})
        if len(body) != 1:
            raise Refused(422, "invalid", "say either advance or set")
        ((how, value),) = body.items()
        try:
            return self._clock.now() + duration(value) if how == "advance" else instants.moment(value)
        except (TypeError, ValueError, OverflowError) as broken:
            raise Refused(422, "invalid", f"{how} is not understood: {value}") from broken


class Backstage:
    """The queues, how they and the providers misbehave, and the institution's sign-in."""

    def __init__(self, queues: Queues, mischief: Mischief, issuer: Issuer) -> None:
        self._queues = queues
        self._mischief = mischief
        self._issuer = issuer

    def queues(self, _: Asked) -> Any:
        """Tell what lies in the queues."""
        return {"items": self._queues.told()}

    def chaos(self, _: Asked) -> Any:
        """Tell what is set."""
        return self._mischief.told()

    def misbehave(self, asked: Asked) -> Any:
        """Set what goes wrong from now on; what is not named goes right."""
        try:
            self._mischief.chaos = read_chaos(dict(asked.body))
        except ValueError as broken:
            raise Refused(422, "invalid", str(broken)) from broken
        return self._mischief.told()

    def token(self, asked: Asked) -> Any:
        """Vouch for a member of staff."""
        _fields(asked.body, {"staff_id"})
        try:
            return {"id_token": self._issuer.token(str(asked.body.get("staff_id", "")))}
        except KeyError as unknown:
            raise Refused(404, "not_found", "nobody of the seeded staff has this staff_id") from unknown

    def discovery(self, _: Asked) -> Any:
        """Give the sign-in's discovery document."""
        return self._issuer.discovery()

    def keys(self, _: Asked) -> Any:
        """Give the sign-in's public keys."""
        return self._issuer.keys()


def endpoints(messages: Messages, times: Times, backstage: Backstage, faces: FaceEndpoints) -> list[Endpoint]:
    """Give the list of all endpoints."""
    move = 'move the clock: {"advance": "P1DT2H"} or {"set": "2026-12-08T16:00:00Z"}'
    chaos = 'misbehave: {"duplicate"?, "shuffle"?, "drop_hint"?, "fail_provider"?}'
    return [
        Endpoint("GET", "/dev/sms", "texts sent, oldest first; ?to= for one number", messages.sms),
        Endpoint("POST", "/dev/sms/{id}/receipt", 'a receipt: {"status", "delay"?, "times"?}', messages.receipt),
        Endpoint("GET", "/dev/calls", "calls that rang, oldest first; ?to= for one number", messages.calls),
        Endpoint("GET", "/dev/mail", "mails sent, oldest first; ?to= for one address", messages.mail),
        Endpoint("POST", "/dev/faces/references", 'a photo of a customer: {"customer": "cus_..."}', faces.reference),
        Endpoint(
            "POST", "/dev/faces/sessions/{session}", 'show a face: {"liveness": 99, "similarity": 99}', faces.show
        ),
        Endpoint("GET", "/dev/clock", "the time here, and how far it is ahead", times.now),
        Endpoint("POST", "/dev/clock", move, times.move),
        Endpoint("POST", "/dev/staff-tokens", 'an id_token: {"staff_id": "agent-east"}', backstage.token),
        Endpoint("GET", "/dev/queues", "what waits, is in work, is dead", backstage.queues),
        Endpoint("GET", "/dev/chaos", "what goes wrong on purpose", backstage.chaos),
        Endpoint("POST", "/dev/chaos", chaos, backstage.misbehave),
        Endpoint("GET", "/dev/oidc/.well-known/openid-configuration", "the local sign-in", backstage.discovery),
        Endpoint("GET", "/dev/oidc/jwks", "its public keys", backstage.keys),
    ]
