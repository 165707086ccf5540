"""One complaint, from a phone number to an escalation, through the routes and jobs."""

from tests.world import LI, World


def test_a_complaint_has_a_number_an_owner_and_its_clocks(world: World) -> None:
    complaint = world.complain(world.sign_in())

    assert complaint["number"].startswith("T-20261123-")
    assert complaint["owner"] in ("agent-east", "agent-east-2")
    due = {clock["id"]: clock["due_at"] for clock in complaint["clocks"]}
    assert due["cn.nfra.decision"] == "2026-12-08T16:00:00.000Z"


def test_the_acknowledgement_goes_out_and_its_receipt_meets_the_clock(world: World) -> None:
    token = world.sign_in()
    complaint = world.complain(token)

    world.drain()

    (text,) = world.provider.to(LI, "complaint_received")
    assert complaint["number"] in text.body
    world.now = world.now.replace(minute=5)
    assert world.receipt(text.id).status == 200
    world.drain()
    clocks = {c["id"]: c for c in world.ask("GET", f"/v1/complaints/{complaint['id']}", token=token).body["clocks"]}
    assert clocks["house.acknowledge"]["state"] == "met"
