"""Calls that are made twice, and those that have to do with kiosks."""

from dataclasses import dataclass, replace
from typing import Any

from tests.kiosk import SHOWN, Device, ec_key, jwk
from tests.world import LI, SMITH


@dataclass(frozen=True)
class Calling:
    """A call with its caller; where nobody is signed in, a value of the call stands for the caller."""

    path: str
    body: Any
    token: str = ""


@dataclass(frozen=True)
class Same:
    """A call that is made twice, another body for it (if one can be), and somebody else's call that looks the same.

    `alike`: whoever makes the call when it was made already is given the same answer, since nothing is left to change.
    """

    call: Calling
    other: Any
    rival: Calling
    alike: bool = False


class AtKiosks:
    """Calls of kiosks and about them; the rival is another kiosk, or somebody else at the desk."""

    def __init__(self, cast: Any, path: str) -> None:
        self.cast, self.path = cast, path
        self.one, self.two = (Device(cast.world).enrolled() for _ in range(2))

    def make(self) -> Same:
        if self.path.startswith("/v1/desk/kiosks"):
            return self._at_the_desk()
        step = self.path.rpartition("/")[2]
        return {
            "enrol": self._enrol,
            "sessions": self._sign_in,
            "heartbeat": self._beat,
            "arrivals": self._bring,
            "visits": self._visit,
            "handover": self._hand_over,
            "take": self._take,
        }[step]()

    def _at_the_desk(self) -> Same:
        new = {"branch": "shanghai-bund", "name": "Hall", "services": ["requests"], "unit": "east"}
        body, step = (new, "") if self.path == "/v1/desk/kiosks" else (None, self.path.rpartition("/")[2])
        if step == "enable":
            self.cast.world.ask("POST", f"/v1/desk/kiosks/{self.one.id}/disable", token=self.cast.lead)
        call = Calling(self.path.format(kiosk=self.one.id), body, self.cast.lead)
        other = new | {"name": "Door"} if body else {}
        return Same(call, other, replace(call, token=self.cast.head), alike=step in ("disable", "enable", "retire"))

    def _enrol(self) -> Same:
        bodies = [{"code": d.registered()["code"], "public_key": jwk(d.key)} for d in (self.one, self.two)]
        first, second = (Calling(self.path, body) for body in bodies)
        return Same(first, bodies[0] | {"public_key": jwk(ec_key())}, second)

    def _sign_in(self) -> Same:
        bodies = [{"device": device.id, "proof": device.proof()} for device in (self.one, self.two)]
        first, second = (Calling(self.path, body) for body in bodies)
        return Same(first, bodies[0] | {"device": self.two.id}, second)

    def _beat(self) -> Same:
        """Only what is new in a heartbeat is recorded, such as the end of a silence."""
        for device in (self.one, self.two):
            device.fall_silent()
        return self._both({"software": "1"}, {"software": "2"})

    def _bring(self) -> Same:
        """Tell of somebody nobody knows: each kiosk hears the same of it, and that it told is recorded."""
        came = {"event": "e", "at": self.cast.world.now.strftime("%Y-%m-%dT%H:%M:%SZ"), "number": "A-1"}
        same = self._both({"arrivals": [came]}, {"arrivals": [came | {"event": "f"}]})
        return replace(same, alike=True)

    def _visit(self) -> Same:
        self._both({}, {})
        bodies = [{"grant": self.cast.grant(phone), "warning_acknowledged": SHOWN} for phone in (LI, SMITH)]
        first, second = (
            Calling(self.path, body, d.token) for d, body in zip((self.one, self.two), bodies, strict=True)
        )
        return Same(first, bodies[1], second)

    def _hand_over(self) -> Same:
        same = self._both({"to": "phone", "draft": {"a": 1}}, {"to": "phone", "draft": {"a": 2}})
        self.one.visit(LI)
        self.two.visit(SMITH)
        return same

    def _take(self) -> Same:
        self._both({}, {})
        self.one.visit(LI)
        self.two.visit(SMITH)
        first, second = (self.path.format(token=device.hand_over()["token"]) for device in (self.one, self.two))
        return Same(Calling(first, None, self.cast.li), {}, Calling(second, None, self.cast.smith))

    def _both(self, body: Any, other: Any) -> Same:
        first, second = (Calling(self.path, body, device.signed_in().token) for device in (self.one, self.two))
        return Same(first, other, second)
