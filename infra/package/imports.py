"""Which third-party packages the code imports anywhere, also within functions; found by reading, not running."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

OWN = {"app", "chalicelib"}


def third_party(tree: Path) -> dict[str, str]:
    """Give each top-level package that app.py or chalicelib imports at run time, with one file that does."""
    found: dict[str, str] = {}
    for path in [tree / "app.py", *sorted((tree / "chalicelib").rglob("*.py"))]:
        for name in _imported(ast.parse(path.read_text("utf-8"))):
            if name not in OWN and name not in sys.stdlib_module_names:
                found.setdefault(name, path.relative_to(tree).as_posix())
    return found


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return
    if isinstance(node, ast.Import):
        yield from (alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module.split(".")[0]
    for child in ast.iter_child_nodes(node):
        yield from _imported(child)
