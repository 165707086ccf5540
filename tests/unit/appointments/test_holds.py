"""A hold is what its token says: also how long it lives."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chalicelib.appointments import policy
from chalicelib.appointments.model import HOLD_LIFE, Channel, Hold, read, written
from tests.unit.appointments.catalogue import make_service

NINE = datetime(2026, 11, 24, 1, tzinfo=UTC)
HOLD = Hold(
    id="hld_01M8323B80R71NV7ECMN7C58D1",
    branch="bund",
    unit="east",
    timezone="Asia/Shanghai",
    services=("card",),
    late_hours=4,
    visit=policy.visit_at(NINE, (make_service(),), 15),
    channel=Channel.PUBLIC,
    customer_id="cus_1",
    health=True,
)


def test_a_token_says_all_of_a_hold_and_how_long_it_lives() -> None:
    longer = replace(HOLD, life=timedelta(hours=11, seconds=1))

    assert read(written(HOLD)) == HOLD
    assert read(written(longer)) == longer
    assert longer.until - HOLD.until == timedelta(hours=10, minutes=55, seconds=1)


def test_a_token_that_was_written_before_holds_had_lives_is_good_for_five_minutes() -> None:
    facts = json.loads(base64.urlsafe_b64decode(written(HOLD) + "=="))
    earlier = base64.urlsafe_b64encode(json.dumps(facts[:-1]).encode()).decode().rstrip("=")

    assert read(earlier) == HOLD
    assert read(earlier).life == HOLD_LIFE
