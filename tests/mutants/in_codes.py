"""The lines that guard codes: how often, where to, by whom, and for what."""

from tests.mutants.mutant import Mutant

LIMITS = "tests/integration/test_code_limits.py::"
GATE = "tests/unit/verification/test_gate.py::"
PUMPING = "tests/unit/verification/test_pumping.py::"
CODES = "tests/unit/verification/test_bound_codes.py::"
STORES = "tests/contract/test_gates.py::"
WINDOWS = "tests/unit/kernel/test_limits.py::"
IN = "chalicelib/verification/codes/"
IN_CODES = [
    Mutant(
        "an id out of the records can be tried",
        "chalicelib/kernel/tokens.py",
        "return id_ if hmac.compare_digest(self.handle(purpose, id_).encode(), handle.encode()) else None",
        "return id_",
        LIMITS + "test_an_id_out_of_the_records_neither_uses_up_tries_nor_reads_the_table",
    ),
    Mutant(
        "a grant opens whatever there is",
        IN + "model/verification.py",
        'return f"grant:{purpose}"',
        'return "grant"',
        CODES + "test_a_grant_opens_what_it_was_made_for_and_nothing_else",
    ),
    Mutant(
        "a code confirms any transaction",
        IN + "service/checking.py",
        'bound = transaction.digest if transaction else ""',
        'bound = ""',
        CODES + "test_the_right_code_for_another_transaction_is_a_wrong_one",
    ),
    Mutant(
        "tries are not counted up to an end",
        IN + "store/verifications.py",
        '"attempts < :most AND code_status',
        '"attempts < :most OR code_status',
        "tests/contract/test_verifications.py::test_attempts_are_counted_up_to_the_limit",
    ),
    Mutant(
        "some codes are likelier",
        IN + "policy/numbers.py",
        "None if drawn >= even else",
        "None if drawn < 0 else",
        CODES + "test_what_would_make_some_codes_likelier_is_drawn_again",
    ),
    Mutant(
        "a country nobody opened is open",
        IN + "policy/gate.py",
        "found is None or (found.regions and asked.region not in found.regions)",
        "found is None",
        GATE + "test_a_country_nobody_opened_is_closed_and_so_is_one_that_shares_its_dial_code",
    ),
    Mutant(
        "premium numbers are written to",
        IN + "service/sending.py",
        "if not number.textable:",
        "if False:",
        CODES + "test_only_numbers_where_a_text_arrives_are_written_to",
    ),
    Mutant(
        "a phone may have any number of codes",
        IN + "policy/gate.py",
        "(standing.phone, PHONE),",
        "(None, PHONE),",
        GATE + "test_a_phone_is_sent_three_codes_in_any_ten_minutes",
    ),
    Mutant(
        "an address may have any number of codes",
        IN + "policy/gate.py",
        "(standing.address, replace(OPEN, most=reach.per_address)),",
        "(None, OPEN),",
        GATE + "test_an_address_or_device_has_twenty_codes_open_in_an_hour[who0]",
    ),
    Mutant(
        "a prefix may have any number of codes",
        IN + "policy/gate.py",
        "(standing.prefix, replace(OPEN, most=reach.per_prefix)),",
        "(None, OPEN),",
        PUMPING + "test_ten_thousand_sends_of_a_thousand_addresses_get_nowhere_and_nobody_else_notices",
    ),
    Mutant(
        "a stranger shuts out whom they attack",
        IN + "policy/gate.py",
        "known = standing.proven.source.like(asked.source)",
        "known = False",
        GATE + "test_a_stranger_has_a_hundred_tries_in_a_month_and_whom_they_attack_still_signs_in",
    ),
    Mutant(
        "an account is guessed at without end",
        IN + "policy/gate.py",
        "    waits.append(_since(standing).wait(_account(standing, asked), now))\n",
        "",
        GATE + "test_where_no_right_code_was_ever_typed_twenty_are_sent_in_a_day",
    ),
    Mutant(
        "a pumped prefix stays open",
        IN + "policy/gate.py",
        "watched.count >= ENOUGH and",
        "False and",
        PUMPING + "test_a_prefix_where_nobody_types_a_code_is_closed_and_told_of_once",
    ),
    Mutant(
        "money is spent beyond the day's ceiling",
        IN + "policy/gate.py",
        "if standing.day.spent + price > share(standing.reach.daily_spend):",
        "if False:",
        PUMPING + "test_when_the_days_money_is_spent_nothing_more_is_sent",
    ),
    Mutant(
        "who read before spends beyond the ceiling",
        IN + "store/items.py",
        '" AND ".join(within)',
        '"attribute_not_exists(pk) OR attribute_exists(pk) OR " + " AND ".join(within)',
        STORES + "test_a_ceiling_cannot_be_passed_by_who_read_before[dynamo]",
    ),
    Mutant(
        "who read before is counted over another",
        "chalicelib/aws/buckets.py",
        'f"attribute_not_exists(version) AND {credit}"',
        "credit",
        STORES + "test_what_was_read_before_another_text_cannot_be_counted_on[dynamo]",
    ),
    Mutant(
        "a window begins anew instead of sliding",
        "chalicelib/kernel/limits.py",
        "if time > stamp(now) - _millis(limit.within))",
        "if time // _millis(limit.within) == stamp(now) // _millis(limit.within))",
        WINDOWS + "test_never_more_than_allowed_in_any_window",
    ),
    Mutant(
        "test numbers work in production",
        "chalicelib/settings.py",
        "if pairs and stage not in _FOR_TESTS:",
        "if False:",
        CODES + "test_a_real_deployment_that_is_told_test_numbers_does_not_start",
    ),
    Mutant(
        "a stranger writes links to people",
        IN + "routes/shapes.py",
        "max_length=40, pattern=_PAYEE,",
        "max_length=40,",
        LIMITS + "test_no_stranger_writes_to_people_in_our_name",
    ),
    Mutant(
        "anybody opens what was closed",
        "chalicelib/kernel/access.py",
        "Act.CODES_REOPEN: {Role.ADMIN: Scope.ANY},",
        "Act.CODES_REOPEN: dict.fromkeys(Role, Scope.ANY),",
        PUMPING + "test_an_administrator_opens_it_again_and_it_is_watched_afresh",
    ),
]
