"""What a kiosk signs: one key, one algorithm, one audience, one minute, one use."""

import base64
import hashlib
import hmac
import json
import random
from datetime import timedelta
from typing import Any

import jwt
import pytest

from tests.kiosk import AUDIENCE, Device, ec_key, ed_key, jwk
from tests.world import World


@pytest.fixture(scope="module")
def world(standing: World) -> World:
    return standing


@pytest.fixture(scope="module")
def device(world: World) -> Device:
    return Device(world).enrolled()


def refused(device: Device, proof: str) -> bool:
    written = len(device.world.unpublished)
    answer = device.sign_in(proof)
    assert (answer.status, answer.code) == (401, "proof_invalid"), answer.text
    return len(device.world.unpublished) == written


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize("make", [ec_key, ed_key])
def test_a_fresh_statement_under_the_registered_key_opens_a_session(world: World, make: Any) -> None:
    device = Device(world, key=make()).enrolled()

    answer = device.sign_in()

    assert answer.status == 201
    assert (answer.body["device"], answer.body["unit"], answer.body["branch"]) == (device.id, "east", "shanghai-bund")
    me = world.ask("GET", "/v1/me", token=answer.body["token"]).body
    assert (me["id"], me["roles"], me["unit"], me["units"]) == (device.id, ["kiosk"], "east", [])
    world.now += timedelta(minutes=15)
    assert world.ask("GET", "/v1/me", token=answer.body["token"]).status == 401


def test_a_statement_works_once(device: Device) -> None:
    proof = device.proof()
    assert device.sign_in(proof).status == 201

    assert refused(device, proof)
    assert refused(device, device.proof(jti=jwt.decode(proof, options={"verify_signature": False})["jti"]))


def test_the_name_of_a_statement_is_used_up_for_its_kiosk_alone(world: World, device: Device) -> None:
    other = Device(world).enrolled()

    assert device.sign_in(device.proof(jti="one-name-for-both")).status == 201
    assert other.sign_in(other.proof(jti="one-name-for-both")).status == 201


@pytest.mark.parametrize(
    "what_matters",
    [
        {"aud": "https://dutydesk.test/v1/kiosks/enrol"},
        {"aud": [AUDIENCE]},
        {"aud": [AUDIENCE, "https://elsewhere.test"]},
        {"aud": None},
        {"sub": "kio_01M8323B80R71NV7ECMN7C58DA"},
        {"sub": None},
        {"sub": 7},
        {"jti": None},
        {"jti": "short"},
        {"jti": "x" * 65},
        {"jti": "has spaces in it!"},
        {"jti": 1234567890123456},
        {"exp": None},
        {"iat": None},
        {"exp": "soon"},
        {"iat": True},
        {"exp": 2**40},
        {"exp": 1e300},
        {"iat": -1},
    ],
    ids=str,
)
def test_a_statement_that_lacks_something_or_says_something_else_is_refused(
    device: Device, what_matters: dict[str, Any]
) -> None:
    assert refused(device, device.proof(**what_matters))


@pytest.mark.parametrize(
    ("issued", "expires", "believed"),
    [
        (0, 60, True),
        (0, 61, False),  # longer than a minute
        (30, 90, True),  # a clock that is half a minute ahead
        (31, 91, False),
        (-89, -29, True),  # or behind
        (-90, -30, False),
        (10, 9, False),  # over before it begins
    ],
)
def test_a_statement_is_of_this_minute_by_two_clocks(device: Device, issued: int, expires: int, believed: bool) -> None:
    now = int(device.world.now.timestamp())
    proof = device.proof(iat=now + issued, exp=now + expires)

    assert device.sign_in(proof).status == 201 if believed else refused(device, proof)


def test_a_statement_of_another_kiosk_or_another_key_is_refused(world: World, device: Device) -> None:
    other = Device(world).enrolled()

    assert refused(device, device.proof(key=other.key))
    assert refused(device, other.proof())
    assert refused(device, device.proof(key=ed_key()))
    assert refused(Device(world, id="kio_01M8323B80R71NV7ECMN7C58DA"), device.proof())


def test_who_is_registered_but_not_enrolled_has_no_key_to_prove_anything_with(world: World) -> None:
    device = Device(world)
    device.registered()

    assert refused(device, device.proof())


def test_no_statement_chooses_its_own_algorithm(device: Device) -> None:
    claims, public = device.claims(), jwk(device.key)
    bare = part(claims)

    def signed(header: dict[str, Any], secret: bytes | None) -> str:
        inner = f"{part(header)}.{bare}"
        mac = b"" if secret is None else hmac.digest(secret, inner.encode(), hashlib.sha256)
        return f"{inner}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    for alg in ("none", "None", "NONE", ""):
        assert refused(device, signed({"alg": alg}, None))
    for secret in (json.dumps(public).encode(), public["x"].encode(), b""):
        assert refused(device, signed({"alg": "HS256"}, secret))
    assert refused(device, signed({"alg": "HS256", "jwk": public, "kid": device.id}, b"known"))
    own = ec_key()
    header = {"jwk": jwk(own), "jku": "https://elsewhere.test/keys", "x5u": "https://elsewhere.test/chain"}
    assert refused(device, jwt.encode(claims, own, "ES256", headers=header))
    assert refused(device, jwt.encode(claims, device.key, "ES256", headers={"crit": ["b64"], "b64": False}))


def test_what_is_no_statement_at_all_is_refused_and_breaks_nothing(device: Device) -> None:
    deep = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 1400).rstrip(b"=").decode()

    for proof in ("x", "a.b.c", "....", ".", f"{deep}.e30.AA", part({"alg": "ES256"}) + "..", "\u4e2d.\u6587.x"):
        assert refused(device, proof)


def test_a_statement_changed_anywhere_is_refused(device: Device) -> None:
    drawn = random.Random(13)
    good = device.proof()
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    # Through the adapter, which is all that looks at it; over HTTP a thousand would take minutes.
    check = device.world.services.kiosk_enrolling.proofs.claims
    key, now = jwk(device.key), device.world.now
    assert check(good, key, device.id, now) is not None
    accepted = 0
    for _ in range(2000):
        place = drawn.randrange(len(good) - 1)  # the last letter has bits that no byte needs
        changed = good[:place] + drawn.choice(letters) + good[place + 1 :]
        accepted += changed != good and check(changed, key, device.id, now) is not None

    assert accepted == 0


def test_the_same_call_again_gets_the_same_session_and_another_caller_none(device: Device) -> None:
    proof = device.proof()
    first = device.sign_in(proof, Idempotency_Key="again")

    assert device.sign_in(proof, Idempotency_Key="again").body == first.body
    assert device.sign_in(proof, Idempotency_Key="other").code == "proof_invalid"


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43},  # on no curve
        {"kty": "EC", "crv": "P-384", "x": "A" * 43, "y": "A" * 43},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": "oct", "k": "A" * 43},
        {"kty": "OKP", "crv": "X25519", "x": "A" * 43},
        {"kty": "OKP", "crv": "Ed25519", "x": "A" * 42},
        {"kty": "EC", "crv": "P-256", "x": "A" * 43},
        {**jwk(ec_key()), "d": "A" * 43},  # the private half has no business here
        {},
    ],
    ids=["off the curve", "P-384", "RSA", "secret", "X25519", "too short", "half a point", "private", "nothing"],
)
def test_a_key_that_is_none_of_ours_costs_no_try_and_enrols_nothing(world: World, key: dict[str, str]) -> None:
    device = Device(world)
    code = device.registered()["code"]

    for _ in range(6):
        answer = world.ask("POST", "/v1/kiosks/enrol", {"code": code, "public_key": key})
        assert (answer.status, answer.code) == (422, "invalid"), answer.text

    assert device.enrol(code).status == 200
