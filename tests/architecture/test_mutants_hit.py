"""Each mutant finds the line it changes, once, and tests that are there: told at once, not when the slow ones run."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.mutants.mutant import Mutant
from tests.mutants.test_mutants import ALL


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: mutant.name)
def test_the_line_it_changes_is_there_once(mutant: Mutant) -> None:
    assert (ROOT / mutant.file).read_text("utf-8").count(mutant.old) == 1


@pytest.mark.parametrize("path", sorted({path for it in ALL for path in it.tests.split() if ".py" in path}))
def test_the_tests_that_must_notice_are_there(path: str) -> None:
    file, _, name = path.partition("::")
    tree = ast.parse((ROOT / Path(file)).read_text("utf-8"))

    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert not name or name.partition("[")[0].rpartition("::")[2] in names
