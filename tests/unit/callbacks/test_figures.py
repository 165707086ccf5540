"""What is counted of promises, and what people wish."""

from datetime import date, timedelta

import pytest

from chalicelib.callbacks.model import Outcome, Purpose, Status, Wishes
from chalicelib.kernel.actors import Role
from chalicelib.kernel.errors import Forbidden, Invalid, NotFound, Outdated
from tests.callcentre import CallCentre, at

DAY = date(2026, 11, 23)


@pytest.fixture
def centre() -> CallCentre:
    centre = CallCentre()
    for n in range(5):
        centre.people.phones[f"cus_{n}"] = ("+8613800138000", "zh-CN")
    return centre


def lead(centre: CallCentre):  # type: ignore[no-untyped-def]
    return centre.call("lead-1", role=Role.SUPERVISOR)


def test_kept_late_broken_and_lost_are_counted_by_the_hour_they_were_promised_for(centre: CallCentre) -> None:
    kept = centre.promised(at(13), "cus_0")
    late = centre.promised(at(13), "cus_1")
    centre.promised(at(14), "cus_2")
    gone = centre.promised(at(16), "cus_3")
    centre.moving.cancel(gone.id, centre.call("cus_3"))
    centre.pass_time(at(13))
    centre.leasing.next("", centre.call("agent-1"))
    centre.pass_time(at(13, 15))
    assert centre.tried(centre.leasing.next("", centre.call("agent-1")), Outcome.REACHED).id == kept.id
    centre.pass_time(at(15))
    assert centre.tried(centre.leasing.next("", centre.call("agent-1")), Outcome.REACHED).id == late.id
    centre.pass_time(at(15, 0, 27))

    rows = {row["hour"]: row for row in centre.figures.report("", DAY, DAY, lead(centre))}

    assert {
        name: rows[13][name] for name in ("promised", "kept", "late", "tries", "leases_lost", "tries_per_reach")
    } == {
        "promised": 2,
        "kept": 2,
        "late": 1,
        "tries": 2,
        "leases_lost": 1,
        "tries_per_reach": 1.0,
    }
    assert (rows[14]["broken"], rows[14]["kept_share"], rows[16]["cancelled"]) == (1, 0.0, 1)


def test_the_same_figures_are_had_as_csv(centre: CallCentre) -> None:
    centre.promised(at(13))

    lines = centre.figures.csv(centre.figures.report("", DAY, DAY, lead(centre))).split("\r\n")

    assert lines[0].startswith("unit,hour,promised,kept,late,broken")
    assert lines[1].startswith("east,13,1,0,0,0")


def test_days_are_local_and_a_month_is_the_most(centre: CallCentre) -> None:
    made = centre.promised(at(9, 0, 24))
    for first, last in ((DAY, DAY + timedelta(days=31)), (DAY, DAY - timedelta(days=1))):
        with pytest.raises(Invalid):
            centre.figures.report("", first, last, lead(centre))

    day = DAY + timedelta(days=1)

    assert [row.id for row in centre.figures.of_day("", day, 25, None, centre.call("agent-1")).items] == [made.id]
    assert centre.figures.of_day("", DAY, 25, None, centre.call("agent-1")).items == ()


def test_a_day_in_two_months_of_utc_is_listed_whole_page_by_page(centre: CallCentre) -> None:
    centre.now = at(9, 0, 30)
    first_of_december = date(2026, 12, 1)
    made = [centre.promised(at(9, 0, 30) + timedelta(days=1, hours=n), f"cus_{n}") for n in range(2)]
    rows, start = [], None
    while True:
        page = centre.figures.of_day("", first_of_december, 1, start, centre.call("agent-1"))
        rows += page.items
        start = page.next
        if start is None:
            break

    assert [row.id for row in rows] == [it.id for it in made]


def test_only_who_reads_reports_reads_these_and_only_of_their_units(centre: CallCentre) -> None:
    with pytest.raises(Forbidden):
        centre.figures.report("", DAY, DAY, centre.call("agent-1"))
    with pytest.raises(NotFound):
        centre.figures.report("london", DAY, DAY, lead(centre))


def test_wishes_are_kept_once_recorded_and_end_a_refusal(centre: CallCentre) -> None:
    made = centre.logged(at(13), purpose=Purpose.CAMPAIGN)
    centre.pass_time(at(13))
    centre.tried(centre.leasing.next("", centre.call("agent-1")), Outcome.REFUSED)
    assert centre.get(made).status is Status.DECLINED

    book = centre.wishing.keep(Wishes(False, frozenset({Purpose.CAMPAIGN})), centre.call())

    assert (book.refused, book.consents) == ({}, {Purpose.CAMPAIGN})
    assert centre.wishing.keep(Wishes(False, frozenset({Purpose.CAMPAIGN})), centre.call()) == book
    assert [it.event for it in centre.tables.chains["contact#cus_li"]] == [
        "contact.refusal_kept",
        "contact.wishes_kept",
    ]
    with pytest.raises(Outdated):
        centre.wishing.keep(Wishes(True), centre.call(if_match=1))
