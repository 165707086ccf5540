"""The lines that guard canned answers: four eyes, what is in force, holes, and reviews."""

from tests.mutants.mutant import Mutant

WRITTEN = "tests/integration/test_canned.py::"
FOUND = "tests/integration/test_canned_found.py::"
USED = "tests/integration/test_canned_used.py::"
DECIDED = "tests/integration/test_canned_decided.py::"
REVIEW = "tests/integration/test_canned_review.py::"
VERSIONS = "tests/unit/answers/test_versions.py::"
VARIABLES = "tests/unit/answers/test_variables.py::"
RULES = "tests/unit/answers/test_rules.py::"
STORE = "tests/contract/test_answers.py::"
IN_ANSWERS = [
    Mutant(
        "who wrote a wording approves it",
        "chalicelib/answers/service/writing.py",
        "if call.actor.id in (version.author, version.proposed_by):",
        "if call.actor.id in ():",
        WRITTEN + "test_nobody_approves_or_returns_what_they_wrote_or_proposed",
    ),
    Mutant(
        "a supervisor approves what complainants read",
        "chalicelib/answers/policy.py",
        "and above and Kind.COMPLAINT not in scope.kinds",
        "and above",
        RULES + "test_compliance_approves_and_a_supervisor_above_what_is_not_for_complaints",
    ),
    Mutant(
        "a supervisor approves for the own unit",
        "chalicelib/answers/policy.py",
        "above = scope.unit != unit and scope.unit in units",
        "above = scope.unit in units",
        RULES + "test_compliance_approves_and_a_supervisor_above_what_is_not_for_complaints",
    ),
    Mutant(
        "a version that is not in force is said",
        "chalicelib/answers/service/using.py",
        "if current is None or version not in (None, current.n):",
        "if current is None:",
        USED + "test_what_is_not_approved_or_not_in_force_is_said_to_nobody",
    ),
    Mutant(
        "an older version comes back when the newest is retired",
        "chalicelib/answers/model/answer.py",
        "(it for it in self.versions if it.took_effect(now))",
        "(it for it in self.versions if it.took_effect(now) and it.state is State.APPROVED)",
        VERSIONS + "test_when_the_version_in_force_is_retired_no_older_one_comes_back",
    ),
    Mutant(
        "a version counts before its time",
        "chalicelib/answers/model/version.py",
        "or self.effective_from > now:",
        "or False:",
        VERSIONS + "test_a_version_is_in_force_from_its_time_on_and_the_one_before_until_then",
    ),
    Mutant(
        "an unknown variable is let in",
        "chalicelib/answers/model/variables.py",
        "    if unknown:\n",
        "    if not found:\n",
        VARIABLES + "test_a_variable_that_is_not_in_the_list_is_refused_with_the_list",
    ),
    Mutant(
        "what is filled in is filled once more",
        "chalicelib/answers/model/variables.py",
        "return _HOLE.sub(lambda hole: facts[hole[1]], wording)",
        "return _HOLE.sub(lambda h: facts[h[1]], _HOLE.sub(lambda h: facts[h[1]], wording))",
        VARIABLES + "test_what_is_filled_in_is_not_looked_at_again",
    ),
    Mutant(
        "a hole is left where a fact is missing",
        "chalicelib/answers/model/variables.py",
        "    if missing:\n",
        "    if not wording:\n",
        VARIABLES + "test_a_fact_that_is_missing_leaves_no_hole_but_is_named",
    ),
    Mutant(
        "marks that turn the reading come through",
        "chalicelib/answers/policy.py",
        'not in ("Cc", "Cf", "Zl", "Zp")',
        'not in ("Cc",)',
        RULES + "test_what_people_wrote_comes_in_as_plain_text",
    ),
    Mutant(
        "a decision is delivered in words that were retired",
        "chalicelib/complaints/service/delivering.py",
        "            if kept:\n",
        "            if not kept:\n",
        DECIDED + "test_a_wording_retired_since_the_decision_delivers_nothing_until_another_is_named",
    ),
    Mutant(
        "a decision that waits for approval is told",
        "chalicelib/complaints/model/telling.py",
        "(decision_facts(decision) if _settled(process) else {})",
        "(decision_facts(decision) if decision else {})",
        DECIDED + "test_a_decision_that_waits_for_approval_fills_no_wording_but_its_own",
    ),
    Mutant(
        "drafts are shown to everybody",
        "chalicelib/answers/service/changing.py",
        "return writes or access.scope(actor, Act.ANSWER_READ) is Scope.ANY",
        "return True",
        FOUND + "test_what_is_not_in_force_is_seen_by_who_may_change_it_and_by_nobody_else",
    ),
    Mutant(
        "answers of other units are shown",
        "chalicelib/answers/service/changing.py",
        "        if not self.reads(call.actor, answer):\n",
        "        if False:\n",
        FOUND + "test_an_answer_is_for_its_unit_and_all_below_and_looks_absent_elsewhere",
    ),
    Mutant(
        "a review is told each time",
        "chalicelib/answers/service/reviewing.py",
        "replace(version, reminded=True)",
        "replace(version, reminded=False)",
        REVIEW + "test_hints_that_come_early_twice_or_too_late_change_nothing",
    ),
    Mutant(
        "word of a review that got lost stays lost",
        "chalicelib/answers/model/answer.py",
        "instants = [ask_again_at(notice) for notice in self.notices]",
        "instants = []",
        VERSIONS + "test_word_that_is_owed_is_due_again_until_it_is_taken",
    ),
    Mutant(
        "the words of a version are written over",
        "chalicelib/answers/store.py",
        "[Put(TABLE, version_item(answer.id, new))]",
        '[Put(TABLE, version_item(answer.id, new), "attribute_not_exists(nothing)")]',
        STORE + "test_the_words_of_a_version_are_written_once_and_never_again",
    ),
]
