"""Files are announced, uploaded and confirmed; and whatever else comes instead."""

from typing import Any

import pytest

from chalicelib.attachments import policy
from tests.fakes import Object
from tests.integration.enclosed import PDF, Sender, announced, shelf
from tests.integration.matters import Desk, done, refused
from tests.world import World


@pytest.mark.parametrize(
    ("what", "field", "code"),
    [
        ({"size": policy.LARGEST + 1}, "size", "too_large"),
        ({"size": 0}, "size", "too_small"),
        ({"content_type": "text/html", "name": "page.html"}, "content_type", "not_one_of"),
        ({"content_type": "image/png"}, "name", "wrong_ending"),
        ({"name": "receipt.pdf.exe"}, "name", "wrong_ending"),
        ({"name": "receipt\u202efdp.exe"}, "name", "wrong_ending"),
        ({"name": "../.."}, "name", "wrong_ending"),
        ({"sha256": "5E" * 32}, "sha256", "format"),
    ],
)
def test_what_is_not_taken_is_refused_when_it_is_announced(
    sender: Sender, what: dict[str, Any], field: str, code: str
) -> None:
    answer = sender.ask(**what)

    assert refused(answer) == (422, "invalid")
    assert [(error["field"], error["code"]) for error in answer.body["errors"]] == [(field, code)]
    assert sender.lists() == {}


def test_a_file_as_large_as_may_be_is_taken(sender: Sender) -> None:
    assert sender.ask(size=policy.LARGEST).status == 201


def test_a_name_keeps_neither_path_nor_what_cannot_be_seen(sender: Sender) -> None:
    names = {"C:\\Users\\Li\\my  receipt.pdf": "my receipt.pdf", "../../etc/..pass\u202ewd\x00.pdf": "passwd.pdf"}
    names |= {f"{'字' * 200}.pdf": f"{'字' * 116}.pdf"}

    for name, kept in names.items():
        assert done(sender.ask(name=name))["name"] == kept


def test_nothing_is_confirmed_before_it_has_arrived(world: World, sender: Sender) -> None:
    id_ = done(sender.ask())["id"]

    assert refused(sender.confirms(id_, Idempotency_Key="k")) == (409, "not_uploaded")

    # The same call again is not held to what was answered before anything was there.
    assert world.files.put(f"https://files.test/incoming/{sender.ticket}/{id_}", PDF, "application/pdf") == 200
    assert done(sender.confirms(id_, Idempotency_Key="k"))["status"] == "quarantined"


@pytest.mark.parametrize(
    ("arrives", "why"),
    [
        (Object(PDF + b"x", "application/pdf"), "size"),
        (Object(PDF[:-1] + b"x", "application/pdf"), "checksum"),
        (Object(PDF, "application/pdf", checked=False), "checksum"),
    ],
)
def test_what_is_not_what_was_announced_is_refused_for_good(
    world: World, sender: Sender, arrives: Object, why: str
) -> None:
    id_ = done(sender.ask())["id"]
    world.files.objects[f"incoming/{sender.ticket}/{id_}"] = arrives

    for _ in range(2):
        answer = sender.confirms(id_, Idempotency_Key="k")
        assert (*refused(answer), answer.body["why"]) == (422, "attachment_refused", why)
    assert refused(sender.reads(id_)) == (410, "attachment_gone")
    assert shelf(world, sender.ticket) == ["attachment.asked", "attachment.refused"]
    assert not [key for key in world.files.objects if key.startswith("kept/")]


def test_a_file_that_begins_otherwise_than_its_type_is_refused(sender: Sender) -> None:
    id_ = sender.uploads(b"<html><script>", size=14)

    answer = sender.confirms(id_)

    assert (*refused(answer), answer.body["why"]) == (422, "attachment_refused", "type")


def test_said_twice_a_file_is_stored_once(world: World, sender: Sender) -> None:
    id_ = sender.stores()

    assert done(sender.confirms(id_))["status"] == "quarantined"

    assert shelf(world, sender.ticket) == ["attachment.asked", "attachment.stored"]


def test_what_was_uploaded_and_never_confirmed_is_found_when_its_time_is_over(world: World, sender: Sender) -> None:
    id_ = sender.uploads()

    world.pass_time(minutes=30)

    assert sender.lists() == {id_: "quarantined"}


def test_what_never_comes_is_ended_and_no_sooner_than_its_time_is_over(world: World, sender: Sender) -> None:
    id_ = done(sender.ask())["id"]
    world.now += policy.UPLOAD_WITHIN
    assert not world.work("attachments", {"due": id_, "pk": sender.ticket, "sk": f"attachment#{id_}"})
    assert sender.lists() == {id_: "awaited"}

    world.pass_time(minutes=10)

    assert sender.lists() == {id_: "expired"}
    assert refused(sender.confirms(id_)) == (410, "attachment_gone")
    assert refused(sender.reads(id_)) == (410, "attachment_gone")
    assert [item for item in world.items("attachments") if "due_at" in item] == []


def test_a_ticket_holds_twenty_files_and_what_came_to_nothing_does_not_count(world: World, sender: Sender) -> None:
    for _ in range(policy.MOST_STANDING):
        done(sender.ask())
    full = sender.ask()
    assert (*refused(full), full.body["limit"]) == (409, "too_many_attachments", 20)

    world.pass_time(minutes=30)

    assert sender.ask().status == 201


def test_nobody_asks_without_end(world: World, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MOST_ASKED", 3)
    for _ in range(3):
        done(sender.ask())
    world.pass_time(minutes=30)

    full = sender.ask()

    assert (*refused(full), full.body["limit"]) == (409, "too_many_attachments", 3)


def test_a_closed_ticket_takes_no_new_file_but_what_was_asked_for_before(
    world: World, desk: Desk, sender: Sender
) -> None:
    id_ = sender.uploads()
    done(desk.ticket(sender.ticket, "resolve", {"body": "Yes."}))
    done(desk.ticket(sender.ticket, "close"))

    assert refused(sender.ask()) == (409, "not_allowed_now")
    assert done(sender.confirms(id_))["status"] == "quarantined"


def test_an_answer_given_again_has_the_link_that_was_not_kept(world: World, sender: Sender) -> None:
    first = world.ask("POST", sender.path, announced(), sender.token, Idempotency_Key="k")

    again = world.ask("POST", sender.path, announced(), sender.token, Idempotency_Key="k")

    assert (again.status, again.body) == (201, first.body)
    assert not any("files.test" in str(item) for item in world.items("idempotency"))
    assert len(sender.lists()) == 1
