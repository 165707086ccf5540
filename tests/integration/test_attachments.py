"""Files of a ticket: announced, uploaded, held back, judged, given out; and whatever else comes instead."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.attachments import policy
from tests.fakes import Object
from tests.integration.matters import Desk, done, enquire, refused
from tests.world import LI, SMITH, Answer, World

PDF = b"%PDF-1.7 a receipt"
JPEG = b"\xff\xd8\xff\xe0 a photograph"


def announced(content: bytes = PDF, **what_matters: Any) -> dict[str, Any]:
    sha256 = hashlib.sha256(content).hexdigest()
    kind = {"name": "receipt.pdf", "content_type": "application/pdf"}
    return {**kind, "size": len(content), "sha256": sha256, **what_matters}


@dataclass
class Sender:
    """Somebody who sends files in for a ticket."""

    world: World
    ticket: str
    token: str

    @property
    def path(self) -> str:
        return f"/v1/tickets/{self.ticket}/attachments"

    def ask(self, content: bytes = PDF, **what_matters: Any) -> Answer:
        return self.world.ask("POST", self.path, announced(content, **what_matters), self.token)

    def uploads(self, content: bytes = PDF, **what_matters: Any) -> str:
        """Announce and upload; give the id."""
        file = done(self.ask(content, **what_matters))
        assert self.world.files.put(file["upload"]["url"], content, file["content_type"]) == 200
        return str(file["id"])

    def confirms(self, id_: str, **headers: str) -> Answer:
        return self.world.ask("POST", f"{self.path}/{id_}/uploaded", None, self.token, **headers)

    def stores(self, content: bytes = PDF, **what_matters: Any) -> str:
        id_ = self.uploads(content, **what_matters)
        assert done(self.confirms(id_))["status"] == "quarantined"
        return id_

    def reads(self, id_: str) -> Answer:
        return self.world.ask("GET", f"{self.path}/{id_}", token=self.token)

    def lists(self) -> dict[str, str]:
        """Give the state of each file that is shown, by id."""
        items = done(self.world.ask("GET", self.path, token=self.token))["items"]
        return {item["id"]: item["status"] for item in items}

    def scanned(self, id_: str, result: str = "NO_THREATS_FOUND") -> None:
        """Let the scanner look, and say so as GuardDuty does."""
        key = f"kept/{self.ticket}/{id_}"
        self.world.files.objects[key].result = result
        hint = {"detail-type": "GuardDuty ...", "detail": {"s3ObjectDetails": {"bucketName": "b", "objectKey": key}}}
        assert not self.world.work("attachments", hint)
        self.world.drain()


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


@pytest.fixture
def li(world: World, desk: Desk) -> Sender:
    token = desk.token(LI)
    return Sender(world, enquire(world, token)["id"], token)


@pytest.fixture
def lead(world: World, desk: Desk, li: Sender) -> Sender:
    return Sender(world, li.ticket, desk.token("lead-east"))


def mark(world: World, desk: Desk, sender: Sender, id_: str, verdict: str, by: str = "lead-east") -> Answer:
    body = {"verdict": verdict, "reason": "Looked at with engine 7.1."}
    return world.ask("POST", f"/v1/desk{sender.path[3:]}/{id_}/mark", body, desk.token(by))


def shelf(world: World, ticket: str) -> list[str]:
    return world.events(f"shelf_{ticket.partition('_')[2]}")


def test_a_file_is_held_back_until_the_scanner_found_it_clean(world: World, li: Sender) -> None:
    id_ = li.stores()
    assert refused(li.reads(id_)) == (409, "attachment_quarantined")

    li.scanned(id_)

    read = done(li.reads(id_))
    assert read["status"] == "clean"
    assert read["download"]["url"].startswith(f"https://files.test/kept/{li.ticket}/{id_}?name=receipt.pdf")
    assert shelf(world, li.ticket) == ["attachment.asked", "attachment.stored", "attachment.cleared", "attachment.read"]
    stored = world.records(f"shelf_{li.ticket[4:]}")[1]["body"]
    assert hashlib.sha256(PDF).hexdigest() in stored
    assert "receipt" not in stored


def test_every_link_to_a_file_is_a_record_of_who_asked(world: World, desk: Desk, li: Sender, lead: Sender) -> None:
    id_ = li.stores()
    li.scanned(id_)
    version = desk.show(li.ticket)["version"]

    for sender in (li, lead, Sender(world, li.ticket, desk.token("auditor-hq"))):
        done(sender.reads(id_))

    who = [(r["event"], r["role"]) for r in world.records(f"shelf_{li.ticket[4:]}")[-3:]]
    assert who == [("attachment.read", role) for role in ("customer", "supervisor", "auditor")]
    assert desk.show(li.ticket)["version"] == version  # reading does not get in the way of work


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
    li: Sender, what: dict[str, Any], field: str, code: str
) -> None:
    answer = li.ask(**what)

    assert refused(answer) == (422, "invalid")
    assert [(error["field"], error["code"]) for error in answer.body["errors"]] == [(field, code)]
    assert li.lists() == {}


def test_a_file_as_large_as_may_be_is_taken(li: Sender) -> None:
    assert li.ask(size=policy.LARGEST).status == 201


def test_a_name_keeps_neither_path_nor_what_cannot_be_seen(li: Sender) -> None:
    names = {"C:\\Users\\Li\\my  receipt.pdf": "my receipt.pdf", "../../etc/..pass\u202ewd\x00.pdf": "passwd.pdf"}
    names |= {f"{'字' * 200}.pdf": f"{'字' * 116}.pdf"}

    for name, kept in names.items():
        assert done(li.ask(name=name))["name"] == kept


def test_nothing_is_confirmed_before_it_has_arrived(world: World, li: Sender) -> None:
    id_ = done(li.ask())["id"]

    assert refused(li.confirms(id_, Idempotency_Key="k")) == (409, "not_uploaded")

    # The same call again is not held to what was answered before anything was there.
    assert world.files.put(f"https://files.test/incoming/{li.ticket}/{id_}", PDF, "application/pdf") == 200
    assert done(li.confirms(id_, Idempotency_Key="k"))["status"] == "quarantined"


@pytest.mark.parametrize(
    ("arrives", "why"),
    [
        (Object(PDF + b"x", "application/pdf"), "size"),
        (Object(PDF[:-1] + b"x", "application/pdf"), "checksum"),
        (Object(PDF, "application/pdf", checked=False), "checksum"),
    ],
)
def test_what_is_not_what_was_announced_is_refused_for_good(
    world: World, li: Sender, arrives: Object, why: str
) -> None:
    id_ = done(li.ask())["id"]
    world.files.objects[f"incoming/{li.ticket}/{id_}"] = arrives

    for _ in range(2):
        answer = li.confirms(id_, Idempotency_Key="k")
        assert (*refused(answer), answer.body["why"]) == (422, "attachment_refused", why)
    assert refused(li.reads(id_)) == (410, "attachment_gone")
    assert shelf(world, li.ticket) == ["attachment.asked", "attachment.refused"]
    assert not [key for key in world.files.objects if key.startswith("kept/")]


def test_a_file_that_begins_otherwise_than_its_type_is_refused(li: Sender) -> None:
    id_ = li.uploads(b"<html><script>", size=14)

    answer = li.confirms(id_)

    assert (*refused(answer), answer.body["why"]) == (422, "attachment_refused", "type")


def test_said_twice_a_file_is_stored_once(world: World, li: Sender) -> None:
    id_ = li.stores()

    assert done(li.confirms(id_))["status"] == "quarantined"

    assert shelf(world, li.ticket) == ["attachment.asked", "attachment.stored"]


def test_what_was_uploaded_and_never_confirmed_is_found_when_its_time_is_over(world: World, li: Sender) -> None:
    id_ = li.uploads()

    world.pass_time(minutes=30)

    assert li.lists() == {id_: "quarantined"}


def test_what_never_comes_is_ended_and_no_sooner_than_its_time_is_over(world: World, li: Sender) -> None:
    id_ = done(li.ask())["id"]
    world.now += policy.UPLOAD_WITHIN
    assert not world.work("attachments", {"due": id_, "pk": li.ticket, "sk": f"attachment#{id_}"})
    assert li.lists() == {id_: "awaited"}

    world.pass_time(minutes=10)

    assert li.lists() == {id_: "expired"}
    assert refused(li.confirms(id_)) == (410, "attachment_gone")
    assert refused(li.reads(id_)) == (410, "attachment_gone")
    assert [item for item in world.items("attachments") if "due_at" in item] == []


def test_an_infected_file_is_deleted_and_the_customer_told_once(world: World, desk: Desk, li: Sender) -> None:
    id_ = li.stores()
    li.scanned(id_, "THREATS_FOUND")

    assert li.lists() == {id_: "removed"}
    assert f"kept/{li.ticket}/{id_}" not in world.files.objects
    assert refused(li.reads(id_)) == (410, "attachment_gone")
    assert shelf(world, li.ticket)[-2:] == ["attachment.infected", "attachment.removed"]
    world.pass_time(hours=2)
    assert len(world.provider.to(LI, "file_infected")) == 1
    assert refused(mark(world, desk, li, id_, "clean")) == (409, "not_allowed_now")


def test_an_infected_file_of_staff_is_told_to_the_owner(world: World, desk: Desk, li: Sender, lead: Sender) -> None:
    id_ = lead.stores(visibility="internal")

    lead.scanned(id_, "THREATS_FOUND")

    owner = desk.show(li.ticket)["owner"]
    assert [one.to for one in desk.heard(li.ticket, "file_infected")] == [f"{owner}@dutydesk.test"]


def test_while_the_store_is_away_an_infected_file_waits_to_be_deleted(world: World, desk: Desk, li: Sender) -> None:
    id_ = li.stores()
    done(mark(world, desk, li, id_, "infected"))
    world.files.away = True
    world.publish()
    assert world.work("attachments", {"due": id_, "pk": li.ticket, "sk": "x"})  # it fails, and will come again
    world.outlet.sent.clear()
    world.files.away = False

    world.now += timedelta(minutes=2)
    world.sweep()
    world.drain()

    assert li.lists() == {id_: "removed"}


def test_staff_say_what_no_scanner_says_and_why(world: World, desk: Desk, li: Sender) -> None:
    id_ = li.stores()

    marked = done(mark(world, desk, li, id_, "clean", "compliance-hq"))

    assert marked["status"] == "clean"
    assert done(li.reads(id_))["download"]["url"]
    assert done(mark(world, desk, li, id_, "infected"))["status"] == "infected"  # known better later
    assert refused(mark(world, desk, li, id_, "clean")) == (409, "not_allowed_now")
    body = world.records(f"shelf_{li.ticket[4:]}")[2]["body"]
    assert hashlib.sha256(b"Looked at with engine 7.1.").hexdigest() in body
    assert "engine" not in body


def test_who_sent_a_file_in_does_not_find_it_clean(world: World, desk: Desk, lead: Sender) -> None:
    id_ = lead.stores()

    assert refused(mark(world, desk, lead, id_, "clean")) == (409, "own_file")
    assert done(mark(world, desk, lead, id_, "clean", "head-hq"))["status"] == "clean"


def test_nothing_is_marked_before_it_has_arrived(world: World, desk: Desk, li: Sender) -> None:
    assert refused(mark(world, desk, li, done(li.ask())["id"], "clean")) == (409, "not_allowed_now")


def test_a_result_that_was_lost_is_looked_for_again(world: World, li: Sender) -> None:
    id_ = li.stores()
    world.files.objects[f"kept/{li.ticket}/{id_}"].result = "NO_THREATS_FOUND"
    world.outlet.sent.clear()
    world.unpublished.clear()

    world.pass_time(minutes=11)

    assert li.lists() == {id_: "clean"}


def test_looking_goes_on_more_and_more_seldom_and_ends(world: World, li: Sender) -> None:
    id_ = li.stores()
    world.drain()
    assert shelf(world, li.ticket) == ["attachment.asked", "attachment.stored"]

    world.pass_time(days=30)

    assert shelf(world, li.ticket)[2:] == ["attachment.unscanned"] * policy.MOST_LOOKS
    assert li.lists() == {id_: "quarantined"}
    assert [item for item in world.items("attachments") if "due_at" in item] == []


def test_what_a_scanner_cannot_say_it_is_not_asked_again(world: World, li: Sender) -> None:
    id_ = li.stores()

    li.scanned(id_, "UNSUPPORTED")
    world.pass_time(days=2)

    assert shelf(world, li.ticket)[2:] == ["attachment.unscanned"]
    assert li.lists() == {id_: "quarantined"}


def test_a_result_about_something_else_is_none_of_ours(world: World) -> None:
    for key in ("kept/tkt_1", "incoming/tkt_1/att_1", "malware-protection-resource-validation-object"):
        hint = {"detail": {"s3ObjectDetails": {"bucketName": "b", "objectKey": key}}}
        assert not world.work("attachments", hint)


def test_what_is_internal_does_not_exist_for_customers(world: World, li: Sender, lead: Sender) -> None:
    assert refused(li.ask(visibility="internal")) == (403, "forbidden")
    id_ = lead.stores(visibility="internal")
    lead.scanned(id_)

    assert li.lists() == {}
    assert refused(li.reads(id_)) == (404, "not_found")
    assert refused(li.confirms(id_)) == (404, "not_found")
    assert lead.lists() == {id_: "clean"}


def test_a_foreign_file_looks_absent(world: World, desk: Desk, li: Sender) -> None:
    id_ = li.stores()
    other = Sender(world, li.ticket, desk.token(SMITH))
    own = Sender(world, enquire(world, desk.token(SMITH))["id"], desk.token(SMITH))

    for answer in (other.ask(), other.confirms(id_), other.reads(id_), own.reads(id_), own.confirms(id_)):
        assert refused(answer) == (404, "not_found")


def test_a_customer_does_not_see_who_of_the_staff_sent_a_file(world: World, li: Sender, lead: Sender) -> None:
    id_ = lead.stores()
    lead.scanned(id_)

    assert done(li.reads(id_))["by"] is None
    assert done(lead.reads(id_))["by"] == "lead-east"


def test_a_ticket_holds_twenty_files_and_what_came_to_nothing_does_not_count(world: World, li: Sender) -> None:
    for _ in range(policy.MOST_STANDING):
        done(li.ask())
    full = li.ask()
    assert (*refused(full), full.body["limit"]) == (409, "too_many_attachments", 20)

    world.pass_time(minutes=30)

    assert li.ask().status == 201


def test_nobody_asks_without_end(world: World, li: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "MOST_ASKED", 3)
    for _ in range(3):
        done(li.ask())
    world.pass_time(minutes=30)

    full = li.ask()

    assert (*refused(full), full.body["limit"]) == (409, "too_many_attachments", 3)


def test_a_closed_ticket_takes_no_new_file_but_what_was_asked_for_before(world: World, desk: Desk, li: Sender) -> None:
    id_ = li.uploads()
    done(desk.ticket(li.ticket, "resolve", {"body": "Yes."}))
    done(desk.ticket(li.ticket, "close"))

    assert refused(li.ask()) == (409, "not_allowed_now")
    assert done(li.confirms(id_))["status"] == "quarantined"


def test_a_file_ends_the_waiting_for_the_customer_that_began_before_it(world: World, desk: Desk, li: Sender) -> None:
    done(desk.ticket(li.ticket, "wait", {"reason": "waiting_for_customer"}))
    world.now += timedelta(minutes=1)
    li.stores()
    world.drain()
    assert desk.show(li.ticket)["waiting"] == []
    assert "ticket.resumed" in world.events(li.ticket)

    world.now += timedelta(minutes=1)
    done(desk.ticket(li.ticket, "wait", {"reason": "waiting_for_customer"}))
    world.pass_time(hours=3)  # the first file is looked at again and again

    assert desk.show(li.ticket)["waiting"]


def test_a_file_of_staff_ends_no_waiting(world: World, desk: Desk, li: Sender, lead: Sender) -> None:
    done(desk.ticket(li.ticket, "wait", {"reason": "waiting_for_customer"}))

    lead.stores()
    world.drain()

    assert desk.show(li.ticket)["waiting"]


def test_merged_and_split_tickets_show_the_files_of_the_other_where_they_stand(
    world: World, desk: Desk, li: Sender
) -> None:
    id_ = li.stores()
    li.scanned(id_)
    kept = Sender(world, enquire(world, li.token)["id"], li.token)
    done(desk.ticket(li.ticket, "merge", {"ticket": kept.ticket}))
    part = done(desk.ticket(kept.ticket, "split", {"subject": "s", "body": "b"}))["id"]

    for ticket in (kept.ticket, part):
        (item,) = done(world.ask("GET", f"/v1/tickets/{ticket}/attachments", token=li.token))["items"]
        assert (item["id"], item["ticket"]) == (id_, li.ticket)
    assert done(li.reads(id_))["download"]["url"]
    assert refused(kept.reads(id_)) == (404, "not_found")


def test_who_speaks_on_one_ticket_only_does_not_see_the_files_of_the_other(
    world: World, desk: Desk, li: Sender
) -> None:
    li.stores()
    kept = enquire(world, li.token)["id"]
    done(desk.ticket(li.ticket, "merge", {"ticket": kept}))
    mandate = {"phone": SMITH, "capacity": "agent", "document_sha256": "5e" * 32}
    done(desk.ticket(kept, "mandates", mandate))

    assert Sender(world, kept, desk.token(SMITH)).lists() == {}


def test_an_answer_given_again_has_the_link_that_was_not_kept(world: World, li: Sender) -> None:
    first = world.ask("POST", li.path, announced(), li.token, Idempotency_Key="k")

    again = world.ask("POST", li.path, announced(), li.token, Idempotency_Key="k")

    assert (again.status, again.body) == (201, first.body)
    assert not any("files.test" in str(item) for item in world.items("idempotency"))
    assert len(li.lists()) == 1


def test_hints_twice_late_and_in_any_order_change_nothing(world: World, li: Sender) -> None:
    id_ = li.stores()
    li.scanned(id_, "THREATS_FOUND")
    before = shelf(world, li.ticket)

    for hint in (
        {"event": "attachment.stored", "body": {"ticket": li.ticket, "attachment": id_}},
        {"event": "attachment.infected", "body": {"ticket": li.ticket, "attachment": id_}},
        {"due": id_, "pk": li.ticket, "sk": f"attachment#{id_}"},
    ):
        for _ in range(2):
            assert not world.work("attachments", hint)

    assert shelf(world, li.ticket) == before
