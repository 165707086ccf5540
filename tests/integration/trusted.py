"""Calls, to be made twice, of who proves who they are, reports fraud, or asks whether it is really us."""

from typing import Any, Protocol

from tests.integration.repeated import Calling, Same
from tests.world import LI, SMITH, World


class _Cast(Protocol):
    """Who calls."""

    world: World
    lead: str
    agent: str

    def grant(self, phone: str, purpose: str = "sign_in") -> str: ...


class Trusting:
    """What a cast can make of these."""

    def proven(self: _Cast, path: str) -> Same:
        """Prove it once more; sessions of their own, since others are ended where a number is changed."""
        phones = (f"+86137{self.world.now:%H%M%S}{n}9" for n in (0, 1))
        calls = [
            Calling(path, {"grant": self.grant(phone, "step_up")}, token)
            for phone in phones
            for token in [self.world.sign_in(phone)]
        ]
        return Same(calls[0], {"grant": "other"}, calls[1])

    def rebound(self: _Cast, path: str) -> Same:
        calls = []
        for number in (0, 1):
            old, new = (f"+86{start}{self.world.now:%H%M%S}{number}8" for start in (135, 136))
            token = self.world.sign_in(old)
            proof = {"grant": self.grant(old, "step_up")}
            assert self.world.ask("POST", "/v1/sessions/current/step-up", proof, token).status == 200
            shown = {"id": "new-phone", "version": 1, "dwell": 9}
            body = {"grant": self.grant(new, "change_phone"), "warning_acknowledged": shown}
            calls.append(Calling(path, body, token))
        return Same(calls[0], calls[0].body | {"grant": "other"}, calls[1])

    def reported(self: _Cast, path: str, body: dict[str, Any], who: str, rival: str) -> Same:
        body = {"kind": "impersonation", **body}
        return Same(Calling(path, body, who), body | {"kind": "code_asked"}, Calling(path, body, rival))

    def word(self: _Cast, path: str) -> Same:
        body = {"channel": "call", "phone": LI}
        return Same(Calling(path, body, self.lead), body | {"channel": "desk"}, Calling(path, body, self.agent))

    def checked(self: _Cast, path: str) -> Same:
        """Ask about a word; whoever asks about another is somebody else."""
        bodies = []
        for channel, phone in (("call", LI), ("desk", SMITH)):
            given = self.world.ask("POST", "/v1/desk/words", {"channel": channel, "phone": phone}, self.lead)
            bodies.append({"word": given.body["word"], "phone": phone})
        first, second = (Calling(path, body) for body in bodies)
        return Same(first, bodies[0] | {"number": SMITH}, second)
