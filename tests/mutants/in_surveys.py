"""The lines that guard who notes what a customer answered, and what follows from it."""

from tests.mutants.mutant import Mutant

ASKING = "tests/unit/callbacks/test_surveying.py::"
READING = "tests/unit/sla/test_questionnaires.py::"
GOOD = "tests/unit/tickets/test_recovering.py::"
IN_SURVEYS = [
    Mutant(
        "anybody of the unit notes the answers",
        "chalicelib/callbacks/service/surveying.py",
        "if callback.attempts[-1].by != call.actor.id:",
        "if callback.attempts[-1].by == 0:",
        ASKING + "test_answers_are_noted_by_who_had_the_customer_on_the_line",
    ),
    Mutant(
        "answers are noted before anybody was reached",
        "chalicelib/callbacks/service/surveying.py",
        "if callback.status is not Status.KEPT or ended is None or callback.answers is not None:",
        "if ended is None and callback.answers is not None:",
        ASKING + "test_nobody_is_asked_before_they_were_reached",
    ),
    Mutant(
        "answers are noted twice",
        "chalicelib/callbacks/service/surveying.py",
        "or ended is None or callback.answers is not None:",
        "or ended is None:",
        ASKING + "test_answers_are_noted_once",
    ),
    Mutant(
        "answers are noted a week later",
        "chalicelib/callbacks/service/surveying.py",
        "if call.now - ended > NOTED_WITHIN:",
        "if call.now - ended > 9 * NOTED_WITHIN:",
        ASKING + "test_answers_are_noted_within_two_days",
    ),
    Mutant(
        "answers that do not fit are noted",
        "chalicelib/callbacks/service/surveying.py",
        "            if faults:",
        "            if not asked:",
        ASKING + "test_what_is_wrong_is_said_by_question",
    ),
    Mutant(
        "who is not content is not heard of",
        "chalicelib/callbacks/service/surveying.py",
        "owes_recovery=bool(before.about and (unhappy or reopen))",
        "owes_recovery=bool(before.about and reopen)",
        "tests/unit/callbacks/test_surveying.py::test_who_is_not_content_and_asks_for_nothing_is_told_too",
    ),
    Mutant(
        "what the ticket has to know is said again and again",
        "chalicelib/callbacks/service/working.py",
        "replace(before, owes_recovery=False)",
        "before",
        ASKING + "test_who_is_not_content_is_told_to_the_ticket_once",
    ),
    Mutant(
        "yes and no are taken for scores",
        "chalicelib/sla/questionnaires.py",
        "fits = type(given) is int and LOWEST <= given <= HIGHEST",
        "fits = isinstance(given, int) and LOWEST <= given <= HIGHEST",
        READING + "test_what_is_wrong_with_an_answer_is_said",
    ),
    Mutant(
        "a version that has not begun is asked",
        "chalicelib/sla/questionnaires.py",
        "return next((one for one in found if one.effective_from <= day), None)",
        "return next(found, None)",
        READING + "test_the_version_in_force_is_asked_and_an_older_one_still_counts",
    ),
    Mutant(
        "a low score is contentment",
        "chalicelib/sla/questionnaires.py",
        "else int(given) <= self.unhappy",
        "else int(given) < self.unhappy",
        READING + "test_whoever_is_not_content_is_known_by_their_answers",
    ),
    Mutant(
        "one call asks twice to make good",
        "chalicelib/tickets/service/recovering.py",
        "            if known:",
        "            if not ticket:",
        GOOD + "test_it_is_heard_once_for_each_call",
    ),
    Mutant(
        "making good ends with the ticket",
        "chalicelib/tickets/service/task_ending.py",
        "if task.open and not task.outlasts",
        "if task.open",
        GOOD + "test_it_goes_on_when_the_ticket_ends_once_more",
    ),
    Mutant(
        "the time for making good stops with the ticket",
        "chalicelib/tickets/model/ticket.py",
        "if clock.about in lasting else",
        "if clock.about == lasting else",
        GOOD + "test_it_goes_on_when_the_ticket_ends_once_more",
    ),
    Mutant(
        "who owned the matter makes it good",
        "chalicelib/tickets/model/tasks.py",
        "            return who != owner_of_ticket",
        "            return True",
        GOOD + "test_who_owned_the_matter_does_not_make_it_good",
    ),
    Mutant(
        "an agent makes good what an agent did",
        "chalicelib/tickets/service/choosing.py",
        "return MAKE_GOOD if task.kind is TaskKind.RECOVERY else OWNERS",
        "return OWNERS",
        GOOD + "test_a_supervisor_has_it_from_then_on_with_a_clock_that_runs",
    ),
    Mutant(
        "who should make it good gives it up",
        "chalicelib/tickets/service/tasking.py",
        "held = task.open and (task.gate or task.outlasts)",
        "held = task.open and task.gate",
        GOOD + "test_it_is_given_up_by_nobody_who_should_have_done_it",
    ),
    Mutant(
        "too late to reopen is too late to make good",
        "chalicelib/tickets/service/recovering.py",
        "except (NotAllowedNow, ReopenWindowOver):",
        "except NotAllowedNow:",
        GOOD + "test_too_late_to_be_taken_up_again_it_is_made_good_all_the_same",
    ),
    Mutant(
        "who should not make it good is the only one who hears that nobody does",
        "chalicelib/tickets/service/task_ending.py",
        'nobody = "head" if task.kind is TaskKind.RECOVERY else "lead"',
        'nobody = "lead"',
        GOOD + "test_where_only_who_owned_the_matter_leads_the_unit_the_head_hears_of_it_and_can_have_it_done",
    ),
]
