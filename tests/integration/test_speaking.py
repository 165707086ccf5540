"""Who speaks for a customer, what a customer needs, and how often they may ask how it stands."""

from datetime import timedelta

import pytest

from chalicelib.kernel.clock import text as written
from tests.integration.matters import UPHELD, Desk, clocks, done, enquire, refused, told
from tests.world import LI, SMITH, Answer, World


@pytest.fixture(scope="module")
def desk(standing: World) -> Desk:
    return Desk(standing)


@pytest.fixture
def world(standing: World) -> World:
    return standing


@pytest.fixture
def ticket(world: World, desk: Desk) -> str:
    return str(world.complain(desk.token(LI))["id"])


MANDATE = {"capacity": "heir", "document_sha256": "5e" * 32}


def let_speak(world: World, desk: Desk, ticket: str, phone: str = SMITH, **but: object) -> str:
    """Keep a mandate; give who may speak."""
    done(desk.ticket(ticket, "mandates", MANDATE | {"phone": phone, **but}))
    return str(told(world, ticket, "ticket.mandate_kept")[-1]["representative"])


def can(world: World, desk: Desk, ticket: str, phone: str = SMITH) -> list[int]:
    """Give what a customer is answered to reading, writing, and answering for the other."""
    token = desk.token(phone)
    return [
        world.ask("GET", f"/v1/tickets/{ticket}", token=token).status,
        world.ask("GET", f"/v1/tickets/{ticket}/messages", token=token).status,
        desk.write(ticket, "I speak for them.", phone).status,
    ]


def test_a_representative_reads_and_writes_on_that_ticket_and_no_other(world: World, desk: Desk, ticket: str) -> None:
    other = world.complain(desk.token(LI))["id"]
    assert can(world, desk, ticket) == [404, 404, 404]

    let_speak(world, desk, ticket)

    assert can(world, desk, ticket) == [200, 200, 201]
    assert can(world, desk, other) == [404, 404, 404]
    assert ticket not in {row["id"] for row in world.ask("GET", "/v1/tickets", token=desk.token(SMITH)).body["items"]}
    assert world.ask("GET", f"/v1/desk/tickets/{ticket}/history", token=desk.token(SMITH)).status == 403
    (record,) = told(world, ticket, "ticket.mandate_kept")
    assert (record["capacity"], record["document_sha256"]) == ("heir", "5e" * 32)
    assert SMITH not in str(record)


def test_a_mandate_ends_when_it_says_and_when_it_is_taken_back(world: World, desk: Desk, ticket: str) -> None:
    until = world.now + timedelta(days=1)
    let_speak(world, desk, ticket, until=written(until))
    world.now = until - timedelta(milliseconds=1)
    assert can(world, desk, ticket) == [200, 200, 201]
    world.now = until
    assert can(world, desk, ticket) == [404, 404, 404]

    who = let_speak(world, desk, ticket)
    path = f"/v1/desk/tickets/{ticket}/mandates/{who}"
    assert can(world, desk, ticket) == [200, 200, 201]
    done(world.ask("DELETE", path, token=desk.token("lead-east")))
    assert can(world, desk, ticket) == [404, 404, 404]
    assert refused(world.ask("DELETE", path, token=desk.token("lead-east"))) == (404, "not_found")
    assert world.events(ticket)[-1] == "ticket.mandate_ended"


def test_at_most_five_speak_for_one_customer(world: World, desk: Desk, ticket: str) -> None:
    phones = [f"+8613900139{number:03}" for number in range(6)]
    for phone in phones[:5]:
        let_speak(world, desk, ticket, phone)
    answer = desk.ticket(ticket, "mandates", MANDATE | {"phone": phones[5]})
    assert refused(answer) == (422, "too_many_representatives")
    let_speak(world, desk, ticket, phones[0], capacity="agent")  # the same person anew is nobody more
    assert len(told(world, ticket, "ticket.mandate_kept")) == 6


def test_a_mandate_that_is_over_makes_room(world: World, desk: Desk, ticket: str) -> None:
    phones = [f"+8613900139{number:03}" for number in range(6)]
    for phone in phones[:5]:
        let_speak(world, desk, ticket, phone, until=written(world.now + timedelta(hours=1)))
    world.now += timedelta(hours=1)
    let_speak(world, desk, ticket, phones[5])


def test_a_mandate_needs_a_person_a_document_and_a_future(world: World, desk: Desk, ticket: str) -> None:
    for wrong, code in (
        ({"phone": "12345"}, "phone_invalid"),
        ({"phone": LI}, "invalid"),
        ({"document_sha256": "5e"}, "invalid"),
        ({"capacity": "friend"}, "invalid"),
        ({"until": written(world.now)}, "invalid"),
    ):
        answer = desk.ticket(ticket, "mandates", MANDATE | {"phone": SMITH} | wrong)
        assert refused(answer) == (422, code), wrong
    assert world.events(ticket) == ["complaint.received"]


# --- needs --------------------------------------------------------------------------------------------------------


def needs(desk: Desk, ticket: str, *kinds: str, **but: object) -> Answer:
    return desk.own(ticket, "support-needs", {"kinds": list(kinds), "consent": True, **but}, "tickets")


def test_needs_raise_the_priority_and_taken_back_no_longer(world: World, desk: Desk, ticket: str) -> None:
    assert desk.show(ticket)["priority"] == "normal"

    shown = done(needs(desk, ticket, "hearing", "large_print"))

    assert (shown["priority"], shown["support_needs"]) == ("high", ["hearing", "large_print"])
    (record,) = told(world, ticket, "ticket.needs_kept")
    assert record["count"] == 2
    assert "hearing" not in str(record)
    assert done(needs(desk, ticket))["priority"] == "normal"


@pytest.mark.parametrize(
    ("need", "way"), [("hearing", "phone"), ("speech", "phone"), ("sight", "letter"), ("mobility", "branch")]
)
def test_what_somebody_cannot_use_is_no_way_to_them(desk: Desk, ticket: str, need: str, way: str) -> None:
    done(needs(desk, ticket, need))
    done(desk.case(ticket, "decide", UPHELD))

    answer = desk.case(ticket, "deliver", {"channel": way, "proof": "A receipt."})

    assert (refused(answer), answer.body["unsuitable"]) == ((422, "way_unsuitable"), [way])
    other = "letter" if way != "letter" else "branch"
    assert done(desk.case(ticket, "deliver", {"channel": other, "proof": "A receipt."}))["status"] == "delivered"


def test_needs_are_kept_with_consent_for_a_year_at_most(world: World, desk: Desk, ticket: str) -> None:
    today = world.now.date()
    for wrong in (
        {"consent": False},
        {"review_on": today.isoformat()},
        {"review_on": (today + timedelta(days=366)).isoformat()},
        {"kinds": ["wealth"]},
    ):
        assert refused(needs(desk, ticket, "sight", **wrong)) == (422, "invalid"), wrong
    done(needs(desk, ticket, "sight", review_on=(today + timedelta(days=365)).isoformat()))
    without = desk.own(ticket, "support-needs", {"kinds": ["sight"]}, "tickets")
    assert refused(without) == (422, "invalid")


def test_needs_told_when_filing_count_at_once(world: World, desk: Desk) -> None:
    assert enquire(world, desk.token(LI), support_needs=["elderly"])["priority"] == "high"


# --- asking how it stands -----------------------------------------------------------------------------------------


def test_an_update_is_answered_with_the_clocks_and_the_owner_hears_of_it(world: World, desk: Desk, ticket: str) -> None:
    before = desk.clocks(ticket)

    shown = done(desk.own(ticket, "update-requests", kind="tickets"))
    world.drain()

    assert clocks(shown) == before  # asking is no word to the customer that says something new
    (mail,) = desk.heard(ticket, "update_asked")
    assert mail.to == f"{shown['owner']}@dutydesk.test"
    assert world.events(ticket).count("ticket.update_asked") == 1


def test_an_update_is_asked_for_once_a_day(world: World, desk: Desk, ticket: str) -> None:
    done(desk.own(ticket, "update-requests", kind="tickets"))
    asked_at = world.now
    world.now = asked_at + timedelta(hours=24) - timedelta(seconds=1)

    again = desk.own(ticket, "update-requests", kind="tickets")

    assert refused(again) == (429, "update_asked_already")
    assert again.headers["Retry-After"] == "2"
    world.now = asked_at + timedelta(hours=24)
    done(desk.own(ticket, "update-requests", kind="tickets"))
    assert refused(desk.own(ticket, "update-requests", kind="tickets", by=SMITH)) == (404, "not_found")
