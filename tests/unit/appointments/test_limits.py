"""Whoever asks too often waits: for free times by network, for holds by customer and by network."""

from datetime import timedelta

import pytest

from chalicelib.appointments import policy
from chalicelib.kernel.limits import Limit
from tests.unit.appointments.lobby import BUND, NINE, Lobby, done, phone

SLOTS = f"/v1/branches/{BUND}/slots?service=card&from=2026-11-24"
WANTED = {"branch": BUND, "service": "card", "start": f"{NINE:%FT%TZ}"}


def test_free_times_are_asked_for_so_often_a_minute_from_one_network(
    lobby: Lobby, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "SEARCHES", Limit(3, timedelta(minutes=1)))
    lobby.world.now += timedelta(seconds=20)
    assert [lobby.world.ask("GET", SLOTS).status for _ in range(3)] == [200] * 3

    fourth = lobby.world.ask("GET", SLOTS)

    assert (fourth.status, fourth.code, fourth.headers["Retry-After"]) == (429, "too_many_searches", "40")
    desk = lobby.world.ask("GET", f"/v1/desk/branches/{BUND}/slots?service=card", token=lobby.lead)
    assert desk.status == 200, "staff look for others, all day long"
    lobby.world.now += timedelta(seconds=40)
    assert lobby.world.ask("GET", SLOTS).status == 200


@pytest.mark.parametrize("name", ["HELD_BY_ONE", "HELD_FROM_ONE"])
def test_so_many_times_are_held_within_an_hour(lobby: Lobby, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(policy, name, Limit(2, timedelta(hours=1)))
    lobby.set(counters={"desk": 5})
    token = lobby.token(1)
    for _ in range(2):
        held = done(lobby.world.ask("POST", "/v1/holds", WANTED, token))
        booked = done(lobby.world.ask("POST", "/v1/appointments", {"hold": held["id"], "token": held["token"]}, token))
        done(lobby.world.ask("POST", f"/v1/appointments/{booked['id']}/cancel", token=token))

    third = lobby.world.ask("POST", "/v1/holds", WANTED, token)

    assert (third.status, third.code, third.headers["Retry-After"]) == (429, "too_many_holds", "3600")
    assert lobby.taken() == 0
    other = lobby.world.ask("POST", "/v1/holds", WANTED, lobby.token(2))
    assert (other.status == 201) == (name == "HELD_BY_ONE"), "a network is shared, a customer is not"
    lobby.book(3)
    lobby.world.now += timedelta(hours=1)
    assert lobby.world.ask("POST", "/v1/holds", WANTED, lobby.world.sign_in(phone(1))).status == 201


def test_no_address_is_kept_as_it_is(lobby: Lobby) -> None:
    lobby.world.ask("GET", SLOTS)
    done(lobby.world.ask("POST", "/v1/holds", WANTED, lobby.token(1)))

    counted = [item["pk"] for item in lobby.world.items("appointments") if item["pk"].startswith("limit#")]

    assert len(counted) == 3
    assert not [key for key in counted if "127.0" in key or "." in key]
    assert all("expires" in item for item in lobby.world.items("appointments") if item["pk"].startswith("limit#"))
