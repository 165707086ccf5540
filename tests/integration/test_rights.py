"""Who may do what to whose case: one table to be read by whoever answers for it, held against every declared route."""

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.access import ALLOWED, Scope
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from tests.architecture.declared import routes
from tests.integration import wordings
from tests.integration.cast import COLUMNS, NOBODY, STAFF, fresh, rows, signed_in
from tests.integration.rights import TABLE
from tests.integration.stages import LOGGED, STAGES, TASK, Stagehand, task_of
from tests.integration.visits import Reception, of_visits
from tests.world import SMITH, Answer, World

ROWS = rows(TABLE)
# Bodies of the routes that are about no ticket yet; those about one stand in stages.py.
BODIES: dict[str, Any] = {
    "POST /v1/complaints": {"subject": "s", "body": "b"},
    "POST /v1/tickets": {"kind": "enquiry", "subject": "s", "body": "b"},
    "POST /v1/desk/complaints": LOGGED,
    "POST /v1/desk/tickets": LOGGED | {"kind": "request"},
    "POST /v1/desk/staff/{staff}/absences": {"since": "2027-03-01T00:00:00Z", "until": "2027-03-02T00:00:00Z"},
    "POST /v1/verifications": {"purpose": "sign_in", "phone": SMITH},
    "POST /v1/verifications/{verification}/check": {"code": "000000"},
    "POST /v1/sessions": {"grant": "none", "warning_acknowledged": {"id": "code-sharing", "version": 1}},
    "POST /v1/staff/sessions": {"id_token": "none"},
}
# Only the owner takes a case or a task on, and only who works above a unit approves what is said there: that these may
# not shows that they were let in.
LET_IN = {
    ("POST /v1/desk/tickets/{ticket}/accept", "supervisor above"): "not_allowed_now",
    ("POST /v1/desk/answers/{answer}/versions/{n}/approve", "supervisor own"): "approval_needed",
    ("POST /v1/desk/answers/{answer}/versions/{n}/return", "supervisor own"): "approval_needed",
    **{
        ("POST /v1/desk/tasks/{task}/accept", column): "not_allowed_now"
        for column in ("agent own", "supervisor above", "compliance")
    },
}
# These check something of their own instead of a session; that they refuse what is not real shows they were reached.
OWN_PROOF = {
    "POST /v1/verifications/{verification}/resend": "not_found",
    "POST /v1/verifications/{verification}/check": "not_found",
    "POST /v1/sessions": "grant_invalid",
    "POST /v1/staff/sessions": "not_signed_in",
    "POST /v1/webhooks/sms/{provider}": "signature_invalid",
}


@pytest.fixture(scope="module")
def tokens(standing: World) -> dict[str, str]:
    return signed_in(standing)


@pytest.fixture(scope="module")
def world(standing: World, tokens: dict[str, str]) -> World:
    return standing


@pytest.fixture(scope="module", autouse=True)
def reception(world: World, tokens: dict[str, str]) -> Iterator[Reception]:
    """Times enough for everybody, and no end of what one customer may have of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("chalicelib.appointments.policy.MOST_OPEN", 1000)
        yield Reception(world.open_branches(), tokens["supervisor own"])


@pytest.fixture(scope="module")
def cases(world: World, tokens: dict[str, str]) -> dict[str, str]:
    """The case in question, and for the recused agent the one about them."""
    case, about = (
        world.complain(tokens["customer own"], about=about)["id"] for about in ({}, {"staff": STAFF["agent recused"]})
    )
    for id_ in (case, about):
        asked = world.ask("POST", f"/v1/desk/tickets/{id_}/tasks", TASK, tokens["supervisor own"])
        assert asked.status == 201, asked.text
    return dict.fromkeys(COLUMNS, case) | {"agent recused": about}


@pytest.fixture(scope="module")
def library(world: World) -> wordings.Library:
    """The canned answers, written by somebody who is in no column."""
    writer = Staff(WRITER, "east", frozenset({Role.SUPERVISOR}), "w", "w@dutydesk.test", "en")
    world.services.identity.register_staff(writer, internal(actors.system("seed"), "seed", "seed"))
    return wordings.Library(world)


@pytest.fixture(scope="module")
def hand(world: World, tokens: dict[str, str]) -> Stagehand:
    return Stagehand(world, tokens["customer own"])


def brought(library: wordings.Library, route: str) -> str:
    """Bring a canned answer where the step of a route is the next, for complaints as for everything else."""
    if "{answer}" not in route:
        return ""
    return wordings.brought_before(library, route, WRITER)


WRITER = "lead-east-2"
ABSENCES = "/v1/desk/staff/{staff}/absences"


def whose(column: str) -> str:
    return STAFF[column] if column in ("clerk", "compliance", "auditor", "admin") else "agent-east"


def absence(world: World, staff: str, token: str) -> str:
    """Enter an absence to be ended, if this caller may."""
    entered = world.ask("POST", ABSENCES.format(staff=staff), BODIES[f"POST {ABSENCES}"], token)
    return entered.body["away"][-1]["id"] if entered.status == 201 else "abs_none"


QUERIES = {
    "/v1/desk/queue": "?unit=east",
    "/v1/desk/tasks": "?unit=east",
    "/v1/desk/staff": "?unit=east",
    "/v1/desk/duplicates": "?customer=x",
    "/v1/desk/reports/{name}": "?unit=east",
    "/v1/branches/{branch}/slots": "?service=card-replacement",
    "/v1/desk/branches/{branch}/slots": "?service=card-replacement",
    "/v1/desk/reports/regulator/{scheme}": "?from=2026-01-01&to=2026-01-31",
}


def ask(
    world: World,
    route: str,
    case: str,
    token: str,
    body: Any = None,
    representative: str = "cus_none",
    staff: str = "agent-east",
    answer: str = "ans_none",
) -> Answer:
    method, path = route.split()
    body = body or (wordings.sent(path, case) if "/answers" in path and method == "POST" else None)
    status_token = world.services.status_url(case).rpartition("/")[2]
    filled = {"ticket": case, "verification": "ver_none", "provider": "dutydesk", "token": status_token, "n": 1}
    filled |= {"queue": "notifications", "representative": representative, "name": "open", "scheme": "jrt0169"}
    filled |= {"answer": answer}
    filled |= {
        "task": task_of(case),
        "staff": staff,
        "absence": absence(world, staff, token) if "{absence}" in path else "",
    }
    sent = body or BODIES.get(route) or (STAGES[path].body if method == "POST" and path in STAGES else None)
    return world.ask(method, path.format(**filled) + QUERIES.get(path, ""), sent, token)


def code_of(row: dict[str, str], column: str) -> str:
    """Name the code a refusal bears: who is refused only because of the case hears why."""
    if column == "agent recused" and row["agent own"] == "ok":
        return "conflict_of_interest"
    return {"401": "not_signed_in", "403": "forbidden", "404": "not_found"}[row[column]]


def test_every_declared_route_has_a_row_and_every_row_a_route() -> None:
    assert set(ROWS) == {f"{route.method} {route.path}" for route in routes()}


@pytest.mark.parametrize("route", ROWS)
def test_who_may_not_is_refused_and_nothing_is_written(
    world: World,
    tokens: dict[str, str],
    cases: dict[str, str],
    library: wordings.Library,
    reception: Reception,
    route: str,
) -> None:
    answer_ = brought(library, route)
    row, method = ROWS[route], route.split()[0]
    visit = reception.ready(route, tokens["customer own"]) if of_visits(route.split()[1]) else None
    written = len(world.unpublished)

    for column in (column for column in COLUMNS if row[column] != "ok"):
        if visit:
            answer = world.ask(method, visit[0] + QUERIES.get(route.split()[1], ""), visit[1], tokens[column])
        else:
            answer = ask(world, route, cases[column], tokens[column], staff=whose(column), answer=answer_)
        assert (str(answer.status), answer.code) == (row[column], code_of(row, column)), column

    assert len(world.unpublished) == written  # every write there is brings its record


@pytest.mark.parametrize("route", ROWS)
def test_who_may_is_let_in(
    world: World,
    tokens: dict[str, str],
    cases: dict[str, str],
    hand: Stagehand,
    library: wordings.Library,
    reception: Reception,
    route: str,
) -> None:
    row, (method, path) = ROWS[route], route.split()

    for column in (column for column in COLUMNS if row[column] == "ok"):
        token = fresh(world, column) if path == "/v1/sessions/current" else tokens[column]
        if of_visits(path):
            ready, body = reception.ready(route, token)
            answer = world.ask(method, ready + QUERIES.get(path, ""), body, token)
            assert answer.status < 300, (column, answer.text)
            continue
        answer = (
            taken(hand, route, column, token)
            if path in STAGES and route != "GET " + path
            else ask(world, route, cases[column], token, staff=whose(column), answer=brought(library, route))
        )
        refused = LET_IN.get((route, column)) or OWN_PROOF.get(route, "")
        assert ("" if answer.status < 300 else answer.code) == refused, (column, answer.text)


def taken(hand: Stagehand, route: str, column: str, token: str) -> Answer:
    """Take a step with a case that is brought there."""
    path = route.split()[1]
    case = hand.brought_before(path)
    if path.endswith("tickets/{ticket}/accept") and column in ("agent own", "supervisor own"):
        hand.given(case, STAFF[column])
    representative = hand.filled("{representative}", case)
    return ask(hand.world, route, case, token, hand.body(path), representative)


def test_the_table_and_the_code_say_the_same() -> None:
    """The table is not made from the code's own: where they part, somebody has to decide who is right."""
    columns = {Role.CUSTOMER: ("customer own", "customer other")}
    columns |= {Role.AGENT: ("agent own", "agent other"), Role.SUPERVISOR: ("supervisor own", "supervisor other")}
    columns |= {role: (role.value, role.value) for role in (Role.CLERK, Role.COMPLIANCE, Role.AUDITOR, Role.ADMIN)}
    for route in routes():
        row = ROWS[f"{route.method} {route.path}"]
        if route.act is None:
            assert set(row.values()) == {"ok"}
            continue
        assert {row[column] for column in NOBODY} == {"401"}
        allowed = {role for role, (own, _) in columns.items() if row[own] == "ok"}
        assert allowed == {role for role in columns if role in ALLOWED[route.act]}, route.path
        if "{ticket}" in route.path or "{task}" in route.path:
            far = {role for role in allowed if row[columns[role][1]] == "ok"}
            assert far == {role for role in allowed if ALLOWED[route.act][role] is Scope.ANY}, route.path
