"""Who waits is offered what comes free, in an order that can be told, one after the other."""

from datetime import datetime, time, timedelta
from typing import Any

from chalicelib.kernel import clock
from tests.unit.appointments.lobby import BUND, NINE, Lobby, done, phone


def refused(answer: Any) -> tuple[int, str]:
    return answer.status, answer.code


def test_who_joined_first_is_offered_what_a_cancellation_frees_and_takes_it_in_one_step(lobby: Lobby) -> None:
    visits = lobby.full()
    first, second = lobby.waits(1), lobby.waits(2)
    lobby.world.drain()
    assert not lobby.texts(1, "offered")

    lobby.cancel(visits[1])
    lobby.world.drain()

    (text,) = lobby.texts(1, "offered")
    assert first["waiting_url"] in text.body and "2026-11-24 09:15" in text.body and "小支行" in text.body
    assert not lobby.texts(2, "offered")
    offer = lobby.stands(first)["offer"]
    assert (offer["starts_at"], offer["until"]) == (
        "2026-11-24T01:15:00.000Z",
        clock.text(lobby.world.now + timedelta(hours=2)),
    )
    booked = done(lobby.answer(first, "accept"))
    assert booked["starts_at"] == "2026-11-24T01:15:00.000Z"
    assert lobby.stands(first)["stage"] == "booked"
    assert lobby.taken() == 4
    lobby.world.drain()
    assert lobby.world.provider.to(phone(1), "appointment_booked")
    assert [it["id"] for it in lobby.standing()] == [second["id"]]
    assert lobby.world.events(first["id"])[-1] == "waitlist.booked"


def test_what_is_declined_goes_to_the_next_at_once_and_who_declined_waits_on_behind_them(lobby: Lobby) -> None:
    visits = lobby.full()
    first, second = lobby.waits(1), lobby.waits(2)
    lobby.cancel(visits[0])
    lobby.world.drain()
    hold = lobby.stands(first)["offer"]["hold"]

    declined = done(lobby.answer(first, "decline"))
    lobby.world.drain()

    assert (declined["stage"], declined["offer"]) == ("waiting", None)
    assert lobby.stands(second)["offer"]["starts_at"] == "2026-11-24T01:00:00.000Z"
    assert [(it["id"], it["because"]) for it in lobby.standing()] == [
        (second["id"], None),
        (first["id"], "fewer_offers"),
    ]
    assert refused(lobby.answer(first, "accept", hold)) == (409, "nothing_offered")
    (offered,) = lobby.told(second, "waitlist.offered")
    assert (offered["offers"], offered["ahead"]) == (1, [])
    assert lobby.told(first, "waitlist.not_taken")[0]["how"] == "declined"


def test_who_does_not_answer_in_time_gives_way_and_hears_of_it(lobby: Lobby) -> None:
    visits = lobby.full()
    first, second = lobby.waits(1), lobby.waits(2)
    lobby.cancel(visits[0])
    lobby.world.drain()
    hold = lobby.stands(first)["offer"]["hold"]

    lobby.world.pass_time(hours=2)

    assert lobby.texts(1, "lapsed") and lobby.texts(2, "offered")
    assert lobby.stands(second)["stage"] == "offered"
    assert refused(lobby.answer(first, "accept", hold)) == (409, "nothing_offered")
    assert lobby.taken() == 4


def test_after_three_offers_that_were_not_taken_the_entry_is_over_and_they_hear_of_it(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    for visit in visits[:3]:
        lobby.cancel(visit)
        lobby.world.drain()
        done(lobby.answer(entry, "decline"))
        lobby.world.drain()

    assert lobby.stands(entry)["stage"] == "refused"
    assert lobby.texts(1, "refused")
    assert lobby.standing() == []
    assert lobby.waits(1)["stage"] == "waiting"


def test_only_what_suits_is_offered_and_the_record_says_who_was_passed_and_why(lobby: Lobby) -> None:
    lobby.set(opening={day: ((time(9), time(10)), (time(18), time(19))) for day in range(7)})
    visits = [*lobby.full(), *lobby.full(NINE + timedelta(hours=9))]
    evening, any_ = lobby.waits(1, part="evening"), lobby.waits(2)

    lobby.cancel(visits[0])
    lobby.world.drain()

    assert lobby.stands(evening)["stage"] == "waiting"
    (offered,) = lobby.told(any_, "waitlist.offered")
    assert offered["ahead"] == [{"because": "nothing_suits", "waiting": evening["id"]}]
    chain = done(lobby.world.ask("GET", f"/v1/desk/waitlist/{any_['id']}/history", token=lobby.lead))["items"]
    assert [(it["event"], it["body"]) for it in chain if it["event"] == "waitlist.offered"] == [
        ("waitlist.offered", offered)
    ]
    lobby.cancel(visits[5])
    lobby.world.drain()
    assert lobby.stands(evening)["offer"]["starts_at"] == "2026-11-24T10:15:00.000Z"


def test_at_night_the_time_is_held_and_nobody_is_woken(lobby: Lobby) -> None:
    visits = lobby.full(NINE + timedelta(days=1))
    entry = lobby.waits(1, first="2026-11-25")
    lobby.world.drain()
    lobby.world.now = datetime.fromisoformat("2026-11-24T14:00:00Z")  # ten in the evening in Shanghai
    lobby.lead = lobby.world.staff("lead-east")
    lobby.cancel(visits[3])
    lobby.world.drain()

    # Lead is an hour: of a visit at 9:45 the offer ends at 8:45, three quarters of an hour after it is told.
    assert lobby.stands(entry)["offer"]["until"] == "2026-11-25T00:45:00.000Z"
    assert not lobby.texts(1, "offered")
    lobby.world.pass_time(hours=10)
    assert lobby.texts(1, "offered")


def test_what_leaves_too_little_time_to_answer_is_offered_to_nobody(lobby: Lobby) -> None:
    visits = lobby.full(NINE + timedelta(days=1))
    entry = lobby.waits(1, first="2026-11-25")
    lobby.world.now = datetime.fromisoformat("2026-11-24T14:00:00Z")
    lobby.lead = lobby.world.staff("lead-east")
    lobby.cancel(visits[0])
    lobby.world.drain()

    assert lobby.stands(entry)["stage"] == "waiting"


def test_who_has_as_many_appointments_as_one_may_is_passed_and_told_once(lobby: Lobby) -> None:
    lobby.set(opening={day: ((time(9), time(12)),) for day in range(7)}, counters={"desk": 1})
    visits = [lobby.book(90 + n, NINE + timedelta(minutes=15 * n)) for n in range(9)]
    mine = [lobby.book(1, NINE + timedelta(minutes=15 * n)) for n in (9, 10, 11)]
    first, second = lobby.waits(1), lobby.waits(2)
    for visit in visits[:2]:
        lobby.cancel(visit)
        lobby.world.drain()

    assert lobby.stands(first)["stage"] == "waiting" and lobby.stands(second)["stage"] == "offered"
    assert len(lobby.texts(1, "passed_too_many_open")) == 1
    assert [it["because"] for it in lobby.told(first, "waitlist.passed")] == ["too_many_open"]
    (offered,) = lobby.told(second, "waitlist.offered")
    assert offered["ahead"] == [{"because": "too_many_open", "waiting": first["id"]}]
    lobby.cancel(mine[0])
    lobby.world.drain()
    assert lobby.stands(first)["stage"] == "offered"


def test_shares_that_are_released_and_hours_that_are_longer_are_offered(lobby: Lobby) -> None:
    lobby.set(counters={"desk": 2}, shares={"public": 50, "call_centre": 50}, release=20)
    lobby.lead = lobby.world.staff("agent-east")
    for number in range(4):
        lobby.book(90 + number, NINE + timedelta(minutes=15 * number))
    lobby.lead = lobby.world.staff("lead-east")
    entry = lobby.waits(1)
    lobby.world.drain()
    assert lobby.stands(entry)["stage"] == "waiting"

    lobby.world.pass_time(hours=3, minutes=20)

    assert lobby.stands(entry)["stage"] == "offered"


def test_a_longer_day_is_offered_at_once(lobby: Lobby) -> None:
    lobby.full()
    entry = lobby.waits(1)
    lobby.world.drain()

    lobby.set(opening={day: ((time(9), time(11)),) for day in range(7)})

    assert lobby.stands(entry)["offer"]["starts_at"] == "2026-11-24T02:00:00.000Z"


def test_where_health_is_asked_for_nobody_takes_an_offer_without_a_declaration(lobby: Lobby) -> None:
    visits = lobby.full()
    lobby.world.drain()
    why = {"en": "Epidemic", "zh-CN": "疫情"}
    asks = {"from": "2026-11-24T00:00:00Z", "until": "2026-11-24T12:00:00Z", "health_declaration": True, "reason": why}
    done(lobby.world.ask("PUT", f"/v1/desk/branches/{BUND}/continuity", asks, lobby.lead))
    entry = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()

    assert lobby.stands(entry)["offer"]["health_asked"]
    assert refused(lobby.answer(entry, "accept")) == (422, "health_declaration_missing")
    done(lobby.answer(entry, "accept", health={"symptoms": False}))


def test_an_answer_is_to_the_offer_it_names(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()
    earlier = lobby.stands(entry)["offer"]["hold"]
    done(lobby.answer(entry, "decline"))
    lobby.cancel(visits[1])
    lobby.world.drain()

    for answer in ("accept", "decline"):
        assert refused(lobby.answer(entry, answer, earlier)) == (409, "nothing_offered")
    assert lobby.stands(entry)["offer"]["starts_at"] == "2026-11-24T01:15:00.000Z"


def test_a_time_that_was_not_taken_is_not_offered_again(lobby: Lobby) -> None:
    visits = lobby.full()
    entry = lobby.waits(1)
    lobby.cancel(visits[0])
    lobby.world.drain()
    done(lobby.answer(entry, "decline"))

    lobby.world.pass_time(hours=1)

    assert lobby.stands(entry)["stage"] == "waiting"
    assert len(lobby.told(entry, "waitlist.offered")) == 1
