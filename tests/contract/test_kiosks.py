"""What every store of kiosks promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.aws.proofs import Stated
from chalicelib.kernel.errors import Changed
from chalicelib.kiosks.model import Enrolment, Notice, Open, Paper, State
from chalicelib.kiosks.store import DynamoKiosks
from tests.fakes import MemoryKiosks
from tests.unit.kiosks.test_policy import make_kiosk
from tests.world import START

LATER = START + timedelta(minutes=30)
NEW = make_kiosk(version=0)
CODE = Enrolment("enr_1", "7K3Q", NEW.id, LATER)
STATED = Stated("statement-00000001", LATER)


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    return MemoryKiosks() if request.param == "memory" else DynamoKiosks(request.getfixturevalue("tables"))


def test_what_was_saved_is_found_as_it_was(store: Any) -> None:
    whole = replace(
        NEW,
        state=State.ACTIVE,
        key={"kty": "OKP"},
        thumbprint="t",
        enrolment="enr_1",
        software="2",
        paper=Paper.LOW,
        heard_at=START,
        enrolled_at=START,
        offline_since=START,
        silent_since=START,
        due_at=LATER,
        open=(Open("s", "m", LATER), Open("v", "n", LATER, "cus", "s")),
        notices=(Notice("k", "kiosk_silent", START, 2, {"since": "then"}),),
    )
    store.save(whole, [], None)

    assert store.get(NEW.id) == replace(whole, version=1)
    assert store.get("kio_2") is None


def test_who_read_an_older_version_cannot_save_and_a_new_one_is_saved_once(store: Any) -> None:
    store.save(NEW, [], None)
    with pytest.raises(Changed):
        store.save(NEW, [], None)
    read = store.get(NEW.id)
    store.save(replace(read, software="2"), [], None)

    with pytest.raises(Changed):
        store.save(replace(read, software="3"), [], None)
    assert store.get(NEW.id).software == "2"


def test_tries_of_a_code_are_counted_up_to_the_limit_while_it_is_in_force(store: Any) -> None:
    store.save(NEW, [], None, store.enrolling(CODE, START))

    counted = [store.count_attempt("7K3Q", 3, START) for _ in range(5)]

    assert [found.attempts if found else None for found in counted] == [1, 2, 3, None, None]
    assert counted[0] == replace(CODE, attempts=1)
    assert store.count_attempt("7K3R", 3, START) is None


def test_a_code_that_begins_like_one_that_waits_is_not_stored_nor_its_kiosk(store: Any) -> None:
    store.save(NEW, [], None, store.enrolling(CODE, START))
    other = replace(NEW, id=NEW.id[:-1] + "B")
    again = replace(CODE, id="enr_2", kiosk=other.id)

    with pytest.raises(Changed):
        store.save(other, [], None, store.enrolling(again, START))
    assert store.get(other.id) is None
    assert store.count_attempt("7K3Q", 3, LATER) is None
    store.save(other, [], None, store.enrolling(replace(again, expires_at=LATER + timedelta(minutes=30)), LATER))
    assert store.count_attempt("7K3Q", 3, LATER).kiosk == other.id


def test_a_statement_is_used_once_by_a_kiosk(store: Any) -> None:
    store.save(NEW, [], None)
    assert not store.used(NEW.id, STATED.jti)
    store.save(store.get(NEW.id), [], None, store.using(NEW.id, STATED))

    assert store.used(NEW.id, STATED.jti)
    assert not store.used("kio_2", STATED.jti)
    with pytest.raises(Changed):
        store.save(store.get(NEW.id), [], None, store.using(NEW.id, STATED))
    assert store.get(NEW.id).version == 2


def test_a_unit_has_its_kiosks_page_by_page(store: Any) -> None:
    ids = [NEW.id[:-1] + letter for letter in "ABC"]
    for id_, unit in zip(ids, ("east", "london", "east"), strict=True):
        store.save(replace(NEW, id=id_, unit=unit), [], None, store.enrolling(replace(CODE, handle=id_[-4:]), START))

    first = store.of_unit("east", 1, None)
    second = store.of_unit("east", 1, first.next)

    assert [kiosk.id for kiosk in (*first.items, *second.items)] == [ids[0], ids[2]]
