"""One complaint from a phone number to a closed case, on the local stack."""

from collections import Counter

import pytest

from tests.journeys.stack import Stack
from tests.journeys.story import LI, Story

COMPLIANCE = "compliance-hq@example.com"


@pytest.mark.parametrize("chaos", [None, {"duplicate": 1.0, "shuffle": True}], ids=["calm", "doubled and shuffled"])
def test_a_complaint_goes_its_whole_way_and_every_level_hears_of_it_once(
    stack: Stack, chaos: dict[str, object] | None
) -> None:
    if chaos:
        stack.post("/dev/chaos", chaos)
    story = Story(stack)

    for step in story.steps():
        step()

    ended = story.end_state()
    assert ended["status"] == "closed"
    assert ended["texts"] == {("complaint_received", "delivered"): 1, ("complaint_decided", "delivered"): 1}
    records = ended["records"].elements()
    warned = Counter((name, *(value for _, value in told)) for name, *told in records if name == "clock.warned")
    for clock in ("cn.nfra.decision", "house.resolve"):
        assert warned[("clock.warned", clock, 50, "owner")] == 1
        assert warned[("clock.warned", clock, 75, "lead")] == 1
        assert warned[("clock.warned", clock, 90, "head")] == 1
        assert ended["records"][("clock.missed", ("clock", clock), ("level", "compliance"))] == 1
        told = Counter(to for to, template, text in ended["mails"].elements() if clock in text and "clock" in template)
        assert told == dict.fromkeys(("owner", "lead-east@example.com", "head-hq@example.com", COMPLIANCE), 1), clock
    expected = {"cn.nfra.decision": "missed", "house.acknowledge": "met", "house.resolve": "missed"}
    assert {id_: ended["clocks"][id_] for id_ in expected} == expected
    story.verified()


def test_who_holds_the_link_sees_four_things_and_no_more(stack: Stack) -> None:
    complaint = stack.post("/v1/complaints", {"subject": "Fee", "body": "Twice."}, stack.sign_in(LI))

    seen = stack.get(complaint["status_url"].partition(str(stack.port))[2])

    assert seen == {
        "number": complaint["number"],
        "status": "received",
        "next_step": "we_investigate",
        "next_due_date": seen["next_due_date"],
    }
