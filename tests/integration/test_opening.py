"""When a unit is there: told with what comes in out of hours, and to anybody who asks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.world import LI, SMITH, World

NIGHT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)  # ten in the evening in Shanghai
MORNING = "2026-11-24T01:00:00.000Z"


def hours(world: World, unit: str = "east") -> Any:
    return world.ask("GET", f"/v1/opening-hours?unit={unit}").body


def test_what_comes_in_at_night_is_told_when_somebody_is_there(world: World) -> None:
    world.now = NIGHT
    token = world.sign_in()
    complaint = world.complain(token)
    asked = {"kind": "enquiry", "subject": "s", "body": "b"}
    enquiry = world.ask("POST", "/v1/tickets", asked, token).body
    said = world.ask("POST", f"/v1/tickets/{complaint['id']}/messages", {"body": "b"}, token).body

    assert {answer["opens_at"] for answer in (complaint, enquiry, said)} == {MORNING}


def test_while_the_doors_are_open_nothing_is_told_of_opening(world: World) -> None:
    token = world.sign_in()
    complaint = world.complain(token)
    said = world.ask("POST", f"/v1/tickets/{complaint['id']}/messages", {"body": "b"}, token).body
    world.drain()

    assert (complaint["opens_at"], said["opens_at"]) == (None, None)
    assert [sent.template for sent in world.provider.to(LI, "complaint_received")] == ["complaint_received"]


@pytest.mark.parametrize(
    ("phone", "words"), [(LI, "将于 2026-11-24 09:00 恢复营业"), (SMITH, "open again on 2026-11-24 09:00")]
)
def test_the_acknowledgement_tells_it_in_the_customers_language_and_local_time(
    world: World, phone: str, words: str
) -> None:
    world.now = NIGHT + timedelta(hours=6)  # eight in the evening in London
    world.complain(world.sign_in(phone))
    world.drain()

    (sent,) = world.provider.to(phone, "complaint_received_closed")
    assert words in sent.body


def test_a_repeated_call_is_told_what_it_was_told_before(world: World) -> None:
    world.now = NIGHT
    token = world.sign_in()
    ticket = world.complain(token)["id"]
    path, body = f"/v1/tickets/{ticket}/messages", {"body": "b"}
    first = world.ask("POST", path, body, token, Idempotency_Key="k").body
    world.now += timedelta(hours=11, minutes=30)

    assert world.ask("POST", path, body, token, Idempotency_Key="k").body == first


def test_anybody_may_ask_when_a_unit_is_open(world: World) -> None:
    now = hours(world)
    assert (now["open"], now["opens_at"], now["timezone"], now["date"]) == (True, None, "Asia/Shanghai", "2026-11-23")
    assert now["today"][0]["opens_at"] == "2026-11-23T01:00:00.000Z"
    assert now["today"][0]["local"].startswith("09:00-")

    world.now = NIGHT
    assert (hours(world)["open"], hours(world)["opens_at"]) == (False, MORNING)
    assert hours(world, "london")["open"] is True
    assert world.ask("GET", "/v1/opening-hours").body["unit"] == "hq"
    assert world.ask("GET", "/v1/opening-hours?unit=none").code == "not_found"


def test_holidays_ahead_have_their_names_and_have_no_hours(world: World) -> None:
    ahead = hours(world, "london")["holidays"]
    christmas = next(day for day in ahead if day["date"] == "2026-12-25")
    assert christmas["name"]["en"] == "Christmas Day"
    assert christmas["name"]["zh-CN"] != christmas["name"]["en"]

    world.now = datetime(2026, 12, 25, 10, 0, tzinfo=UTC)

    closed = hours(world, "london")
    assert (closed["open"], closed["today"], closed["day"]) == (False, [], "Christmas Day")
    assert closed["opens_at"] == "2026-12-29T09:00:00.000Z"
