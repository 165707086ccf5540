"""Which visits a branch has to look at the documents of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.appointments.model import Appointment, Flaw, Verdict, Who
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Forbidden, NotFound
from tests.unit.appointments.checking import check, events_of, opened, standings
from tests.unit.appointments.office import NINE, Office


@pytest.fixture
def office() -> Office:
    """A branch that opens accounts, the day before."""
    return opened()


@pytest.fixture
def visit(office: Office) -> Appointment:
    return office.booked(service="account")


def waiting(office: Office, call: Call | None = None) -> list[str]:
    return [row.number for row in office.papers.waiting("bund", 25, None, call or office.clerk()).items]


def test_a_branch_sees_which_visits_have_documents_to_look_at_the_next_first(
    office: Office, visit: Appointment
) -> None:
    later = office.booked(NINE + timedelta(hours=2), "cus_smith", "account")
    assert waiting(office) == []
    office.sent(later, "proof", by=office.call("cus_smith"))
    office.sent(visit, "proof")
    office.sent(visit, "form")

    assert waiting(office) == [visit.number, later.number]
    assert events_of(office, visit).count("appointment.paper_came") == 1
    check(office, visit, "proof")
    assert waiting(office) == [visit.number, later.number]
    check(office, visit, "form", Verdict.REPLACE, Flaw.INCOMPLETE)
    assert waiting(office) == [later.number]
    office.sent(visit, "form")
    assert waiting(office) == [visit.number, later.number]


def test_what_staff_sent_in_nobody_has_to_be_told_of(office: Office, visit: Appointment) -> None:
    office.sent(visit, "proof", by=office.clerk())

    assert waiting(office) == []
    assert standings(office, visit)["proof"] == "to_check"


def test_whoever_comes_or_cancels_waits_for_no_look_at_their_documents(office: Office, visit: Appointment) -> None:
    other = office.booked(NINE, "cus_smith", "account")
    office.sent(visit)
    office.sent(other, by=office.call("cus_smith"))
    office.changing.cancel(other.id, office.call("cus_smith"))
    assert waiting(office) == [visit.number]
    office.now = NINE
    office.arrivals.check_in("bund", Who(number=visit.number), None, office.clerk())

    assert waiting(office) == []
    assert office.got(visit).unseen is not None


def test_only_who_receives_people_there_sees_that_list(office: Office) -> None:
    for call, refusal in (
        (office.call(), Forbidden),
        (office.call("x", Role.AUDITOR), Forbidden),
        (replace(office.clerk(), actor=Actor("x", frozenset({Role.CLERK}), "london")), NotFound),
    ):
        with pytest.raises(refusal):
            waiting(office, call)
    with pytest.raises(NotFound):
        office.papers.waiting("nowhere", 25, None, office.clerk())
