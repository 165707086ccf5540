"""The lines that guard receipts, versions, pages, conflicts of interest, codes and keys."""

from tests.mutants.mutant import Mutant

REFUSED = "tests/integration/test_receipts_refused.py::"
RECEIPTS = "tests/integration/test_receipts.py::"
VERSIONS = "tests/integration/test_versions.py::"
PAGES = "tests/integration/test_paging.py::"
STEPS = "tests/integration/test_complaint_steps.py::"
DELIVERY = "tests/integration/test_delivery.py::"
CODES = "tests/integration/test_signing_in.py::"
REPEATS = "tests/integration/test_repeats.py::"
SIGNERS = "tests/unit/kernel/test_signatures.py::"
RIGHTS = "tests/integration/test_rights.py"
WRITTEN = "tests/integration/test_discretion.py::test_what_is_written_goes_nowhere_but_where_it_belongs"
AT_THE_EDGES = [
    Mutant(
        "what is written is kept as it is written",
        "chalicelib/web/shapes.py",
        "return value if field.field_name in cls.exact else _masked(value)",
        "return value",
        WRITTEN + "[POST /v1/tickets]",
    ),
    Mutant(
        "the number of a document is masked",
        "chalicelib/web/shapes.py",
        "return value if field.field_name in cls.exact else _masked(value)",
        "return _masked(value)",
        "tests/unit/web/test_bodies.py::test_what_has_to_be_exact_stays_as_it_was_sent",
    ),
    Mutant(
        "texts in a list are kept as they are written",
        "chalicelib/web/shapes.py",
        "return [_masked(one) for one in value]",
        "return value",
        "tests/unit/web/test_bodies.py::test_a_text_is_masked_wherever_it_stands",
    ),
    Mutant(
        "whatever looks like a card number is one",
        "chalicelib/kernel/discretion.py",
        "% 10 == 0",
        "% 10 >= 0",
        "tests/unit/kernel/test_discretion.py::test_what_is_neither_stays_as_it_was_written",
    ),
    Mutant(
        "a hint carries what people wrote",
        "chalicelib/records/service.py",
        "if name in self.carried and not isinstance(value, Mapping)",
        "if not isinstance(value, Mapping)",
        WRITTEN + "[POST /v1/desk/complaints/{ticket}/close]",
    ),
    Mutant(
        "a hint carries what it cannot look into",
        "chalicelib/records/service.py",
        "if name in self.carried and not isinstance(value, Mapping)",
        "if name in self.carried",
        WRITTEN + "[PUT /v1/desk/branches/{branch}/continuity]",
    ),
    Mutant(
        "a receipt is believed whoever signed it",
        "chalicelib/kernel/signatures.py",
        "if not any(fits):",
        "if not given:",
        REFUSED + "test_a_receipt_changed_in_any_byte_is_not_believed",
    ),
    Mutant(
        "a receipt is signed without its time",
        "chalicelib/kernel/signatures.py",
        'f"{stamp}.{body}".encode()',
        "body.encode()",
        REFUSED + "test_a_signature_is_believed_for_five_minutes_before_and_after",
    ),
    Mutant(
        "a key that has ended is believed",
        "chalicelib/kernel/signatures.py",
        "for generation in self.generations if now < generation.until",
        "for generation in self.generations",
        SIGNERS + "test_the_old_key_ends_to_the_second_and_the_new_one_stays",
    ),
    Mutant(
        "only the oldest key is believed",
        "chalicelib/kernel/signatures.py",
        "for key in keys]",
        "for key in keys[:1]]",
        SIGNERS + "test_while_one_key_follows_another_both_are_believed",
    ),
    Mutant(
        "every generation has the same key",
        "chalicelib/kernel/signatures.py",
        'f"{name}/{self.number}"',
        "name",
        SIGNERS + "test_a_key_that_is_off_the_list_is_believed_no_more",
    ),
    Mutant(
        "a receipt may be old",
        "chalicelib/kernel/signatures.py",
        "abs(now.timestamp() - int(stamp)) >",
        "int(stamp) - now.timestamp() >",
        REFUSED + "test_a_signature_is_believed_for_five_minutes_before_and_after",
    ),
    Mutant(
        "a receipt may come from the future",
        "chalicelib/kernel/signatures.py",
        "abs(now.timestamp() - int(stamp)) >",
        "now.timestamp() - int(stamp) >",
        REFUSED + "test_a_signature_is_believed_for_five_minutes_before_and_after",
    ),
    Mutant(
        "a receipt no store can keep is taken",
        "chalicelib/notifications/service/schemes.py",
        "return 0 < len(id_) <= LONGEST_ID and id_.isascii() and id_.isprintable()",
        "return True",
        REFUSED + "test_what_is_signed_and_says_nothing_is_refused_for_good",
    ),
    Mutant(
        "a text that was delivered may fail",
        "chalicelib/kernel/delivery.py",
        "Delivery.DELIVERED: frozenset(),",
        "Delivery.DELIVERED: frozenset({Delivery.FAILED}),",
        RECEIPTS + "test_whatever_the_order_no_status_moves_back",
    ),
    Mutant(
        "a text that failed may be sent",
        "chalicelib/kernel/delivery.py",
        "Delivery.FAILED: frozenset(),",
        "Delivery.FAILED: frozenset({Delivery.SENT}),",
        RECEIPTS + "test_whatever_the_order_no_status_moves_back",
    ),
    Mutant(
        "a clock is met when we hear of it",
        "chalicelib/notifications/service/receipts.py",
        "events.TextDelivered(text.id, text.about, text.key, receipt.at)",
        "events.TextDelivered(text.id, text.about, text.key, call.now)",
        RECEIPTS + "test_the_clock_is_met_when_the_provider_says_even_if_we_hear_of_it_late",
    ),
    Mutant(
        "If-Match is not looked at",
        "chalicelib/kernel/calls.py",
        "if self.if_match is not None and self.if_match != version:",
        "if False:",
        VERSIONS + "test_with_a_stale_if_match_nothing_is_written_and_with_the_newest_it_is",
    ),
    Mutant(
        "a cursor is believed unsigned",
        "chalicelib/kernel/paging.py",
        " or not hmac.compare_digest(mac, _mac(inner, key, bound_to)):",
        ":",
        PAGES + "test_a_cursor_that_was_cut_or_made_up_is_refused",
    ),
    Mutant(
        "a cursor is believed however it is written",
        "chalicelib/kernel/paging.py",
        "if _written(raw) != cursor or not",
        "if not",
        PAGES + "test_a_cursor_that_was_edited_is_refused",
    ),
    Mutant(
        "a cursor is anybody's",
        "chalicelib/web/paging.py",
        "(call().actor.id, *asked)",
        "asked",
        PAGES + "test_a_cursor_of_another_caller_filter_or_list_is_refused",
    ),
    Mutant(
        "who is complained about sees the case",
        "chalicelib/tickets/service/changing.py",
        "if actor.is_staff and ticket.complained_about(actor.id, works_there):",
        "if False:",
        STEPS + "test_who_is_complained_about_neither_owns_nor_sees_nor_decides",
    ),
    Mutant(
        "who is complained about has the case in the queue",
        "chalicelib/tickets/store/dynamo.py",
        "(attribute_not_exists(about_staff) OR about_staff <> :reader)",
        "(attribute_not_exists(about_staff) OR :reader = :reader)",
        STEPS + "test_who_is_complained_about_neither_owns_nor_sees_nor_decides",
    ),
    Mutant(
        "who is complained about owns the case",
        "chalicelib/tickets/service/routing.py",
        " if not ticket.complained_about(who, ticket.unit)}",
        "}",
        STEPS + "test_who_is_complained_about_neither_owns_nor_sees_nor_decides",
    ),
    Mutant(
        "a unit decides about itself",
        "chalicelib/tickets/service/changing.py",
        'works_there = "" if act in access.LOOKING else actor.unit',
        'works_there = ""',
        STEPS + "test_a_complaint_about_the_head_office_is_decided_by_nobody_who_works_there",
    ),
    Mutant(
        "old news of a text moves the next delivery",
        "chalicelib/tickets/service/watch.py",
        'f"{key}.{how}")',
        'next((n for n in ticket.moves_on if n.endswith(how)), ""))',
        DELIVERY + "test_what_is_heard_again_of_the_first_text_does_not_touch_the_second",
    ),
    Mutant(
        "tries are forgotten when another code is sent",
        "chalicelib/verification/codes/store/verifications.py",
        "if verification.status is Status.SENT:",
        "if False:",
        CODES + "test_tries_made_while_another_code_is_asked_for_stay_counted",
    ),
    Mutant(
        "a grant for anything opens a session",
        "chalicelib/verification/codes/service/checking.py",
        "self.keys.opened(grant_for(purpose), token)",
        'next((i for p in ("sign_in", "step_up") if (i := self.keys.opened(grant_for(p), token))), None)',
        CODES + "test_a_grant_of_another_purpose_opens_no_session",
    ),
    Mutant(
        "a call that changed nothing is not remembered",
        "chalicelib/tickets/service/changing.py",
        "                self.store.remember(call.stamp(before[0]))\n",
        "",
        REPEATS + "test_a_call_that_had_nothing_to_change_is_not_carried_out_when_it_comes_again",
    ),
    Mutant(
        "an answer may break its model",
        "chalicelib/web/edge.py",
        "    declared = route.answer\n",
        "    declared = type(route.answer)(Any)\n",
        "tests/unit/web/test_edge.py::test_a_page_is_checked_row_by_row",
    ),
    Mutant(
        "keys belong to nobody",
        "chalicelib/web/idempotency.py",
        '(caller, event["httpMethod"]',
        '(event["httpMethod"]',
        REPEATS + "test_another_caller_with_the_same_key_is_not_given_the_answer",
    ),
    Mutant(
        "an auditor may decide",
        "chalicelib/kernel/access.py",
        "Act.COMPLAINT_DECIDE: _WORKERS,",
        "Act.COMPLAINT_DECIDE: _READERS,",
        RIGHTS,
    ),
]
