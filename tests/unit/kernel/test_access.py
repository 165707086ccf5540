"""Who may do what to which object: the table, cell by cell, and deny by default."""

from dataclasses import replace

import pytest

from chalicelib.kernel import access
from chalicelib.kernel.access import ALLOWED, AT_A_KIOSK, Act, Scope, Service
from chalicelib.kernel.actors import ANONYMOUS, Actor, Role, system
from chalicelib.kernel.errors import Forbidden, NotFound

EAST = frozenset({"east"})
CELLS = [(act, role, ALLOWED[act].get(role)) for act in Act for role in Role]


def somebody(*roles: Role, id_: str = "me", units: frozenset[str] = EAST) -> Actor:
    """Make an actor of the unit east."""
    return Actor(id_, frozenset(roles), "east", units)


@pytest.mark.parametrize(("act", "role", "scope"), CELLS)
def test_every_cell_of_the_table_is_kept(act: Act, role: Role, scope: Scope | None) -> None:
    actor = somebody(role)

    assert access.scope(actor, act) is scope
    assert access.reaches(actor, act, customer="me", unit="west") == (scope in (Scope.OWN, Scope.ANY))
    assert access.reaches(actor, act, customer="other", unit="east") == (scope in (Scope.UNIT, Scope.ANY))
    assert access.reaches(actor, act, customer="other", unit="west") == (scope is Scope.ANY)


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.SESSION_USE])
@pytest.mark.parametrize("actor", [ANONYMOUS, system("sweep"), somebody()])
def test_who_is_in_no_row_may_do_nothing(act: Act, actor: Actor) -> None:
    with pytest.raises(Forbidden):
        access.require(actor, act)


def test_a_kiosk_may_do_nothing_that_is_not_its_own() -> None:
    kiosk = replace(somebody(Role.KIOSK, id_="kio"), device="kio", offers=frozenset(Service))

    allowed = {act for act in Act if access.scope(kiosk, act) is not None}

    assert allowed == {
        *(Act.SESSION_USE, Act.KIOSK_USE, Act.KIOSK_VISIT, Act.KIOSK_ARRIVALS),
        *(Act.HALL_SHOW, Act.HALL_PRINT),
    }


@pytest.mark.parametrize(("offers", "act"), [("display", Act.HALL_SHOW), ("printer", Act.HALL_PRINT)])
def test_a_device_of_the_hall_reads_its_one_feed_and_changes_nothing_but_itself(offers: str, act: Act) -> None:
    device = replace(somebody(Role.KIOSK, id_="kio"), device="kio", offers=frozenset({offers}))

    assert {one for one in Act if access.scope(device, one) is not None} == {Act.SESSION_USE, Act.KIOSK_USE, act}


@pytest.mark.parametrize(
    ("offers", "more"),
    [
        ({"check_in"}, set()),
        ({"complaints"}, {Act.COMPLAINT_FILE}),
        ({"requests"}, {Act.TICKET_FILE}),
        ({"requests", "complaints"}, {Act.TICKET_FILE, Act.COMPLAINT_FILE}),
    ],
)
def test_a_customer_at_a_kiosk_may_do_what_it_offers_and_no_more(offers: set[str], more: set[Act]) -> None:
    there = replace(somebody(Role.CUSTOMER), device="kio", offers=frozenset(offers))
    matters = {Act.TICKET_LIST, Act.TICKET_READ, Act.TICKET_WRITE, Act.TICKET_ASK, Act.TICKET_NEEDS} if more else set()

    allowed = {act for act in Act if access.scope(there, act) is not None}

    assert allowed == {Act.SESSION_USE} | matters | more


def test_what_no_row_names_is_denied_at_a_kiosk_whatever_the_role() -> None:
    staff = replace(somebody(*Role), device="kio", offers=frozenset(Service))

    assert {act for act in Act if access.scope(staff, act) is not None} == set(AT_A_KIOSK)


def test_the_widest_of_several_roles_counts() -> None:
    both = somebody(Role.AGENT, Role.COMPLIANCE)

    assert access.scope(both, Act.DESK_READ) is Scope.ANY


def test_what_is_foreign_looks_absent_and_what_is_forbidden_does_not() -> None:
    agent = somebody(Role.AGENT)

    with pytest.raises(NotFound):
        access.require_on(agent, Act.DESK_READ, unit="london")
    with pytest.raises(Forbidden):
        access.require_on(agent, Act.OPERATIONS_READ, unit="east")


def test_a_unit_reaches_all_units_below_it() -> None:
    head = somebody(Role.SUPERVISOR, units=frozenset({"hq", "east", "london"}))

    access.require_on(head, Act.DESK_WRITE, unit="london")


def test_an_object_of_nobody_belongs_to_no_customer() -> None:
    assert not access.reaches(somebody(Role.CUSTOMER, id_=""), Act.TICKET_READ, customer="")


def test_nobody_but_staff_is_staff() -> None:
    assert [role for role in Role if somebody(role).is_staff] == [
        Role.AGENT,
        Role.SUPERVISOR,
        Role.CLERK,
        Role.COMPLIANCE,
        Role.AUDITOR,
        Role.ADMIN,
    ]


def test_an_auditor_reads_and_writes_nothing_but_their_own_absence_and_sessions() -> None:
    rights = {act for act, row in ALLOWED.items() if Role.AUDITOR in row}

    reads = {Act.TICKET_READ, Act.DESK_QUEUE, Act.DESK_READ, Act.DESK_HISTORY, Act.STAFF_READ, Act.REPORTS_READ}
    reads |= {Act.ANSWER_READ, Act.APPOINTMENT_READ, Act.TASK_READ, Act.ATTACHMENT_READ, Act.KIOSK_READ}
    reads |= {Act.BRANCH_WATCH, Act.CODES_READ, Act.CONTINUITY_READ, Act.HALL_SHOW, Act.HALL_PRINT}
    reads |= {Act.CALLBACK_WATCH, Act.CALLBACK_REPORT, Act.CAMPAIGN_READ}
    reads |= {Act.FACE_READ, Act.EMERGENCY_READ}
    assert rights == {Act.SESSION_USE, Act.SESSION_MANAGE, Act.STAFF_ABSENCE, *reads}
    assert {ALLOWED[act][Role.AUDITOR] for act in (Act.STAFF_ABSENCE, Act.SESSION_MANAGE)} == {Scope.OWN}
