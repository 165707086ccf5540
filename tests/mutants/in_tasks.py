"""The lines that guard tasks: gates, who may answer, whose warnings, and that nothing outlives its ticket."""

from tests.mutants.mutant import Mutant

TASKS = "tests/integration/test_tasks.py::"
GATES = "tests/integration/test_gates.py::"
TIME = "tests/integration/test_task_time.py::"
UNIT = "tests/unit/tickets/test_tasks.py::"
CHOOSING = "chalicelib/tickets/service/choosing.py"
TASKING = "chalicelib/tickets/service/tasking.py"
FINDING = "chalicelib/tickets/service/finding.py"
MODEL = "chalicelib/tickets/model/tasks.py"
IN_TASKS = [
    Mutant(
        "a gate holds nothing",
        "chalicelib/tickets/model/ticket.py",
        "        if self.gates:\n",
        "        if False:\n",
        GATES + "test_nothing_is_decided_while_a_gate_is_shut",
    ),
    Mutant(
        "what is proposed is approved past a gate",
        "chalicelib/complaints/service/deciding.py",
        "NEXT, out_of={Status.PROPOSED}).past_gates()",
        "NEXT, out_of={Status.PROPOSED})",
        GATES + "test_nothing_proposed_is_approved_while_a_gate_is_shut",
    ),
    Mutant(
        "who wants through a gate answers it",
        FINDING,
        "if not task.may_answer(call.actor.id, ticket.owner):",
        "if False:",
        GATES + "test_a_gate_is_answered_neither_by_who_asked_for_it_nor_by_who_owns_the_ticket",
    ),
    Mutant(
        "who asked for a gate lifts it",
        TASKING,
        "if held and (concerned or not",
        "if held and (not",
        GATES + "test_a_gate_is_lifted_by_a_supervisor_who_neither_asked_for_it_nor_owns_the_ticket",
    ),
    Mutant(
        "a complained-about unit finds out about itself",
        TASKING,
        'if asking.kind is not TaskKind.STATEMENT and ticket.complained_about("", asking.unit):',
        "if False:",
        GATES + "test_a_unit_that_is_complained_about_is_asked_for_its_statement_and_for_nothing_else",
    ),
    Mutant(
        "who is complained about reads what others are asked",
        CHOOSING,
        "if about_me or works_there:",
        "if works_there:",
        GATES + "test_who_is_complained_about_sees_no_other_task_and_is_given_none",
    ),
    Mutant(
        "a statement is made by a colleague",
        MODEL,
        "            return who == self.owner\n",
        "            return True\n",
        GATES + "test_a_statement_goes_to_who_is_complained_about_and_is_theirs_alone",
    ),
    Mutant(
        "a task of a foreign unit is reached",
        CHOOSING,
        "        access.require_on(call.actor, act, unit=task.unit)\n",
        "",
        TASKS + "test_whom_nobody_asked_sees_no_task",
    ),
    Mutant(
        "tasks outlive their ticket",
        "chalicelib/tickets/service/changing.py",
        "        if part.after.open:\n",
        "        if True:\n",
        TIME + "test_the_end_of_the_ticket_ends_its_tasks_in_one_transaction_and_nobody_is_warned",
    ),
    Mutant(
        "a warning goes to the wrong unit",
        "chalicelib/tickets/model/ticket.py",
        "whose = (notice.task and self.task(notice.task)) or self",
        "whose = self",
        UNIT + "test_word_of_a_task_goes_to_its_unit_and_is_owed_until_the_task_changes",
    ),
    Mutant(
        "customers are shown the clocks of tasks",
        "chalicelib/tickets/routes/showing.py",
        " for clock in ticket.clocks if not clock.about]",
        " for clock in ticket.clocks]",
        TASKS + "test_customers_see_neither_the_task_nor_its_clock_nor_its_record",
    ),
    Mutant(
        "more time is taken than the rule gives",
        TASKING,
        "if asking.within > rule.count:",
        "if False:",
        TASKS + "test_less_time_may_be_asked_for_and_no_more",
    ),
    Mutant(
        "an answer is returned for ever",
        MODEL,
        "if len(self.spells) == 1 else",
        "if True else",
        UNIT + "test_more_is_asked_for_once",
    ),
    Mutant(
        "If-Match of a task is not looked at",
        "chalicelib/tickets/service/task_writing.py",
        "        call.expect(task.version)\n",
        "",
        TASKS + "test_if_match_is_about_the_task_whatever_else_goes_on_with_its_ticket",
    ),
    Mutant(
        "tasks stay with who is away",
        "chalicelib/tickets/service/leaving.py",
        "            self.finding.move_on(task.id, staff, call)\n",
        "            pass\n",
        TIME + "test_tasks_of_who_is_away_go_to_others_but_for_a_statement",
    ),
]
