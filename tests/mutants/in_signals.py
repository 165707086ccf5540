"""The lines that guard what is known of numbers: asked seldom, decided by data, recorded once, and keeping nobody out."""

from tests.mutants.mutant import Mutant

SIGNALS = "tests/unit/verification/test_signals.py::"
HOLDING = "tests/unit/callbacks/test_holding.py::"
NUMBERS = "tests/contract/test_numbers.py::"
IN = "chalicelib/verification/signals/"
TRUSTED = "tests/unit/verification/test_trusted.py::"
SENDING = "chalicelib/verification/codes/service/sending.py"
PROVING = "tests/unit/identity/test_proving.py::"
IN_SIGNALS = [
    Mutant(
        "what was proven holds whatever became of the number",
        "chalicelib/kernel/assurance.py",
        "min(need.within, _holds(risk))",
        "need.within",
        PROVING + "test_what_was_proved_holds_for_less_where_the_number_is_trusted_less",
    ),
    Mutant(
        "what was proven by a number that is not trusted holds",
        "chalicelib/kernel/assurance.py",
        "if risk.allowed else timedelta(0)",
        "if risk.allowed else timedelta.max",
        PROVING + "test_what_was_proved_holds_for_less_where_the_number_is_trusted_less",
    ),
    Mutant(
        "a code goes to a number that is not trusted",
        SENDING,
        "if not self.trust.judged(use, sent.phone, call).allowed:",
        "if self.trust.judged(use, sent.phone, call) is None:",
        TRUSTED + "test_where_another_way_is_wanted_nothing_is_sent_kept_or_counted",
    ),
    Mutant(
        "a payment is judged like any step-up",
        SENDING,
        "use = Use.PAYMENT if sent.transaction else Use(sent.purpose)",
        "use = Use(sent.purpose)",
        TRUSTED + "test_a_number_is_judged_by_what_the_code_is_for",
    ),
    Mutant(
        "strangers make us pay for questions",
        SENDING,
        "        if self.trust.asks(use, call):",
        "        if not use:",
        TRUSTED + "test_nobody_makes_us_ask_about_a_number_to_which_no_code_would_go",
    ),
    Mutant(
        "a provider's outage is the customer's",
        IN + "service.py",
        "        except Unavailable:\n            signals = NOTHING\n",
        "        except KeyError:\n            signals = NOTHING\n",
        SIGNALS + "test_unknown_is_legal_everywhere_and_keeps_nobody_out",
    ),
    Mutant(
        "what is known of a number is asked with each request",
        IN + "service.py",
        "if found and call.now < found.until:",
        "if found and call.now < found.checked_at:",
        SIGNALS + "test_an_answer_is_believed_for_a_quarter_of_an_hour",
    ),
    Mutant(
        "an outage is believed as long as an answer",
        IN + "service.py",
        "(rules.answered if check.answered else rules.unanswered)",
        "rules.answered",
        SIGNALS + "test_an_outage_is_believed_for_a_minute_so_that_not_everybody_waits_for_it",
    ),
    Mutant(
        "questions cost what they like",
        IN + "service.py",
        "if not asks or not self.store.may_ask(self.daily, call.now):",
        "if not asks:",
        SIGNALS + "test_a_day_s_questions_are_counted_and_beyond_them_all_is_unknown",
    ),
    Mutant(
        "a sign-in is paid for twice",
        IN + "service.py",
        "self._known(phone, rules, use in rules.asks, call)",
        "self._known(phone, rules, True, call)",
        SIGNALS + "test_a_sign_in_asks_nobody_and_goes_by_what_is_known_already",
    ),
    Mutant(
        "who asked second goes by their own answer",
        IN + "service.py",
        "            return self.store.get(mark)\n",
        "            pass\n",
        SIGNALS + "test_of_two_who_ask_at_once_the_second_goes_by_what_the_first_stored",
    ),
    Mutant(
        "a judgement is recorded with each request",
        IN + "service.py",
        "if name in check.judged:",
        "if False:",
        SIGNALS + "test_what_was_asked_and_what_came_of_it_is_recorded_once_and_says_no_number",
    ),
    Mutant(
        "a number stands in the table in clear",
        IN + "service.py",
        'mark = self.keys.mark("signals", phone)',
        "mark = phone",
        SIGNALS + "test_what_was_asked_and_what_came_of_it_is_recorded_once_and_says_no_number",
    ),
    Mutant(
        "the last row decides",
        IN + "policy/deciding.py",
        "    if any(known[signal] not in values for signal, values in of_number.items()):\n        return False\n",
        "",
        SIGNALS + "test_where_no_row_fits_what_is_usual_is_done",
    ),
    Mutant(
        "a table decides what nobody can do",
        IN + "policy/table.py",
        "if outcome not in CARRIES[use]:",
        "if False:",
        SIGNALS + "test_a_wrong_table_is_refused_by_name",
    ),
    Mutant(
        "words nobody knows are believed",
        IN + "model.py",
        'value if (value := told.get(signal, "")) in VALUES[signal] else UNKNOWN',
        "told.get(signal, UNKNOWN)",
        NUMBERS + "test_words_nobody_knows_are_unknown",
    ),
    Mutant(
        "an error of a carrier's is an answer",
        "chalicelib/aws/numbers.py",
        'return {} if found.get("error_code") else found',
        "return found",
        NUMBERS + "test_each_field_is_read_by_itself",
    ),
    Mutant(
        "an old SIM is a recent one",
        "chalicelib/aws/numbers.py",
        "if moment(str(told)) >= since",
        "if moment(str(told)) != since",
        NUMBERS + "test_each_field_is_read_by_itself",
    ),
    Mutant(
        "a call to a diverted number rings by itself",
        "chalicelib/callbacks/service/trying.py",
        'provider = "" if attempt.by_hand else self._ring(claimed, attempt, call)',
        "provider = self._ring(claimed, attempt, call)",
        HOLDING + "test_who_has_read_it_dials_by_hand_and_still_nothing_rings",
    ),
    Mutant(
        "a double click is an agent who has read it",
        "chalicelib/callbacks/service/holding.py",
        "if call.now < held.at + LOOKED_AT:",
        "if call.now <= held.at:",
        HOLDING + "test_asked_twice_at_once_it_is_told_twice_and_recorded_once",
    ),
    Mutant(
        "a held call reaches whoever answers",
        "chalicelib/callbacks/service/trying.py",
        "            if outcome is Outcome.REACHED:\n                self.holding",
        "            if outcome is Outcome.BUSY:\n                self.holding",
        HOLDING + "test_it_reached_the_customer_only_if_they_said_the_word",
    ),
    Mutant(
        "the next agent is told nothing of a held call",
        "chalicelib/callbacks/service/holding.py",
        "(held.by, held.row) != (call.actor.id, decision.row)",
        "held.row != decision.row",
        HOLDING + "test_the_next_agent_is_told_anew",
    ),
    Mutant(
        "a try that is under way is asked about again",
        "chalicelib/callbacks/service/holding.py",
        "        if found.running is not None:\n            return found.running.by_hand\n",
        "",
        HOLDING + "test_a_try_that_is_under_way_is_not_asked_about_again",
    ),
    Mutant(
        "a code typed before a report opens a session after it",
        "chalicelib/identity/service/signing.py",
        "if customer.shut_out_at is not None and grant.made_at <= customer.shut_out_at:",
        "if customer.shut_out_at is not None and grant.made_at == customer.shut_out_at:",
        "tests/integration/test_fraud.py::"
        "test_what_was_proved_before_the_report_opens_nothing_after_it_and_what_is_proved_later_does",
    ),
    Mutant(
        "who signs in at the moment of a report stays in",
        "chalicelib/identity/service/ending.py",
        "beside = [*self.people.ending(dict.fromkeys(ending, call.now)), *self.people.shutting(shut, records)]",
        "beside, records = [*self.people.ending(dict.fromkeys(ending, call.now))], []",
        "tests/integration/test_fraud.py::test_who_signs_in_at_the_moment_of_the_report_is_shut_out_too",
    ),
]
