"""The shape of the code: small files, small functions, eight role names, and a sentence for everything public."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import FILES, PACKAGE, ROOT, named, nodes, tree

SHIPPED = [ROOT / "app.py", *FILES]
BESIDE = [path for folder in ("infra", "bench", "tests") for path in sorted((ROOT / folder).rglob("*.py"))]
ROLES = {"model", "policy", "events", "ports", "service", "store", "routes", "jobs"}
SHARED = {"kernel", "sla", "web", "work", "aws", "packs", "bootstrap"}
AT_THE_TOP = {"__init__.py", "settings.py", "subscriptions.py"}
# The fraud warnings are data of verification, in both languages, and no role.
DATA = {"verification/warnings.py"}
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "misc", "base", "manager"}

MOST_LINES = 250
MOST_BODY = 25
MOST_IN_A_ROUTE = 6
MOST_IN_A_PROMISE = 10

Function = ast.FunctionDef | ast.AsyncFunctionDef


def body(function: Function) -> list[ast.stmt]:
    """Give the statements of a function, without its docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def length(function: Function) -> int:
    """Count the lines of a function, without its head and docstring."""
    inner = body(function)
    return (inner[-1].end_lineno or 0) - inner[0].lineno + 1 if inner else 0


def functions(path: Path) -> Iterator[Function]:
    """Give every function of a file, those within others too."""
    yield from (node for node in nodes(path) if isinstance(node, Function))


def test_the_files_are_found() -> None:
    assert len(SHIPPED) > 150
    assert len(BESIDE) > 150


def test_a_file_is_short() -> None:
    lines = {named(path): len(path.read_text("utf-8").splitlines()) for path in SHIPPED + BESIDE}

    assert {name: n for name, n in lines.items() if n > MOST_LINES} == {}


def test_a_function_is_short() -> None:
    lines = [(named(path), one.name, length(one)) for path in SHIPPED for one in functions(path)]

    assert [where for where in lines if where[2] > MOST_BODY] == []


def test_a_route_parses_calls_and_replies() -> None:
    files = [path for path in SHIPPED if "routes" in named(path)]
    routes = [(named(path), one) for path in files for one in functions(path) if _declared(one)]

    assert len(routes) > 40
    assert [f"{file}: {one.name}" for file, one in routes if len(body(one)) > MOST_IN_A_ROUTE] == []


def _declared(function: Function) -> bool:
    marks = [ast.unparse(mark) for mark in function.decorator_list]
    return any(f".{method}(" in mark for mark in marks for method in ("get", "post", "delete"))


def capability_folders() -> list[Path]:
    """Give every folder that is a capability: it has a page, and files that say their role."""
    pages = [page.parent for page in sorted(PACKAGE.rglob("__init__.py")) if page.parent != PACKAGE]
    return [folder for folder in pages if not set(folder.relative_to(PACKAGE).parts) & (ROLES | SHARED)]


def test_the_capabilities_are_found() -> None:
    names = {folder.relative_to(PACKAGE).as_posix() for folder in capability_folders()}

    assert {"tickets", "complaints", "identity", "notifications", "verification/codes", "records"} <= names


@pytest.mark.parametrize("folder", capability_folders(), ids=map(named, capability_folders()))
def test_a_capability_has_its_promise_and_files_named_by_role(folder: Path) -> None:
    page = ast.get_docstring(tree(folder / "__init__.py"))

    assert page
    assert len(page.splitlines()) <= MOST_IN_A_PROMISE
    for inner in folder.iterdir():
        name = inner.relative_to(PACKAGE).as_posix()
        known = inner.stem in ROLES | {"__init__", "__pycache__", "texts"} or inner in capability_folders()
        assert known or name in DATA, name


def test_the_top_of_the_package_holds_capabilities_and_the_four_pages() -> None:
    files = {path.name for path in PACKAGE.iterdir() if path.is_file()}
    folders = {path for path in PACKAGE.iterdir() if path.is_dir() and path.name not in SHARED | {"__pycache__"}}

    assert files == AT_THE_TOP
    assert folders <= set(capability_folders())


def test_a_name_says_what_is_inside() -> None:
    assert [named(p) for p in SHIPPED + BESIDE if {p.stem, p.parent.name} & NAMES_THAT_SAY_NOTHING] == []


def undocumented(page: ast.Module, *, contract_elsewhere: bool) -> Iterator[str]:
    """Name what is public and has no sentence; what a port or a property's own name says needs none."""
    for node in page.body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            if ast.get_docstring(node) is None:
                yield node.name
            if isinstance(node, ast.ClassDef) and not contract_elsewhere:
                yield from (f"{node.name}.{one.name}" for one in node.body if _wants_words(one))


def _wants_words(node: ast.stmt) -> bool:
    if not isinstance(node, Function) or node.name.startswith("_") or ast.get_docstring(node) is not None:
        return False
    marks = {ast.unparse(mark) for mark in node.decorator_list}
    return not marks & {"property", "cached_property"}


def test_every_file_has_a_sentence() -> None:
    written = [path for path in SHIPPED if path.name != "app.py" and path.stat().st_size]

    assert [named(path) for path in written if ast.get_docstring(tree(path)) is None] == []


def test_everything_public_has_a_sentence() -> None:
    silent = [
        f"{named(path)}: {name}"
        for path in SHIPPED
        for name in undocumented(tree(path), contract_elsewhere=_told_by_the_port(path))
    ]

    assert silent == []


def _told_by_the_port(path: Path) -> bool:
    """A port says what its methods promise by the name of the Protocol; a store keeps the promise of its port."""
    return bool(set(path.relative_to(ROOT).with_suffix("").parts) & {"ports", "store"})


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def shown(): ...", ["shown"]),
        ("class Thing:\n    'A thing.'\n    def done(self): ...", ["Thing.done"]),
        ("class Thing:\n    'A thing.'\n    @property\n    def size(self): ...", []),
        ("def _hidden(): ...", []),
    ],
)
def test_what_has_no_sentence_is_found(source: str, found: list[str]) -> None:
    assert list(undocumented(ast.parse(source), contract_elsewhere=False)) == found
