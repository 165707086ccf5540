"""A device in a branch, as its developer would write it: a key of its own, statements under it, and what it asks for."""

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from jwt.algorithms import ECAlgorithm, OKPAlgorithm

from tests.world import LI, Answer, World

AUDIENCE = "https://dutydesk.test/v1/kiosks/sessions"
SHOWN = {"id": "code-sharing", "version": 1}
EVERYTHING = ["appointments", "check_in", "complaints", "requests"]
_statement = count(1)


def ec_key() -> Any:
    return ec.generate_private_key(ec.SECP256R1())


def ed_key() -> Any:
    return ed25519.Ed25519PrivateKey.generate()


def jwk(key: Any) -> dict[str, str]:
    """Write the public half of a key as an enrolment wants it."""
    algorithm: Any = OKPAlgorithm if isinstance(key, ed25519.Ed25519PrivateKey) else ECAlgorithm
    written = algorithm.to_jwk(key.public_key(), as_dict=True)
    return {name: written[name] for name in ("kty", "crv", "x", "y") if name in written}


@dataclass
class Device:
    """One device; what it does goes over HTTP."""

    world: World
    key: Any = field(default_factory=ec_key)
    services: list[str] = field(default_factory=lambda: list(EVERYTHING))
    unit: str = "east"
    branch: str = "shanghai-bund"
    id: str = ""
    token: str = ""

    def registered(self, by: str = "") -> Any:
        """Let the branch register it; give the answer's body."""
        body = {"branch": self.branch, "name": "Hall", "services": self.services, "unit": self.unit}
        answer = self.world.ask("POST", "/v1/desk/kiosks", body, by or self.world.staff("admin-hq"))
        assert answer.status == 201, answer.text
        self.id = answer.body["id"]
        return answer.body

    def enrolled(self, code: str = "") -> "Device":
        """Type the code."""
        answer = self.enrol(code or self.registered()["code"])
        assert answer.status == 200, answer.text
        return self

    def enrol(self, code: str) -> Answer:
        return self.world.ask("POST", "/v1/kiosks/enrol", {"code": code, "public_key": jwk(self.key)})

    def signed_in(self) -> "Device":
        """Begin a session, enrolled first if it is not."""
        answer = (self if self.id else self.enrolled()).sign_in()
        assert answer.status == 201, answer.text
        self.token = answer.body["token"]
        return self

    def sign_in(self, proof: str = "", **headers: str) -> Answer:
        body = {"device": self.id, "proof": proof or self.proof()}
        return self.world.ask("POST", "/v1/kiosks/sessions", body, **headers)

    def claims(self, **what_matters: Any) -> dict[str, Any]:
        now = int(self.world.now.timestamp())
        jti = f"statement-{next(_statement):08}"
        claims = {"sub": self.id, "aud": AUDIENCE, "jti": jti, "iat": now, "exp": now + 60}
        return {name: value for name, value in (claims | what_matters).items() if value is not None}

    def proof(self, key: Any = None, algorithm: str = "", **what_matters: Any) -> str:
        """Sign a statement, as it should be or otherwise."""
        key = self.key if key is None else key
        own = "EdDSA" if isinstance(key, ed25519.Ed25519PrivateKey) else "ES256"
        return jwt.encode(self.claims(**what_matters), key, algorithm or own)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        return self.world.ask(method, path, body, self.token, **headers)

    def desk(self, step: str, by: str = "lead-east", **headers: str) -> Answer:
        """Let its branch do something with it."""
        path = f"/v1/desk/kiosks/{self.id}/{step}"
        return self.world.ask("POST", path, token=self.world.staff(by), **headers)

    def shown(self) -> Any:
        """Give it as its branch sees it."""
        listed = self.world.ask("GET", "/v1/desk/kiosks?unit=east", token=self.world.staff("lead-east")).body["items"]
        return next(one for one in listed if one["id"] == self.id)

    def beat(self, **what_matters: Any) -> Answer:
        return self.ask("POST", "/v1/kiosks/heartbeat", {"software": "2.4.1", **what_matters})

    def grant(self, phone: str = LI) -> str:
        """Let somebody in front of it prove that they hold their phone."""
        self.world.forgive()
        started = self.world.ask("POST", "/v1/verifications", {"purpose": "sign_in", "phone": phone}).body
        path = f"/v1/verifications/{started['id']}/check"
        return str(self.world.ask("POST", path, {"code": self.world.code(phone)}).body["grant"])

    def visit(self, phone: str = LI) -> Any:
        """Sign somebody in who stands before it; give the answer's body."""
        body = {"grant": self.grant(phone), "warning_acknowledged": SHOWN}
        answer = self.ask("POST", "/v1/kiosks/visits", body)
        assert answer.status == 201, answer.text
        return answer.body

    def hand_over(self, to: str = "phone", draft: Any = None) -> Any:
        """Hand over what the one who is signed in has half done; give the answer's body."""
        body = {"to": to, "draft": draft or {"subject": "Card"}}
        answer = self.ask("POST", "/v1/kiosks/visits/current/handover", body)
        assert answer.status == 201, answer.text
        return answer.body

    def fall_silent(self) -> None:
        """Let nothing be heard of it until its branch is told."""
        self.world.now += timedelta(minutes=6)
        assert not self.world.work("escalations", {"due": self.id})
