"""Who may import whom: the table of the architecture, as a test."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "chalicelib"
ROLES = ("model", "policy", "events", "ports", "service", "store", "routes", "jobs")
SHARED = {"kernel", "sla", "web", "work", "aws", "settings", "bootstrap", "subscriptions"}

# Importer role -> what it may import besides itself: roles of its own capability, and shared packages.
TABLE: dict[str, set[str]] = {
    "routes": {"model", "policy", "web", "bootstrap", "kernel"},
    "jobs": {"events", "work", "bootstrap", "kernel"},
    "service": {"model", "policy", "events", "ports", "sla", "kernel"},
    "store": {"model", "ports", "aws", "sla", "kernel"},
    "policy": {"model", "sla", "kernel"},
    "ports": {"model", "events", "sla", "kernel"},
    "model": {"sla", "kernel"},
    "events": {"kernel"},
    "web": {"kernel", "bootstrap"},
    # The consumer decorators read the ledger's items off the stream.
    "work": {"kernel", "bootstrap", "aws"},
    "aws": {"kernel"},
    "sla": {"kernel"},
    "kernel": set(),
    "settings": {"kernel"},
}
# complaints builds on tickets: its model and events everywhere, and the response shape in its routes.
BUILDS_ON = {"complaints": {"tickets": {"model", "events"}}}
SHAPE = ("complaints/routes.py", "tickets/routes")

OUTSIDE: dict[str, set[str]] = {
    "boto3": {"aws"},
    "botocore": {"aws"},
    "chalice": {"app", "web", "work", "routes", "jobs"},
    # Routes take parameter markers and Response from the resolver they are validated by.
    "aws_lambda_powertools": {"web", "work", "aws", "routes"},
    "pydantic": {"routes", "web"},
    "phonenumbers": {"kernel"},
    "ulid": {"kernel"},
    "jwt": {"aws"},
    "uuid": set(),
    "secrets": set(),
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or len(path.parts) > 0)


def role_of(path: Path) -> tuple[str, str]:
    """Give the capability (or shared package) of a file, and its role in it."""
    inner = path.relative_to(PACKAGE).with_suffix("").parts
    if inner[0] in SHARED or inner[0] == "__init__":
        return inner[0], inner[0]
    for step in inner[1:]:
        if step in ROLES:
            return "/".join(inner[: inner.index(step)]), step
    return "/".join(inner[:-1]), "docstring" if inner[-1] == "__init__" else inner[-1]


def imports(path: Path) -> list[str]:
    """List the modules a file imports, relative ones resolved; what only type checkers see is left out."""
    tree = ast.parse(path.read_text("utf-8"))
    hidden = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    package = ("chalicelib", *path.relative_to(PACKAGE).parts[:-1])
    found: list[str] = []
    for node in ast.walk(tree):
        if id(node) in hidden:
            continue
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, [node.module])))
            found += [module] + (
                [f"{module}.{name.name}" for name in node.names] if module.startswith("chalicelib") else []
            )
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_file_imports_only_what_the_table_allows(path: Path) -> None:
    capability, role = role_of(path)
    if role in ("bootstrap", "subscriptions", "docstring", "__init__", "warnings"):
        return
    for module in imports(path):
        if not module.startswith("chalicelib."):
            continue
        target, wanted = role_of(PACKAGE / Path(*module.split(".")[1:]).with_suffix(".py"))
        if target == capability or (target in SHARED and target == role):
            assert wanted not in ROLES or wanted == role or wanted in TABLE[role], f"{role} imports {module}"
        elif target in SHARED:
            assert target in TABLE[role], f"{role} imports {module}"
        elif wanted in ROLES:
            allowed = BUILDS_ON.get(capability, {}).get(target, set())
            shape = (str(path.relative_to(PACKAGE)), f"{target}/{wanted}") == SHAPE
            assert wanted in allowed or shape, f"{capability}.{role} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_outside_packages_stay_at_their_edge(path: Path) -> None:
    _, role = role_of(path)
    for module in imports(path):
        top = module.partition(".")[0]
        assert top not in OUTSIDE or role in OUTSIDE[top], f"{role} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_environment_and_the_clock_have_one_reader_each(path: Path) -> None:
    where = str(path.relative_to(PACKAGE))
    text = path.read_text("utf-8")

    assert "os.environ" not in text or where == "settings.py"
    assert "datetime.now(" not in text or where == "kernel/clock.py"
    assert "urandom" not in text or where == "kernel/ids.py"


def test_nothing_of_the_product_imports_what_never_ships() -> None:
    for path in [*FILES, ROOT / "app.py"]:
        tops = {
            node.module.partition(".")[0]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module and not node.level
        }
        assert not tops & {"infra", "tests", "bench", "moto", "pytest"}, path
