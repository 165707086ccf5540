"""What time documents save that were looked at before a visit, and how long they are kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.appointments.model import (
    Appointment,
    Document,
    Flaw,
    Status,
    Verdict,
    Who,
)
from chalicelib.attachments.model import Announced, AttachmentGone
from chalicelib.attachments.model import Status as FileStatus
from tests.unit.appointments.checking import (
    ACCOUNT,
    PROOF,
    SYSTEM,
    accepted,
    check,
    events_of,
    opened,
    standings,
)
from tests.unit.appointments.office import NINE, Office


@pytest.fixture
def office() -> Office:
    """A branch that opens accounts, the day before."""
    return opened()


@pytest.fixture
def visit(office: Office) -> Appointment:
    return office.booked(service="account")


# --- time --------------------------------------------------------------------------------------------------------------


def test_a_visit_is_shorter_by_what_its_accepted_documents_save_and_the_time_is_free(
    office: Office, visit: Appointment
) -> None:
    assert office.cells() == {"01:00": 1, "01:15": 1, "01:30": 1, "01:45": 1}

    first = accepted(office, visit, "proof")  # twenty minutes: one cell of a quarter of an hour, and five minutes

    assert (first.saved, first.ends_at) == (20, NINE + timedelta(minutes=25))
    assert office.cells() == {"01:00": 1, "01:15": 1, "01:30": 1}
    second = accepted(office, visit, "form")  # thirty-five in all
    assert (second.saved, second.ends_at) == (35, NINE + timedelta(minutes=10))
    assert office.cells() == {"01:00": 1, "01:15": 1}
    office.changing.cancel(visit.id, office.call())
    assert office.cells() == {}


def test_what_saves_nothing_leaves_the_visit_as_it_is(office: Office, visit: Appointment) -> None:
    after = accepted(office, visit, "id-card")

    assert (after.saved, after.ends_at, after.visit) == (0, visit.ends_at, visit.visit)


def test_a_visit_keeps_five_minutes_whatever_was_accepted(office: Office, visit: Appointment) -> None:
    office.services_["account"] = replace(ACCOUNT, documents=(Document("proof", PROOF, saves=44),))

    after = accepted(office, visit, "proof")

    assert (after.saved, after.ends_at) == (40, NINE + timedelta(minutes=5))
    assert office.cells() == {"01:00": 1, "01:15": 1}  # one of them for the ten minutes after it


def test_a_move_gives_the_whole_time_anew_and_keeps_what_was_accepted(office: Office, visit: Appointment) -> None:
    accepted(office, visit, "proof")
    moved = office.moved(visit, NINE + timedelta(hours=2))

    assert (moved.saved, moved.ends_at - moved.starts_at) == (0, timedelta(minutes=45))
    assert office.cells() == {"03:00": 1, "03:15": 1, "03:30": 1, "03:45": 1}
    assert standings(office, moved)["proof"] == "accepted"
    assert accepted(office, moved, "form").saved == 35


def test_two_who_judge_at_once_free_the_time_once(office: Office, visit: Appointment) -> None:
    office.sent(visit, "proof")
    office.sent(visit, "form")

    def quicker() -> None:
        office.tables.before_commit = lambda: None
        check(office, visit, "form")

    office.tables.before_commit = quicker
    after = check(office, visit, "proof")

    assert after.saved == 35
    assert office.cells() == {"01:00": 1, "01:15": 1}


def test_it_is_measured_what_was_found_missing_what_was_saved_and_how_long_the_prepared_take(
    office: Office, visit: Appointment
) -> None:
    office.sent(visit, "form")
    check(office, visit, "form", Verdict.REPLACE, Flaw.INCOMPLETE)
    check(office, visit, "id-card", Verdict.MISSING, Flaw.NEEDED)
    accepted(office, visit, "proof")
    office.now = NINE
    office.arrivals.check_in("bund", Who(number=visit.number), None, office.clerk())
    office.calling.call(visit.id, "1", office.clerk())
    office.calling.serve(visit.id, None, office.clerk())
    office.now += timedelta(minutes=12)
    office.calling.done(visit.id, office.clerk())

    (line,) = office.days.figures("bund", NINE.date(), NINE.date())

    figure = line.figure
    assert (figure.asked_again, figure.saved) == (2, 20)
    assert (figure.served, figure.prepared, figure.prepared_seconds) == (1, 1, 720)


# --- how long it is kept -------------------------------------------------------------------------------------------------


def work(office: Office, visit: Appointment) -> list[str]:
    office.judging.worked(visit.id, replace(office.call(), actor=SYSTEM))
    return [file.status.value for file in office.shelves.get(visit.id).files]


def test_what_was_sent_in_is_gone_a_week_after_the_visit_and_not_before(office: Office, visit: Appointment) -> None:
    file = office.sent(visit)
    ends = visit.ends_at + timedelta(days=7)
    assert file.wakes_at == ends
    office.now = ends - timedelta(seconds=1)
    assert work(office, visit) == ["clean"]
    office.now = ends

    assert [work(office, visit) for _ in range(2)] == [["ended"]] * 2

    (left,) = office.shelves.get(visit.id).files
    assert file.kept not in office.bucket.objects
    assert (left.name, left.wakes_at, left.sha256) == ("", None, file.sha256)
    with pytest.raises(AttachmentGone):
        office.giving.read(visit.id, file.id, office.clerk())
    assert office.shelves.ledger.events(f"shelf_{visit.id[4:]}")[-1] == "attachment.ended"


def test_a_visit_that_is_cancelled_keeps_nothing(office: Office, visit: Appointment) -> None:
    office.sent(visit)
    office.sent(visit, clean=False)
    office.changing.cancel(visit.id, office.call())

    assert work(office, visit) == ["ended", "ended"]
    assert not [key for key in office.bucket.objects if key.startswith("kept/")]


def test_what_is_kept_follows_the_visit(office: Office, visit: Appointment) -> None:
    office.sent(visit)
    moved = office.moved(visit, NINE + timedelta(days=2))
    office.now = visit.ends_at + timedelta(days=7)

    assert work(office, visit) == ["clean"]
    (file,) = office.shelves.get(visit.id).files
    assert file.keep_until == file.wakes_at == moved.ends_at + timedelta(days=7)
    office.now = moved.ends_at + timedelta(days=7)
    assert work(office, visit) == ["ended"]


def test_a_document_nobody_could_scan_is_still_deleted_in_time(office: Office, visit: Appointment) -> None:
    file = office.sent(visit, clean=False)
    file = office.scanned(file, "UNSUPPORTED")

    assert (file.status, file.due_at) == (FileStatus.QUARANTINED, None)
    told = [(it.key, it.template, it.to) for it in office.got(visit).notices if it.key.startswith("unscanned/")]
    assert told == [(f"unscanned/{file.id}", "appointment_file_unscanned", "lead")]
    assert file.wakes_at == visit.ends_at + timedelta(days=7)


def test_of_a_file_that_never_came_the_name_is_forgotten_too(office: Office, visit: Appointment) -> None:
    told = Announced("mine.pdf", "application/pdf", 9, "5e" * 32, purpose="proof")
    office.sending.ask(visit.id, told, office.call())
    office.now += timedelta(minutes=20)
    assert work(office, visit) == ["expired"]
    office.now = visit.ends_at + timedelta(days=7)

    assert work(office, visit) == ["ended"]
    assert office.shelves.get(visit.id).files[0].name == ""


def test_an_infected_document_is_deleted_and_whoever_sent_it_in_is_told_once(
    office: Office, visit: Appointment
) -> None:
    file = office.scanned(office.sent(visit, clean=False), "THREATS_FOUND")
    office.judging.work(visit.id, file.id, replace(office.call(), actor=SYSTEM))

    assert file.status is FileStatus.REMOVED
    assert standings(office, visit)["id-card"] == "open"
    assert [it.template for it in office.got(visit).notices].count("appointment_file_infected") == 1
    assert events_of(office, visit).count("appointment.paper_infected") == 1
    assert office.got(visit).status is Status.BOOKED
