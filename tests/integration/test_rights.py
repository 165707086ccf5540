"""Who may do what to whose case: one table to be read by whoever answers for it, held against every declared route."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.identity.model import Staff
from chalicelib.kernel import actors
from chalicelib.kernel.access import ALLOWED, Scope
from chalicelib.kernel.actors import Role
from chalicelib.kernel.calls import internal
from chalicelib.kernel.limits import Limit
from tests.architecture.declared import routes
from tests.integration import wordings
from tests.integration.asking import QUERIES, WRITER, about, ask, taken, whose
from tests.integration.bodies import OWN_PROOF
from tests.integration.cast import COLUMNS, NOBODY, STAFF, fresh, rows, signed_in
from tests.integration.mirror import Mirror, of_faces
from tests.integration.rights import TABLE
from tests.integration.stages import STAGES, TASK, Stagehand
from tests.integration.visits import Reception, of_visits
from tests.kiosk import Device
from tests.world import World

ROWS = rows(TABLE)
# Only the owner takes a case or a task on, and only who works above a unit approves what is said there: that these may
# not shows that they were let in.
LET_IN = {
    ("POST /v1/desk/emergencies", "supervisor above"): "invalid",
    ("POST /v1/desk/emergencies", "clerk"): "invalid",
    ("POST /v1/desk/tickets/{ticket}/accept", "supervisor above"): "not_allowed_now",
    ("POST /v1/desk/answers/{answer}/versions/{n}/approve", "supervisor own"): "approval_needed",
    ("POST /v1/desk/answers/{answer}/versions/{n}/return", "supervisor own"): "approval_needed",
    **{
        ("POST /v1/desk/tasks/{task}/accept", column): "not_allowed_now"
        for column in ("agent own", "supervisor above", "compliance")
    },
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
        patch.setattr("chalicelib.appointments.policy.MOST_WAITING", 1000)
        patch.setattr("chalicelib.appointments.policy.HELD_BY_ONE", Limit(10_000, timedelta(hours=1)))
        for limit in ("BY_ADDRESS", "BY_PHONE"):
            patch.setattr(f"chalicelib.verification.fraud.policy.{limit}", Limit(10_000, timedelta(hours=1)))
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
def kiosk(world: World, tokens: dict[str, str]) -> Device:
    """A kiosk at which the customer "own" is signed in."""
    device = Device(world).signed_in()
    device.visit()
    return device


@pytest.fixture(scope="module")
def library(world: World) -> wordings.Library:
    """The canned answers, written by somebody who is in no column."""
    writer = Staff(WRITER, "east", frozenset({Role.SUPERVISOR}), "w", "w@dutydesk.test", "en")
    world.services.identity.register_staff(writer, internal(actors.system("seed"), "seed", "seed"))
    return wordings.Library(world)


@pytest.fixture(scope="module")
def hand(world: World, tokens: dict[str, str]) -> Stagehand:
    return Stagehand(world, tokens["customer own"])


@pytest.fixture(scope="module")
def files(hand: Stagehand, cases: dict[str, str]) -> dict[str, str]:
    """A clean file of each case."""
    sent = {case: hand.sent_in(case, "clean") for case in set(cases.values())}
    return {column: sent[case] for column, case in cases.items()}


def brought(world: World, reception: Reception, route: str, token: str, own: str) -> tuple[str, Any] | None:
    """Bring an appointment or a check of a face where the step of a route is the next; None for what is about neither."""
    path = route.split()[1]
    if of_visits(path):
        return reception.ready(route, token)
    return Mirror(world).ready(route, token, own) if of_faces(path) else None


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
    kiosk: Device,
    reception: Reception,
    route: str,
) -> None:
    row, method = ROWS[route], route.split()[0]
    visit = brought(world, reception, route, tokens["customer own"], tokens["customer own"])
    given = {} if visit else about(kiosk, library, route, "customer own")
    written = len(world.unpublished)

    for column in (column for column in COLUMNS if row[column] != "ok"):
        if visit:
            answer = world.ask(method, visit[0] + QUERIES.get(route.split()[1], ""), visit[1], tokens[column])
        else:
            answer = ask(world, route, cases[column], tokens[column], staff=whose(column), **given)
        assert (str(answer.status), answer.code) == (row[column], code_of(row, column)), column

    assert len(world.unpublished) == written  # every write there is brings its record


@pytest.mark.parametrize("route", ROWS)
def test_who_may_is_let_in(
    world: World,
    tokens: dict[str, str],
    cases: dict[str, str],
    hand: Stagehand,
    files: dict[str, str],
    library: wordings.Library,
    kiosk: Device,
    reception: Reception,
    monkeypatch: pytest.MonkeyPatch,
    route: str,
) -> None:
    row, (method, path) = ROWS[route], route.split()
    if route == "DELETE /v1/sessions":  # everybody here stands on sessions that this would end
        monkeypatch.setattr(world.services.people, "sessions_of", lambda *_: {})

    for column in (column for column in COLUMNS if row[column] == "ok"):
        token = fresh(world, column) if path == "/v1/sessions/current" else tokens[column]
        found = brought(world, reception, route, token, tokens["customer own"])
        if found:
            answer = world.ask(method, found[0] + QUERIES.get(path, ""), found[1], token)
            assert answer.status < 300, (column, answer.text)
            continue
        answer = (
            taken(hand, route, column, token)
            if path in STAGES and route != "GET " + path
            else ask(
                world,
                route,
                cases[column],
                token,
                staff=whose(column),
                attachment=files[column],
                **about(kiosk, library, route, column),
            )
        )
        refused = LET_IN.get((route, column)) or OWN_PROOF.get(route, "")
        assert ("" if answer.status < 300 else answer.code) == refused, (column, answer.text)


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
