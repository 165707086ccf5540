"""Whatever comes between, twice, late or never: nobody has what another has, and nothing is offered beyond what there is."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.kernel import actors, clock
from chalicelib.kernel.calls import internal
from tests.unit.appointments.lobby import BUND, NINE, TUESDAY, Lobby, done, link, phone


def refused(answer: Any) -> tuple[int, str]:
    return answer.status, answer.code


def shuffled(seed: int) -> Any:
    dice = random.Random(seed)

    def order(waiting: list[Any]) -> list[Any]:
        several = [message for message in waiting for _ in range(dice.choice((1, 2, 3)))]
        return dice.sample(several, len(several))

    return order


def test_an_offer_that_is_over_is_not_booked_though_nobody_took_it_back_yet(lobby: Lobby) -> None:
    visits = lobby.full()
    first = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()
    lobby.world.now += timedelta(hours=2)

    assert refused(lobby.answer(first, "accept")) == (410, "hold_expired")


def test_two_times_that_come_free_go_to_two_people_though_both_are_looked_for_at_once(lobby: Lobby) -> None:
    visits = lobby.full()
    first, second = lobby.waits(1), lobby.waits(2)
    lobby.world.drain()
    for visit in visits[:3]:
        lobby.cancel(visit)
    offering, call = lobby.world.services.offering, lambda: internal(actors.system("bookings"), "queue", "r")
    day = date.fromisoformat(TUESDAY)

    with lobby.meanwhile(lambda: offering.look(BUND, day, call())):
        offering.look(BUND, day, call())

    starts = [lobby.stands(each)["offer"]["starts_at"] for each in (first, second)]
    assert sorted(starts) == ["2026-11-24T01:00:00.000Z", "2026-11-24T01:15:00.000Z"]
    assert lobby.taken() == 3, "the third is left, and offered to nobody who has one"
    assert [len(lobby.told(each, "waitlist.offered")) for each in (first, second)] == [1, 1]


def test_somebody_who_books_in_between_takes_nothing_from_anybody(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    lobby.world.drain()
    lobby.cancel(visits[0])

    with lobby.meanwhile(lambda: lobby.book(7)):
        lobby.world.drain()

    assert lobby.stands(entry)["stage"] == "waiting"
    assert lobby.taken() == 4


@pytest.mark.parametrize("seed", range(10))
def test_messages_doubled_shuffled_and_late_change_nothing(lobby: Lobby, seed: int) -> None:
    visits = lobby.full()
    entries = [lobby.waits(number) for number in range(1, 5)]
    lobby.world.drain(shuffled(seed))
    for visit in visits[:2]:
        lobby.cancel(visit)
    lobby.world.drain(shuffled(seed))
    done(lobby.answer(entries[0], "decline"))
    lobby.world.drain(shuffled(seed))

    stages = [lobby.stands(entry)["stage"] for entry in entries]
    assert stages == ["waiting", "offered", "offered", "waiting"]
    assert [len(lobby.texts(number, "offered")) for number in range(1, 5)] == [1, 1, 1, 0]
    assert lobby.taken() == 4


def test_what_lost_messages_left_undone_the_sweep_finds(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    lobby.world.drain(lambda waiting: [])
    lobby.cancel(visits[0])
    lobby.world.drain(lambda waiting: [])

    lobby.world.pass_time(minutes=20, step=timedelta(minutes=5))

    assert lobby.stands(entry)["stage"] == "offered"
    assert lobby.texts(1, "offered")


def test_what_the_branch_cannot_keep_is_withdrawn_and_one_stays_at_ones_place(lobby: Lobby) -> None:
    visits = lobby.full()
    first, second = lobby.waits(1), lobby.waits(2)
    lobby.cancel(visits[0])
    lobby.world.drain()
    closed = {"overrides": [{"first": TUESDAY, "last": TUESDAY}]}
    done(lobby.world.ask("PUT", f"/v1/desk/branches/{BUND}/closures", closed, lobby.lead))

    assert refused(lobby.answer(first, "accept")) == (409, "nothing_offered")

    lobby.world.drain()
    assert lobby.stands(first)["stage"] == "waiting" and lobby.texts(1, "withdrawn")
    assert [(it["id"], it["not_taken"]) for it in lobby.standing()] == [(first["id"], 0), (second["id"], 0)]
    assert lobby.taken() == 3


def test_a_hold_that_was_freed_for_somebody_else_leaves_the_entry_whole(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()
    lobby.world.now += timedelta(hours=2, seconds=1)

    taken = lobby.book(7)
    lobby.world.drain(lambda waiting: [])
    lobby.world.pass_time(minutes=1)

    assert taken["starts_at"] == "2026-11-24T01:00:00.000Z"
    assert lobby.stands(entry)["stage"] == "waiting"
    assert lobby.taken() == 4
    counts = {item["pk"]: item for item in lobby.world.items("appointments") if item["sk"] == "count"}
    (mine,) = (item for item in counts.values() if item.get("waiting_now"))
    assert (mine["waiting_now"], mine["open_now"]) == (1, 0)


def test_accepting_twice_under_one_key_books_once(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()
    body = {"hold": lobby.stands(entry)["offer"]["hold"]}
    path = f"/v1/waits/{link(entry)}/accept"

    answers = [lobby.world.ask("POST", path, body, Idempotency_Key="once-and-for-all") for _ in range(2)]

    assert [answer.status for answer in answers] == [201, 201] and answers[0].body == answers[1].body
    assert lobby.taken() == 4


def test_who_needs_a_time_does_not_take_it_from_whom_it_is_offered(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()
    lobby.world.now += timedelta(minutes=10)  # longer than any other hold lives
    wanted = {"customer": {"phone": phone(7)}, "branch": BUND, "service": "card", "start": clock.text(NINE)}

    assert refused(lobby.world.ask("POST", "/v1/desk/holds", wanted, lobby.lead)) == (409, "slot_taken")

    done(lobby.answer(entry, "accept"))
    assert lobby.taken() == 4


def test_what_the_branch_cannot_keep_is_withdrawn_though_nobody_answers(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()

    closed = {"overrides": [{"first": TUESDAY, "last": TUESDAY}]}
    done(lobby.world.ask("PUT", f"/v1/desk/branches/{BUND}/closures", closed, lobby.lead))
    lobby.world.drain(shuffled(3))

    assert lobby.stands(entry)["stage"] == "waiting" and lobby.texts(1, "withdrawn")


def test_a_word_that_is_sent_meanwhile_costs_nobody_their_turn(lobby: Lobby) -> None:
    visits = lobby.full()
    first, second = lobby.waits(1), lobby.waits(2)
    lobby.cancel(visits[0])
    telling, call = lobby.world.services.waitlist_words, internal(actors.system("bookings"), "queue", "r")

    with lobby.meanwhile(lambda: telling.due(first["id"], call)):
        lobby.world.services.offering.look(BUND, date.fromisoformat(TUESDAY), call)

    assert lobby.stands(first)["stage"] == "offered"
    assert lobby.stands(second)["stage"] == "waiting"


def test_under_a_cap_that_came_since_nothing_is_kept_that_would_exceed_it(lobby: Lobby) -> None:
    lobby.set(counters={"desk": 2})
    visits = [*lobby.full(), *lobby.full()]
    entry = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()
    assert lobby.stands(entry)["stage"] == "offered"
    why = {"en": "Epidemic", "zh-CN": "疫情"}
    cap = {"from": "2026-11-24T00:00:00Z", "until": "2026-11-24T12:00:00Z", "occupancy_cap": 1, "reason": why}

    done(lobby.world.ask("PUT", f"/v1/desk/branches/{BUND}/continuity", cap, lobby.lead))

    assert refused(lobby.answer(entry, "accept")) == (409, "nothing_offered")
    lobby.world.drain()
    assert lobby.stands(entry)["stage"] == "waiting"
    at_nine = [item for item in lobby.world.items("appointments") if item["sk"] == "cell#desk#2026-11-24T01:00:00.000Z"]
    assert [item["taken"] for item in at_nine] == [1]
