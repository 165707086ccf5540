"""The lines that guard the day itself: who is let in when, who is called first, and what is counted once."""

from tests.mutants.mutant import Mutant

COMING = "tests/integration/test_coming.py::"
DAY = "tests/integration/test_day.py::"
ENDS = "tests/integration/test_day_ends.py::"
QUEUE = "tests/unit/appointments/test_queue.py::"
ARRIVING = "chalicelib/appointments/policy/arriving.py"
ORDER = "chalicelib/appointments/policy/queue.py"
WAITING = "chalicelib/appointments/policy/waiting.py"
CALLING = "chalicelib/appointments/service/calling.py"
ARRIVALS = "chalicelib/appointments/service/arrivals.py"
WATCHING = "chalicelib/appointments/service/watching.py"
ON_THE_DAY = [
    Mutant(
        "people check in as early as they like",
        ARRIVING,
        "    if now < opens:\n        raise TooEarly",
        "    if False:\n        raise TooEarly",
        COMING + "test_nobody_checks_in_too_early_at_the_wrong_branch_or_on_the_wrong_day",
    ),
    Mutant(
        "people check in on any day",
        ARRIVING,
        "if branch.local_day(appointment.starts_at) != branch.local_day(now):",
        "if False:",
        COMING + "test_nobody_checks_in_too_early_at_the_wrong_branch_or_on_the_wrong_day",
    ),
    Mutant(
        "whoever is late is lost among the walk-ins",
        ORDER,
        "max(starts_at, arrived_at - LATE_CREDIT)",
        "arrived_at",
        COMING + "test_who_is_late_waits_with_credit_and_is_not_lost",
    ),
    Mutant(
        "a credit has no bound",
        ORDER,
        "return max(since, arrived_at - MOST_CREDIT)",
        "return since - SUPPORT_CREDIT",
        QUEUE + "test_nobody_counts_since_more_than_three_quarters_of_an_hour_before_they_came",
    ),
    Mutant(
        "who comes in the same instant is in no order",
        ORDER,
        "return turn.counts_since, turn.arrived_at, turn.number, entry.id",
        'return turn.counts_since, turn.arrived_at, 0, ""',
        QUEUE + "test_the_order_is_total_and_does_not_depend_on_how_they_are_read",
    ),
    Mutant(
        "nobody looks at the document",
        CALLING,
        "if policy.lacks_document(after, services):",
        "if False:",
        DAY + "test_a_visit_goes_from_call_to_done_and_each_step_is_a_record",
    ),
    Mutant(
        "a document that does not fit will do",
        ARRIVING,
        "if proof is None or not proof.matches:",
        "if proof is None:",
        DAY + "test_a_visit_goes_from_call_to_done_and_each_step_is_a_record",
    ),
    Mutant(
        "people are called for ever",
        CALLING,
        "if turn.calls >= policy.MOST_CALLS:",
        "if False:",
        DAY + "test_nobody_is_called_more_than_three_times_in_a_row",
    ),
    Mutant(
        "who was overtaken calls nobody",
        CALLING,
        "            except NotAllowedNow:\n                continue\n",
        "            except NotAllowedNow:\n                break\n",
        DAY + "test_two_clerks_who_call_at_once_never_call_the_same",
    ),
    Mutant(
        "who is sent to a counter is called anywhere",
        ORDER,
        'sent_here = turn.counter in ("", counter)',
        "sent_here = True",
        DAY + "test_who_is_sent_on_waits_there_since_they_came",
    ),
    Mutant(
        "customers check in themselves anywhere",
        ARRIVALS,
        "if not branch.self_check_in:",
        "if False:",
        COMING + "test_a_customer_checks_in_alone_only_where_the_branch_allows_it_and_sees_how_it_stands",
    ),
    Mutant(
        "any code checks a customer in",
        ARRIVALS,
        'if self.keys.opened("check_in", code) != mine.id:',
        "if False:",
        COMING + "test_a_customer_checks_in_alone_only_where_the_branch_allows_it_and_sees_how_it_stands",
    ),
    Mutant(
        "numbers of other units are found",
        ARRIVALS,
        "        if not who.code:\n            access.require_on",
        "        if False:\n            access.require_on",
        COMING + "test_a_number_of_another_unit_looks_absent",
    ),
    Mutant(
        "staff marks who may still come in time",
        ARRIVING,
        "if appointment.status == Status.BOOKED and now <= opens:",
        "if False:",
        ENDS + "test_staff_marks_nobody_who_may_still_come_in_time",
    ),
    Mutant(
        "who came after all is still counted",
        "chalicelib/appointments/store/day.py",
        "            writes.append(Remove(TABLE, _miss_key(appointment)))\n",
        "            pass\n",
        ENDS + "test_who_was_thought_not_to_come_and_came_after_all_is_not_counted",
    ),
    Mutant(
        "who needs support is counted",
        ARRIVING,
        "return not missed.support_needs",
        "return True",
        ENDS + "test_who_needs_support_is_not_counted_and_two_are_not_three",
    ),
    Mutant(
        "the limit is for every day",
        "chalicelib/appointments/service/holding.py",
        "same_day = asked.branch.local_day(visit.starts_at) == asked.branch.local_day(now)",
        "same_day = True",
        ENDS + "test_who_missed_three_books_for_another_day_than_today_and_is_never_shut_out",
    ),
    Mutant(
        "the limit limits nothing",
        "chalicelib/appointments/store/seats.py",
        " AND (attribute_not_exists(limited_until) OR limited_until <= :now)",
        " AND (attribute_not_exists(limited_until) OR limited_until <> :now)",
        ENDS + "test_who_missed_three_books_for_another_day_than_today_and_is_never_shut_out",
    ),
    Mutant(
        "who is near is told each time",
        WATCHING,
        "turn=replace(turn, look_at=None), notices=",
        "turn=replace(turn, look_at=call.now), notices=",
        ENDS + "test_who_is_near_is_told_once_to_come",
    ),
    Mutant(
        "a few bookings are enough to overbook",
        WAITING,
        "figure.came + figure.missed < BOOKED_ENOUGH or",
        "",
        QUEUE + "test_overbooking_is_what_was_missed_up_to_what_is_allowed",
    ),
    Mutant(
        "more is overbooked than is allowed",
        WAITING,
        "return min(allowed, 100 * figure.missed // figure.came)",
        "return 100 * figure.missed // figure.came",
        QUEUE + "test_overbooking_is_what_was_missed_up_to_what_is_allowed",
    ),
]
