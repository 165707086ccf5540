"""The lines that guard reports: reach, formulas, the edges of periods, and what a regulator's file is made of."""

from tests.mutants.mutant import Mutant

FIGURES = "tests/integration/test_reports.py::"
FILES = "tests/integration/test_regulator_files.py::"
CODES = "tests/integration/test_codes.py::"
TABLE = "tests/unit/reports/test_table.py::"
COUNTS = "tests/unit/reports/test_files.py::"
IN_REPORTS = [
    Mutant(
        "a formula leaves as one",
        "chalicelib/reports/model/table.py",
        'return f"\'{text}" if',
        "return text if",
        TABLE + "test_what_a_spreadsheet_would_carry_out_is_made_text",
    ),
    Mutant(
        "a unit out of reach is counted if it is named",
        "chalicelib/reports/service/figures.py",
        "access.require_on(call.actor, Act.REPORTS_READ, unit=unit)",
        "access.require(call.actor, Act.REPORTS_READ)",
        FIGURES + "test_nobody_counts_beyond_their_reach",
    ),
    Mutant(
        "every unit is counted if none is named",
        "chalicelib/reports/service/figures.py",
        "[id_ for id_ in known if access.reaches(call.actor, Act.REPORTS_READ, unit=id_)]",
        "list(known)",
        FIGURES + "test_nobody_counts_beyond_their_reach",
    ),
    Mutant(
        "a report of any length is made",
        "chalicelib/reports/service/figures.py",
        "if left < 0:",
        "if left is None:",
        FIGURES + "test_more_than_one_answer_can_hold_is_refused_and_pages_are_read_to_their_end",
    ),
    Mutant(
        "a report ends with its first page",
        "chalicelib/reports/service/figures.py",
        "if start is None:",
        "if True:",
        FIGURES + "test_more_than_one_answer_can_hold_is_refused_and_pages_are_read_to_their_end",
    ),
    Mutant(
        "a period begins at midnight in Greenwich",
        "chalicelib/reports/model/period.py",
        "ZoneInfo(timezone)))",
        'ZoneInfo("UTC")))',
        FIGURES + "test_a_day_ends_at_midnight_of_the_unit",
    ),
    Mutant(
        "what happened later is told in a file",
        "chalicelib/reports/model/case.py",
        "if at >= until:",
        "if at is None:",
        FILES + "test_the_same_period_gives_the_same_bytes_whatever_happened_since",
    ),
    Mutant(
        "a file is made while something may still happen",
        "chalicelib/reports/service/filing.py",
        "if call.now < over:",
        "if call.now is None:",
        FILES + "test_a_period_is_over_when_its_last_day_is_in_the_place_of_the_regulator",
    ),
    Mutant(
        "a file is made with something missing",
        "chalicelib/reports/service/filing.py",
        "if wrong and not validate:",
        "if validate and not validate:",
        FILES + "test_what_is_missing_is_listed_and_the_file_is_not_made",
    ),
    Mutant(
        "a decision counts before it is approved",
        "chalicelib/reports/model/case.py",
        'if body["approval_for"] else',
        "if not body else",
        FILES + "test_an_answer_stands_until_the_one_of_its_review_is_approved",
    ),
    Mutant(
        "a merged complaint is told twice",
        "chalicelib/reports/policy/files.py",
        "or case.merged or",
        "or",
        FILES + "test_a_merged_complaint_is_told_by_the_one_it_goes_on_in",
    ),
    Mutant(
        "what is logged late falls between two files",
        "chalicelib/reports/policy/files.py",
        "return begins <= case.registered_at < ends",
        "return case.received_at is not None and begins <= case.received_at < ends",
        COUNTS + "test_a_complaint_logged_late_is_in_the_file_of_the_period_it_was_logged_in",
    ),
    Mutant(
        "a code that no list has is taken",
        "chalicelib/sla/schemes.py",
        "(code in self.names or not self.complete)",
        "True",
        CODES + "test_a_code_that_the_list_in_force_cannot_have_is_refused",
    ),
]
