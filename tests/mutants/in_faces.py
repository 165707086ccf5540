"""The lines that guard faces and documents: consent, bands, failures, time, two people, and what is kept."""

from tests.mutants.mutant import Mutant

CONSENTS = "tests/unit/verification/test_face_consents.py::"
CHECKS = "tests/unit/verification/test_face_checks.py::"
RESULTS = "tests/unit/verification/test_face_results.py::"
REVIEWS = "tests/unit/verification/test_face_reviews.py::"
ADAPTER = "tests/unit/aws/test_faces.py::"
DOCUMENTS = "tests/unit/verification/test_documents.py::"
EMERGENCIES = "tests/unit/test_emergencies.py::"
IN, PAPERS = "chalicelib/verification/faces/", "chalicelib/verification/documents/"
IN_FACES = [
    Mutant(
        "a face is looked at without consent",
        IN + "policy.py",
        "if face is None or not face.agreed(version):",
        "if face is None:",
        CONSENTS + "test_consent_that_was_taken_back_is_none_and_what_was_kept_is_gone_with_a_receipt",
    ),
    Mutant(
        "consent to old terms is good for new ones",
        IN + "model/face.py",
        "self.consent.version == version and",
        "True and",
        CONSENTS + "test_new_terms_have_to_be_agreed_to_anew",
    ),
    Mutant(
        "what was kept stays after consent was taken back",
        IN + "service/consenting.py",
        "changes, receipts = deleted(now, Why.WITHDRAWN)",
        "changes, receipts = deleted([], Why.WITHDRAWN)",
        CONSENTS + "test_consent_that_was_taken_back_is_none_and_what_was_kept_is_gone_with_a_receipt",
    ),
    Mutant(
        "faces are closed for nobody",
        IN + "policy.py",
        "    if face.failures + 1 < FAILURES:",
        "    if True:",
        CHECKS + "test_five_failures_in_a_row_close_this_way_for_a_day_and_others_stay",
    ),
    Mutant(
        "a mask passes",
        IN + "policy.py",
        "similarity is None or liveness < wanted.liveness_least or",
        "similarity is None or",
        CHECKS + "test_scores_come_to_one_of_three_bands[6999-9999-step_up]",
    ),
    Mutant(
        "what is unclear passes",
        IN + "policy.py",
        "passed = liveness >= wanted.liveness and similarity >= wanted.similarity",
        "passed = liveness >= wanted.liveness or similarity >= wanted.similarity",
        CHECKS + "test_scores_come_to_one_of_three_bands[8999-9500-review]",
    ),
    Mutant(
        "a recording passes",
        IN + "store/faces.py",
        "mark, ABSENT, refused=",
        "mark, WHATEVER, refused=",
        CHECKS + "test_the_same_image_twice_is_a_recording_and_fails",
    ),
    Mutant(
        "who comes too late passes",
        IN + "service/checking.py",
        "if call.now < check.until else None",
        "if True else None",
        RESULTS + "test_who_shows_nothing_in_time_gets_nothing_and_it_is_no_failure[clock]",
    ),
    Mutant(
        "a grant comes of a check that did not pass",
        IN + "service/checking.py",
        "check.status is not Status.PASSED or check.purpose != purpose",
        "check.purpose != purpose",
        CHECKS + "test_no_grant_comes_of_anything_but_a_pass",
    ),
    Mutant(
        "a grant of a face is good for another purpose",
        IN + "service/checking.py",
        "check.status is not Status.PASSED or check.purpose != purpose",
        "check.status is not Status.PASSED",
        CHECKS + "test_a_face_that_passes_gives_a_grant_for_its_purpose_its_customer_and_ten_minutes",
    ),
    Mutant(
        "whoever is complained about decides",
        IN + "service/reviewing.py",
        "if call.actor.id in self.concerned.complained_about(customer):",
        "if False:",
        REVIEWS + "test_nobody_decides_about_whoever_complains_about_them",
    ),
    Mutant(
        "a review is decided when its time is over",
        IN + "service/reviewing.py",
        "if check.status is Status.REVIEW and call.now >= check.until:",
        "if False:",
        REVIEWS + "test_what_nobody_decides_in_time_opens_nothing_and_both_sides_are_told",
    ),
    Mutant(
        "scores are kept for ever",
        IN + "service/reviewing.py",
        "if call.now >= check.kept_until:",
        "if False:",
        REVIEWS + "test_scores_and_digest_go_when_their_time_is_over_with_a_receipt",
    ),
    Mutant(
        "a reference of two people is compared",
        "chalicelib/aws/faces.py",
        "if len(faces) != 1:",
        "if not faces:",
        ADAPTER + "test_a_reference_of_one_face_is_compared_and_any_other_is_none[answer1-None]",
    ),
    Mutant(
        "an image is shown in a traceback",
        "chalicelib/aws/faces.py",
        'image: bytes = field(default=b"", repr=False)',
        'image: bytes = field(default=b"")',
        ADAPTER + "test_an_image_is_never_shown",
    ),
    Mutant(
        "one person is two",
        PAPERS + "service.py",
        "if call.actor.id == before.seen_by:",
        "if False:",
        DOCUMENTS + "test_nobody_is_the_second_person_to_themselves",
    ),
    Mutant(
        "the second person confirms another document",
        PAPERS + "policy.py",
        "alike = (before.kind, before.sha256, before.expires_on) == (shown.kind, sha256, shown.expires_on)",
        "alike = True",
        DOCUMENTS + "test_two_who_do_not_see_the_same_have_seen_nothing[but0-seen_otherwise]",
    ),
    Mutant(
        "an expired document proves something",
        PAPERS + "policy.py",
        "if shown.expires_on < today:",
        "if False:",
        DOCUMENTS + "test_what_does_not_fit_or_has_expired_proves_nothing[but1-expired]",
    ),
    Mutant(
        "a number is kept so that it can be found by trying",
        PAPERS + "service.py",
        'return self.keys.digest("document", shown.kind, policy.plain(shown.number))',
        "import hashlib\n        return hashlib.sha256(shown.number.encode()).hexdigest()",
        DOCUMENTS + "test_a_document_that_fits_is_verified_and_neither_number_nor_plain_digest_is_kept",
    ),
    Mutant(
        "what a repeated call is known by can be found by trying",
        "chalicelib/web/idempotency.py",
        'services().keys.digest("fingerprint", _canonical(body))',
        "_digest(_canonical(body))",
        "tests/unit/web/test_requests.py::test_the_same_body_is_the_same_however_it_is_spelled_and_another_is_another",
    ),
    Mutant(
        "an emergency lasts as long as is asked for",
        "chalicelib/emergencies/service.py",
        "min(timedelta(minutes=minutes), policy.LONGEST)",
        "timedelta(minutes=minutes)",
        EMERGENCIES + "test_it_is_over_within_the_hour_whatever_is_asked_for",
    ),
    Mutant(
        "whoever reached beyond their unit answers for it",
        "chalicelib/emergencies/service.py",
        "if call.actor.id == before.staff:",
        "if False:",
        EMERGENCIES + "test_nobody_answers_for_themselves",
    ),
    Mutant(
        "nobody is asked a second time",
        "chalicelib/emergencies/service.py",
        "after = replace(before, ask_at=call.now + policy.ASK_AGAIN, asked=before.asked + 1)",
        "after = replace(before, ask_at=None, asked=before.asked + 1)",
        EMERGENCIES + "test_it_is_asked_for_every_day_until_somebody_answers",
    ),
    Mutant(
        "an emergency reaches everything below, too",
        "chalicelib/identity/service/seating.py",
        'id_, units = call.new_id("ses"), call.actor.units | {unit}',
        'id_, units = call.new_id("ses"), frozenset(self.identity.directory.units())',
        "tests/integration/test_emergencies.py::test_only_the_unit_that_was_named_is_reached",
    ),
    Mutant(
        "somebody is served for what one person saw, where two have to look",
        "chalicelib/appointments/policy/arriving.py",
        "return needs_two(services) and not proof.by_two",
        "return False",
        "tests/integration/test_documents.py::test_where_two_have_to_look_one_is_not_enough_whoever_says_so",
    ),
]
