"""Canned answers are found by who may see them."""

import pytest

from tests.integration.matters import done, refused
from tests.integration.wordings import SECOND, Library
from tests.world import World


@pytest.fixture
def library(world: World) -> Library:
    return Library(world)


def test_what_is_not_in_force_is_seen_by_who_may_change_it_and_by_nobody_else(library: Library) -> None:
    draft, answer = done(library.create())["id"], library.approved(title="In force")
    done(library.rewrite(answer, **SECOND))

    for by in ("lead-east", "head-hq", "compliance-hq", "auditor-hq"):
        assert library.seen(draft, by) == [(1, "draft")]
        assert library.seen(answer, by) == [(1, "approved"), (2, "draft")]
        assert {it["id"] for it in library.list(by=by)} == {draft, answer}
    assert refused(library.show(draft, "agent-east")) == (404, "not_found")
    assert library.seen(answer, "agent-east") == [(1, "approved")]
    (row,) = library.list(by="agent-east")
    assert (row["id"], row["in_force"], row["newest"], row["state"]) == (answer, 1, 1, "approved")


def test_an_answer_is_for_its_unit_and_all_below_and_looks_absent_elsewhere(library: Library) -> None:
    everywhere = library.approved("head-hq", unit="hq", title="Everywhere")
    east, london = library.approved(title="East"), library.approved("lead-london", unit="london", title="London")

    seen = {"agent-east": {everywhere, east}, "agent-london": {everywhere, london}}
    seen |= {"head-hq": {everywhere, east, london}, "auditor-hq": {everywhere, east, london}}
    for by, ids in seen.items():
        assert {it["id"] for it in library.list(by=by)} == ids, by
        for answer in (everywhere, east, london):
            assert (library.show(answer, by).status == 200) == (answer in ids), (by, answer)
    assert refused(library.rewrite(everywhere, "lead-east")) == (404, "not_found")
    assert refused(library.create(unit="hq")) == (404, "not_found")
    assert refused(library.create("compliance-hq", unit="nowhere")) == (404, "not_found")


def test_a_list_is_narrowed_by_kind_topic_language_and_words(library: Library) -> None:
    fees = library.approved(title="About FEES", kinds=["complaint"], topics=["fees"])
    english = library.approved(title="Lost card", wordings={"en": "Your Card is on its way, {number}."})

    for query, found in (
        ("", {fees, english}),
        ("?kind=complaint", {fees}),
        ("?kind=request", {english}),
        ("?topic=fees", {fees, english}),
        ("?topic=cards", {english}),
        ("?language=zh-CN", {fees}),
        ("?language=en", {fees, english}),
        ("?q=fees", {fees}),
        ("?q=YOUR+CARD".replace("+", " "), {english}),
        ("?q=尊敬", {fees}),
        ("?q=nothing", set()),
        ("?kind=enquiry&language=en&q=card", {english}),
    ):
        assert {it["id"] for it in library.list(query)} == found, query


def test_a_list_comes_in_pages_whose_cursor_is_bound_to_what_was_asked(world: World, library: Library) -> None:
    ids = [library.approved(title=f"Answer {n}") for n in range(5)]
    token, seen, cursor = library.token("agent-east"), [], ""
    while cursor is not None:
        query = f"?limit=2&kind=enquiry&cursor={cursor}" if cursor else "?limit=2&kind=enquiry"
        page = world.ask("GET", f"/v1/desk/answers{query}", token=token).body
        assert len(page["items"]) <= 2
        seen += [it["id"] for it in page["items"]]
        last, cursor = cursor, page["next_cursor"]

    assert seen == sorted(ids)
    assert world.ask("GET", f"/v1/desk/answers?limit=2&cursor={last}", token=token).code == "cursor_invalid"
