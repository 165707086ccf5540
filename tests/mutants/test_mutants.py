"""Guarding lines are worth something only if a test goes red without them: each is taken out of a copy, and must be missed."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutants.at_branches import AT_BRANCHES
from tests.mutants.at_closures import AT_CLOSURES
from tests.mutants.at_kiosks import AT_KIOSKS
from tests.mutants.at_the_desk import AT_THE_DESK
from tests.mutants.at_the_edges import AT_THE_EDGES
from tests.mutants.at_the_waitlist import AT_THE_WAITLIST
from tests.mutants.in_answers import IN_ANSWERS
from tests.mutants.in_callbacks import IN_CALLBACKS
from tests.mutants.in_campaigns import IN_CAMPAIGNS
from tests.mutants.in_cases import IN_CASES
from tests.mutants.in_codes import IN_CODES
from tests.mutants.in_faces import IN_FACES
from tests.mutants.in_files import IN_FILES
from tests.mutants.in_reports import IN_REPORTS
from tests.mutants.in_signals import IN_SIGNALS
from tests.mutants.in_surveys import IN_SURVEYS
from tests.mutants.in_tasks import IN_TASKS
from tests.mutants.in_texts import IN_TEXTS
from tests.mutants.in_the_hall import IN_THE_HALL
from tests.mutants.in_ways import IN_WAYS
from tests.mutants.mutant import Mutant
from tests.mutants.nursery import Nursery
from tests.mutants.on_the_day import ON_THE_DAY

ROOT = Path(__file__).parents[2]
COPIED = ("chalicelib", "app.py", "tests", "infra", "bench", "pyproject.toml", "docs", ".chalice")


KEYS = "tests/integration/test_idempotency.py::"
LEVELS = "tests/integration/test_escalation.py::"
BAD = "tests/integration/test_bad_input.py::"
REDRIVE = "tests/integration/test_redrive.py::"
MUTANTS = [
    Mutant(
        "an answer is remembered over another",
        "chalicelib/aws/tables.py",
        'f"{ABSENT} OR expires <= :now", now)',
        'f"{ABSENT} OR expires > :now", now)',
        KEYS + "test_the_same_call_again_gets_the_same_answer_and_has_no_effect",
    ),
    Mutant(
        "a spent grant is not marked",
        "chalicelib/identity/store/people.py",
        "        if grant:\n",
        "        if not grant:\n",
        KEYS + "test_a_grant_opens_one_session",
    ),
    Mutant(
        "another body under the same key is replayed",
        "chalicelib/aws/tables.py",
        'if item["fingerprint"] != once.fingerprint:',
        'if item["fingerprint"] == "":',
        KEYS + "test_another_body_under_the_same_key_is_refused",
    ),
    Mutant(
        "a level is not noted as told",
        "chalicelib/tickets/service/watch.py",
        "warned=(*clock.warned, *(level for level, _ in reached))",
        "warned=clock.warned",
        LEVELS + "test_doubled_and_shuffled_messages_change_nothing",
    ),
    Mutant(
        "a sweep hints once and never again",
        "chalicelib/operations/policy.py",
        "return _hints(now - due_at) > _hints(last - due_at)",
        "return False",
        LEVELS + "test_what_lost_messages_left_undone_the_sweep_finds",
    ),
    Mutant(
        "a session lasts for ever",
        "chalicelib/identity/model/sessions.py",
        "return now < self.expires_at",
        "return True",
        BAD + "test_an_expired_or_ended_session_is_none",
    ),
    Mutant(
        "a foreign ticket is shown",
        "chalicelib/kernel/access.py",
        "    if not reaches(actor, act, customer=customer, unit=unit):\n",
        "    if False:\n",
        BAD + "test_a_ticket_that_is_foreign_or_unknown_looks_absent",
    ),
    Mutant(
        "an unknown field is let in",
        "chalicelib/web/shapes.py",
        'extra="forbid"',
        'extra="ignore"',
        BAD + "test_a_complaint_names_the_field_that_is_wrong",
    ),
    Mutant(
        "a body of any size is read",
        "chalicelib/web/edge.py",
        "> TooLarge.MOST_BYTES:",
        "> 1000 * TooLarge.MOST_BYTES:",
        BAD + "test_a_body_of_more_than_256_kib_is_refused_before_it_is_looked_at",
    ),
    Mutant(
        "the same key redrives twice",
        "chalicelib/operations/service/redriving.py",
        "        self.redrives.raise_if_done(call)\n",
        "",
        REDRIVE + "test_the_same_key_moves_once_and_answers_the_same",
    ),
    Mutant(
        "a supervisor redrives",
        "chalicelib/kernel/access.py",
        "Act.OPERATIONS_REDRIVE: {Role.ADMIN: Scope.ANY}",
        "Act.OPERATIONS_REDRIVE: dict.fromkeys(Role, Scope.ANY)",
        REDRIVE + "test_only_admins_bring_dead_letters_back",
    ),
    Mutant(
        "a redrive heeds no claim",
        "chalicelib/operations/service/redriving.py",
        "if (left := found.seconds_left(call.now)) > 0:",
        "if (left := found.seconds_left(call.now)) > 99:",
        REDRIVE + "test_while_one_is_under_way_or_broke_off_another_waits_for_a_minute",
    ),
    Mutant(
        "who changes units stays in the old one",
        "chalicelib/identity/store/people.py",
        "if before and before.unit != staff.unit:",
        "if False:",
        "tests/integration/test_institution.py::test_who_changes_units_leaves_the_old_one",
    ),
]


ALL = [
    *MUTANTS,
    *IN_CASES,
    *AT_THE_EDGES,
    *AT_THE_DESK,
    *IN_REPORTS,
    *IN_FILES,
    *IN_ANSWERS,
    *IN_TASKS,
    *AT_KIOSKS,
    *AT_BRANCHES,
    *ON_THE_DAY,
    *IN_CODES,
    *AT_CLOSURES,
    *IN_THE_HALL,
    *AT_THE_WAITLIST,
    *IN_CALLBACKS,
    *IN_FACES,
    *IN_WAYS,
    *IN_SURVEYS,
    *IN_SIGNALS,
    *IN_TEXTS,
    *IN_CAMPAIGNS,
]


def _linked(source: str | Path, target: str | Path) -> None:
    """Link a file, which costs nothing; copy it where the folder for tests is on another disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    running = Nursery(ROOT)
    yield running
    running.close()


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: mutant.name)
def test_a_mutant_is_caught(nursery: Nursery, mutant: Mutant, tmp_path: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, copy_function=_linked)
        else:
            _linked(source, tmp_path / name)
    file = tmp_path / mutant.file
    text = file.read_text("utf-8")
    assert text.count(mutant.old) == 1, "the guarding line is gone, or stands twice"
    file.unlink()  # it is the project's own file as long as it is a link
    file.write_text(text.replace(mutant.old, mutant.new), "utf-8")

    code, said = nursery.run(tmp_path, mutant.tests)

    assert code == 1, f"nobody noticed:\n{said[-2500:]}"
    assert "1 failed" in said, said[-2000:]
