"""The developers' endpoints refuse what makes no sense, and whoever comes from elsewhere."""

import io
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest

from infra.local.chaos import Mischief
from infra.local.clock import MovableClock
from infra.local.dev import Dev
from infra.local.endpoints import Backstage, Messages, Times, endpoints
from infra.local.faces import FaceEndpoints, Looker
from infra.local.folder import Folder
from infra.local.oidc import AUDIENCE, Issuer
from infra.local.outbox import Outbox
from infra.local.receipts import Receipts
from infra.local.seed import institution
from infra.local.steps import Moved, Stuck
from tests.unit.aws.stub import Stub

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ISSUER = "http://127.0.0.1:8000/dev/oidc"


class Scene:
    """The endpoints over a real outbox and a clock that stands still."""

    def __init__(self, folder: Path, issuer: Issuer) -> None:
        self.outbox = Outbox(folder / "sent.sqlite")
        self.clock = MovableClock(folder / "clock.json", lambda: NOW)
        self.moves: list[datetime] = []
        self.issuer = issuer
        receipts = Receipts(self.outbox, b"k", lambda: NOW, lambda *_: 200)
        backstage = Backstage(None, Mischief(random.Random(1)), self.issuer)  # type: ignore[arg-type]
        self.looker, self.files = Looker(), Stub({})
        faces = FaceEndpoints(self.looker, self.files, "references")  # type: ignore[arg-type]
        self.dev = Dev(endpoints(Messages(self.outbox, receipts), Times(self.clock, self._move), backstage, faces))

    def ask(self, method: str, path: str, body: Any = None, query: str = "", **headers: str) -> tuple[int, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(content)),
            "wsgi.input": io.BytesIO(content),
            "HTTP_HOST": "127.0.0.1:8000",
            **headers,
        }
        told: list[str] = []
        answer = b"".join(self.dev(environ, lambda status, _: told.append(status)))  # type: ignore[arg-type,return-value]
        return int(told[0][:3]), json.loads(answer)

    def _move(self, target: datetime) -> Moved:
        if target > NOW + timedelta(days=1000):
            raise Stuck("the queue work is not worked off")
        self.moves.append(target)
        return Moved(target, 2, 3, 0)


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    """An issuer, once: making its key takes long, and nobody changes it."""
    return Issuer(ISSUER, Folder(tmp_path_factory.mktemp("issuer")), institution(), lambda: NOW)


@pytest.fixture
def scene(tmp_path: Path, issuer: Issuer) -> Iterator[Scene]:
    made = Scene(tmp_path, issuer)
    yield made
    made.outbox.close()


def test_sent_texts_are_told_as_the_contract_has_them(scene: Scene) -> None:
    id_ = scene.outbox.take("sms", "msg_1", {"recipient": "+1", "text": "Hello", "template": "t"}, NOW)
    scene.outbox.take("sms", "msg_2", {"recipient": "+2", "text": "Bye"}, NOW)

    status, answer = scene.ask("GET", "/dev/sms", query="to=%2B1")

    told = {"id": id_, "to": "+1", "text": "Hello", "template": "t", "at": "2026-11-23T02:00:00.000Z", "status": "sent"}
    assert (status, answer) == (200, {"items": [told]})


def test_a_receipt_is_answered_with_the_webhooks_answers(scene: Scene) -> None:
    id_ = scene.outbox.take("sms", "msg_1", {"recipient": "+1", "text": "Hello"}, NOW)
    path = f"/dev/sms/{id_}/receipt"

    assert scene.ask("POST", path, {"status": "delivered", "times": 2}) == (200, {"answered": [200, 200]})
    assert scene.ask("POST", path, {"status": "failed", "delay": "P1D"}) == (200, {"answered": []})
    assert scene.ask("POST", "/dev/sms/none/receipt", {"status": "delivered"})[1]["code"] == "not_found"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"status": 1},
        {"status": "x", "times": 0},
        {"status": "x", "times": True},
        {"status": "x", "delay": "soon"},
        {"status": "x", "delay": -1},
        {"status": "x", "more": 1},
    ],
)
def test_a_receipt_that_makes_no_sense_is_refused(scene: Scene, body: dict[str, Any]) -> None:
    status, answer = scene.ask("POST", "/dev/sms/any/receipt", body)

    assert (status, answer["code"]) == (422, "invalid")


def test_the_clock_moves_by_a_span_or_to_a_moment(scene: Scene) -> None:
    told = {"now": "2026-11-24T04:00:00.000Z", "swept": 2, "delivered": 3, "overdue": 0}

    assert scene.ask("POST", "/dev/clock", {"advance": "P1DT2H"}) == (200, told)
    assert scene.ask("POST", "/dev/clock", {"set": "2026-11-24T12:00:00+08:00"}) == (200, told)
    assert scene.moves == [NOW + timedelta(days=1, hours=2)] * 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"advance": "P1M"},
        {"advance": 5},
        {"set": "2026-11-24"},
        {"set": "soon"},
        {"advance": "P1D", "set": "x"},
        {"back": 1},
    ],
)
def test_a_time_that_is_not_understood_is_refused(scene: Scene, body: dict[str, Any]) -> None:
    assert scene.ask("POST", "/dev/clock", body)[0] == 422
    assert scene.moves == []


def test_work_that_does_not_get_done_is_told_rather_than_waited_for(scene: Scene) -> None:
    status, answer = scene.ask("POST", "/dev/clock", {"advance": "P2000D"})

    assert (status, answer["code"]) == (504, "stuck")


def test_chaos_is_set_and_told(scene: Scene) -> None:
    told = {"duplicate": 1.0, "shuffle": True, "drop_hint": 0.0, "fail_provider": 0.0}

    assert scene.ask("POST", "/dev/chaos", {"duplicate": 1.0, "shuffle": True}) == (200, told)
    assert scene.ask("GET", "/dev/chaos") == (200, told)
    assert scene.ask("POST", "/dev/chaos", {"duplicate": 2})[0] == 422
    assert scene.ask("GET", "/dev/chaos") == (200, told)


def test_a_staff_token_is_good_for_our_audience_and_signed_by_a_published_key(scene: Scene) -> None:
    token = scene.ask("POST", "/dev/staff-tokens", {"staff_id": "agent-east"})[1]["id_token"]
    (key,) = scene.ask("GET", "/dev/oidc/jwks")[1]["keys"]

    claims = jwt.decode(
        token, jwt.PyJWK(key), audience=AUDIENCE, issuer=ISSUER, options={"verify_exp": False, "verify_iat": False}
    )

    assert (claims["sub"], claims["unit"], claims["roles"]) == ("agent-east", "east", ["agent"])
    assert claims["exp"] - claims["iat"] == 3600
    assert scene.ask("GET", "/dev/oidc/.well-known/openid-configuration")[1]["jwks_uri"] == f"{ISSUER}/jwks"
    assert scene.ask("POST", "/dev/staff-tokens", {"staff_id": "stranger"})[0] == 404


def test_tokens_outlive_a_restart(tmp_path: Path) -> None:
    once, again = (Issuer(ISSUER, Folder(tmp_path), institution(), lambda: NOW) for _ in range(2))

    assert again.keys() == once.keys()


def test_the_list_names_every_endpoint_of_the_contract(scene: Scene) -> None:
    calls = {each["call"] for each in scene.ask("GET", "/dev/")[1]["items"]}

    assert {
        "GET /dev/sms",
        "POST /dev/sms/{id}/receipt",
        "GET /dev/calls",
        "GET /dev/mail",
        "GET /dev/clock",
        "POST /dev/clock",
        "POST /dev/staff-tokens",
        "GET /dev/queues",
        "POST /dev/chaos",
    } <= calls


def test_unknown_paths_wrong_methods_and_broken_bodies_are_told_apart(scene: Scene) -> None:
    assert scene.ask("GET", "/dev/nothing")[0] == 404
    assert scene.ask("DELETE", "/dev/sms")[0] == 405
    assert scene.ask("POST", "/dev/chaos", b"{")[0] == 400
    assert scene.ask("POST", "/dev/chaos", b"[]")[0] == 400


@pytest.mark.parametrize("headers", [{"HTTP_HOST": "evil.test"}, {"HTTP_ORIGIN": "http://evil.test"}])
def test_a_page_from_elsewhere_gets_nothing(scene: Scene, headers: dict[str, str]) -> None:
    assert scene.ask("GET", "/dev/sms", **headers)[0] == 403
    assert scene.ask("GET", "/dev/sms", HTTP_ORIGIN="http://127.0.0.1:8000")[0] == 200


def test_somebody_shows_their_face_to_a_session_and_has_a_photo_there(scene: Scene) -> None:
    _, opened = scene.looker.answer("CreateFaceLivenessSession", {"ClientRequestToken": "fch_1"})
    path, scores = f"/dev/faces/sessions/{opened['SessionId']}", {"liveness": 99, "similarity": 98.5}

    assert scene.looker.answer("CreateFaceLivenessSession", {"ClientRequestToken": "fch_1"})[1] == opened
    assert scene.looker.answer("GetFaceLivenessSessionResults", opened)[1]["Status"] == "CREATED"
    assert scene.ask("POST", path, scores) == (200, scores)
    seen = scene.looker.answer("GetFaceLivenessSessionResults", opened)[1]
    assert (seen["Status"], seen["Confidence"]) == ("SUCCEEDED", 99)
    assert scene.looker.answer("CompareFaces", {"SourceImage": seen["ReferenceImage"]})[1]["FaceMatches"] == [
        {"Similarity": 98.5}
    ]
    assert scene.ask("POST", "/dev/faces/references", {"customer": "cus_1"}) == (200, {"customer": "cus_1"})
    assert scene.files.asked[0]["Key"] == "cus_1"


@pytest.mark.parametrize("scores", [{}, {"liveness": 101, "similarity": 1}, {"liveness": True, "similarity": 1}])
def test_a_face_without_scores_is_refused(scene: Scene, scores: dict[str, Any]) -> None:
    assert scene.ask("POST", "/dev/faces/sessions/none", scores)[0] == 422
    assert scene.ask("POST", "/dev/faces/sessions/none", {"liveness": 1, "similarity": 1})[0] == 404
    assert scene.ask("POST", "/dev/faces/references", {"who": "x"})[0] == 422


def test_what_nobody_plays_is_said(scene: Scene) -> None:
    assert scene.looker.answer("DetectFaces", {})[1]["__type"] == "UnknownOperationException"
    assert (
        scene.looker.answer("GetFaceLivenessSessionResults", {"SessionId": "x"})[1]["__type"]
        == "SessionNotFoundException"
    )
