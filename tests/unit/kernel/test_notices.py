"""Word that must not go out yet is asked for again when it may."""

from datetime import UTC, datetime, timedelta

from chalicelib.kernel.notices import Notice, ask_again_at, postponed

NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
MORNING = NIGHT + timedelta(hours=10)
HELD = Notice("reminder", "appointment_reminder", "customer", NIGHT, tries=3)
OTHER = Notice("moved", "appointment_moved", "customer", NIGHT)


def test_what_is_put_off_is_asked_for_at_its_instant_as_if_nobody_had_yet() -> None:
    later, other = postponed((HELD, OTHER), "reminder", MORNING)

    assert (ask_again_at(later), later.tries) == (MORNING, 0)
    assert other == OTHER


def test_what_was_asked_for_since_then_is_left_alone() -> None:
    asked = postponed((HELD,), "reminder", MORNING)[0].asked(MORNING)

    assert postponed((asked,), "reminder", MORNING) == (asked,)
