"""Who sees which file of a ticket, what is noted of it, and what it does to the ticket."""

from datetime import timedelta

from tests.integration.enclosed import Sender
from tests.integration.matters import Desk, done, enquire, refused
from tests.world import SMITH, World


def test_every_link_to_a_file_is_a_record_of_who_asked(world: World, desk: Desk, sender: Sender, lead: Sender) -> None:
    id_ = sender.stores()
    sender.scanned(id_)
    version = desk.show(sender.ticket)["version"]

    for who in (sender, lead, Sender(world, sender.ticket, desk.token("auditor-hq"))):
        done(who.reads(id_))

    who = [(r["event"], r["role"]) for r in world.records(f"shelf_{sender.ticket[4:]}")[-3:]]
    assert who == [("attachment.read", role) for role in ("customer", "supervisor", "auditor")]
    assert desk.show(sender.ticket)["version"] == version  # reading does not get in the way of work


def test_what_is_internal_does_not_exist_for_customers(world: World, sender: Sender, lead: Sender) -> None:
    assert refused(sender.ask(visibility="internal")) == (403, "forbidden")
    id_ = lead.stores(visibility="internal")
    lead.scanned(id_)

    assert sender.lists() == {}
    assert refused(sender.reads(id_)) == (404, "not_found")
    assert refused(sender.confirms(id_)) == (404, "not_found")
    assert lead.lists() == {id_: "clean"}


def test_a_foreign_file_looks_absent(world: World, desk: Desk, sender: Sender) -> None:
    id_ = sender.stores()
    other = Sender(world, sender.ticket, desk.token(SMITH))
    own = Sender(world, enquire(world, desk.token(SMITH))["id"], desk.token(SMITH))

    for answer in (other.ask(), other.confirms(id_), other.reads(id_), own.reads(id_), own.confirms(id_)):
        assert refused(answer) == (404, "not_found")


def test_a_customer_does_not_see_who_of_the_staff_sent_a_file(world: World, sender: Sender, lead: Sender) -> None:
    id_ = lead.stores()
    lead.scanned(id_)

    assert done(sender.reads(id_))["by"] is None
    assert done(lead.reads(id_))["by"] == "lead-east"


def test_a_file_ends_the_waiting_for_the_customer_that_began_before_it(
    world: World, desk: Desk, sender: Sender
) -> None:
    done(desk.ticket(sender.ticket, "wait", {"reason": "waiting_for_customer"}))
    world.now += timedelta(minutes=1)
    sender.stores()
    world.drain()
    assert desk.show(sender.ticket)["waiting"] == []
    assert "ticket.resumed" in world.events(sender.ticket)

    world.now += timedelta(minutes=1)
    done(desk.ticket(sender.ticket, "wait", {"reason": "waiting_for_customer"}))
    world.pass_time(hours=3)  # the first file is looked at again and again

    assert desk.show(sender.ticket)["waiting"]


def test_a_file_of_staff_ends_no_waiting(world: World, desk: Desk, sender: Sender, lead: Sender) -> None:
    done(desk.ticket(sender.ticket, "wait", {"reason": "waiting_for_customer"}))

    lead.stores()
    world.drain()

    assert desk.show(sender.ticket)["waiting"]


def test_merged_and_split_tickets_show_the_files_of_the_other_where_they_stand(
    world: World, desk: Desk, sender: Sender
) -> None:
    id_ = sender.stores()
    sender.scanned(id_)
    kept = Sender(world, enquire(world, sender.token)["id"], sender.token)
    done(desk.ticket(sender.ticket, "merge", {"ticket": kept.ticket}))
    part = done(desk.ticket(kept.ticket, "split", {"subject": "s", "body": "b"}))["id"]

    for ticket in (kept.ticket, part):
        (item,) = done(world.ask("GET", f"/v1/tickets/{ticket}/attachments", token=sender.token))["items"]
        assert (item["id"], item["ticket"]) == (id_, sender.ticket)
    assert done(sender.reads(id_))["download"]["url"]
    assert refused(kept.reads(id_)) == (404, "not_found")


def test_who_speaks_on_one_ticket_only_does_not_see_the_files_of_the_other(
    world: World, desk: Desk, sender: Sender
) -> None:
    sender.stores()
    kept = enquire(world, sender.token)["id"]
    done(desk.ticket(sender.ticket, "merge", {"ticket": kept}))
    mandate = {"phone": SMITH, "capacity": "agent", "document_sha256": "5e" * 32}
    done(desk.ticket(kept, "mandates", mandate))

    assert Sender(world, kept, desk.token(SMITH)).lists() == {}
