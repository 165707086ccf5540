"""The lines that guard who is reminded when, and what becomes of bookings where a branch closes."""

from tests.mutants.mutant import Mutant

REMINDERS = "tests/unit/appointments/test_reminders.py::"
MEASURES = "tests/unit/appointments/test_measures.py::"
CLOSURE = "tests/integration/test_closure.py::"
CROWDS = "tests/integration/test_crowds.py::"
CALENDAR = "tests/integration/test_calendar.py::"
AFFECTED = "chalicelib/appointments/policy/affected.py"
CUT = "chalicelib/appointments/policy/measures.py"
AT_CLOSURES = [
    Mutant(
        "reminders come at night",
        "chalicelib/appointments/policy/reminders.py",
        "    if wakes <= local.time() < sleeps:\n        return at\n    day =",
        "    if True:\n        return at\n    day =",
        REMINDERS + "test_a_reminder_that_would_come_at_night_comes_the_evening_before",
    ),
    Mutant(
        "who came is reminded",
        "chalicelib/appointments/policy/reminders.py",
        "if appointment.status is not Status.BOOKED or now >= appointment.starts_at:",
        "if now >= appointment.starts_at:",
        REMINDERS + "test_of_two_reminders_that_come_late_only_the_last_is_of_use",
    ),
    Mutant(
        "a calendar cannot tell an update from what it has",
        "chalicelib/appointments/routes/calendar.py",
        'event.add("sequence", appointment.generation - 1 + appointment.accepted)',
        'event.add("sequence", 0)',
        CALENDAR + "test_a_calendar_follows_a_visit_through_moving_and_cancelling_under_one_name",
    ),
    Mutant(
        "a cap is exceeded by rounding",
        CUT,
        "return 1 + parts[pool][0] + (pool in first)",
        "return 2 + parts[pool][0]",
        MEASURES + "test_a_cap_is_shared_by_all_counters_and_never_exceeded",
    ),
    Mutant(
        "a branch that is closed opens",
        CUT,
        "        if measure.closed:\n",
        "        if False:\n",
        MEASURES + "test_a_branch_that_closes_at_noon_has_the_morning_left_and_says_why_of_a_day_that_is_shut",
    ),
    Mutant(
        "who moved their visit themselves is rebooked all the same",
        "chalicelib/appointments/service/rehousing.py",
        "where == (seen.status, seen.branch, seen.starts_at)",
        "where[0] == seen.status",
        "tests/unit/appointments/test_services.py::test_who_moved_while_the_job_had_read_them_is_left_alone",
    ),
    Mutant(
        "walk-ins are let into a branch that is closed",
        CUT,
        "any((measure.appointment_only or measure.closed) and",
        "any(measure.appointment_only and",
        MEASURES + "test_of_several_measures_the_strictest_counts",
    ),
    Mutant(
        "who needs support has no priority",
        AFFECTED,
        "return not appointment.support_needs, appointment.id",
        "return True, appointment.id",
        MEASURES + "test_under_a_cap_who_needs_support_keeps_the_time_then_who_booked_first",
    ),
    Mutant(
        "who was told is told again at every step",
        AFFECTED,
        "        elif not informed(it):\n",
        "        else:\n",
        MEASURES + "test_a_closure_affects_whom_it_keeps_out_and_nobody_whose_visit_is_over_or_who_was_told",
    ),
    Mutant(
        "a booking is rebooked although it was changed meanwhile",
        "chalicelib/appointments/service/rehousing.py",
        "return self._rebooked(before, hold, how, why, call) if done[0] else None",
        "return self._rebooked(before, hold, how, why, call)",
        "tests/integration/test_closing_races.py::test_who_cancels_while_the_plan_runs_stays_cancelled",
    ),
    Mutant(
        "a plan looks once",
        "chalicelib/appointments/service/closing.py",
        "    if plan.again:\n",
        "    if True:\n",
        CLOSURE + "test_a_booking_that_slips_in_is_found_when_all_holds_are_over",
    ),
    Mutant(
        "a customer who was moved is too late to choose",
        "chalicelib/appointments/policy/limits.py",
        " and not appointment.may_choose:",
        ":",
        CLOSURE + "test_a_customer_who_was_moved_is_not_too_late_to_choose",
    ),
    Mutant(
        "nothing is accepted",
        "chalicelib/appointments/service/answering.py",
        "if was is None or was.how is How.NOTHING or",
        "if was is None or",
        CLOSURE + "test_where_no_branch_has_room_the_way_online_is_offered_and_accepting_it_frees_the_visit",
    ),
    Mutant(
        "nobody has to declare how they are",
        "chalicelib/appointments/service/booking.py",
        "if hold.health and not details.health:",
        "if False:",
        CROWDS + "test_where_health_is_asked_for_nobody_books_without_a_declaration",
    ),
    Mutant(
        "a move needs no declaration",
        "chalicelib/appointments/service/changing.py",
        "    if hold.health and not declared:\n",
        "    if False:\n",
        CROWDS + "test_where_health_is_asked_for_nobody_books_without_a_declaration",
    ),
    Mutant(
        "people walk in where only bookings are received",
        "chalicelib/appointments/service/arrivals.py",
        "if policy.appointment_only(branch, call.now):",
        "if False:",
        CROWDS + "test_where_only_bookings_are_received_nobody_walks_in_until_that_is_over",
    ),
    Mutant(
        "who could not be received is counted as missing",
        "chalicelib/appointments/policy/arriving.py",
        "return not missed.support_needs and not missed.may_choose",
        "return not missed.support_needs",
        MEASURES + "test_who_was_told_that_it_cannot_take_place_has_not_missed_it",
    ),
    Mutant(
        "the first plan says for ever that somebody is to choose whom another plan has moved on",
        "chalicelib/appointments/model/plans.py",
        "return self, replace(former, standing=PlanStanding.MOVED_ON)",
        "return (self,)",
        "tests/integration/test_closing_both.py",
    ),
]
