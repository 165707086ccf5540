"""The sources, each read and parsed once for all who look at them; nobody may change what they get."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "chalicelib"
FILES = sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """Give the syntax of a file."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """List every node of a file."""
    return tuple(ast.walk(tree(path)))


def named(path: Path) -> str:
    """Name a file as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()
