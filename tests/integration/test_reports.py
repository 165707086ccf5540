"""Figures over HTTP: of units within reach, for local days, as JSON and as CSV."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.reports.service import Figures
from tests.world import LI, SMITH, Answer, World

DAYS = "from=2026-11-23&to=2026-11-23"
NAMES = ("open", "breached", "answers", "outcomes", "causes", "pauses", "extensions", "redress")


@pytest.fixture
def lead() -> str:
    return "lead-east"


@pytest.fixture
def head() -> str:
    return "head-hq"


def step(world: World, ticket: str, name: str, body: Any, who: str) -> Answer:
    answer = world.ask("POST", f"/v1/desk/complaints/{ticket}/{name}", body, world.staff(who))
    assert answer.status < 300, answer.text
    return answer


def logged(world: World, who: str, phone: str = LI, **what_matters: Any) -> str:
    """Log a complaint about a card, of the caller's unit."""
    body = {"subject": "Fee", "body": "Twice.", "channel": "phone", "customer": {"phone": phone}, "product": "cards"}
    answer = world.ask("POST", "/v1/desk/complaints", {**body, **what_matters}, world.staff(who))
    assert answer.status == 201, answer.text
    return str(answer.body["id"])


def finished(world: World, who: str, redress: dict[str, Any] | None = None, **what_matters: Any) -> str:
    """Log a complaint; uphold it an hour later, hand it over and close it."""
    id_ = logged(world, who, **what_matters)
    step(world, id_, "classify", {"cause": "fees"}, who)
    world.now += timedelta(hours=1)
    decision = {"outcome": "upheld", "findings": "f", "reasons": "r", "redress": redress}
    step(world, id_, "decide", decision, who)
    step(world, id_, "deliver", {"channel": "letter", "proof": "RM123456785GB"}, who)
    if redress:
        step(world, id_, "redress-paid", {"paid_on": "2026-11-23", "reference": "PAY-1"}, who)
    step(world, id_, "close", {"root_cause": "double_booking"}, who)
    return id_


def rows(world: World, name: str, who: str, query: str = DAYS) -> list[dict[str, Any]]:
    answer = world.ask("GET", f"/v1/desk/reports/{name}?{query}", token=world.staff(who))
    assert answer.status == 200, answer.text
    return list(answer.body["rows"])


def test_what_was_closed_today_is_in_every_report_of_today(world: World, lead: str) -> None:
    finished(world, lead, {"amount": 500, "currency": "CNY"})

    group = {"kind": "complaint", "unit": "east"}
    assert rows(world, "answers", lead) == [group | {"closed": 1, "answered": 1, "median_hours": 1.0, "p90_hours": 1.0}]
    (outcome,) = rows(world, "outcomes", lead)
    assert (outcome["upheld"], outcome["upheld_share"]) == (1, 1.0)
    assert rows(world, "causes", lead) == [group | {"cause": "fees", "cases": 1, "upheld": 1}]
    paid = {"currency": "CNY", "cases": 1, "awarded": 500, "paid_cases": 1, "paid": 500}
    assert rows(world, "redress", lead) == [group | paid]
    assert rows(world, "open", lead) == []
    for name in ("answers", "outcomes", "causes", "redress"):
        assert rows(world, name, lead, "from=2026-11-22&to=2026-11-22") == []
        assert len(rows(world, name, lead, DAYS + "&by=product")) == 1


def test_what_is_open_is_told_by_age_and_clock_and_is_breached_once_its_time_is_over(world: World, lead: str) -> None:
    logged(world, lead)
    (row,) = rows(world, "open", lead)
    assert (row["age_days"], row["cases"], row["breached"]) == ("0-7", 1, 0)
    assert row["clock"]

    world.now += timedelta(days=20)  # nobody swept, and nothing was written

    assert [row["breached"] for row in rows(world, "open", lead)] == [1]
    assert "cn.nfra.decision" in {row["clock"] for row in rows(world, "breached", lead) if row["open"] == 1}


def test_pauses_that_were_flagged_and_extensions_are_counted(world: World, lead: str, head: str) -> None:
    id_ = logged(world, lead)
    for _ in range(2):
        wait = {"reason": "mediation"}
        step(world, id_, "pause", wait, lead)
        step(world, id_, "resume", wait, lead)
    step(world, id_, "extensions", {"clock": "cn.nfra.decision", "step": "complex", "reason": "r"}, lead)
    step(world, id_, "extensions/1/approve", None, head)

    assert [(row["cases"], row["pauses"]) for row in rows(world, "pauses", lead)] == [(1, 1)]
    assert [(row["cases"], row["extended"], row["extensions"]) for row in rows(world, "extensions", lead)] == [
        (1, 1, 1)
    ]


def test_a_case_that_goes_on_is_closed_no_longer(world: World, lead: str) -> None:
    id_ = finished(world, lead)
    assert len(rows(world, "answers", lead)) == 1

    customer = world.sign_in()
    assert world.ask("POST", f"/v1/complaints/{id_}/reject", {"reason": "No."}, customer).status == 200

    assert rows(world, "answers", lead) == []
    assert [row["cases"] for row in rows(world, "open", "head-hq")] == [1]


def test_a_day_ends_at_midnight_of_the_unit(world: World, head: str) -> None:
    world.now = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # half past eleven at night in Shanghai, afternoon in London
    finished(world, "lead-east")  # closed half past midnight in Shanghai, the same day in London
    finished(world, "lead-london", phone=SMITH)

    assert [row["unit"] for row in rows(world, "answers", head)] == ["london"]
    assert [row["unit"] for row in rows(world, "answers", head, "from=2026-11-24&to=2026-11-24")] == ["east"]


def test_nobody_counts_beyond_their_reach(world: World, lead: str, head: str) -> None:
    finished(world, lead)
    finished(world, "lead-london", phone=SMITH)

    assert [row["unit"] for row in rows(world, "answers", lead)] == ["east"]
    for who in (head, "compliance-hq", "auditor-hq"):
        assert [row["unit"] for row in rows(world, "answers", who)] == ["east", "london"]
        assert [row["unit"] for row in rows(world, "answers", who, DAYS + "&unit=london")] == ["london"]
    for unit, who in (("london", lead), ("hq", lead), ("nowhere", "compliance-hq")):
        answer = world.ask("GET", f"/v1/desk/reports/open?unit={unit}", token=world.staff(who))
        assert (answer.status, answer.code) == (404, "not_found")


def test_a_product_that_is_a_formula_leaves_as_text(world: World, lead: str) -> None:
    logged(world, lead, product="=1+1")
    answer = world.ask("GET", f"/v1/desk/reports/open?{DAYS}&by=product&format=csv&bom=true", token=world.staff(lead))

    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="open-2026-11-23-2026-11-23.csv"'
    assert answer.text.startswith("\ufeffkind,product,age_days,clock,cases,breached\r\ncomplaint,'=1+1,0-7,")


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_period_is_an_answer_too(world: World, lead: str, name: str) -> None:
    answer = world.ask("GET", f"/v1/desk/reports/{name}", token=world.staff(lead))

    assert (answer.status, answer.body["rows"], answer.body["units"]) == (200, [], ["east"])
    assert (answer.body["from"], answer.body["to"]) == ("2026-10-25", "2026-11-23")


@pytest.mark.parametrize(
    "query", ["from=2026-11-23&to=2026-11-22", "from=2024-11-23&to=2026-11-22", "from=x", "format=xml", "by=customer"]
)
def test_what_makes_no_sense_is_refused(world: World, lead: str, query: str) -> None:
    answer = world.ask("GET", f"/v1/desk/reports/open?{query}", token=world.staff(lead))

    assert (answer.status, answer.code) == (422, "invalid")


def test_more_than_one_answer_can_hold_is_refused_and_pages_are_read_to_their_end(world: World, lead: str) -> None:
    for _ in range(3):
        logged(world, lead)
    tables, asked = world.services.tables, []
    paged = type(tables).query

    def one_by_one(*given: Any, **options: Any) -> Any:
        asked.append(given)
        return paged(tables, *given, **{**options, "limit": 1})

    tables.query = one_by_one  # type: ignore[method-assign]
    try:
        assert [row["cases"] for row in rows(world, "open", lead)] == [3]
        assert len(asked) >= 3
        world.services.__dict__["figures"] = Figures(world.services.figures.lines, world.services.institution, most=2)
        answer = world.ask("GET", "/v1/desk/reports/open", token=world.staff(lead))
    finally:
        del tables.query

    assert (answer.status, answer.code, answer.body["limit"]) == (422, "report_too_large", 2)


def test_a_report_reads_one_index_and_no_case(world: World, lead: str) -> None:
    for _ in range(3):
        finished(world, lead)
    asked: list[str] = []
    events = world.client.meta.events
    events.register("provide-client-params.dynamodb.*", lambda model, **_: asked.append(model.name))

    rows(world, "outcomes", lead)

    assert asked == ["GetItem", "TransactWriteItems", "GetItem", "Query"]  # signing in, the session, the report


def test_a_closed_complaint_stands_in_the_closed_queue_in_the_order_of_closing(world: World, lead: str) -> None:
    ids = [finished(world, lead) for _ in range(3)]
    items = world.ask("GET", "/v1/desk/queue?open=false", token=world.staff(lead)).body["items"]

    assert [item["id"] for item in items] == ids
    assert {item["due_at"] for item in items} == {None}
