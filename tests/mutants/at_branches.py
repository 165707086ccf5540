"""The lines that guard time at a counter: that it is given once, comes back once, and to whom it may be given."""

from tests.mutants.mutant import Mutant

RANDOM = "tests/simulation/test_bookings.py::test_no_cell_bears_more_than_it_can_and_every_seat_is_accounted_for"
TWO = "tests/simulation/test_bookings.py::test_of_two_who_spend_one_hold_one_has_it"
SLOTS = "tests/unit/appointments/test_slots.py::"
HTTP = "tests/integration/test_appointments.py::"
REBOOKING = "tests/integration/test_rebooking.py::"
SETTINGS = "tests/integration/test_branch_settings.py::"
SHARES = "tests/unit/appointments/test_shares.py::"
STORE = "chalicelib/appointments/store/dynamo.py"
SEATS = "chalicelib/appointments/store/seats.py"
BOOKING = "chalicelib/appointments/service/booking.py"
AT_BRANCHES = [
    Mutant(
        "a cell is given to anybody",
        SEATS,
        "(attribute_not_exists(taken) OR taken < :most) ",
        "(attribute_not_exists(taken) OR taken < :most OR taken >= :most) ",
        RANDOM,
    ),
    Mutant(
        "a channel gives away more than its share",
        SEATS,
        "OR {counter} < :share)",
        "OR {counter} < :share OR {counter} >= :share)",
        SETTINGS + "test_staff_books_by_phone_from_its_own_share",
    ),
    Mutant(
        "a hold is spent as often as one likes",
        "chalicelib/aws/writes.py",
        'Add: "Update", Remove: "Delete"}',
        'Add: "Update", Remove: "ConditionCheck"}',
        HTTP + "test_a_hold_is_spent_once",
    ),
    Mutant(
        "a hold that is over is booked",
        BOOKING,
        "if call.now >= hold.until:",
        "if False:",
        HTTP + "test_a_hold_lasts_five_minutes_and_its_time_comes_back_by_the_sweep",
    ),
    Mutant(
        "somebody else's hold is booked",
        BOOKING,
        "if hold.customer_id != call.actor.id:",
        "if False:",
        HTTP + "test_a_forged_or_foreign_token_books_nothing",
    ),
    Mutant(
        "one hold's token books another one",
        BOOKING,
        "if hold is None or hold.id != hold_id:",
        "if hold is None:",
        HTTP + "test_a_forged_or_foreign_token_books_nothing",
    ),
    Mutant(
        "what is held to move makes another appointment",
        BOOKING,
        "        if hold.instead_of:\n",
        "        if False:\n",
        REBOOKING + "test_what_is_held_to_move_an_appointment_makes_no_other_one",
    ),
    Mutant(
        "a customer holds without end",
        SEATS,
        '"(attribute_not_exists(open_now) OR open_now < :most)"',
        '"(attribute_not_exists(open_now) OR open_now < :most OR open_now >= :most)"',
        HTTP + "test_one_customer_has_at_most_three_and_cancelling_one_makes_room",
    ),
    Mutant(
        "moving keeps the old time",
        STORE,
        "back = giving_back(before.day, before.visit, by(before.channel)) if before.visit else []",
        "back: list[Write] = []",
        REBOOKING + "test_moving_gives_the_old_time_back_in_the_same_moment_and_spends_the_link",
    ),
    Mutant(
        "a hold that is over keeps its time until the sweep",
        "chalicelib/appointments/service/holding.py",
        "if self.free_expired(hold.day, call):",
        "if False:",
        HTTP + "test_whoever_needs_the_time_of_a_hold_that_is_over_does_not_wait_for_the_sweep",
    ),
    Mutant(
        "a hold is freed while it lasts",
        "chalicelib/appointments/service/holding.py",
        "        if call.now < hold.until:\n",
        "        if False:\n",
        HTTP + "test_a_hold_that_lasts_is_not_freed_by_a_hint_that_comes_early",
    ),
    Mutant(
        "nobody is too late",
        "chalicelib/appointments/policy/limits.py",
        "if is_late(appointment, now) and not appointment.support_needs and not appointment.may_choose:",
        "if False:",
        REBOOKING + "test_within_the_hours_of_its_rule_a_customer_neither_moves_nor_cancels",
    ),
    Mutant(
        "who needs support is too late like everybody",
        "chalicelib/appointments/policy/limits.py",
        "if is_late(appointment, now) and not appointment.support_needs and",
        "if is_late(appointment, now) and",
        REBOOKING + "test_who_needs_support_may_cancel_until_the_end",
    ),
    Mutant(
        "a link works after it was used",
        "chalicelib/appointments/service/changing.py",
        "if found is None or found.link_id != said:",
        "if found is None:",
        REBOOKING + "test_whoever_holds_the_link_sees_when_and_where_and_not_who",
    ),
    Mutant(
        "the grain of time changes",
        "chalicelib/appointments/service/catalogue.py",
        "if before and before.cell != branch.cell:",
        "if False:",
        SETTINGS + "test_the_grain_of_a_branch_never_changes",
    ),
    Mutant(
        "a share is never released",
        "chalicelib/appointments/policy/limits.py",
        "most if released else min(most, _share(branch, channel, staffed))",
        "min(most, _share(branch, channel, staffed))",
        SHARES + "test_what_a_channel_did_not_give_away_is_everybodys_hours_before",
    ),
    Mutant(
        "clerks on leave are counted",
        "chalicelib/appointments/policy/limits.py",
        "return max(0, branch.counters.get(pool, 0) - away)",
        "return branch.counters.get(pool, 0)",
        SLOTS + "test_clerks_on_leave_are_missing_for_their_days_or_hours_only",
    ),
    Mutant(
        "a visit runs over the end of the opening hours",
        "chalicelib/appointments/policy/slots.py",
        "room = closes - max(stretch.ends_at for stretch in first.stretches)",
        "room = closes - opens",
        SLOTS + "test_a_day_with_a_break_has_visits_that_end_before_it_and_none_across_it",
    ),
    Mutant(
        "news of an appointment's text goes to tickets",
        "chalicelib/records/service.py",
        'return not about or self.watching.get(about.partition("_")[0]) == queue',
        'return queue == "escalations" or not about',
        HTTP + "test_what_is_booked_is_told_with_its_number_code_and_links_and_word_is_sent",
    ),
]
