"""What a regulator's file counts, by hand."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.reports.model import Case, Period, Redress
from chalicelib.reports.policy import Form, faults, filed, included
from chalicelib.sla.packs import Packs
from chalicelib.sla.schemes import Scheme, Schemes

FOLDER = Path(__file__).parents[3] / "chalicelib" / "packs"
SCHEMES, PACKS = Schemes(FOLDER / "codes"), Packs.open(FOLDER)
FCA, JRT, ASIC = (SCHEMES.versions(id_)[0] for id_ in ("fca_disp", "jrt0169", "asic_idr"))
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))
IN_FCA = {FCA.ref: ("cause.advice", "product.banking")}


def london(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


APRIL = london(4, 1)


def make_case(received: datetime = APRIL, ended: datetime | None = None, **what_matters: Any) -> Case:
    """Make a British complaint about a bank, received on the first of April."""
    facts = {"subject": "tkt_1", "complaint": True, "number": "T-1", "regimes": ("uk.disp@2016-06-30.1",)}
    times = {"received_at": received, "registered_at": received, "answered_at": ended, "ended_told_at": ended}
    return Case(**{**facts, **times, "codes": IN_FCA, **what_matters})


def returned(*cases: Case, period: Period = SPRING) -> dict[str, dict[str, Any]]:
    table = filed(cases, Form(FCA, period, PACKS.calendar("GB-ENG")))
    return {row["code"] or "total": row for row in table.dicts()}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("ended", "column"),
    [
        # Over Easter 2026 the third business day after Wednesday the first of April is Wednesday the eighth.
        (london(4, 8, 22), "closed_within_3_business_days"),
        (london(4, 8, 23), "closed_within_4_weeks"),  # in London it is the ninth already
        (london(4, 29), "closed_within_4_weeks"),
        (london(4, 30), "closed_4_to_8_weeks"),
        (london(5, 27), "closed_4_to_8_weeks"),
        (london(5, 28), "closed_over_8_weeks"),
    ],
)
def test_what_took_how_long_is_told_by_local_days(ended: datetime, column: str) -> None:
    total = returned(make_case(ended=ended))["total"]

    assert {name: n for name, n in total.items() if name.startswith("closed_") and n} == {column: 1}
    assert (total["opened"], total["closed"]) == (1, 1)


def test_what_stood_open_before_is_told_apart_from_what_was_opened() -> None:
    total = returned(make_case(london(3, 31), london(4, 2)), make_case(london(3, 1)), make_case())["total"]

    assert (total["outstanding_at_start"], total["opened"], total["closed"]) == (2, 1, 1)


def test_upheld_and_redress_are_told_by_product_and_cause() -> None:
    paid = (Redress(london(3, 31), 100, "GBP"), Redress(london(4, 2), 2_000, "GBP"))
    rows = returned(make_case(ended=london(4, 2), outcome="partly", paid=paid))

    for code in ("total", "product.banking", "cause.advice"):
        assert (rows[code]["upheld"], rows[code]["redress_paid_pence"]) == (1, 2_000)
    assert rows["product.investments"]["opened"] == 0


def test_a_nil_return_has_every_row_and_nothing_in_it() -> None:
    rows = returned()

    assert set(rows) == {"total", "cause.admin_service", "cause.advice", *FCA.lists[0].names}
    assert {row[name] for row in rows.values() for name in row if name not in ("section", "code", "name")} == {0}


@pytest.mark.parametrize(
    ("case", "fca", "jrt"),
    [
        (make_case(london(3, 31, 22)), True, False),  # before, and open: still the thirty-first in London
        (make_case(london(3, 31, 23)), True, True),  # summer time: the first of April
        (make_case(london(3, 1), london(3, 31, 22)), False, False),  # over before
        (make_case(london(3, 1), london(3, 31), paid=(Redress(london(4, 1), 1, "GBP"),)), True, False),
        (make_case(london(3, 1), london(3, 20), ended_told_at=london(4, 1)), True, False),  # told late
        (make_case(merged=True), False, False),
        (make_case(complaint=False), False, False),
        (make_case(regimes=("us.reg_e@2011-12-30.1",)), False, False),
    ],
)
def test_a_case_is_in_every_file_it_belongs_to_and_in_no_other(case: Case, fca: bool, jrt: bool) -> None:
    chinese = Scheme(**{**vars(JRT), "timezone": "Europe/London", "regimes": FCA.regimes})

    assert (included(case, FCA, SPRING), included(case, chinese, SPRING)) == (fca, jrt)


def test_a_complaint_logged_late_is_in_the_file_of_the_period_it_was_logged_in() -> None:
    case = make_case(london(3, 1), registered_at=london(4, 1), regimes=("cn.nfra@2020-03-01.1",))

    assert included(case, JRT, SPRING)
    assert not included(case, JRT, Period(date(2026, 3, 1), date(2026, 3, 31)))


def test_what_is_missing_is_named_case_by_case() -> None:
    bare = make_case(ended=london(4, 2), codes={}, paid=(Redress(london(4, 2), 1, "EUR"),))

    assert [(it.field, it.why) for it in faults([bare], FCA)] == [
        ("product", "missing"),
        ("cause", "missing"),
        ("redress", "currency"),
    ]
    assert [it.field for it in faults([bare], JRT)] == ["channel", "business", "reason"]
    assert [it.field for it in faults([bare], ASIC)] == ["product", "issue", "outcome", "redress"]
    assert "outcome" not in [it.field for it in faults([make_case(codes={})], ASIC)]


def test_one_product_and_one_cause_are_wanted_by_the_fca() -> None:
    two = make_case(codes={FCA.ref: ("cause.advice", "product.banking", "product.investments")})

    assert [(it.field, it.why) for it in faults([two], FCA)] == [("product", "several")]
    assert faults([make_case()], FCA) == []


def test_a_chinese_file_names_each_class_in_both_languages() -> None:
    codes = {JRT.ref: ("A.front.e.phone", "B.card.credit", "C.pricing", "C99")}
    table = filed([make_case(codes=codes, extensions=1, reviewed=True)], Form(JRT, SPRING, PACKS.calendar("CN")))
    (row,) = table.dicts()

    assert (row["channel_zh"], row["channel_en"]) == ("电话渠道", "telephone")
    assert (row["reason_code"], row["reason_zh"]) == ("C.pricing;C99", "定价收费;")
    assert (row["outcome"], row["closed_on"], row["days"], row["reviewed"]) == ("open", "", 90, "yes")


def test_an_australian_file_has_one_row_for_each_complaint() -> None:
    codes = {ASIC.ref: ("product.x", "issue.y", "outcome.z")}
    ended = london(4, 1, 14) + timedelta(days=30)
    case = make_case(ended=ended, codes=codes, paid=(Redress(ended, 500, "AUD"),))
    (row,) = filed([case], Form(ASIC, SPRING, PACKS.calendar("AU-NSW"))).dicts()

    # In Sydney the evening of the first of May in London is the second.
    assert (row["date_received"], row["date_closed"], row["days"]) == ("2026-04-01", "2026-05-02", 31)
    assert (row["status"], row["remedy_minor_units"], row["remedy_currency"]) == ("closed", 500, "AUD")
