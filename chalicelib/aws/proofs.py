"""What devices sign: statements as JWT under the key a device was enrolled with."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.kernel.errors import Invalid

# One algorithm for each kind of key, so that no statement chooses its own.
_ALGORITHMS = {"EC": "ES256", "OKP": "EdDSA"}
LONGEST = timedelta(seconds=60)
LEEWAY = timedelta(seconds=30)  # two clocks may differ by this
_JTI = re.compile("[A-Za-z0-9_-]{16,64}")
# The time of a request is handed in, so we look at it ourselves, in `_in_force`.
_OPTIONS: Any = {
    "require": ["aud", "exp", "iat", "jti", "sub"],
    "strict_aud": True,
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


@dataclass(frozen=True)
class Stated:
    """A statement that may be believed, once; its name, and until when."""

    jti: str
    expires_at: datetime


class DeviceProofs:
    """Checks statements made for one audience; the code that knows signatures is loaded when the first one comes."""

    def __init__(self, audience: str) -> None:
        self._audience = audience

    def thumbprint(self, key: Mapping[str, str]) -> str:
        """Give the thumbprint of a public key (RFC 7638); raises Invalid for what is none."""
        import jwt

        try:
            _loaded(key)
        except (jwt.PyJWTError, ValueError) as refused:
            raise Invalid.field("public_key", "invalid") from refused
        needed = {name: key[name] for name in sorted(("crv", "kty", "x", "y")) if name in key}
        written = json.dumps(needed, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(hashlib.sha256(written).digest()).rstrip(b"=").decode()

    def claims(self, proof: str, key: Mapping[str, str], device: str, now: datetime) -> Stated | None:
        """Give what was stated, or None if it is not this device's, not signed by this key, not for us, or not of now."""
        import jwt

        try:
            claims = jwt.decode(
                proof,
                _loaded(key),
                algorithms=[_ALGORITHMS[key["kty"]]],
                audience=self._audience,
                subject=device,
                options=_OPTIONS,
            )
        except (jwt.PyJWTError, ValueError, RecursionError):  # the last by a header that nests without an end
            return None
        return _in_force(claims, now)


def _loaded(key: Mapping[str, str]) -> Any:
    from jwt import PyJWK

    return PyJWK.from_dict(dict(key), algorithm=_ALGORITHMS[key["kty"]])


def _in_force(claims: Mapping[str, Any], now: datetime) -> Stated | None:
    times = claims["exp"], claims["iat"]
    if any(type(time) not in (int, float) or not 0 < time < 2**33 for time in times) or not _JTI.fullmatch(
        claims["jti"]
    ):
        return None
    expires, issued = (datetime.fromtimestamp(time, UTC) for time in times)
    fresh = issued - LEEWAY <= now < expires + LEEWAY and issued <= expires <= issued + LONGEST
    return Stated(claims["jti"], expires + LEEWAY) if fresh else None
