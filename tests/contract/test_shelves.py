"""What every store of what is known about files promises."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.attachments.model import Attachment, Shelf, Status, Visibility
from chalicelib.attachments.store import DynamoShelves
from chalicelib.kernel.calls import Once, Replayed, Reply, Stamp
from chalicelib.kernel.errors import Changed
from chalicelib.kernel.events import Link
from tests.builders import id_of
from tests.fakes import MemoryShelves
from tests.world import START

TICKET = "tkt_01M8323B80R71NV7ECMN7C58DA"
LATER = START + timedelta(minutes=15)


def make_file(n: int = 1, **what_matters: Any) -> Attachment:
    facts: dict[str, Any] = {
        "id": id_of(n, "att"),
        "ticket": TICKET,
        "name": "receipt.pdf",
        "content_type": "application/pdf",
        "size": 48,
        "sha256": "5e" * 32,
        "visibility": Visibility.PUBLIC,
        "by": "cus_li",
        "by_staff": False,
        "asked_at": START,
        "until": LATER,
        "due_at": LATER,
    }
    return Attachment(**facts | what_matters)


@pytest.fixture(params=["memory", "dynamo"])
def store(request: pytest.FixtureRequest) -> Any:
    return MemoryShelves() if request.param == "memory" else DynamoShelves(request.getfixturevalue("tables"))


def stamp(key: str = "k") -> Stamp:
    return Stamp(Once(key, "f"), Reply(201, "{}"), START)


def test_a_shelf_on_which_nothing_ever_stood_is_empty(store: Any) -> None:
    assert store.get(TICKET) == Shelf(TICKET)


def test_what_was_saved_is_found_as_it_was_the_oldest_first(store: Any) -> None:
    whole = make_file(
        2,
        visibility=Visibility.INTERNAL,
        by_staff=True,
        status=Status.CLEAN,
        stored_at=START,
        judged_at=LATER,
        judged_by="lead-east",
        reason="by hand",
        why="type",
        looked=3,
        due_at=None,
    )
    of_a_visit = make_file(3, purpose="id-card", keep_until=LATER + timedelta(days=7), due_at=LATER)
    judged = make_file(4, purpose="id-card", keep_until=LATER, due_at=None)
    store.save(Shelf(TICKET, link=Link(4, "9f")), [judged, of_a_visit, whole, make_file()], [], None)

    files = (make_file(), whole, of_a_visit, judged)
    assert store.get(TICKET) == Shelf(TICKET, tuple(replace(file, version=1) for file in files), 1, Link(4, "9f"))
    assert store.get("tkt_other") == Shelf("tkt_other")


def test_who_read_an_older_shelf_saves_nothing(store: Any) -> None:
    store.save(Shelf(TICKET), [make_file()], [], None)
    read = store.get(TICKET)
    store.save(read, [make_file(2)], [], None)

    with pytest.raises(Changed):
        store.save(read, [make_file(3)], [], None)
    with pytest.raises(Changed):
        store.save(Shelf(TICKET), [make_file(3)], [], None)
    assert [file.id for file in store.get(TICKET).files] == [id_of(1, "att"), id_of(2, "att")]


def test_a_file_that_is_not_as_it_was_read_is_not_saved_nor_its_shelf(store: Any) -> None:
    store.save(Shelf(TICKET), [make_file()], [], None)
    shelf = store.get(TICKET)

    with pytest.raises(Changed):
        store.save(shelf, [make_file()], [], None)  # new once more
    with pytest.raises(Changed):
        store.save(shelf, [make_file(version=2)], [], None)

    assert store.get(TICKET) == shelf
    changed = replace(shelf.files[0], status=Status.EXPIRED, due_at=None)
    store.save(shelf, [changed], [], None)
    assert store.get(TICKET).files == (replace(changed, version=2),)


def test_a_shelf_changes_without_a_file_where_one_was_only_read(store: Any) -> None:
    store.save(Shelf(TICKET), [make_file()], [], None)
    store.save(replace(store.get(TICKET), link=Link(2, "9f")), [], [], None)

    shelf = store.get(TICKET)
    assert (shelf.version, shelf.link, shelf.files) == (2, Link(2, "9f"), (make_file(version=1),))


def test_what_was_answered_once_is_answered_again_and_nothing_is_saved(store: Any) -> None:
    store.save(Shelf(TICKET), [make_file()], [], stamp())
    before = store.get(TICKET)

    with pytest.raises(Replayed) as again:
        store.save(before, [make_file(2)], [], stamp())

    assert (again.value.reply.status, again.value.reply.body) == (201, "{}")
    assert store.get(TICKET) == before


def test_an_answer_is_remembered_where_nothing_had_to_be_saved(store: Any) -> None:
    store.remember(None)
    store.remember(stamp("other"))

    with pytest.raises(Replayed):
        store.remember(stamp("other"))
