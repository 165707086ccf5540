"""Who may import whom: the table of the architecture, as a test."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import FILES, PACKAGE, ROOT, nodes

ROLES = ("model", "policy", "events", "ports", "service", "store", "routes", "jobs")
SHARED = {"kernel", "sla", "web", "work", "aws", "settings", "bootstrap", "subscriptions"}

# Importer -> what it may import besides itself: roles of its own capability, and shared packages.
TABLE: dict[str, set[str]] = {
    "routes": {"model", "web", "bootstrap", "kernel"},
    "jobs": {"events", "work", "bootstrap", "kernel"},
    "service": {"model", "policy", "events", "ports", "sla", "kernel"},
    # The tickets' store writes pauses and extensions, which are words of sla.
    "store": {"model", "ports", "aws", "sla", "kernel"},
    "policy": {"model", "sla", "kernel"},
    "ports": {"model", "events", "sla", "kernel"},
    "model": {"sla", "kernel"},
    "events": {"kernel"},
    "web": {"kernel", "bootstrap"},
    # Only `aws.ledger` and `aws.items`: the publisher's decorator turns what the stream brings back into records.
    "work": {"kernel", "bootstrap", "aws"},
    "aws": {"kernel"},
    "sla": {"kernel"},
    "kernel": set(),
    "settings": {"kernel"},
    # `subscriptions` within the two properties that need it, so that a job without queues does not load every event.
    "bootstrap": {"aws", "settings", "kernel", "sla", "subscriptions", "bootstrap"},
    "subscriptions": {"kernel"},
    # The fraud warnings are data.
    "warnings": set(),
}
# What may be imported of *other* capabilities, by role of the importer. Bootstrap also needs ports, to say what an
# adapter stands behind, and the models' number of shards.
OF_OTHERS: dict[str, set[str]] = {
    "bootstrap": {"service", "store", "ports", "model", "warnings"},
    "subscriptions": {"events"},
    "jobs": {"events"},
}
# The declared exception: complaints builds on tickets. Its routes answer with a ticket's shape and more, since the
# contract says that both resources show one thing.
BUILDS_ON: dict[tuple[str, str], set[str]] = {
    ("complaints", "tickets"): {"model", "events"},
    ("complaints/routes", "tickets"): {"model", "routes"},
}
ONLY = {"work": {"aws.ledger", "aws.items"}}

# Packages from outside (and what of Python reaches outside) -> where they may be imported.
OUTSIDE: dict[str, set[str]] = {
    "boto3": {"aws"},
    "botocore": {"aws"},
    "chalice": {"web", "routes", "jobs", "work"},
    "aws_lambda_powertools": {"web", "work", "aws"},
    "pydantic": {"routes", "web"},
    "icalendar": {"routes"},
    "phonenumbers": {"kernel"},
    "ulid": {"kernel"},
    "jwt": {"aws"},
    "cryptography": {"aws"},
    "urllib": {"aws"},
    "socket": {"aws"},
    "os": {"settings.py", "kernel/ids.py"},
    # Waiting between tries of DynamoDB is real waiting and its jitter decides nothing: both stay with the tries.
    "time": {"kernel/clock.py", "aws/tables.py"},
    "random": {"aws/tables.py"},
    "uuid": {"kernel"},
    "secrets": {"kernel"},
}
# Who may ask what time it is; everybody below is told.
ASKS_THE_TIME = {"kernel", "web", "jobs", "bootstrap"}
# What is read of the environment, of chance and of time -> who reads it, and nobody else.
READERS: dict[str, set[str]] = {
    "os.environ": {"settings.py"},
    "os.urandom": {"kernel/ids.py"},
    "datetime.now": {"kernel/clock.py"},
    "datetime.utcnow": {"kernel/clock.py"},
    "datetime.today": {"kernel/clock.py"},
    "date.today": {"kernel/clock.py"},
    "clock.now": ASKS_THE_TIME,
}
READING = {name.partition(".")[2] for name in READERS}
NAMES = [path.relative_to(PACKAGE).as_posix() for path in FILES]


def role_of(name: str) -> tuple[str, str]:
    """Give the capability (or shared package) of a file, named like `tickets/model/clocks.py`, and its role in it."""
    steps = name.removesuffix(".py").split("/")
    if steps[0] in SHARED or steps[0] == "__init__":
        return steps[0], steps[0]
    for place, step in enumerate(steps[1:], 1):
        if step in (*ROLES, "warnings"):
            return "/".join(steps[:place]), step
    return "/".join(steps[:-1]), "docstring"


@cache
def imports(name: str, *, at_run_time: bool = True) -> list[str]:
    """List the modules a file imports, relative ones resolved; without what only type checkers see."""
    every = nodes(PACKAGE / name)
    hidden = {
        id(inner)
        for node in every
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
        if at_run_time
    }
    found: list[str] = []
    for node in every:
        if isinstance(node, ast.Import) and id(node) not in hidden:
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and id(node) not in hidden:
            found += _from(node, name)
    return found


def _from(node: ast.ImportFrom, name: str) -> list[str]:
    package = ("chalicelib", *name.split("/")[:-1])
    base = package[: len(package) - node.level + 1] if node.level else ()
    module = ".".join((*base, *filter(None, [node.module])))
    # A name may be a module too; whatever is not one is found again under the module it is in.
    return [module, *(f"{module}.{alias.name}" for alias in node.names)]


def allowed(importer: str, module: str) -> bool:
    """Tell whether a file may import a module of ours."""
    inner = module.removeprefix("chalicelib.").removeprefix("chalicelib")
    if not inner:
        return True
    capability, role = role_of(importer)
    target, wanted = role_of(inner.replace(".", "/") + ".py")
    if role in ONLY and target in TABLE[role] and target == "aws" and inner != "aws":
        return ".".join(inner.split(".")[:2]) in ONLY[role]
    if wanted == "docstring":
        # `from chalicelib.tickets import events`: what counts is `events`, which is listed too.
        return True
    if target == capability:
        return wanted == role or wanted in TABLE[role]
    if target in SHARED:
        return target in TABLE[role]
    builds_on = BUILDS_ON.get((f"{capability}/{role}", target)) or BUILDS_ON.get((capability, target), set())
    return wanted in OF_OTHERS.get(role, set()) | builds_on


def test_the_files_are_found() -> None:
    assert len(NAMES) > 150
    assert {"tickets/service/watch.py", "kernel/clock.py", "settings.py"} <= set(NAMES)


def test_the_page_of_a_capability_is_a_docstring_and_nothing_else() -> None:
    assert [name for name in NAMES if role_of(name)[1] == "docstring" and imports(name)] == []


def test_a_file_imports_only_what_the_table_allows() -> None:
    ours = [
        (name, module)
        for name in NAMES
        for module in imports(name, at_run_time=False)
        if module.split(".")[0] == "chalicelib" and role_of(name)[1] != "docstring"
    ]

    assert [f"{name} imports {module}" for name, module in ours if not allowed(name, module)] == []


def test_outside_packages_stay_at_their_edge() -> None:
    tops = {(name, module.partition(".")[0]) for name in NAMES for module in imports(name)}

    assert [
        f"{name} imports {top}"
        for name, top in sorted(tops)
        if top in OUTSIDE and not OUTSIDE[top] & {role_of(name)[1], name}
    ] == []


def test_the_environment_and_the_time_have_one_reader_each() -> None:
    found = [(name, reading) for name in NAMES for reading in readings(PACKAGE / name)]

    assert len(found) > 3
    assert [f"{name} reads {reading}" for name, reading in found if not may_read(name, reading)] == []
    assert [name for name in NAMES if "chalicelib.kernel.clock.now" in imports(name)] == []


def readings(path: Path) -> set[str]:
    """Name what a file reads of the environment, of chance and of time, like `os.environ`."""
    attributes = [node for node in nodes(path) if isinstance(node, ast.Attribute) and node.attr in READING]
    return {ast.unparse(node) for node in attributes} & READERS.keys()


def may_read(name: str, reading: str) -> bool:
    """Tell whether a file is the reader of that, or of a role that is."""
    return bool({name, role_of(name)[1]} & READERS[reading])


def test_the_table_of_triggers_names_jobs_and_the_edge() -> None:
    modules = {node.module or "" for node in nodes(ROOT / "app.py") if isinstance(node, ast.ImportFrom)}

    for module in modules - {"chalice.app", "chalicelib.web.edge"}:
        assert module.rpartition(".")[2] == "jobs", module


def test_nothing_that_ships_imports_what_does_not() -> None:
    for name in [*NAMES, "../app.py"]:
        tops = {module.partition(".")[0] for module in imports(name, at_run_time=False)}
        assert not tops & {"infra", "tests", "bench", "moto", "pytest", "hypothesis"}, name


@pytest.mark.parametrize(
    ("importer", "module"),
    [
        ("tickets/service/desk.py", "chalicelib.aws.tables"),
        ("tickets/service/desk.py", "chalicelib.identity.model"),
        ("tickets/routes/desk.py", "chalicelib.tickets.store"),
        ("tickets/routes/desk.py", "chalicelib.tickets.policy"),
        ("tickets/model/ticket.py", "chalicelib.tickets.policy"),
        ("notifications/service/sending.py", "chalicelib.tickets.events"),
        ("tickets/model/ticket.py", "chalicelib.complaints.model"),
        ("complaints/service.py", "chalicelib.tickets.service"),
        ("kernel/calls.py", "chalicelib.sla.packs"),
        ("work/consumer.py", "chalicelib.aws.tables"),
        ("web/auth.py", "chalicelib.aws.tables"),
        ("sla/packs.py", "chalicelib.tickets.model"),
    ],
)
def test_the_table_itself_can_refuse(importer: str, module: str) -> None:
    assert not allowed(importer, module)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("tickets/service/desk.py", "clock.now"),
        ("web/auth.py", "os.environ"),
        ("kernel/tokens.py", "os.urandom"),
        ("sla/clocks.py", "date.today"),
    ],
)
def test_not_everybody_may_read_everything(name: str, reading: str) -> None:
    assert not may_read(name, reading)


def test_what_a_file_reads_is_found(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_text("from datetime import datetime\nnow = datetime.now()\nprint(os.environ['X'], other.now())\n")

    assert readings(file) == {"datetime.now", "os.environ"}
