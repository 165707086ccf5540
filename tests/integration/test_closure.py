"""A branch that closes: every booking is moved, offered another way, or with staff; nobody is cancelled in silence."""

import random
from datetime import timedelta
from typing import Any

import pytest

from tests.integration.visits import WHY, Reception, done, link, refused, spending
from tests.world import LI, World

PUDONG = "/v1/desk/branches/shanghai-pudong"
NOON, EVENING = "2026-11-24T04:00:00Z", "2026-11-24T10:00:00Z"
TWO = "2026-11-24T06:00:00Z"  # in the afternoon


@pytest.fixture
def desk(world: World) -> Reception:
    return Reception(world.open_branches(), world.staff("lead-east"))


def phone(number: int) -> str:
    return f"+86138001380{number:02}"


def booked(desk: Reception, number: int, start: str = TWO, **what_matters: Any) -> dict[str, Any]:
    """Book for somebody, each with a phone of their own, and each a second later."""
    desk.world.now += timedelta(seconds=1)
    details = {name: what_matters.pop(name) for name in ("support_needs", "health") if name in what_matters}
    held = desk.desk_hold(customer={"phone": phone(number)}, start=start, **what_matters)
    answer = desk.world.ask("POST", "/v1/desk/appointments", {**spending(held), **details}, desk.lead)
    return dict(done(answer))


def shut(desk: Reception, **but: Any) -> dict[str, Any]:
    body = {"from": NOON, "until": EVENING, "closed": True, "reason": WHY, **but}
    return dict(done(desk.world.ask("PUT", f"{PUDONG}/continuity", body, desk.lead)))


def plan(desk: Reception, query: str = "") -> dict[str, Any]:
    return dict(done(desk.world.ask("GET", f"{PUDONG}/continuity/plan?limit=100{query}", token=desk.lead)))


def shown(desk: Reception, appointment: dict[str, Any]) -> dict[str, Any]:
    return dict(done(desk.world.ask("GET", f"/v1/appointments/{appointment['id']}", token=desk.lead)))


def seats(world: World) -> dict[str, int]:
    """Count what is taken at each branch."""
    taken: dict[str, int] = {}
    for item in world.items("appointments"):
        if item["sk"].startswith("cell#") and item["taken"]:
            branch = item["pk"].partition("#")[0]
            taken[branch] = taken.get(branch, 0) + int(item["taken"])
    return taken


def shuffled() -> Any:
    dice = random.Random(7)

    def order(waiting: list[Any]) -> list[Any]:
        several = [message for message in waiting for _ in range(dice.choice((1, 2)))]
        return dice.sample(several, len(several))

    return order


def test_a_branch_that_closes_at_noon_accounts_for_every_booking_by_priority(world: World, desk: Reception) -> None:
    morning = booked(desk, 1, "2026-11-24T02:00:00Z")
    first, second = booked(desk, 2), booked(desk, 3)
    needing = booked(desk, 4, "2026-11-24T06:15:00Z", support_needs=["mobility"])
    only_here = booked(desk, 5, "2026-11-24T08:00:00Z", service="mortgage-advice")
    world.drain()

    answer = shut(desk)

    assert [it["number"] for it in answer["affected"]] == [it["number"] for it in (needing, first, second, only_here)]
    assert answer["all_shown"] and answer["version"] == 1
    world.drain(shuffled())
    entries = {entry["appointment"]: entry for entry in plan(desk)["items"]}
    assert set(entries) == {it["id"] for it in (first, second, needing, only_here)}
    assert plan(desk)["items"][0]["support"]
    for each in (first, second, needing, only_here):
        now = shown(desk, each)
        assert (now["status"], now["rebooking"]["how"], now["rebooking"]["standing"]) == ("booked", "moved", "offered")
        assert now["branch"] == entries[each["id"]]["branch"] == "shanghai-bund"
        (text,) = world.provider.to(
            phone({first["id"]: 2, second["id"]: 3, needing["id"]: 4}.get(each["id"], 5)), "appointment_rebooked"
        )
        assert now["manage_url"] in text.body and "水管爆裂" in text.body and "上海外滩支行" in text.body
    assert shown(desk, needing)["starts_at"] == "2026-11-24T06:15:00.000Z"
    assert shown(desk, morning)["rebooking"] is None
    assert sum(seats(world).values()) == 5 + 4  # mortgage advice takes more than one cell


def test_the_customer_accepts_or_chooses_otherwise_by_one_link_and_who_is_silent_is_asked_by_staff(
    world: World, desk: Reception
) -> None:
    accepting, choosing, cancelling, silent = (
        booked(desk, number, f"2026-11-26T06:{minute}:00Z") for number, minute in enumerate(("00", "15", "30", "45"), 1)
    )
    shut(desk, **{"from": "2026-11-26T04:00:00Z", "until": "2026-11-26T10:00:00Z"})
    world.drain()
    links = {it["id"]: link(shown(desk, it)) for it in (accepting, choosing, cancelling, silent)}

    offered = done(world.ask("GET", f"/v1/visits/{links[accepting['id']]}"))["rebooking"]
    assert (offered["how"], offered["standing"]) == ("moved", "offered")
    for _ in range(2):
        assert done(world.ask("POST", f"/v1/visits/{links[accepting['id']]}/accept"))["status"] == "booked"
    wanted = {"start": "2026-11-27T06:00:00Z", "branch": "shanghai-pudong"}
    held = done(world.ask("POST", f"/v1/visits/{links[choosing['id']]}/holds", wanted))
    done(world.ask("POST", f"/v1/visits/{links[choosing['id']]}/reschedule", spending(held)))
    done(world.ask("POST", f"/v1/visits/{links[cancelling['id']]}/cancel"))
    world.pass_time(hours=25)

    desk.lead = world.staff("lead-east")
    standing = {entry["appointment"]: entry["standing"] for entry in plan(desk)["items"]}
    assert standing == {
        accepting["id"]: "accepted",
        choosing["id"]: "chosen",
        cancelling["id"]: "chosen",
        silent["id"]: "to_choose",
    }
    (waiting,) = plan(desk, "&standing=to_choose")["items"]
    assert waiting["branch"] == "shanghai-bund"  # what is kept for them stays kept
    assert world.provider.to("lead-east@dutydesk.test", "appointment_to_choose")
    assert shown(desk, choosing)["branch"] == "shanghai-pudong"
    assert "appointment.rebooking_unanswered" in world.events(silent["id"])
    assert "appointment.rebooking_answered" in world.events(choosing["id"])
    assert plan(desk)["state"] == "done"
    late = world.ask("POST", f"/v1/visits/{links[silent['id']]}/accept")
    assert done(late)["status"] == "booked"
    assert plan(desk, "&standing=to_choose")["items"] == []


def test_where_no_branch_has_room_the_way_online_is_offered_and_accepting_it_frees_the_visit(
    world: World, desk: Reception
) -> None:
    # Until midnight, since there are branches that are open in the evening.
    both = {"from": NOON, "until": "2026-11-24T16:00:00Z", "closed": True, "reason": WHY}
    online = booked(desk, 1, "2026-11-24T08:30:00Z")
    nothing = booked(desk, 2, "2026-11-24T08:00:00Z", service="account-opening")
    done(world.ask("PUT", "/v1/desk/units/east/continuity", {**both, "from": "2026-11-24T00:00:00Z"}, desk.lead))
    world.drain()

    assert shown(desk, online)["rebooking"]["how"] == "online"
    assert world.provider.to(phone(1), "appointment_online")
    refusing = shown(desk, nothing)
    assert (refusing["rebooking"]["how"], refusing["rebooking"]["standing"]) == ("nothing", "to_choose")
    assert world.provider.to(phone(2), "appointment_choose")
    assert refused(world.ask("POST", f"/v1/visits/{link(refusing)}/accept")) == (409, "nothing_offered")
    now = link(shown(desk, online))
    assert done(world.ask("POST", f"/v1/visits/{now}/accept"))["status"] == "cancelled"
    assert world.events(online["id"])[-1] == "appointment.cancelled"
    assert plan(desk, "&standing=accepted")["items"][0]["appointment"] == online["id"]


def test_a_booking_that_slips_in_is_found_when_all_holds_are_over(world: World, desk: Reception) -> None:
    held = desk.desk_hold(customer={"phone": phone(1)}, start=TWO)
    shut(desk)
    world.drain()
    late = done(world.ask("POST", "/v1/desk/appointments", spending(held), desk.lead))
    assert plan(desk)["state"] == "settling"

    world.pass_time(minutes=8)

    assert shown(desk, late)["rebooking"]["how"] == "moved"
    assert plan(desk)["state"] == "done"


def test_what_nobody_hears_of_is_found_by_the_sweep(world: World, desk: Reception) -> None:
    each = booked(desk, 1)
    world.drain()
    shut(desk)
    world.unpublished.clear()

    world.pass_time(step=timedelta(minutes=1), minutes=20)

    assert shown(desk, each)["branch"] == "shanghai-bund"
    assert plan(desk)["state"] == "done"


def test_many_bookings_are_gone_through_in_bounded_steps(
    world: World, desk: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chalicelib.appointments.service.closing.MOST_AT_ONCE", 2)
    for number in range(5):
        booked(desk, number, f"2026-11-24T0{5 + number // 2}:{'00' if number % 2 else '30'}:00Z")
    shut(desk)
    world.drain()

    assert len(plan(desk)["items"]) == 5
    subject = next(item["id"] for item in world.items("appointments") if item["sk"] == "plan")
    assert world.events(subject).count("plan.went_on") >= 3


def test_ending_it_early_lets_those_who_still_wait_keep_their_visit(world: World, desk: Reception) -> None:
    waiting = booked(desk, 1, "2026-11-26T08:00:00Z", service="account-opening")
    body = {"from": "2026-11-26T00:00:00Z", "closed": True, "reason": WHY}
    path = "/v1/desk/units/east/continuity"
    done(world.ask("PUT", path, body, desk.lead))
    world.drain()
    assert shown(desk, waiting)["rebooking"]["standing"] == "to_choose"

    ended = done(world.ask("DELETE", path, token=desk.lead))
    world.drain()

    assert ended["until"] == ended["since"]  # it had not begun
    assert shown(desk, waiting)["rebooking"]["standing"] == "kept"
    assert world.provider.to(phone(1), "appointment_kept")
    records = [
        record["event"]
        for item in world.items("appointments")
        if item["sk"] == "unit#east"
        for record in world.records(item["id"])
    ]
    assert records == ["continuity.set", "continuity.spread", "continuity.ended", "continuity.spread"]


def test_a_closure_by_dates_moves_bookings_too(world: World, desk: Reception) -> None:
    each = booked(desk, 1)
    closures = {"overrides": [{"first": "2026-11-24", "last": "2026-11-24", "reason": WHY}]}

    answer = done(world.ask("PUT", f"{PUDONG}/closures", closures, desk.lead, If_Match='"1"'))
    world.drain()

    assert [it["number"] for it in answer["affected"]] == [each["number"]]
    assert shown(desk, each)["branch"] == "shanghai-bund"
    assert refused(world.ask("PUT", f"{PUDONG}/closures", closures, desk.lead, If_Match='"1"')) == (412, "outdated")


def test_a_customer_who_was_moved_is_not_too_late_to_choose(world: World, desk: Reception) -> None:
    each = booked(desk, 1, "2026-11-23T08:00:00Z", service="account-opening")  # today, in six hours
    shut(desk, **{"from": "2026-11-23T04:00:00Z", "until": "2026-11-23T12:00:00Z"})
    world.drain()
    world.now += timedelta(hours=3)

    answer = world.ask("POST", f"/v1/visits/{link(shown(desk, each))}/cancel")

    assert done(answer)["status"] == "cancelled"
    assert world.provider.to(LI) == []
