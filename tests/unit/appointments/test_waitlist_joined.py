"""Who may wait for what, in which order, until when."""

from typing import Any

import pytest

from tests.unit.appointments.lobby import BUND, TUESDAY, Lobby, done, link
from tests.world import LI


def refused(answer: Any) -> tuple[int, str]:
    return answer.status, answer.code


def test_the_order_is_fewer_offers_then_support_then_who_joined_first(lobby: Lobby) -> None:
    lobby.full()
    first, second = lobby.waits(1), lobby.waits(2)
    needing = lobby.waits(3, support_needs=["mobility"])

    assert [(it["place"], it["id"], it["because"]) for it in lobby.standing()] == [
        (1, needing["id"], None),
        (2, first["id"], "needs_support"),
        (3, second["id"], "joined_earlier"),
    ]


def test_one_waits_once_for_a_day_at_a_branch_and_five_times_in_all(lobby: Lobby) -> None:
    lobby.full()
    entry = lobby.waits(1, last="2026-11-26")
    body = {"branch": BUND, "service": "card", "first": "2026-11-26"}

    again = lobby.world.ask("POST", "/v1/waitlist", body, lobby.token(1))

    assert refused(again) == (409, "already_waiting") and again.body["waiting"] == entry["id"]
    for day in ("27", "28", "29", "30"):
        lobby.waits(1, first=f"2026-11-{day}")
    sixth = lobby.world.ask("POST", "/v1/waitlist", {**body, "first": "2026-12-01"}, lobby.token(1))
    assert refused(sixth) == (409, "too_many_waiting") and sixth.body["most"] == 5


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"first": "2026-11-22"}, "first"),
        ({"first": "2026-11-25", "last": "2026-11-24"}, "last"),
        ({"first": "2026-11-24", "last": "2026-12-01"}, "last"),
        ({"first": "2026-12-24", "last": "2026-12-24"}, "last"),
    ],
)
def test_days_nobody_can_wait_for_are_refused(lobby: Lobby, days: dict[str, str], field: str) -> None:
    answer = lobby.world.ask("POST", "/v1/waitlist", {"branch": BUND, "service": "card", **days}, lobby.token(1))

    assert refused(answer) == (422, "invalid")
    assert [error["field"] for error in answer.body["errors"]] == [field]


def test_one_leaves_at_any_time_and_what_was_offered_goes_to_the_next(lobby: Lobby) -> None:
    visits = lobby.full()
    first, second, third = (lobby.waits(number) for number in (1, 2, 3))
    done(lobby.world.ask("POST", f"/v1/waits/{link(second)}/leave"))
    lobby.cancel(visits[0])
    lobby.world.drain()

    left = done(lobby.world.ask("POST", f"/v1/waitlist/{first['id']}/leave", token=lobby.token(1)))
    lobby.world.drain()

    assert left["stage"] == "left"
    assert lobby.stands(third)["stage"] == "offered"
    assert [it["by"] for it in lobby.told(second, "waitlist.left")] == ["link"]
    again = lobby.world.ask("POST", f"/v1/waits/{link(first)}/leave")
    assert refused(again) == (409, "not_allowed_now")
    shown = done(lobby.world.ask("GET", "/v1/waitlist", token=lobby.token(1)))["items"]
    assert [(it["id"], it["stage"]) for it in shown] == [(first["id"], "left")]
    assert done(lobby.world.ask("GET", "/v1/appointments", token=lobby.token(1)))["items"] == []


def test_an_entry_ends_with_its_last_day_and_they_hear_of_it_in_the_morning(lobby: Lobby) -> None:
    lobby.full()
    entry = lobby.waits(1)

    lobby.world.pass_time(days=2)

    assert lobby.stands(entry)["stage"] == "expired"
    (text,) = lobby.texts(1, "expired")
    assert TUESDAY in text.body
    assert "waitlist.expired" in lobby.world.events(entry["id"])
    watches = [item for item in lobby.world.items("appointments") if item["sk"] == "watch"]
    assert watches == [], "nobody waits, and nobody looks"


def test_customers_join_themselves_and_a_forged_link_shows_nothing(lobby: Lobby) -> None:
    visits = lobby.full()
    token = lobby.token(1)
    body = {
        "branch": BUND,
        "service": "card",
        "first": TUESDAY,
        "support_needs": ["hearing"],
        "email": "li.na@example.cn",
    }
    entry = done(lobby.world.ask("POST", "/v1/waitlist", body, token))
    lobby.world.drain()

    (text,) = lobby.texts(1, "joined")
    assert entry["waiting_url"] in text.body
    assert refused(lobby.world.ask("GET", f"/v1/waits/{link(entry)[:-1]}!")) == (404, "not_found")
    assert set(lobby.stands(entry)) == {
        *("number", "stage", "branch", "timezone", "services", "first", "last", "part", "offer")
    }
    other = lobby.world.sign_in(LI)
    assert refused(lobby.world.ask("POST", f"/v1/waitlist/{entry['id']}/leave", token=other)) == (404, "not_found")
    lobby.cancel(visits[0])
    lobby.world.drain()
    booked = done(lobby.answer(entry, "accept"))
    shown = done(lobby.world.ask("GET", "/v1/appointments", token=token))["items"]
    assert [it["number"] for it in shown] == [booked["number"]]
    mine = done(lobby.world.ask("GET", f"/v1/appointments/{shown[0]['id']}", token=token))
    assert (mine["support_needs"], mine["contact"]) == (["hearing"], {"email": "li.na@example.cn"})
    (mail,) = lobby.world.provider.to("li.na@example.cn", "waitlist_offered")
    assert entry["waiting_url"] in mail.body
