"""The lines that guard who is given what, and who may still ask."""

from tests.mutants.mutant import Mutant

LOAD = "tests/integration/test_load.py::"
CHOOSING = "tests/unit/tickets/test_choosing.py::"
AWAY = "tests/integration/test_absences.py::"
REVOKED = "tests/integration/test_revoking.py::"
DUPLICATES = "tests/integration/test_duplicates.py::"
FIELDS = "tests/integration/test_fields.py::"
AT_THE_DESK = [
    Mutant(
        "what everybody has to do is not looked at",
        "chalicelib/tickets/policy.py",
        "share = (loads.get(who, 0) + 1) / capacities.get(who, 1.0)",
        "share = 1.0",
        CHOOSING + "test_whoever_has_least_to_do_is_chosen_whatever_the_ticket",
    ),
    Mutant(
        "who is away is given tickets",
        "chalicelib/identity/model/people.py",
        "return self.active and self.absence(now) is None",
        "return self.active",
        LOAD + "test_nobody_absent_is_given_a_ticket_and_where_nobody_is_there_it_is_recorded",
    ),
    Mutant(
        "an absence is settled before everybody has heard of it",
        "chalicelib/identity/service/staffing.py",
        "one.begins + STALE <= call.now",
        "one.begins <= call.now",
        AWAY + "test_what_a_process_that_had_not_heard_gave_them_is_found_before_it_is_settled",
    ),
    Mutant(
        "sessions outlive the rights they began with",
        "chalicelib/identity/service/registering.py",
        "if before and _rights(staff) != _rights(before) else {}",
        "if False else {}",
        REVOKED + "test_every_session_begun_under_the_old_rights_is_over",
    ),
    Mutant(
        "look-alikes of other units are shown",
        "chalicelib/tickets/service/likeness.py",
        "access.reaches(call.actor, Act.DESK_READ, unit=row.unit) and",
        "True and",
        DUPLICATES + "test_what_is_over_and_what_is_anothers_is_not_shown",
    ),
    Mutant(
        "a customer reads the cause that staff has found",
        "chalicelib/complaints/routes/showing.py",
        'process.get("root_cause") if staff else None',
        'process.get("root_cause")',
        FIELDS + "test_of_what_staff_writes_a_customer_reads_what_the_table_says",
    ),
]
