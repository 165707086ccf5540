"""When customers are reminded, by the clocks at the branch."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.appointments import policy
from chalicelib.appointments.model import Appointment, Channel, Status

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def at(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def make_appointment(starts: datetime, zone: str = "Asia/Shanghai") -> Appointment:
    return Appointment(
        id="apt_01M83255V069EDXC383WSXJHG7",
        status=Status.BOOKED,
        branch="bund",
        unit="east",
        timezone=zone,
        services=("card",),
        customer_id="cus_1",
        channel=Channel.PUBLIC,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        booked_at=NOW,
    )


def planned(starts: datetime, now: datetime = NOW, zone: str = "Asia/Shanghai") -> list[str]:
    told = (notice.asked_at for notice in policy.reminders(make_appointment(starts, zone), now))
    return [when.astimezone(ZoneInfo(zone)).strftime("%d %H:%M") for when in told]


@pytest.mark.parametrize(
    ("starts", "wanted"),
    [
        ("2026-11-25 14:00", ["24 14:00", "25 12:00"]),
        ("2026-11-25 10:00", ["24 10:00", "25 08:00"]),
        ("2026-11-25 09:59", ["24 09:59", "24 20:00"]),
        ("2026-11-25 08:30", ["24 08:30", "24 20:00"]),
        ("2026-11-25 07:30", ["23 20:00", "24 20:00"]),
        ("2026-11-25 21:30", ["24 20:00", "25 19:30"]),
    ],
)
def test_a_reminder_that_would_come_at_night_comes_the_evening_before(starts: str, wanted: list[str]) -> None:
    assert planned(at(starts)) == wanted


def test_it_is_the_branchs_night_that_counts_and_two_hours_are_two_hours_when_clocks_change() -> None:
    # On 29 March the clocks in London go from one to two in the morning.
    assert planned(at("2026-03-29 10:30", "Europe/London"), at("2026-03-01 00:00"), "Europe/London") == [
        "28 09:30",
        "29 08:30",
    ]


def test_who_books_shortly_before_is_not_reminded_of_what_they_just_heard() -> None:
    starts = at("2026-11-25 14:00")

    assert planned(starts, starts - timedelta(hours=25)) == ["24 14:00", "25 12:00"]
    assert planned(starts, starts - timedelta(hours=24, minutes=59)) == ["25 12:00"]
    assert planned(starts, starts - timedelta(hours=2, minutes=30)) == []


def due_ones(starts: datetime, now: datetime, status: Status = Status.BOOKED) -> tuple[str, ...]:
    made = make_appointment(starts)
    made = replace(made.owing(*policy.reminders(made, NOW)), status=status)
    return policy.stale(made, now)


def test_of_two_reminders_that_come_late_only_the_last_is_of_use() -> None:
    starts = at("2026-11-25 14:00")

    assert due_ones(starts, at("2026-11-24 15:00")) == ()
    assert due_ones(starts, at("2026-11-25 13:00")) == ("reminder/day/1",)
    assert due_ones(starts, at("2026-11-25 14:00")) == ("reminder/day/1", "reminder/hours/1")
    assert due_ones(starts, at("2026-11-24 15:00"), Status.CHECKED_IN) == ("reminder/day/1",)
