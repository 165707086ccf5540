"""The institution's OpenID Connect provider: whose tokens tell us who of the staff is asking."""

import json
import urllib.request
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from chalicelib.kernel.errors import NotSignedIn, Unavailable

_TIMEOUT = 5  # seconds
_ALGORITHMS = ["RS256", "PS256", "ES256"]
_LEEWAY = 30  # seconds two clocks may differ
# The time of a request is handed in, so we look at it ourselves, in `_in_force`.
_OPTIONS: Any = {"require": ["exp", "iat", "sub"], "verify_exp": False, "verify_iat": False, "verify_nbf": False}


class Issuer:
    """One provider, known by its issuer address; its keys are fetched when first needed and when an unknown one appears."""

    def __init__(self, issuer: str, audience: str, clock: Callable[[], datetime]) -> None:
        self._issuer = issuer
        self._audience = audience
        self._clock = clock

    def claims(self, id_token: str) -> dict[str, Any]:
        """Give the claims of a token that this issuer made for us and that is in force; raises NotSignedIn otherwise."""
        import jwt

        if not self._issuer:
            raise NotSignedIn
        try:
            key = self._keys.get_signing_key_from_jwt(id_token)
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key,
                algorithms=_ALGORITHMS,
                audience=self._audience,
                issuer=self._issuer,
                options=_OPTIONS,
            )
        except jwt.PyJWKClientConnectionError as unreachable:
            raise Unavailable(provider="oidc") from unreachable
        except jwt.PyJWTError as refused:
            raise NotSignedIn from refused
        self._in_force(claims)
        return claims

    def _in_force(self, claims: dict[str, Any]) -> None:
        now = self._clock().timestamp()
        times = [claims["exp"], claims["iat"], claims.get("nbf", claims["iat"])]
        if not all(isinstance(time, int | float) for time in times):
            raise NotSignedIn
        expires, issued, begins = times
        if expires + _LEEWAY <= now or issued - _LEEWAY > now or begins - _LEEWAY > now:
            raise NotSignedIn

    @cached_property
    def _keys(self) -> Any:
        from jwt import PyJWKClient

        return PyJWKClient(self._discovered()["jwks_uri"], cache_keys=True, lifespan=3600, timeout=_TIMEOUT)

    def _discovered(self) -> dict[str, Any]:
        where = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
        if not where.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise Unavailable(provider="oidc")
        try:
            with urllib.request.urlopen(where, timeout=_TIMEOUT) as answer:  # noqa: S310 - checked above
                document: dict[str, Any] = json.load(answer)
        except (OSError, ValueError) as trouble:
            raise Unavailable(provider="oidc") from trouble
        return document
