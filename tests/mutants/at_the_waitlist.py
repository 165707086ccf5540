"""The lines that guard who is offered what comes free, and how often somebody may ask."""

from tests.mutants.mutant import Mutant

OFFERS = "tests/unit/appointments/test_waitlist.py::"
JOINED = "tests/unit/appointments/test_waitlist_joined.py::"
RACES = "tests/unit/appointments/test_waitlist_races.py::"
REBOOKED = "tests/unit/appointments/test_rebooked.py::"
LIMITS = "tests/unit/appointments/test_limits.py::"
MEASURES = "tests/unit/appointments/test_measures.py::"
POLICY = "chalicelib/appointments/policy/waitlist.py"
OFFERING = "chalicelib/appointments/service/offering.py"
TAKING_UP = "chalicelib/appointments/service/taking_up.py"
AT_THE_WAITLIST = [
    Mutant(
        "who declines is asked first again",
        POLICY,
        "return len(waiting.not_taken), not",
        "return 0, not",
        OFFERS + "test_what_is_declined_goes_to_the_next_at_once_and_who_declined_waits_on_behind_them",
    ),
    Mutant(
        "who needs support waits like everybody",
        POLICY,
        "not waiting.wish.support_needs, waiting.id",
        "True, waiting.id",
        JOINED + "test_the_order_is_fewer_offers_then_support_then_who_joined_first",
    ),
    Mutant(
        "an offer that is over is booked",
        TAKING_UP,
        "if call.now >= hold.until:",
        "if False:",
        RACES + "test_an_offer_that_is_over_is_not_booked_though_nobody_took_it_back_yet",
    ),
    Mutant(
        "a page left open takes another offer",
        TAKING_UP,
        "if waiting.offer is None or waiting.offer.id != hold_id:",
        "if waiting.offer is None:",
        OFFERS + "test_an_answer_is_to_the_offer_it_names",
    ),
    Mutant(
        "a branch that closed keeps what it offered",
        TAKING_UP,
        "if not self.waitlist.stands(hold, call):",
        "if False:",
        RACES + "test_what_the_branch_cannot_keep_is_withdrawn_and_one_stays_at_ones_place",
    ),
    Mutant(
        "an offer exceeds a cap that came since",
        "chalicelib/appointments/service/waitlist.py",
        "cells.get(place, nobody).taken <= policy.capped(branch, place)",
        "True",
        RACES + "test_under_a_cap_that_came_since_nothing_is_kept_that_would_exceed_it",
    ),
    Mutant(
        "people are woken for an offer",
        POLICY,
        "asked = now if what is News.JOINED else morning(waiting.timezone, now)",
        "asked = now",
        OFFERS + "test_at_night_the_time_is_held_and_nobody_is_woken",
    ),
    Mutant(
        "an offer leaves no time to answer",
        POLICY,
        "return until if until - told >= AT_LEAST else None",
        "return until",
        OFFERS + "test_what_leaves_too_little_time_to_answer_is_offered_to_nobody",
    ),
    Mutant(
        "what was not taken is offered again",
        POLICY,
        " and slot.starts_at not in waiting.not_taken:",
        ":",
        OFFERS + "test_a_time_that_was_not_taken_is_not_offered_again",
    ),
    Mutant(
        "an offer lasts five minutes",
        "chalicelib/appointments/model/hold.py",
        "return born(self.id) + self.life",
        "return born(self.id) + HOLD_LIFE",
        RACES + "test_who_needs_a_time_does_not_take_it_from_whom_it_is_offered",
    ),
    Mutant(
        "a hold is freed by its age and not by its life",
        "chalicelib/appointments/store/dynamo.py",
        "return [hold for hold in found if hold.until <= now]",
        "return list(found)",
        RACES + "test_who_needs_a_time_does_not_take_it_from_whom_it_is_offered",
    ),
    Mutant(
        "somebody is passed and never hears of it",
        OFFERING,
        "            if why in waiting.passed:\n",
        "            if True:\n",
        OFFERS + "test_who_has_as_many_appointments_as_one_may_is_passed_and_told_once",
    ),
    Mutant(
        "a word that is sent costs somebody their turn",
        OFFERING,
        "                waiting = self.waitlist.found(waiting.id)\n            except (TooManyOpen",
        "                return 'changed'\n            except (TooManyOpen",
        RACES + "test_a_word_that_is_sent_meanwhile_costs_nobody_their_turn",
    ),
    Mutant(
        "nobody looks where nobody heard",
        OFFERING,
        "            self._watching(before.wish.branch, call)\n",
        "            pass\n",
        RACES + "test_what_lost_messages_left_undone_the_sweep_finds",
    ),
    Mutant(
        "one waits as often as one likes",
        "chalicelib/appointments/store/seats.py",
        '"attribute_not_exists(waiting_now) OR waiting_now < :most"',
        '"attribute_not_exists(waiting_now) OR waiting_now < :most OR waiting_now >= :most"',
        JOINED + "test_one_waits_once_for_a_day_at_a_branch_and_five_times_in_all",
    ),
    Mutant(
        "searching is not counted",
        "chalicelib/appointments/service/finding.py",
        "            if left:\n",
        "            if False:\n",
        LIMITS + "test_free_times_are_asked_for_so_often_a_minute_from_one_network",
    ),
    Mutant(
        "holding is not counted",
        "chalicelib/aws/buckets.py",
        '"attribute_not_exists(counted) OR counted < :most"',
        '"attribute_not_exists(counted) OR counted < :most OR counted >= :most"',
        LIMITS + "test_so_many_times_are_held_within_an_hour",
    ),
    Mutant(
        "a low cap leaves the smaller kind of counter nothing",
        "chalicelib/appointments/policy/measures.py",
        "return [pools[(turn + number) % len(pools)] for number in range(many)]",
        "return [pools[number] for number in range(many)]",
        MEASURES + "test_a_cap_too_low_for_one_each_goes_round_among_the_kinds_of_counter",
    ),
    Mutant(
        "a low cap leaves a channel nothing",
        "chalicelib/appointments/policy/limits.py",
        "min(most, _share(branch, channel, staffed))",
        "_share(branch, channel, most)",
        MEASURES + "test_under_a_cap_each_channel_has_its_share_of_the_counters_as_far_as_there_is_room",
    ),
    Mutant(
        "what somebody missed keeps them from another time when their branch closes",
        "chalicelib/appointments/service/changing.py",
        ", had_the_day=before.may_choose)",
        ")",
        REBOOKED + "test_what_somebody_missed_keeps_nobody_from_a_time_on_the_same_day_when_their_branch_closes",
    ),
    Mutant(
        "who was told that it cannot take place was expected",
        "chalicelib/appointments/service/missing.py",
        "        if before.may_choose:\n",
        "        if False:\n",
        REBOOKED + "test_nobody_is_told_that_we_expected_them_who_was_told_it_cannot_take_place",
    ),
    Mutant(
        "coming settles nothing",
        "chalicelib/appointments/service/arrivals.py",
        ".told(MISSED).settled(_answer(before))",
        ".told(MISSED)",
        REBOOKED + "test_who_comes_to_the_time_they_were_moved_to_has_accepted_it",
    ),
    Mutant(
        "two bookings are said to go to one place",
        "chalicelib/appointments/service/proposing.py",
        "        self._count(branch.id, visit, booking.channel, 1)\n",
        "",
        REBOOKED + "test_the_answer_to_a_closure_says_where_each_booking_goes_and_the_plan_does_so",
    ),
]
