"""What can be had where and when, and why it cannot."""

import pytest

from tests.integration.visits import AT, book, done, hold, refused, seats
from tests.world import World


def test_a_service_says_what_to_bring_and_whether_one_has_to_come(world: World, li: str) -> None:
    known = {service["id"]: service for service in done(world.ask("GET", "/v1/services"))["items"]}

    assert len(known) == 6
    assert known["account-opening"]["need_to_come"] and known["account-opening"]["assurance"] == "document"
    assert [it["id"] for it in known["account-opening"]["documents"]] == ["id-document", "proof-of-address"]
    assert not known["card-replacement"]["need_to_come"]
    assert known["card-replacement"]["instead"]["en"].startswith("Order a new card in the app")
    assert known["card-replacement"]["channels"] == ["branch", "kiosk", "online"]


def test_branches_come_nearest_first_and_only_where_the_service_can_be_had(world: World, li: str) -> None:
    def ids(query: str) -> list[str]:
        return [branch["id"] for branch in done(world.ask("GET", f"/v1/branches{query}"))["items"]]

    assert ids("?near=51.5,-0.1") == ["london-city", "shanghai-bund", "shanghai-pudong"]
    assert ids("?near=31.236,121.506&service=card-replacement")[0] == "shanghai-pudong"
    assert ids("?service=safe-deposit") == ["shanghai-bund"]
    assert refused(world.ask("GET", "/v1/branches?service=none")) == (404, "not_found")
    assert refused(world.ask("GET", "/v1/branches?near=95,0")) == (422, "invalid")
    assert refused(world.ask("GET", "/v1/branches?near=here")) == (422, "invalid")


def test_slots_tell_why_a_day_is_empty_and_when_the_next_is_free(world: World, li: str) -> None:
    found = done(world.ask("GET", f"{AT}&from=2026-11-28&days=2"))

    assert [(day["date"], day["closed_because"]) for day in found["days"]] == [
        ("2026-11-28", "closed"),
        ("2026-11-29", "closed"),
    ]
    assert found["next_free"] == "2026-11-30T01:00:00.000Z"
    assert (found["timezone"], found["minutes"]) == ("Asia/Shanghai", 15)


def test_several_services_in_one_visit_add_up_and_their_documents_are_told_once(world: World, li: str) -> None:
    found = done(world.ask("GET", f"{AT}&also=account-opening,statement-stamp&from=2026-11-24"))

    assert found["minutes"] == 15 + 45 + 15
    assert [it["id"] for it in found["documents"]] == ["id-document", "proof-of-address"]
    held = done(hold(world, li, also=["account-opening", "statement-stamp"]))
    assert held["ends_at"] == "2026-11-24T02:15:00.000Z"
    booked = done(book(world, li, held))
    assert booked["services"] == ["card-replacement", "account-opening", "statement-stamp"]
    assert booked["late_cancel_hours"] == 4


@pytest.mark.parametrize(
    ("start", "why"),
    [
        ("2026-11-24T01:05:00Z", "closed"),
        ("2026-11-24T00:45:00Z", "closed"),
        ("2026-11-28T01:00:00Z", "closed"),
        ("2026-11-23T02:30:00Z", "lead_time"),
        ("2026-11-20T02:00:00Z", "lead_time"),
        ("2027-03-01T01:00:00Z", "horizon"),
    ],
)
def test_a_time_at_which_no_visit_begins_is_refused_with_the_reason(
    world: World, li: str, start: str, why: str
) -> None:
    answer = hold(world, li, start)

    assert refused(answer) == (422, "not_a_slot")
    assert answer.body["closed_because"] == why
    assert seats(world) == {}


def test_what_cannot_be_had_there_is_refused(world: World, li: str) -> None:
    assert refused(hold(world, li, service="estate")) == (422, "not_bookable")
    assert refused(hold(world, li, service="none")) == (404, "not_found")
    assert refused(hold(world, li, branch="none")) == (404, "not_found")
