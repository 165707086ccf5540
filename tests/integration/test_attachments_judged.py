"""Files are held back, judged by the scanner or by staff, and deleted if they are infected."""

import hashlib
from datetime import timedelta

from chalicelib.attachments import policy
from tests.integration.enclosed import PDF, Sender, mark, shelf
from tests.integration.matters import Desk, done, refused
from tests.world import LI, World


def test_a_file_is_held_back_until_the_scanner_found_it_clean(world: World, sender: Sender) -> None:
    id_ = sender.stores()
    assert refused(sender.reads(id_)) == (409, "attachment_quarantined")

    sender.scanned(id_)

    read = done(sender.reads(id_))
    assert read["status"] == "clean"
    assert read["download"]["url"].startswith(f"https://files.test/kept/{sender.ticket}/{id_}?name=receipt.pdf")
    assert shelf(world, sender.ticket) == [
        "attachment.asked",
        "attachment.stored",
        "attachment.cleared",
        "attachment.read",
    ]
    stored = world.records(f"shelf_{sender.ticket[4:]}")[1]["body"]
    assert hashlib.sha256(PDF).hexdigest() in stored
    assert "receipt" not in stored


def test_an_infected_file_is_deleted_and_the_customer_told_once(world: World, desk: Desk, sender: Sender) -> None:
    id_ = sender.stores()
    sender.scanned(id_, "THREATS_FOUND")

    assert sender.lists() == {id_: "removed"}
    assert f"kept/{sender.ticket}/{id_}" not in world.files.objects
    assert refused(sender.reads(id_)) == (410, "attachment_gone")
    assert shelf(world, sender.ticket)[-2:] == ["attachment.infected", "attachment.removed"]
    world.pass_time(hours=2)
    assert len(world.provider.to(LI, "file_infected")) == 1
    assert refused(mark(world, desk, sender, id_, "clean")) == (409, "not_allowed_now")


def test_an_infected_file_of_staff_is_told_to_the_owner(world: World, desk: Desk, sender: Sender, lead: Sender) -> None:
    id_ = lead.stores(visibility="internal")

    lead.scanned(id_, "THREATS_FOUND")

    owner = desk.show(sender.ticket)["owner"]
    assert [one.to for one in desk.heard(sender.ticket, "file_infected")] == [f"{owner}@dutydesk.test"]


def test_while_the_store_is_away_an_infected_file_waits_to_be_deleted(world: World, desk: Desk, sender: Sender) -> None:
    id_ = sender.stores()
    done(mark(world, desk, sender, id_, "infected"))
    world.files.away = True
    world.publish()
    assert world.work("attachments", {"due": id_, "pk": sender.ticket, "sk": "x"})  # it fails, and will come again
    world.outlet.sent.clear()
    world.files.away = False

    world.now += timedelta(minutes=2)
    world.sweep()
    world.drain()

    assert sender.lists() == {id_: "removed"}


def test_staff_say_what_no_scanner_says_and_why(world: World, desk: Desk, sender: Sender) -> None:
    id_ = sender.stores()

    marked = done(mark(world, desk, sender, id_, "clean", "compliance-hq"))

    assert marked["status"] == "clean"
    assert done(sender.reads(id_))["download"]["url"]
    assert done(mark(world, desk, sender, id_, "infected"))["status"] == "infected"  # known better later
    assert refused(mark(world, desk, sender, id_, "clean")) == (409, "not_allowed_now")
    body = world.records(f"shelf_{sender.ticket[4:]}")[2]["body"]
    assert hashlib.sha256(b"Looked at with engine 7.1.").hexdigest() in body
    assert "engine" not in body


def test_who_sent_a_file_in_does_not_find_it_clean(world: World, desk: Desk, lead: Sender) -> None:
    id_ = lead.stores()

    assert refused(mark(world, desk, lead, id_, "clean")) == (409, "own_file")
    assert done(mark(world, desk, lead, id_, "clean", "head-hq"))["status"] == "clean"


def test_nothing_is_marked_before_it_has_arrived(world: World, desk: Desk, sender: Sender) -> None:
    assert refused(mark(world, desk, sender, done(sender.ask())["id"], "clean")) == (409, "not_allowed_now")


def test_a_result_that_was_lost_is_looked_for_again(world: World, sender: Sender) -> None:
    id_ = sender.stores()
    world.files.objects[f"kept/{sender.ticket}/{id_}"].result = "NO_THREATS_FOUND"
    world.outlet.sent.clear()
    world.unpublished.clear()

    world.pass_time(minutes=11)

    assert sender.lists() == {id_: "clean"}


def test_looking_goes_on_more_and_more_seldom_and_ends_with_the_lead(world: World, desk: Desk, sender: Sender) -> None:
    id_ = sender.stores()
    world.drain()
    assert shelf(world, sender.ticket) == ["attachment.asked", "attachment.stored"]

    world.pass_time(days=30)

    assert shelf(world, sender.ticket)[2:] == ["attachment.unscanned"] * policy.MOST_LOOKS
    (file,) = (item for item in world.items("attachments") if item["id"] == id_)
    assert (file["state"], "due_at" in file) == ("quarantined", False)
    assert [one.to for one in desk.heard(sender.ticket, "file_unscanned")] == ["lead-east@dutydesk.test"]


def test_what_a_scanner_cannot_say_the_lead_is_asked_for(world: World, desk: Desk, sender: Sender) -> None:
    id_ = sender.stores()

    sender.scanned(id_, "UNSUPPORTED")
    world.pass_time(days=2)

    assert shelf(world, sender.ticket)[2:] == ["attachment.unscanned"]
    (file,) = (item for item in world.items("attachments") if item["id"] == id_)
    assert (file["state"], "due_at" in file) == ("quarantined", False)
    assert [one.to for one in desk.heard(sender.ticket, "file_unscanned")] == ["lead-east@dutydesk.test"]


def test_a_result_about_something_else_is_none_of_ours(world: World) -> None:
    for key in ("kept/tkt_1", "incoming/tkt_1/att_1", "malware-protection-resource-validation-object"):
        hint = {"detail": {"s3ObjectDetails": {"bucketName": "b", "objectKey": key}}}
        assert not world.work("attachments", hint)


def test_hints_twice_late_and_in_any_order_change_nothing(world: World, sender: Sender) -> None:
    id_ = sender.stores()
    sender.scanned(id_, "THREATS_FOUND")
    before = shelf(world, sender.ticket)

    for hint in (
        {"event": "attachment.stored", "body": {"ticket": sender.ticket, "attachment": id_}},
        {"event": "attachment.infected", "body": {"ticket": sender.ticket, "attachment": id_}},
        {"due": id_, "pk": sender.ticket, "sk": f"attachment#{id_}"},
    ):
        for _ in range(2):
            assert not world.work("attachments", hint)

    assert shelf(world, sender.ticket) == before
