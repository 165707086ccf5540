"""The lines that guard promised calls: room, hands, hours, budgets, one ring for each try, and word that is told once."""

from tests.mutants.mutant import Mutant

PROMISING = "tests/unit/callbacks/test_promising.py::"
LEASING = "tests/unit/callbacks/test_leasing.py::"
DIALLING = "tests/unit/callbacks/test_dialling.py::"
WORKING = "tests/unit/callbacks/test_working.py::"
FOLLOWING = "tests/unit/callbacks/test_following.py::"
PROVING = "tests/unit/callbacks/test_proving.py::"
BESIDE = "chalicelib/callbacks/store/beside.py"
TRYING = "chalicelib/callbacks/service/trying.py"
LEASED = "chalicelib/callbacks/service/leasing.py"
WORKED = "chalicelib/callbacks/service/working.py"
BUDGET = "chalicelib/callbacks/policy/budget.py"
ORDER = "chalicelib/callbacks/policy/order.py"
TRIES = "chalicelib/callbacks/policy/trying.py"
IN_CALLBACKS = [
    Mutant(
        "a window has no end of room",
        BESIDE,
        '"attribute_not_exists(taken) OR taken < :most"',
        '"attribute_not_exists(taken) OR taken >= :one OR taken < :most"',
        PROMISING + "test_a_window_bears_as_many_as_those_on_duty_can_call",
    ),
    Mutant(
        "a matter has two open calls",
        "chalicelib/callbacks/store/dynamo.py",
        "writes = [beside.opening(callback), Put(",
        "writes = [Put(",
        PROMISING + "test_a_second_open_call_about_the_same_is_refused_and_another_matter_is_not",
    ),
    Mutant(
        "what is over lets nobody ask again",
        "chalicelib/callbacks/store/dynamo.py",
        "        if before.open and not callback.open:\n",
        "        if False:\n",
        PROMISING + "test_what_is_over_makes_room_for_another",
    ),
    Mutant(
        "a moved call keeps its old room",
        "chalicelib/callbacks/store/dynamo.py",
        "back = [beside.giving_back(before.unit, before.cell)] if before.cell else []",
        "back: list[Write] = []",
        PROMISING + "test_moving_gives_the_old_room_back_and_takes_the_new",
    ),
    Mutant(
        "now is at any hour",
        "chalicelib/callbacks/policy/windows.py",
        "if not frame.allows(now, chosen=True) or (calendar.opening and not calendar.is_open(now)):",
        "if calendar.opening and not calendar.is_open(now):",
        PROMISING + "test_now_is_not_when_it_is_night_where_the_customer_is",
    ),
    Mutant(
        "whoever does not agree is sold something",
        BUDGET,
        "if rule.consent and rule.purpose not in book.consents:",
        "if False:",
        PROMISING + "test_nobody_is_noted_for_what_they_do_not_wish",
    ),
    Mutant(
        "a day has no end of calls",
        BUDGET,
        "== today) >= rule.per_day:",
        "== today) >= 99:",
        WORKING + "test_a_person_is_not_called_oftener_than_the_rule_allows_whatever_for",
    ),
    Mutant(
        "the line is given out at night",
        LEASED,
        "            if barred is not None:\n",
        "            if barred is not None and False:\n",
        LEASING + "test_a_call_in_the_line_is_looked_at_once_more_before_it_is_given_out",
    ),
    Mutant(
        "the book is not written under its version",
        BESIDE,
        "return unchanged(TABLE, item, book.version - 1) if book.version > 1 else Put(TABLE, item)",
        'return Put(TABLE, item, "attribute_not_exists(pk) OR attribute_exists(pk)")',
        LEASING + "test_two_leases_of_one_person_are_not_both_within_the_budget",
    ),
    Mutant(
        "an agent has two calls",
        "chalicelib/callbacks/store/dynamo.py",
        "return [beside.grasping(callback) if callback.status is Status.LEASED else beside.letting_go(before)]",
        "return [] if callback.status is Status.LEASED else []",
        LEASING + "test_two_agents_never_have_the_same_call_and_nobody_has_two",
    ),
    Mutant(
        "who is complained about is given the call",
        ORDER,
        "    if row.about_staff == me.id:\n",
        "    if False:\n",
        LEASING + "test_who_the_matter_is_about_is_never_given_it_nor_told_of_it",
    ),
    Mutant(
        "nobody waits for their own agent",
        ORDER,
        "if row.prefer and row.prefer != me.id and row.prefer in duty:",
        "if False:",
        LEASING + "test_a_call_is_kept_for_its_own_agent_and_for_who_knows_the_matter_but_not_for_ever",
    ),
    Mutant(
        "anybody ends anybody's try",
        TRYING,
        "if callback.status is not Status.LEASED or callback.leased_by != call.actor.id:",
        "if callback.status is not Status.LEASED:",
        LEASING + "test_only_who_has_it_in_hand_says_what_came_of_it",
    ),
    Mutant(
        "what was taken in time rings at any time",
        TRYING,
        "if not frame.allows(call.now, chosen=chosen(before, call)):",
        "if False:",
        DIALLING + "test_nothing_rings_once_the_hours_have_ended_though_it_was_taken_before",
    ),
    Mutant(
        "it rings under another name each time",
        TRYING,
        'return f"{callback.id}-{attempt.n}"',
        'return f"{callback.id}-{attempt.n}-{callback.version}"',
        DIALLING + "test_a_crash_while_dialling_never_rings_twice",
    ),
    Mutant(
        "a try that is under way is claimed again",
        TRYING,
        "        if running is not None:\n            return None\n",
        "",
        DIALLING + "test_when_the_telephony_system_is_away_the_try_is_still_the_same",
    ),
    Mutant(
        "a call that may have rung goes back untried",
        TRYING,
        'if before.running else self.returned(lost, "lapsed", call)',
        'if False else self.returned(replace(lost, attempts=()), "lapsed", call)',
        DIALLING + "test_an_agent_who_was_lost_while_it_rang_has_tried",
    ),
    Mutant(
        "a lease never runs out",
        TRYING,
        "if before.lease_until is None or before.lease_until > call.now:",
        "if True:",
        LEASING + "test_a_lease_that_runs_out_puts_the_call_back_in_its_place",
    ),
    Mutant(
        "an agent who was not ready is a try",
        "chalicelib/callbacks/model/callback.py",
        "return self.outcome is not None and self.outcome is not Outcome.AGENT_NOT_READY",
        "return self.outcome is not None",
        WORKING + "test_an_agent_who_was_not_ready_is_no_try",
    ),
    Mutant(
        "the same hour is tried again and again",
        TRIES,
        "if RULES[outcome].another_part:",
        "if False:",
        WORKING + "test_no_answer_is_tried_in_another_part_of_the_day",
    ),
    Mutant(
        "it is tried for ever",
        TRIES,
        "return same >= RULES[outcome].most or len(callback.tries) >= MOST_TRIES",
        "return False",
        WORKING + "test_each_outcome_has_its_own_cap_and_all_together_have_one",
    ),
    Mutant(
        "a stranger is written to",
        "chalicelib/callbacks/service/moving.py",
        '    if why == "wrong_number":\n',
        "    if False:\n",
        WORKING + "test_a_wrong_number_is_not_tried_again_and_nothing_is_written_there",
    ),
    Mutant(
        "a broken promise is nobody's business",
        WORKED,
        "after = ended(before.moved(Status.BROKEN, call.now), *notices)",
        "after, notices = ended(before.moved(Status.BROKEN, call.now)), []",
        WORKING + "test_a_promise_nobody_keeps_is_late_once_and_then_broken_and_both_sides_hear_it",
    ),
    Mutant(
        "two times that are promised are one word",
        WORKED,
        'return f"{name}/{before.starts_at:%Y%m%d%H%M}"',
        "return name",
        WORKING + "test_a_call_that_was_late_and_is_moved_can_be_late_again_and_that_is_another_word",
    ),
    Mutant(
        "the ticket is noted as told before it is",
        WORKED,
        "        if found.owes_ticket:\n            self._tell(found, call)\n",
        "",
        WORKING + "test_a_ticket_that_cannot_be_told_is_told_later",
    ),
    Mutant(
        "each hint of a closing promises another call",
        "chalicelib/callbacks/service/following.py",
        "drafted = replace(drafted, id=_id(ticket, seq, closed_at), ",
        "drafted = replace(drafted, ",
        FOLLOWING + "test_hearing_of_it_twice_promises_once_even_when_it_is_over",
    ),
    Mutant(
        "the word of a call is genuine for ever",
        "chalicelib/callbacks/service/proving.py",
        "call.now < callback.ended_at + ASKED_AFTER",
        "call.now >= callback.ended_at",
        PROVING + "test_a_word_is_genuine_as_long_as_the_call_is_to_come_or_has_just_been",
    ),
    Mutant(
        "a stranger hears whose word it is",
        "chalicelib/callbacks/service/proving.py",
        "found.customer_id != call.actor.id",
        'found.customer_id == ""',
        PROVING + "test_only_the_customer_themselves_hears_which_call_a_word_belongs_to",
    ),
    Mutant(
        "holidays are working days",
        "chalicelib/sla/contact.py",
        "holiday = day in self.calendar.holidays",
        "holiday = False",
        "tests/unit/sla/test_contact.py::test_nobody_is_called_on_a_holiday",
    ),
]
