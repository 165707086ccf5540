"""The lines that guard kiosks, who is in front of them, and what is handed over from them."""

from tests.mutants.mutant import Mutant

PROOFS = "tests/integration/test_kiosk_proofs.py::"
ENROLMENT = "tests/integration/test_kiosk_enrolment.py::"
KIOSKS = "tests/integration/test_kiosks.py::"
BEATS = "tests/integration/test_kiosk_heartbeats.py::"
VISITS = "tests/integration/test_kiosk_visits.py::"
HANDED = "tests/integration/test_handovers.py::"
STORE = "chalicelib/kiosks/store/kiosks.py"
ENROLLING = "chalicelib/kiosks/service/enrolling.py"
AT_KIOSKS = [
    Mutant(
        "a statement may be used again",
        ENROLLING,
        ", self.keeping.store.using(kiosk.id, claims)]",
        "]",
        PROOFS + "test_a_statement_works_once",
    ),
    Mutant(
        "a statement for somebody else is believed",
        "chalicelib/aws/proofs.py",
        '    "strict_aud": True,\n',
        '    "verify_aud": False,\n',
        PROOFS + "test_a_statement_that_lacks_something_or_says_something_else_is_refused",
    ),
    Mutant(
        "a statement of another kiosk is believed",
        "chalicelib/aws/proofs.py",
        "                subject=device,\n",
        "",
        PROOFS + "test_a_statement_that_lacks_something_or_says_something_else_is_refused",
    ),
    Mutant(
        "a statement may be old",
        "chalicelib/aws/proofs.py",
        "<= now < expires + LEEWAY",
        "<= now",
        PROOFS + "test_a_statement_is_of_this_minute_by_two_clocks",
    ),
    Mutant(
        "a statement may be good for a day",
        "chalicelib/aws/proofs.py",
        "issued <= expires <= issued + LONGEST",
        "issued <= expires",
        PROOFS + "test_a_statement_is_of_this_minute_by_two_clocks",
    ),
    Mutant(
        "a key that was replaced signs in",
        ENROLLING,
        "        if kiosk.key != signed_by:",
        "        if False:",
        ENROLMENT + "test_the_key_of_an_enrolment_that_came_between_is_not_signed_in_with_the_old_one",
    ),
    Mutant(
        "a code is compared however often it was tried",
        STORE,
        '"attempts < :most AND expires_at > :now"',
        '":most = :most AND expires_at > :now"',
        ENROLMENT + "test_five_tries_are_counted_before_they_are_compared",
    ),
    Mutant(
        "the first letters of a code are enough",
        ENROLLING,
        "if found is None or not hmac.compare_digest(self.code_of(found.id).encode(), code.encode()):",
        "if found is None:",
        ENROLMENT + "test_five_tries_are_counted_before_they_are_compared",
    ),
    Mutant(
        "a code works twice",
        ENROLLING,
        "if kiosk.enrolment != found.id or",
        "if",
        ENROLMENT + "test_a_code_works_once_however_it_is_typed",
    ),
    Mutant(
        "a session outlives its kiosk",
        "chalicelib/kiosks/service/registry.py",
        "return Change(after, [told(kiosk.id, named(ended))], self.keeping.ending(ended))",
        "return Change(after, [told(kiosk.id, named(ended))])",
        KIOSKS + "test_a_disabled_kiosk_and_whoever_is_there_are_refused_on_the_next_request",
    ),
    Mutant(
        "a disabled kiosk signs in",
        ENROLLING,
        "        if kiosk.state is not State.ACTIVE:\n",
        "        if False:\n",
        KIOSKS + "test_a_disabled_kiosk_and_whoever_is_there_are_refused_on_the_next_request",
    ),
    Mutant(
        "a code survives being disabled",
        "chalicelib/kiosks/service/registry.py",
        'after = replace(after, enrolment="", silent_since=None, notices=())',
        "after = replace(after, silent_since=None, notices=())",
        KIOSKS + "test_a_code_that_was_shown_before_is_no_way_around_being_disabled",
    ),
    Mutant(
        "silence is told again and again",
        "chalicelib/kiosks/service/beating.py",
        "kiosk = replace(kiosk, silent_since=since).owing(notice)",
        "kiosk = kiosk.owing(notice)",
        BEATS + "test_silence_is_told_to_the_lead_once_and_its_end_recorded",
    ),
    Mutant(
        "a kiosk opened by force keeps its key",
        "chalicelib/kiosks/service/beating.py",
        'after = replace(after, key=None, thumbprint="", enrolment="").owing(notice)',
        "after = after.owing(notice)",
        BEATS + "test_a_kiosk_opened_by_force_is_over_at_once_and_has_to_be_enrolled_anew",
    ),
    Mutant(
        "nobody is ever idle",
        "chalicelib/identity/model/sessions.py",
        "and not (self.idle and self.seen_at and now >= self.seen_at + self.idle)",
        "",
        VISITS + "test_two_minutes_without_a_touch_end_a_visit_and_a_heartbeat_is_no_touch",
    ),
    Mutant(
        "a touch brings a session back",
        "chalicelib/identity/store/people.py",
        "        self._tables.put(Put(TABLE, self._session_item(session), _THERE))",
        "        self._tables.put(Put(TABLE, self._session_item(session), WHATEVER))",
        VISITS + "test_a_request_that_comes_while_a_visit_ends_does_not_bring_it_back",
    ),
    Mutant(
        "a visit outlives the session it began in",
        "chalicelib/kiosks/service/visiting.py",
        "until = min(call.now + policy.VISIT_LIFE, own.until)",
        "until = call.now + policy.VISIT_LIFE",
        VISITS + "test_a_visit_is_no_longer_than_the_session_it_began_in",
    ),
    Mutant(
        "the next customer finds the one before signed in",
        "chalicelib/kiosks/service/visiting.py",
        "[*begun.writes, *self.keeping.ending(ended)]",
        "[*begun.writes]",
        VISITS + "test_whoever_signs_in_next_ends_what_was_left_open",
    ),
    Mutant(
        "a kiosk does what it does not offer",
        "chalicelib/kernel/access.py",
        "if actor.device and not",
        "if False and not",
        VISITS + "test_a_kiosk_does_what_it_offers_and_nothing_else",
    ),
    Mutant(
        "what was handed over is anybody's",
        "chalicelib/kiosks/service/handing.py",
        "        access.require_on(call.actor, Act.HANDOVER_TAKE, **whose)\n",
        "",
        HANDED + "test_it_is_for_nobody_else",
    ),
    Mutant(
        "what was taken is kept",
        "chalicelib/kiosks/service/handing.py",
        "gone = replace(found, sealed=None, ",
        "gone = replace(found, ",
        HANDED + "test_what_was_typed_lies_nowhere_in_clear_and_nowhere_at_all_once_taken",
    ),
    Mutant(
        "a draft is remembered in clear",
        "chalicelib/kiosks/routes/visits.py",
        'return {"draft": ("draft", f"{self.id}.{self.sealed}")}',
        "return {}",
        HANDED + "test_what_was_typed_lies_nowhere_in_clear_and_nowhere_at_all_once_taken",
    ),
]
