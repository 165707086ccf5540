"""The lines that guard what providers say, and the ways of a code."""

from tests.mutants.mutant import Mutant

WAYS = "tests/unit/verification/test_ways.py::"
OUTAGES = "tests/unit/verification/test_outages.py::"
SCHEMES = "tests/unit/notifications/test_schemes.py::"
TEXTERS = "tests/unit/aws/test_texters.py::"
STORM = "tests/unit/notifications/test_storm.py::test_a_storm_of_receipts_ends_in_exactly_the_right_statuses"
FRAUDS = "tests/unit/verification/test_fraud.py::"
CODES = "chalicelib/verification/codes/"
FRAUD = "chalicelib/verification/fraud/"
IN_WAYS = [
    Mutant(
        "whoever is in stays in though the account is reported",
        FRAUD + "service/reporting.py",
        "if report.kind not in policy.ENDS_SESSIONS:",
        "if report.kind in policy.ENDS_SESSIONS:",
        "tests/integration/test_fraud.py::test_staff_shut_everybody_out_for_who_calls_them",
    ),
    Mutant(
        "a report ends sessions whatever it is about",
        FRAUD + "service/reporting.py",
        "if report.kind not in policy.ENDS_SESSIONS:",
        "if not report:",
        FRAUDS + "test_where_somebody_else_may_be_in_every_session_ends_but_that_of_who_says_so",
    ),
    Mutant(
        "who reports is shut out too",
        "chalicelib/identity/service/ending.py",
        "if session != but}",
        "if session}",
        "tests/integration/test_fraud.py::test_a_report_shuts_a_stranger_out_of_bookings_and_calls_and_lets_nobody_in_again",
    ),
    Mutant(
        "anybody is Twilio",
        "chalicelib/notifications/service/schemes.py",
        "if not hmac.compare_digest(expected.encode(), said.signature.encode()):",
        "if False:",
        SCHEMES + "test_another_text_body_or_token_is_not_believed",
    ),
    Mutant(
        "who has no account believes whoever signs with nothing",
        "chalicelib/notifications/service/schemes.py",
        "if not token or len(said.body)",
        "if len(said.body)",
        SCHEMES + "test_where_there_is_no_account_nobody_signs",
    ),
    Mutant(
        "anybody's topic is ours",
        "chalicelib/notifications/service/schemes.py",
        "ours = self.topic.is_ours(arn) and version",
        "ours = version",
        SCHEMES + "test_what_sns_did_not_sign_for_us_just_now_is_not_believed[fields0]",
    ),
    Mutant(
        "what SNS signed long ago is believed",
        "chalicelib/notifications/service/schemes.py",
        "if fresh > policy.FRESH_BY_SNS:",
        "if False:",
        SCHEMES + "test_what_sns_did_not_sign_for_us_just_now_is_not_believed[fields4]",
    ),
    Mutant(
        "a certificate is fetched from anybody",
        "chalicelib/aws/topics.py",
        'return parts if parts.scheme == "https" and _HOST.fullmatch(parts.netloc) else None',
        "return parts",
        TEXTERS + "test_a_certificate_is_fetched_from_nobody_but_sns",
    ),
    Mutant(
        "a receipt moves a text back",
        "chalicelib/kernel/delivery.py",
        "return other in NEXT[self]",
        "return other is not self",
        STORM,
    ),
    Mutant(
        "another way carries another code",
        CODES + "service/carrying.py",
        "self.keys.digest(key, about.id, about.seed, str(n))",
        "self.keys.digest(key, about.id, str(about.sends), str(n))",
        WAYS + "test_where_nothing_is_heard_the_same_code_goes_the_next_way_and_then_is_spoken",
    ),
    Mutant(
        "ways are gone without end",
        CODES + "service/carrying.py",
        "if not same and sent.sends >= policy.SENDS:",
        "if False:",
        WAYS + "test_three_texts_are_the_most_whoever_asked_for_them",
    ),
    Mutant(
        "another way is not counted",
        CODES + "service/carrying.py",
        "toll = None if paid else",
        "toll = None if True else",
        WAYS + "test_a_limit_stops_it_as_it_stops_everybody",
    ),
    Mutant(
        "an outage is answered as if a code had been sent",
        CODES + "service/sending.py",
        "self.store.unsent(gone, records, call.once, refund)",
        "self.store.unsent(gone, records, None, refund)",
        OUTAGES + "test_after_an_outage_the_very_same_call_is_carried_out",
    ),
    Mutant(
        "an outage looks like pumping",
        CODES + "service/sending.py",
        "refund = self.gate.refund(asked, called, call) if counting_back else None",
        "refund = None",
        OUTAGES + "test_an_outage_closes_no_prefix_and_costs_nothing_but_does_not_let_providers_be_tried_without_end",
    ),
    Mutant(
        "what has arrived goes another way",
        CODES + "service/following.py",
        "if status is Delivery.DELIVERED:\n            due = None",
        "if False:\n            due = None",
        WAYS + "test_a_late_receipt_or_a_right_code_ends_it",
    ),
    Mutant(
        "what was reported stays open to codes",
        CODES + "model/reach.py",
        "return (*own, prefix_name",
        "return (prefix_name",
        FRAUDS + "test_a_number_that_was_taken_is_closed_to_codes_at_once_and_for_a_week",
    ),
    Mutant(
        "another report shortens what is closed",
        CODES + "service/hardening.py",
        "if before and until <= before.until:",
        "if False:",
        FRAUDS + "test_what_is_closed_longer_stays_so_and_what_is_reported_again_is_closed_on",
    ),
    Mutant(
        "a word is genuine for everybody",
        FRAUD + "policy.py",
        "if word.phone != phone:",
        "if False:",
        FRAUDS + "test_a_word_is_genuine_for_the_phone_it_was_given_for_and_for_a_time",
    ),
    Mutant(
        "a word is genuine for ever",
        FRAUD + "policy.py",
        "return Outcome.GENUINE if now < word.expires_at else Outcome.EXPIRED",
        "return Outcome.GENUINE",
        FRAUDS + "test_a_word_is_genuine_for_the_phone_it_was_given_for_and_for_a_time",
    ),
    Mutant(
        "words are guessed at without end",
        FRAUD + "service/words.py",
        "if (longest := max(one.wait(limits[one.key], call.now) for one in buckets)) > 0:",
        "if (longest := 0) > 0:",
        FRAUDS + "test_words_are_asked_about_so_often_and_no_more",
    ),
    Mutant(
        "an ended session stays on the list",
        "chalicelib/identity/store/people.py",
        'for item in self._tables.batch(TABLE, keys) if not item.get("ended")] if keys',
        "for item in self._tables.batch(TABLE, keys)] if keys",
        "tests/contract/test_own_sessions.py::test_a_customers_sessions_are_known_and_ended_by_their_marks[dynamo]",
    ),
    Mutant(
        "the session that asks is ended with the others",
        "chalicelib/identity/service/ending.py",
        "- {call.actor.session}, call)",
        ", call)",
        "tests/unit/identity/test_ending.py::test_all_others_are_ended_and_the_one_that_asks_is_not",
    ),
    Mutant(
        "a session alone is enough for anything",
        "chalicelib/kernel/assurance.py",
        "if need and level(actor, min(need.within, _holds(risk)), now) < need.level:",
        "if False:",
        "tests/unit/identity/test_proving.py::test_a_session_alone_is_not_enough_and_what_would_be_is_named",
    ),
    Mutant(
        "the edge does not ask how sure one is",
        "chalicelib/web/auth.py",
        "assurance.require(actor, route.act, now)",
        "assurance.level",
        "tests/integration/test_proving.py::test_a_session_alone_changes_no_number_and_the_answer_names_what_would_do",
    ),
    Mutant(
        "anybody's code proves it",
        "chalicelib/identity/service/proving.py",
        "if grant.bound or grant.phone != customer.phone:",
        "if grant.bound:",
        "tests/unit/identity/test_proving.py::test_a_grant_proves_once_for_whom_it_was_made_and_confirms_nothing_else",
    ),
    Mutant(
        "a number is changed without telling the old one",
        "chalicelib/identity/service/proving.py",
        "        self._tell(customer, call)\n",
        "",
        "tests/unit/identity/test_proving.py::test_if_the_old_number_cannot_be_told_nothing_is_changed",
    ),
    Mutant(
        "a number is changed again and again",
        "chalicelib/identity/service/proving.py",
        "if customer.phone_since and call.now <",
        "if False and call.now <",
        "tests/unit/identity/test_proving.py::test_it_is_not_done_twice_in_a_day",
    ),
]
