"""R1: thousands want the same time at once, over HTTP, on the local engine; one has it.

2,000 attempts where every test runs; `RELIABILITY=full` makes the 10,000 of the goal, which take some minutes on two cores.
"""

import os

from tests.journeys.attempts import PROCESSES, THREADS, race
from tests.journeys.stack import Stack
from tests.journeys.story import LI, Story

FULL = os.environ.get("RELIABILITY") == "full"
# As many for each thread, and no fewer than that in all.
ATTEMPTS = -(-(10_000 if FULL else 2_000) // (PROCESSES * THREADS)) * (PROCESSES * THREADS)
WHERE = {"branch": "shanghai-pudong", "service": "account-opening"}  # one adviser


def test_of_thousands_who_want_one_time_one_has_it(stack: Stack) -> None:
    others = ("+8613800138001", "+8613800138002", "+8613800138003")
    tokens = {phone: stack.sign_in(phone) for phone in (LI, *others)}
    slots = f"/v1/branches/{WHERE['branch']}/slots?service={WHERE['service']}"
    start = stack.get(f"{slots}&days=14")["next_free"]

    answers, booked = race(stack.port, list(tokens.values()), {**WHERE, "start": start}, ATTEMPTS)

    assert answers == {(201, ""): 1, (409, "slot_taken"): ATTEMPTS - 1}
    assert [one["starts_at"] for one in booked] == [start]
    mine = [item for token in tokens.values() for item in stack.get("/v1/appointments", token)["items"]]
    assert [item["id"] for item in mine] == [booked[0]["id"]]
    stack.wait(lambda: told(stack, list(tokens)), "the confirmation")
    days = stack.get(f"{slots}&from={start[:10]}")["days"]
    assert start not in [slot["start"] for slot in days[0]["slots"]]
    Story(stack).verified()
    assert told(stack, list(tokens)) == 1


def told(stack: Stack, phones: list[str]) -> int:
    """Count the confirmations that went out."""
    return sum(len(stack.texts(phone, "appointment_booked")) for phone in phones)
