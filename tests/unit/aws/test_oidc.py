"""Whose token is none: forged, altered, expired, for others, by others, or of a kind that was never agreed on."""

import base64
import hmac
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from chalicelib.aws.oidc import Issuer
from chalicelib.kernel.errors import NotSignedIn, Unavailable

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ADDRESS, AUDIENCE = "https://sign-in.test", "dutydesk-desk"
MUTATIONS = 10_000
Sign = Callable[..., str]


def seconds(**later: float) -> int:
    return int((NOW + timedelta(**later)).timestamp())


CLAIMS = {"iss": ADDRESS, "aud": AUDIENCE, "sub": "agent-east", "iat": seconds(), "exp": seconds(hours=1)}


def published(key: Any, kid: str) -> dict[str, Any]:
    algorithm = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


@pytest.fixture(scope="module")
def keys() -> dict[str, Any]:
    ours, theirs = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
    return {"ours": ours, "theirs": theirs, "curve": ec.generate_private_key(ec.SECP256R1())}


class Published(jwt.PyJWKClient):
    """The provider's page of keys, without a provider."""

    def __init__(self, page: dict[str, Any]) -> None:
        super().__init__(ADDRESS)
        self.page = page

    def fetch_data(self) -> Any:
        return self.page


@pytest.fixture(scope="module")
def issuer(keys: dict[str, Any]) -> Issuer:
    made = Issuer(ADDRESS, AUDIENCE, lambda: NOW)
    page = {"keys": [published(keys["ours"], "ours"), published(keys["curve"], "curve")]}
    made.__dict__["_keys"] = Published(page)
    return made


@pytest.fixture(scope="module")
def sign(keys: dict[str, Any]) -> Sign:
    def signed(by: str = "ours", kid: str = "ours", algorithm: str = "RS256", **but: Any) -> str:
        claims = {name: claim for name, claim in (CLAIMS | but).items() if claim is not None}
        return jwt.encode(claims, keys[by], algorithm=algorithm, headers={"kid": kid})

    return signed


def encoded(part: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def test_a_good_token_says_who_it_is(issuer: Issuer, sign: Sign) -> None:
    assert issuer.claims(sign())["sub"] == "agent-east"
    assert issuer.claims(sign("curve", "curve", "ES256"))["sub"] == "agent-east"
    assert issuer.claims(sign(iat=seconds(seconds=29)))["sub"] == "agent-east", "two clocks may differ a little"


@pytest.mark.parametrize(
    "but",
    [
        {"by": "theirs"},
        {"by": "theirs", "kid": "theirs"},
        {"kid": "curve"},
        {"aud": "another"},
        {"aud": None},
        {"iss": "https://other.test"},
        {"iss": None},
        {"sub": None},
        {"exp": None},
        {"iat": None},
        {"exp": seconds(seconds=-30)},
        {"iat": seconds(seconds=31)},
        {"nbf": seconds(seconds=31)},
        {"exp": "tomorrow"},
    ],
    ids=str,
)
def test_what_is_not_for_us_now_by_them_is_no_token(issuer: Issuer, sign: Sign, but: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn):
        issuer.claims(sign(**but))


def test_a_token_that_names_its_own_way_of_signing_is_none(issuer: Issuer, keys: dict[str, Any]) -> None:
    head, claims = {"alg": "none", "typ": "JWT", "kid": "ours"}, encoded(CLAIMS)
    public = json.dumps(published(keys["ours"], "ours"))
    forged = [
        f"{encoded(head)}.{claims}.",
        f"{encoded(head | {'alg': 'NONE'})}.{claims}.AAAA",
        jwt.encode(CLAIMS, "x" * 64, algorithm="HS256", headers={"kid": "ours"}),
        _keyed_with(public, f"{encoded(head | {'alg': 'HS256'})}.{claims}"),
    ]
    for token in forged:
        with pytest.raises(NotSignedIn):
            issuer.claims(token)


def _keyed_with(public: str, text: str) -> str:
    """Sign with what everybody may know, the public key, as if it were a shared secret."""
    return f"{text}.{base64.urlsafe_b64encode(hmac.digest(public.encode(), text.encode(), 'sha256')).rstrip(b'=').decode()}"


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b.c", "é.é.é", "[" * 50, encoded([]) + ".e30.e30", encoded("x") + ".e30.e30", "\x00.\x00.\x00"],
)
def test_what_is_no_token_at_all_is_refused_like_one(issuer: Issuer, token: str) -> None:
    with pytest.raises(NotSignedIn):
        issuer.claims(token)


def test_a_head_that_nests_without_an_end_is_refused_like_one(issuer: Issuer) -> None:
    deep = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 100_000).rstrip(b"=").decode()
    with pytest.raises(NotSignedIn):
        issuer.claims(f"{deep}.e30.e30")


def test_of_ten_thousand_altered_tokens_none_is_taken(issuer: Issuer, sign: Sign) -> None:
    chance, good = random.Random(13), sign()
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    # Of the last letter of a signature only the upper bits count: another one may be the same signature, written otherwise.
    places = len(good) - 1
    taken = 0
    for _ in range(MUTATIONS):
        at, letter = chance.randrange(places), chance.choice(letters)
        altered = chance.choice(
            (good[:at] + letter + good[at + 1 :], good[:at] + good[at + 1 :], good[:at] + letter + good[at:])
        )
        if altered == good:
            continue
        try:
            issuer.claims(altered)
        except NotSignedIn:
            continue
        taken += 1
    assert taken == 0


def test_without_a_provider_nobody_signs_in(sign: Sign) -> None:
    with pytest.raises(NotSignedIn):
        Issuer("", AUDIENCE, lambda: NOW).claims(sign())
    with pytest.raises(Unavailable):
        Issuer("http://elsewhere.test", AUDIENCE, lambda: NOW).claims(sign())
