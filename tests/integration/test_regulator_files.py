"""Files for regulators: from the ledger alone, the same bytes for the same period."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.test_reports import finished, logged, step
from tests.world import SMITH, Answer, World

NOVEMBER = "from=2026-11-01&to=2026-11-30"
CODES = {
    "jrt0169": ["A.front.e.phone", "B.card.credit", "C.pricing"],
    "fca_disp": ["product.banking", "cause.admin_service"],
}


@pytest.fixture
def lead() -> str:
    return "lead-east"


def file(world: World, scheme: str, query: str = NOVEMBER, who: str = "compliance-hq") -> Answer:
    return world.ask("GET", f"/v1/desk/reports/regulator/{scheme}?{query}", token=world.staff(who))


def classified(world: World, id_: str, who: str, *schemes: str) -> str:
    codes = {scheme: CODES[scheme] for scheme in schemes}
    step(world, id_, "classify", {"cause": "fees", "product": "cards", "codes": codes}, who)
    return id_


def december(world: World) -> None:
    world.now = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_a_complaint_is_in_the_file_with_its_classes_in_both_languages(world: World, lead: str) -> None:
    id_ = classified(world, logged(world, lead), lead, "jrt0169")
    december(world)

    (row,) = file(world, "jrt0169").body["rows"]

    assert row["number"] == world.ask("GET", f"/v1/complaints/{id_}", token=world.staff(lead)).body["number"]
    assert (row["received_on"], row["intake_channel"], row["outcome"]) == ("2026-11-23", "phone", "open")
    assert (row["business_zh"], row["business_en"]) == ("银行卡（信用卡）", "credit card")


def test_the_same_period_gives_the_same_bytes_whatever_happened_since(world: World, lead: str) -> None:
    ids = [classified(world, finished(world, lead), lead, "jrt0169")]
    ids.append(classified(world, logged(world, lead), lead, "jrt0169"))
    december(world)
    before, shown = file(world, "jrt0169", NOVEMBER + "&format=csv"), file(world, "jrt0169").body

    customer = world.sign_in()
    assert world.ask("POST", f"/v1/complaints/{ids[0]}/reject", {"reason": "No."}, customer).status == 200
    decision = {"outcome": "settled", "findings": "f", "reasons": "r"}
    step(world, ids[1], "decide", decision, lead)
    classified(world, ids[1], lead)  # without any code
    logged(world, lead)
    world.now += timedelta(days=3)
    world.sweep()
    world.drain()
    after = file(world, "jrt0169", NOVEMBER + "&format=csv")

    assert after.text == before.text
    assert (after.headers["Dutydesk-Sha256"], after.headers["Dutydesk-Sources-Sha256"]) == (
        before.headers["Dutydesk-Sha256"],
        before.headers["Dutydesk-Sources-Sha256"],
    )
    assert shown["sha256"] == before.headers["Dutydesk-Sha256"] == hashlib.sha256(before.text.encode()).hexdigest()
    assert len(list(csv.DictReader(io.StringIO(before.text)))) == shown["cases"] == 2


def test_another_record_within_the_period_is_another_source(world: World, lead: str) -> None:
    id_ = classified(world, logged(world, lead), lead, "jrt0169")
    kept = world.now
    december(world)
    before = file(world, "jrt0169").body
    world.now = kept
    step(world, id_, "take-up", None, lead)
    december(world)
    after = file(world, "jrt0169").body

    assert after["sha256"] == before["sha256"]
    assert after["sources_sha256"] != before["sources_sha256"]


def test_what_is_missing_is_listed_and_the_file_is_not_made(world: World, lead: str) -> None:
    id_ = logged(world, lead)
    number = world.ask("GET", f"/v1/complaints/{id_}", token=world.staff(lead)).body["number"]
    december(world)

    refused = file(world, "jrt0169")
    assert (refused.status, refused.code, refused.body["faults"]) == (422, "file_incomplete", 3)
    told = file(world, "jrt0169", NOVEMBER + "&validate=true").body
    assert told["faults"] == [
        {"case": number, "field": name, "why": "missing"} for name in ("channel", "business", "reason")
    ]
    assert "rows" not in told
    assert told["sha256"] is None


def test_a_return_of_nothing_is_made_too(world: World) -> None:
    december(world)

    for scheme in ("jrt0169", "fca_disp", "asic_idr"):
        found = file(world, scheme).body
        assert (found["nil"], found["cases"], found["faults"]) == (True, 0, [])
        text = file(world, scheme, NOVEMBER + "&format=csv").text
        assert hashlib.sha256(text.encode()).hexdigest() == found["sha256"]


def test_a_period_is_over_when_its_last_day_is_in_the_place_of_the_regulator(world: World) -> None:
    world.now = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)
    early = file(world, "jrt0169")
    assert (early.status, early.code, early.body["over_at"]) == (409, "period_not_over", "2026-11-30T16:00:00.000Z")

    world.now = datetime(2026, 11, 30, 16, tzinfo=UTC)

    assert file(world, "jrt0169").status == 200
    assert file(world, "fca_disp").status == 409  # in London there are eight hours to go
    assert file(world, "asic_idr").status == 200


def test_a_complaint_at_the_edge_is_in_the_file_of_its_local_day(world: World, lead: str) -> None:
    world.now = datetime(2026, 11, 30, 15, 59, tzinfo=UTC)
    classified(world, logged(world, lead), lead, "jrt0169")
    world.now = datetime(2026, 11, 30, 16, 1, tzinfo=UTC)
    classified(world, logged(world, lead), lead, "jrt0169")
    world.now = datetime(2027, 1, 2, tzinfo=UTC)

    november, after = (
        file(world, "jrt0169", query).body["rows"] for query in (NOVEMBER, "from=2026-12-01&to=2026-12-31")
    )
    assert [row["received_on"] for row in november] == ["2026-11-30"]
    assert [row["received_on"] for row in after] == ["2026-12-01"]


def test_the_fca_return_counts_british_complaints_alone(world: World, lead: str) -> None:
    london = "lead-london"
    money = {"amount": 2_000, "currency": "GBP"}
    classified(world, finished(world, london, money, phone=SMITH), london, "fca_disp")
    logged(world, lead)
    december(world)

    rows = {row["code"] or "total": row for row in file(world, "fca_disp").body["rows"]}
    for code in ("total", "product.banking", "cause.admin_service"):
        counted = [
            rows[code][name] for name in ("opened", "closed_within_3_business_days", "upheld", "redress_paid_pence")
        ]
        assert counted == [1, 1, 1, 2_000]
    assert rows["product.investments"]["opened"] == 0


def test_what_is_paid_after_closing_is_in_the_return_of_the_day_it_was_told(world: World) -> None:
    london = "lead-london"
    id_ = classified(world, logged(world, london, SMITH), london, "fca_disp")
    decision = {"outcome": "upheld", "findings": "f", "reasons": "r", "redress": {"amount": 100, "currency": "GBP"}}
    step(world, id_, "decide", decision, london)
    step(world, id_, "deliver", {"channel": "letter", "proof": "RM123456785GB"}, london)
    step(world, id_, "close", {"root_cause": "r"}, london)
    december(world)
    late = "lead-london"
    step(world, id_, "redress-paid", {"paid_on": "2026-11-25", "reference": "PAY-1"}, late)
    world.now += timedelta(days=40)

    paid = [file(world, "fca_disp", days).body["rows"][0] for days in (NOVEMBER, "from=2026-12-01&to=2026-12-31")]
    assert [row["redress_paid_pence"] for row in paid] == [0, 100]
    assert [row["closed"] for row in paid] == [1, 0]


def test_a_decision_counts_once_it_is_approved(world: World, lead: str) -> None:
    id_ = classified(world, logged(world, lead), lead, "jrt0169")
    decision = {"outcome": "rejected", "findings": "f", "reasons": "r"}
    step(world, id_, "decide", decision, lead)
    other = classified(world, logged(world, lead), lead, "jrt0169")
    step(world, other, "decide", decision, lead)
    head = "head-hq"
    for case, act in ((id_, "return"), (other, "approve")):
        step(world, case, act, {"reason": "r"} if act == "return" else None, head)
    step(world, other, "deliver", {"channel": "letter", "proof": "RM123456785GB"}, lead)
    december(world)

    assert sorted(row["outcome"] for row in file(world, "jrt0169").body["rows"]) == ["open", "rejected"]


def test_an_answer_stands_until_the_one_of_its_review_is_approved(world: World, lead: str) -> None:
    id_ = classified(world, finished(world, lead), lead, "jrt0169")
    rejected = world.ask("POST", f"/v1/complaints/{id_}/reject", {"reason": "No."}, world.sign_in())
    assert rejected.status == 200, rejected.text
    step(world, id_, "decide", {"outcome": "rejected", "findings": "f", "reasons": "r"}, rejected.body["owner"])
    december(world)

    assert [row["outcome"] for row in file(world, "jrt0169").body["rows"]] == ["upheld"]


def test_a_merged_complaint_is_told_by_the_one_it_goes_on_in(world: World, lead: str) -> None:
    ids = [classified(world, logged(world, lead), lead, "jrt0169") for _ in range(2)]
    merged = world.ask("POST", f"/v1/desk/tickets/{ids[0]}/merge", {"ticket": ids[1]}, world.staff(lead))
    assert merged.status == 200, merged.text
    december(world)

    assert file(world, "jrt0169").body["cases"] == 1


def test_too_many_cases_for_one_answer_are_refused(world: World, lead: str) -> None:
    for _ in range(2):
        logged(world, lead)
    december(world)
    world.services.__dict__["filing"] = replace(world.services.filing, most=1)

    answer = file(world, "jrt0169")

    assert (answer.status, answer.code, answer.body["limit"]) == (422, "report_too_large", 1)


@pytest.mark.parametrize("who", ["lead-east", "head-hq", "auditor-hq", "admin-hq", "agent-east"])
def test_only_compliance_files(world: World, who: str) -> None:
    assert file(world, "jrt0169", who=who).status == 403


@pytest.mark.parametrize(
    "query", ["", "from=2026-11-01", "from=2026-11-30&to=2026-11-01", "from=2024-01-01&to=2026-01-01"]
)
def test_a_period_has_two_ends_in_their_order(world: World, query: str) -> None:
    assert (file(world, "jrt0169", query).status, file(world, "jrt0169", query).code) == (422, "invalid")


def test_no_word_and_no_name_of_anybody_is_in_a_file(world: World, lead: str) -> None:
    classified(world, logged(world, lead, subject="Secret subject", body="Secret body"), lead, "jrt0169")
    december(world)
    text = file(world, "jrt0169", NOVEMBER + "&format=csv").text

    assert not any(secret in text for secret in ("Secret", "+86", "cus_", "agent-"))
