"""The institution's sign-in, played on this machine: an OpenID Connect issuer that vouches for whoever is asked for."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.institution.reading import Institution

from .folder import Folder, write_durably

AUDIENCE = "dutydesk-desk"
_VALID = timedelta(hours=1)


class Issuer:
    """Signs tokens for the seeded staff; its key is kept, so tokens outlive a restart."""

    def __init__(self, address: str, folder: Folder, institution: Institution, now: Callable[[], datetime]) -> None:
        self.address = address
        self._institution = institution
        self._now = now
        self._key = _kept_key(folder)
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        self._id = hashlib.sha256(public["n"].encode()).hexdigest()[:16]
        self._public = {**public, "kid": self._id, "use": "sig", "alg": "RS256"}

    def discovery(self) -> Mapping[str, Any]:
        """Give the discovery document."""
        return {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
        }

    def keys(self) -> Mapping[str, Any]:
        """Give the public keys."""
        return {"keys": [self._public]}

    def token(self, staff_id: str) -> str:
        """Sign a token for a member of staff; somebody unknown raises KeyError."""
        staff = self._institution.staff[staff_id]
        now = int(self._now().timestamp())
        claims = {
            "iss": self.address,
            "aud": AUDIENCE,
            "sub": staff_id,
            "name": staff.name,
            "email": staff.mail,
            "roles": sorted(staff.roles),
            "unit": staff.unit,
            "iat": now,
            "exp": now + int(_VALID.total_seconds()),
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._id})


def _kept_key(folder: Folder) -> rsa.RSAPrivateKey:
    file = folder.path("oidc-key.pem")
    if not file.exists():
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        write_durably(file, pem, mode=0o600)
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{file} is no RSA key")
    return key
