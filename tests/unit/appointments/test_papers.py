"""Documents that are looked at before a visit."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.appointments import policy
from chalicelib.appointments.model import (
    FLAWS,
    Appointment,
    Flaw,
    PaperNotReady,
    Verdict,
    Who,
)
from chalicelib.kernel.actors import Actor, Role
from chalicelib.kernel.errors import Changed, Forbidden, Invalid, NotAllowedNow, NotFound
from tests.unit.appointments.checking import (
    SYSTEM,
    accepted,
    by_link,
    check,
    events_of,
    opened,
    standings,
)
from tests.unit.appointments.office import KEYS, NINE, Office


@pytest.fixture
def office() -> Office:
    """A branch that opens accounts, the day before."""
    return opened()


@pytest.fixture
def visit(office: Office) -> Appointment:
    return office.booked(service="account")


def test_a_list_has_what_the_services_name_each_thing_once(office: Office) -> None:
    visit = office.booked(service="account,card")

    assert standings(office, visit) == {"id-card": "open", "proof": "open", "form": "open"}


def test_what_somebody_says_they_bring_is_noted_once(office: Office, visit: Appointment) -> None:
    for brings in (True, True, False, True):
        office.papers.tick(visit.id, "id-card", brings, office.call())

    assert standings(office, visit)["id-card"] == "brings"
    assert events_of(office, visit).count("appointment.paper_ticked") == 3
    with pytest.raises(NotFound):
        office.papers.tick(visit.id, "passport", True, office.call())


def test_whoever_holds_the_link_ticks_and_sends_in_as_well(office: Office, visit: Appointment) -> None:
    link, nobody = by_link(office, visit)
    office.papers.tick(link, "id-card", True, nobody)
    office.sent(replace(visit, id=link), "proof", by=nobody)

    assert standings(office, visit) == {"id-card": "brings", "proof": "to_check", "form": "open"}
    assert office.papers.checklist(link, nobody).number == visit.number
    for forged in (visit.id, visit.number, KEYS.token("visit", f"{visit.id}.2"), KEYS.token("check_in", visit.id)):
        with pytest.raises(NotFound):
            office.papers.tick(forged, "id-card", False, nobody)


def test_others_see_and_change_nothing(office: Office, visit: Appointment) -> None:
    stranger = office.call("cus_smith")
    for refused in (
        lambda: office.papers.checklist(visit.id, stranger),
        lambda: office.papers.tick(visit.id, "id-card", True, stranger),
        lambda: office.sent(visit, by=stranger),
    ):
        with pytest.raises(NotFound):
            refused()
    file = office.sent(visit)
    for call, refusal in (
        (office.call(), Forbidden),
        (office.call("x", Role.AUDITOR), Forbidden),
        (replace(office.clerk(), actor=Actor("x", frozenset({Role.CLERK}), "london")), NotFound),
    ):
        with pytest.raises(refusal):
            office.papers.check(visit.id, "id-card", (Verdict.ACCEPTED, "", file.id), call)
        with pytest.raises(refusal):
            office.giving.read(visit.id, file.id, call)


def test_a_file_is_for_a_document_of_the_visit_and_before_it(office: Office, visit: Appointment) -> None:
    with pytest.raises(Invalid):
        office.sent(visit, "passport")
    with pytest.raises(Invalid):
        office.sent(visit, "")
    office.now = NINE - timedelta(minutes=5)
    office.arrivals.check_in("bund", Who(number=visit.number), None, office.clerk())
    for late in (
        lambda: office.sent(visit),
        lambda: office.papers.tick(visit.id, "id-card", True, office.call()),
        lambda: check(office, visit, "id-card", Verdict.MISSING, Flaw.NEEDED),
    ):
        with pytest.raises(NotAllowedNow):
            late()


def test_a_document_is_scanned_then_looked_at_then_accepted_for_good(office: Office, visit: Appointment) -> None:
    file = office.sent(visit, clean=False)
    assert standings(office, visit)["id-card"] == "scanned"
    with pytest.raises(PaperNotReady):
        check(office, visit, "id-card")
    office.scanned(file)
    assert standings(office, visit)["id-card"] == "to_check"

    check(office, visit, "id-card")
    check(office, visit, "id-card")

    assert standings(office, visit)["id-card"] == "accepted"
    assert events_of(office, visit).count("appointment.paper_checked") == 1
    with pytest.raises(NotAllowedNow):
        check(office, visit, "id-card", Verdict.REPLACE, Flaw.UNREADABLE)
    office.sent(visit)
    assert standings(office, visit)["id-card"] == "accepted"
    assert office.got(visit).notices == visit.notices  # of what is fine nobody is told


def test_only_what_was_looked_at_is_judged(office: Office, visit: Appointment) -> None:
    with pytest.raises(PaperNotReady):
        check(office, visit, "id-card")
    seen = office.sent(visit)
    office.sent(visit)

    with pytest.raises(Changed):
        check(office, visit, "id-card", file=seen.id)
    assert standings(office, visit)["id-card"] == "to_check"


@pytest.mark.parametrize("flaw", list(Flaw))
def test_what_is_missing_or_no_good_the_customer_is_told_in_their_language_once(
    office: Office, visit: Appointment, flaw: Flaw
) -> None:
    office.sent(visit, "proof")
    check(office, visit, "proof", Verdict.REPLACE, flaw)
    check(office, visit, "form", Verdict.MISSING, Flaw.NEEDED)

    assert {id_: standing for id_, standing in standings(office, visit).items() if id_ != "id-card"} == {
        "proof": "replace",
        "form": "missing",
    }
    asked = office.words.due(visit.id, replace(office.call(), actor=SYSTEM))
    told = {it["key"]: it for it in office.tables.chains[visit.id][-1].body["notices"]}
    assert asked == "asked"
    assert told["paper/proof/1"]["template"] == "appointment_paper_replace"
    assert told["paper/form/1"]["template"] == "appointment_paper_missing"
    facts = told["paper/proof/1"]["facts"]
    assert (facts["paper:en"], facts["paper:zh-CN"]) == ("Proof of address", "住址证明")
    assert {facts["reason:en"], facts["reason:zh-CN"]} == set(FLAWS[flaw].values())
    assert facts["branch:en"] == "The Bund"


def test_what_is_said_again_is_told_once(office: Office, visit: Appointment) -> None:
    for _ in range(3):
        check(office, visit, "form", Verdict.MISSING, Flaw.NEEDED)
    assert events_of(office, visit).count("appointment.paper_checked") == 1

    check(office, visit, "form", Verdict.MISSING, Flaw.OUT_OF_DATE)

    assert office.got(visit).paper("form").checks == 2


def test_of_one_document_only_the_last_word_is_owed(office: Office, visit: Appointment) -> None:
    office.sent(visit, "proof")
    check(office, visit, "proof", Verdict.REPLACE, Flaw.UNREADABLE)
    office.sent(visit, "proof")
    assert standings(office, visit)["proof"] == "to_check"

    check(office, visit, "proof", Verdict.REPLACE, Flaw.INCOMPLETE)

    keys = [notice.key for notice in office.got(visit).notices if notice.key.startswith("paper/")]
    assert keys == ["paper/proof/2"]


def test_a_clerk_who_was_mistaken_accepts_what_was_to_be_replaced(office: Office, visit: Appointment) -> None:
    office.sent(visit, "proof")
    check(office, visit, "proof", Verdict.REPLACE, Flaw.UNREADABLE)

    assert check(office, visit, "proof").paper("proof").accepted


def test_what_was_accepted_need_not_be_brought(office: Office, visit: Appointment) -> None:
    accepted(office, visit, "id-card")

    facts = policy.facts_of(office.got(visit), office.branches(), office.services())
    assert facts["bring:en"] == "Proof of address, form"
