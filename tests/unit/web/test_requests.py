"""What a request may carry: its key, its version, its cursor; and who it is from."""

import hashlib
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.kernel.access import Act
from chalicelib.kernel.actors import ANONYMOUS, Actor, Role
from chalicelib.kernel.calls import Once, Replayed, Reply
from chalicelib.kernel.errors import (
    CursorInvalid,
    Forbidden,
    Invalid,
    KeyReused,
    NotFound,
    NotSignedIn,
)
from chalicelib.web import Api, api, auth, idempotency, paging
from chalicelib.web.api import Route, Serving
from tests.builders import CALL
from tests.office import KEYS, Office
from tests.unit.web.sent import event
from tests.world import START

LI, WANG = (Actor(id_, frozenset({Role.CUSTOMER})) for id_ in ("cus_li", "cus_wang"))


def route(act: Act | None = Act.TICKET_FILE, path: str = "/v1/tickets", **options: Any) -> Route:
    """Declare a route; give it as declared."""
    declared = Api("Things")

    def view() -> None:
        """Do something."""

    declared.post(path, act, **options)(view)
    return declared.routes[0]


@pytest.fixture(autouse=True)
def _keyed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body is known by a keyed hash of it."""
    monkeypatch.setattr(idempotency, "services", lambda: SimpleNamespace(keys=KEYS))


def once(key: str = "k", body: Any = None, actor: Actor = LI, of: Route | None = None, **but: Any) -> Once:
    found = idempotency.once(event(body, **but), {"idempotency-key": key}, of or route(), actor)
    assert found is not None
    return found


def test_a_key_belongs_to_its_caller_and_its_path() -> None:
    keys = {once().key, once("l").key, once(actor=WANG).key, once(path="/v1/complaints").key, once(method="PUT").key}

    assert len(keys) == 5
    assert once().key == once().key
    assert "cus_li" not in once().key


def test_the_same_body_is_the_same_however_it_is_spelled_and_another_is_another() -> None:
    assert once(body='{"a":1,"b":[2]}').fingerprint == once(body='{ "b": [2], "a": 1 }').fingerprint
    assert once(body={"a": 1}).fingerprint != once(body={"a": 2}).fingerprint
    assert once(body="{").fingerprint != once(body="").fingerprint
    # A number or a code is short: whoever sees the fingerprint must not find it by trying.
    assert once(body="123456").fingerprint != hashlib.sha256(b"123456").hexdigest()


def test_where_nobody_is_signed_in_the_named_field_stands_for_the_caller() -> None:
    public = route(None, once_by="phone")
    one, two = ({"phone": phone} for phone in ("+8613800138000", "+447400123456"))

    assert once(body=one, of=public, actor=ANONYMOUS).key != once(body=two, of=public, actor=ANONYMOUS).key
    assert once(body={**one, "x": 1}, of=public, actor=ANONYMOUS).key == once(body=one, of=public, actor=ANONYMOUS).key
    assert once(body="[1]", of=public, actor=ANONYMOUS).key == once(body="{", of=public, actor=ANONYMOUS).key


@pytest.mark.parametrize("key", ["", "x" * 256, "with space", "ключ", "line\n", "\x7f"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(Invalid):
        once(key)
    assert once("!" + "~" * 254)


def test_without_a_key_nothing_is_remembered() -> None:
    assert idempotency.once(event(), {}, route(), LI) is None


def answered(monkeypatch: pytest.MonkeyPatch, reply: Reply | None) -> list[Once]:
    asked: list[Once] = []
    tables = SimpleNamespace(replay=lambda key, _: asked.append(key) or reply)
    monkeypatch.setattr(idempotency, "services", lambda: SimpleNamespace(tables=tables))
    return asked


def test_a_refusal_that_is_the_consequence_of_the_first_call_is_told_as_the_first_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered(monkeypatch, Reply(201, json.dumps({"id": "tkt_1"})))

    with pytest.raises(Replayed):
        idempotency.raise_if_done(replace(CALL, once=Once("k", "b")), NotFound())
    idempotency.raise_if_done(CALL, NotFound())
    idempotency.raise_if_done(replace(CALL, once=Once("k", "b")), KeyReused())


def test_a_refusal_of_what_was_never_done_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answered(monkeypatch, None)
    idempotency.raise_if_done(replace(CALL, once=Once("k", "b")), NotFound())

    assert len(asked) == 1


def test_an_answer_told_again_has_its_tokens_made_anew_and_says_that_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    made = SimpleNamespace(made_again=lambda purpose, id_: f"{purpose}-of-{id_}")
    monkeypatch.setattr(idempotency, "services", lambda: made)
    again = idempotency.again(Reply(201, '{"id":"ses_1","version":3}', {"token": ("session", "ses_1")}))

    assert json.loads(again.body or "") == {"id": "ses_1", "version": 3, "token": "session-of-ses_1"}
    assert (again.status_code, again.headers["Idempotent-Replayed"], again.headers["ETag"]) == (201, "true", '"3"')


@pytest.fixture
def signed_in(office: Office, monkeypatch: pytest.MonkeyPatch) -> str:
    """A session of lead-east, at an instant."""
    monkeypatch.setattr(auth, "services", lambda: office.services)
    monkeypatch.setattr(auth.clock, "now", lambda: START)
    signed = office.services.identity.staff_sign_in("token-of-lead-east", office.call("anonymous"))
    return KEYS.token("session", signed.session.id)


def served(act: Act | None, method: str = "POST", **headers: str) -> Serving:
    declared = route(act)
    return auth.serving(event(method=method, **headers), Api("Things"), declared)


def test_who_asks_is_who_the_session_says_and_only_for_what_their_role_may(signed_in: str) -> None:
    assert served(Act.DESK_WRITE, AUTHORIZATION=f"bearer  {signed_in} ").call.actor.id == "lead-east"
    assert served(None).call.actor == ANONYMOUS
    with pytest.raises(Forbidden):
        served(Act.OPERATIONS_REDRIVE, Authorization=f"Bearer {signed_in}")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer nonsense"])
def test_without_a_session_in_force_nobody_is_signed_in(signed_in: str, header: str) -> None:
    with pytest.raises(NotSignedIn):
        served(Act.DESK_WRITE, Authorization=header)


@pytest.mark.parametrize(
    ("tag", "version"), [('"3"', 3), ('W/"3"', 3), ("3", 3), ("*", None), (" * ", None), ('"0"', 0)]
)
def test_a_version_is_read_as_it_was_sent_or_as_a_proxy_left_it(signed_in: str, tag: str, version: int | None) -> None:
    assert served(None, If_Match=tag).call.if_match == version
    assert served(None, "GET", If_Match=tag).call.if_match == version


@pytest.mark.parametrize("tag", ["abc", '"3', '"3", "4"', "", "-1", '"' + "9" * 16 + '"', "３"])
def test_a_version_that_is_none_is_refused(signed_in: str, tag: str) -> None:
    with pytest.raises(Invalid):
        served(None, If_Match=tag)


def test_a_cursor_opens_for_the_same_caller_and_the_same_list(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "services", lambda: office.services)

    def serving_for(actor: Actor) -> None:
        api.begin(Serving(replace(CALL, actor=actor), 200, {}, ""))

    serving_for(LI)
    cursor = paging.sealed({"pk": "T-1"}, "tickets")
    assert paging.given(cursor, "tickets") == {"pk": "T-1"}
    assert paging.given(None, "tickets") is paging.sealed(None, "tickets") is None
    with pytest.raises(CursorInvalid):
        paging.given(cursor, "messages")
    serving_for(WANG)
    with pytest.raises(CursorInvalid):
        paging.given(cursor, "tickets")
    api.begin(None)
