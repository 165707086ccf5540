"""The shape of the code: small files, small functions, eight role names, and a sentence for everything public."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "chalicelib"
SHIPPED = [ROOT / "app.py", *sorted(PACKAGE.rglob("*.py"))]
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
# A whole Dutydesk in one process is longer than a part of it.
LONG_FILES = {"tests/world.py", "tests/simulation/desk.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(paths: list[Path]) -> list[str]:
    """Name files as they stand in the repository."""
    return [path.relative_to(ROOT).as_posix() for path in paths]


def body(function: Function) -> list[ast.stmt]:
    """Give the statements of a function, without its docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def length(function: Function) -> int:
    """Count the lines of a function, without its head and docstring."""
    inner = body(function)
    return (inner[-1].end_lineno or 0) - inner[0].lineno + 1 if inner else 0


def functions(tree: ast.AST) -> Iterator[Function]:
    """Give every function, those within others too."""
    yield from (node for node in ast.walk(tree) if isinstance(node, Function))


@pytest.mark.parametrize("path", SHIPPED + BESIDE, ids=named(SHIPPED + BESIDE))
def test_a_file_is_short(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())

    assert lines <= MOST_LINES or path.relative_to(ROOT).as_posix() in LONG_FILES


@pytest.mark.parametrize("path", SHIPPED, ids=named(SHIPPED))
def test_a_function_is_short(path: Path) -> None:
    found = {one.name: length(one) for one in functions(ast.parse(path.read_text("utf-8")))}

    assert {name: lines for name, lines in found.items() if lines > MOST_BODY} == {}


@pytest.mark.parametrize(
    "path", [p for p in SHIPPED if "routes" in "/".join(p.parts)], ids=lambda path: path.parent.name
)
def test_a_route_parses_calls_and_replies(path: Path) -> None:
    for function in functions(ast.parse(path.read_text("utf-8"))):
        declared = any(
            ".get(" in (d := ast.unparse(it)) or ".post(" in d or ".delete(" in d for it in function.decorator_list
        )
        assert not declared or len(body(function)) <= MOST_IN_A_ROUTE, function.name


def capability_folders() -> list[Path]:
    """Give every folder that is a capability: it has a page, and files that say their role."""
    pages = [page.parent for page in sorted(PACKAGE.rglob("__init__.py")) if page.parent != PACKAGE]
    return [folder for folder in pages if not set(folder.relative_to(PACKAGE).parts) & (ROLES | SHARED)]


def test_the_capabilities_are_found() -> None:
    names = {folder.relative_to(PACKAGE).as_posix() for folder in capability_folders()}

    assert {"tickets", "complaints", "identity", "notifications", "verification/codes", "records"} <= names


@pytest.mark.parametrize("folder", capability_folders(), ids=named(capability_folders()))
def test_a_capability_has_its_promise_and_files_named_by_role(folder: Path) -> None:
    page = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))

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


@pytest.mark.parametrize("path", SHIPPED + BESIDE, ids=named(SHIPPED + BESIDE))
def test_a_name_says_what_is_inside(path: Path) -> None:
    assert not {path.stem, path.parent.name} & NAMES_THAT_SAY_NOTHING


def undocumented(tree: ast.Module, *, contract_elsewhere: bool) -> Iterator[str]:
    """Name what is public and has no sentence; what a port or a property's own name says needs none."""
    for node in tree.body:
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


@pytest.mark.parametrize("path", SHIPPED, ids=named(SHIPPED))
def test_everything_public_has_a_sentence(path: Path) -> None:
    # A port says what its methods promise by the name of the Protocol; a store keeps the promise of its port.
    steps = set(path.relative_to(ROOT).with_suffix("").parts)
    tree = ast.parse(path.read_text("utf-8"))

    assert path.name == "app.py" or path.stat().st_size == 0 or ast.get_docstring(tree)
    assert list(undocumented(tree, contract_elsewhere=bool(steps & {"ports", "store"}))) == []
