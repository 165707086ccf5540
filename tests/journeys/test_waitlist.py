"""Several times come free at one moment, on the local engine, with workers of its own: each goes to another who waits."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.journeys.stack import Stack

WHERE = {"branch": "shanghai-pudong", "service": "account-opening"}  # one adviser, an hour for each
WAITING, FREED = 10, 5


def test_of_ten_who_wait_each_of_five_times_goes_to_another(stack: Stack) -> None:
    lead = stack.staff("lead-east")
    slots = f"/v1/branches/{WHERE['branch']}/slots?service={WHERE['service']}&days=14"
    day = next(day for day in stack.get(slots)["days"][2:] if len(day["slots"]) > 20)
    visits = [booked(stack, lead, number, slot["start"]) for number, slot in enumerate(day["slots"][::4])]
    for number in range(WAITING):
        wish = {**WHERE, "customer": {"phone": f"+86138001{38100 + number}"}, "first": day["date"]}
        stack.post("/v1/desk/waitlist", wish, lead)

    with ThreadPoolExecutor(FREED) as callers:
        list(
            callers.map(lambda visit: stack.post(f"/v1/appointments/{visit['id']}/cancel", None, lead), visits[:FREED])
        )

    offered = stack.wait(lambda: all_offered(stack, lead, day["date"]), "five offers")
    starts = [entry["offer"]["starts_at"] for entry in offered]
    assert sorted(starts) == sorted(visit["starts_at"] for visit in visits[:FREED])
    assert len(offered) == FREED, "nobody has two, and nothing is offered beyond what is free"
    assert [entry["place"] for entry in offered] == list(range(1, FREED + 1)), "who joined first goes first"


def booked(stack: Stack, lead: str, number: int, start: str) -> Any:
    """Book a time for somebody."""
    wanted = {**WHERE, "customer": {"phone": f"+86138001{38900 + number}"}, "start": start}
    held = stack.post("/v1/desk/holds", wanted, lead)
    return stack.post("/v1/desk/appointments", {"hold": held["id"], "token": held["token"]}, lead)


def all_offered(stack: Stack, lead: str, day: str) -> list[Any]:
    """Give who is offered something, once as many are."""
    listed = stack.get(f"/v1/desk/branches/{WHERE['branch']}/waitlist?date={day}", lead)["items"]
    found = [entry for entry in listed if entry["offer"]]
    return found if len(found) >= FREED else []
