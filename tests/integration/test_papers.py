"""Documents before a visit, from the link in the message to the file that is gone: what is wired, once."""

from datetime import timedelta

from tests.integration.matters import done, refused
from tests.integration.papers import DOCUMENT, Papers
from tests.integration.visits import Reception
from tests.world import LI, World

PROOF = "proof-of-address"


def test_documents_are_sent_in_by_the_link_looked_at_and_gone_a_week_after_the_visit(
    world: World, reception: Reception
) -> None:
    clerk = world.staff("agent-east")
    visit = reception.booked(branch="shanghai-bund", service="account-opening", start="2026-11-25T02:00:00Z")
    world.drain()
    papers = Papers(world, visit)
    done(world.ask("POST", f"/v1/visits/{papers.link}/checklist/{DOCUMENT}", {"brings": True}))
    file, blurred = papers.stores(PROOF), papers.stores()
    papers.scanned(file), papers.scanned(blurred)
    assert papers.standings() == {DOCUMENT: "to_check", PROOF: "to_check"}

    waiting = done(world.ask("GET", "/v1/desk/branches/shanghai-bund/papers", token=clerk))["items"]
    assert [row["id"] for row in waiting] == [visit["id"]]
    shown = done(world.ask("GET", f"/v1/desk/appointments/{visit['id']}/files/{file}", token=clerk))
    assert (shown["document"], shown["download"]["url"].partition("?")[0][-30:]) == (PROOF, file[-30:])
    path = f"/v1/desk/appointments/{visit['id']}/checklist"
    replace = {"verdict": "replace", "file": blurred, "reason": "unreadable"}
    done(world.ask("POST", f"{path}/{DOCUMENT}", replace, clerk))
    after = done(world.ask("POST", f"{path}/{PROOF}", {"verdict": "accepted", "file": file}, clerk))

    assert (after["saved_minutes"], after["ends_at"]) == (15, "2026-11-25T02:30:00.000Z")
    assert papers.standings() == {DOCUMENT: "replace", PROOF: "accepted"}
    calendar = world.ask("GET", visit["ics_url"].partition(".test")[2]).text
    assert "SEQUENCE:1" in calendar and "DTEND:20261125T023000Z" in calendar and "Proof of address" not in calendar
    assert done(world.ask("GET", "/v1/desk/branches/shanghai-bund/papers", token=clerk))["items"] == []
    world.drain()
    (text,) = world.provider.to(LI, "appointment_paper_replace")
    assert "身份证或护照" in text.body and "内容无法辨认" in text.body and "/v1/visits/" in text.body
    (line,) = done(
        world.ask("GET", "/v1/desk/branches/shanghai-bund/figures?from=2026-11-25&to=2026-11-25", token=clerk)
    )["items"]
    assert (line["asked_again"], line["saved_minutes"]) == (1, 15)

    world.now += timedelta(days=10)
    world.sweep()
    world.drain()
    assert not [key for key in world.files.objects if key.startswith("kept/apt_")]
    clerk = world.staff("agent-east")
    assert refused(world.ask("GET", f"/v1/desk/appointments/{visit['id']}/files/{file}", token=clerk)) == (
        410,
        "attachment_gone",
    )
    assert world.events(f"shelf_{visit['id'][4:]}").count("attachment.ended") == 2


def test_of_a_visit_that_is_cancelled_nothing_is_kept(world: World, reception: Reception) -> None:
    visit = reception.booked()
    papers = Papers(world, visit)
    papers.scanned(papers.stores())

    done(world.ask("POST", f"/v1/visits/{papers.link}/cancel"))
    world.drain()

    assert not [key for key in world.files.objects if key.startswith("kept/apt_")]
    assert refused(world.ask("GET", f"/v1/visits/{papers.link}/checklist")) == (404, "not_found")


def test_a_document_that_is_harmful_is_deleted_and_the_customer_is_told(world: World, reception: Reception) -> None:
    papers = Papers(world, reception.booked())
    papers.scanned(papers.stores(), "THREATS_FOUND")
    world.drain()

    assert len(world.provider.to(LI, "appointment_file_infected")) == 1
    assert papers.standings() == {DOCUMENT: "open"}


def test_a_ticket_has_no_way_to_the_files_of_a_visit_nor_back(world: World, reception: Reception, li: str) -> None:
    visit = reception.booked()
    file = Papers(world, visit).stores()

    for path in (f"/v1/tickets/{visit['id']}/attachments", f"/v1/tickets/{visit['id']}/attachments/{file}"):
        assert refused(world.ask("GET", path, token=li)) == (404, "not_found")
        assert refused(world.ask("GET", path, token=reception.lead)) == (404, "not_found")


def test_a_verdict_is_said_whole(world: World) -> None:
    clerk = world.staff("agent-east")
    for found in (
        {"verdict": "accepted"},
        {"verdict": "accepted", "file": "att_1", "reason": "needed"},
        {"verdict": "replace", "file": "att_1"},
        {"verdict": "replace", "reason": "unreadable"},
        {"verdict": "missing"},
        {"verdict": "missing", "reason": "I do not like it"},
        {"verdict": "lost", "reason": "needed"},
    ):
        answer = world.ask("POST", f"/v1/desk/appointments/apt_none/checklist/{DOCUMENT}", found, clerk)
        assert refused(answer) == (422, "invalid"), found
