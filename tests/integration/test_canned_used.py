"""Canned answers in use: filled with the facts of a case, named by what was said, and refused where they are not approved."""

from datetime import timedelta
from typing import Any

import pytest

from tests.integration.matters import UPHELD, Desk, done, enquire, refused, told
from tests.integration.wordings import WHY, Library
from tests.world import LI, World

DECIDED = {
    "kinds": ["complaint"],
    "wordings": {
        "en": "{number} is {outcome}. {reasons} We pay {redress}.\n{remedies}",
        "zh-CN": "{number}：{outcome}。{reasons}赔付 {redress}。\n{remedies}",
    },
}
AWARDED = UPHELD | {"redress": {"amount": 2_500, "currency": "CNY"}}
SUBJECT = {"wordings": {"en": "About “{subject}”.", "zh-CN": "关于“{subject}”。"}}


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


@pytest.fixture
def library(world: World) -> Library:
    return Library(world)


@pytest.fixture
def enquiry(world: World, desk: Desk) -> Any:
    return enquire(world, desk.token(LI), language="en")


@pytest.fixture
def complaint(world: World, desk: Desk) -> str:
    return str(world.complain(desk.token(LI))["id"])


def messages(world: World, ticket: str, token: str) -> list[Any]:
    return list(world.ask("GET", f"/v1/tickets/{ticket}/messages", token=token).body["items"])


def test_a_message_is_made_of_approved_words_and_names_them_with_their_digest(
    world: World, desk: Desk, library: Library, enquiry: Any
) -> None:
    answer = library.approved()
    words = f"Dear customer, about {enquiry['number']}: we answer by 30 November 2026."

    said = library.say(enquiry["id"], answer, body="Please ask me anything.")

    assert (said.status, said.body["body"]) == (201, f"{words}\n\nPlease ask me anything."), said.text
    assert said.body["answer"] == f"{answer}@1"
    (posted,) = told(world, enquiry["id"], "message.posted")
    digest = told(world, answer, "answer.version_written")[0]["sha256"]
    assert posted["answer"] == {"ref": f"{answer}@1", "sha256": digest}
    (stored,) = [item for item in world.items("tickets") if item["sk"].startswith("message#")]
    assert (stored["answer"], stored["answer_sha256"]) == (f"{answer}@1", digest)
    (shown,) = messages(world, enquiry["id"], desk.token(LI))
    assert (shown["body"], shown["answer"]) == (said.body["body"], None)


def test_a_matter_is_resolved_in_approved_words(world: World, desk: Desk, library: Library, enquiry: Any) -> None:
    answer = library.approved()

    path, used = f"/v1/desk/tickets/{enquiry['id']}/resolve", {"id": answer}
    nothing = world.ask("POST", path, {}, desk.token("lead-east"))
    done(world.ask("POST", path, {"answer": used, "body": "Ask me anything."}, desk.token("lead-east")))

    assert refused(nothing) == (422, "invalid")
    (resolved,) = told(world, enquiry["id"], "ticket.resolved")
    assert resolved["answer"]["ref"] == f"{answer}@1"
    (shown,) = messages(world, enquiry["id"], desk.token(LI))
    assert shown["body"].endswith("we answer by 30 November 2026.\n\nAsk me anything.")


def test_the_words_are_in_the_language_of_the_case_and_a_later_version_changes_nothing_said(
    world: World, desk: Desk, library: Library
) -> None:
    ticket = enquire(world, desk.token(LI), language="zh-CN")
    answer = library.approved()
    done(library.say(ticket["id"], answer))
    world.now += timedelta(seconds=1)
    library.next(answer, wordings={"en": "New.", "zh-CN": "新。"})
    done(library.say(ticket["id"], answer))

    first, second = messages(world, ticket["id"], desk.token("lead-east"))
    assert first["body"] == f"尊敬的客户，关于 {ticket['number']}：我们将于 2026年11月30日 前答复。"
    assert (first["answer"], second["body"], second["answer"]) == (f"{answer}@1", "新。", f"{answer}@2")


@pytest.mark.parametrize("visibility", ["public", "internal"])
def test_what_is_not_approved_or_not_in_force_is_said_to_nobody(
    world: World, library: Library, enquiry: Any, visibility: str
) -> None:
    draft, proposed, retired, scheduled = (library.create().body["id"], library.proposed(), library.approved(), "")
    done(library.step(retired, "retire", WHY))
    scheduled = library.approved(effective_from="2026-12-24T00:00:00Z")
    current = library.approved()
    library.next(current)
    before = len(world.unpublished)

    for answer, version, in_force in (
        *((it, n, None) for it in (draft, proposed, retired, scheduled) for n in (None, 1)),
        *((current, n, 2) for n in (1, 3)),
    ):
        more = {} if version is None else {"version": version}
        said = library.say(enquiry["id"], answer, visibility=visibility, **more)
        assert refused(said) == (409, "answer_not_approved"), (answer, version)
        assert (said.body["version"], said.body["in_force"]) == (version, in_force)
    assert len(world.unpublished) == before
    assert done(library.say(enquiry["id"], current, visibility=visibility, version=2))["answer"] == f"{current}@2"


def test_a_missing_fact_is_named_and_never_left_as_a_hole(world: World, library: Library, enquiry: Any) -> None:
    answer = library.approved(wordings={"en": "{amount}, {redress} for {number}, open again {next_open}"})

    said = library.say(enquiry["id"], answer)

    assert (refused(said), said.body["missing"]) == ((422, "fact_missing"), ["amount", "next_open", "redress"])
    assert world.events(enquiry["id"]).count("message.posted") == 0


def test_what_a_customer_wrote_is_only_text_whatever_it_looks_like(world: World, desk: Desk, library: Library) -> None:
    hostile = "{owner_name} {reasons} {{number}} {0.__class__} \u202e<script>"
    ticket = enquire(world, desk.token(LI), language="en", subject=hostile)

    said = done(library.say(ticket["id"], library.approved(**SUBJECT)))

    assert said["body"] == "About “{owner_name} {reasons} {{number}} {0.__class__}  <script>”."


def test_names_and_times_come_from_the_institution(world: World, desk: Desk, library: Library) -> None:
    answer = library.approved(wordings={"en": "{owner_name}, {unit_name}: open {next_open}; of {received_date}."})
    ticket = enquire(world, desk.token(LI), language="en")
    world.now += timedelta(hours=9)  # seven in the evening

    said = done(Library(world).say(ticket["id"], answer))

    assert said["body"] == f"{ticket['owner']}, east: open 24 November 2026 09:00; of 23 November 2026."


@pytest.mark.parametrize(
    ("scope", "unsuitable"),
    [
        ({"kinds": ["complaint"]}, ["kind"]),
        ({"topics": ["cards"]}, ["topic"]),
        ({"products": ["loans"]}, ["product"]),
        ({"wordings": {"zh-CN": "好。"}}, ["language"]),
    ],
)
def test_an_answer_for_other_cases_is_refused_and_says_in_what_it_does_not_fit(
    library: Library, enquiry: Any, scope: dict[str, Any], unsuitable: list[str]
) -> None:
    said = library.say(enquiry["id"], library.approved(**scope))

    assert (refused(said), said.body["unsuitable"]) == ((422, "answer_unsuitable"), unsuitable)


def test_the_answer_of_another_unit_is_unsuitable_or_absent(library: Library, enquiry: Any) -> None:
    london = library.approved("lead-london", unit="london")

    assert refused(library.say(enquiry["id"], london)) == (404, "not_found")
    said = library.say(enquiry["id"], london, by="head-hq")
    assert (refused(said), said.body["unsuitable"]) == ((422, "answer_unsuitable"), ["unit"])


def test_a_customer_does_not_speak_in_our_words_and_nobody_says_nothing(
    world: World, desk: Desk, library: Library, enquiry: Any
) -> None:
    path, used = f"/v1/tickets/{enquiry['id']}/messages", {"answer": {"id": library.approved()}}

    assert refused(world.ask("POST", path, used, desk.token(LI))) == (403, "forbidden")
    for who in (LI, "lead-east"):
        nothing = world.ask("POST", path, {}, desk.token(who))
        assert nothing.body["errors"][0] | {"message": ""} == {"field": "body", "code": "missing", "message": ""}


def test_the_same_call_again_says_it_once_even_after_the_answer_is_retired(
    world: World, library: Library, enquiry: Any
) -> None:
    answer = library.approved()
    path, body = f"/v1/tickets/{enquiry['id']}/messages", {"answer": {"id": answer}}
    first = world.ask("POST", path, body, library.token("lead-east"), Idempotency_Key="k")
    done(library.step(answer, "retire", WHY))

    again = world.ask("POST", path, body, library.token("lead-east"), Idempotency_Key="k")

    assert (again.body, again.headers["Idempotent-Replayed"]) == (first.body, "true")
    assert world.events(enquiry["id"]).count("message.posted") == 1


def test_a_preview_says_nothing_and_only_who_may_change_it_tries_what_is_not_in_force(
    world: World, library: Library, enquiry: Any
) -> None:
    answer = library.approved()
    draft = done(library.rewrite(answer, wordings={"en": "Soon, {number}."}))["versions"][-1]["n"]
    before = [world.events(it) for it in (enquiry["id"], answer)]

    shown = done(library.preview(answer, enquiry["id"]))
    assert (shown["ref"], shown["language"]) == (f"{answer}@1", "en")
    assert shown["text"].startswith("Dear customer")
    tried = done(library.preview(answer, enquiry["id"], "lead-east", version=draft))
    assert (tried["text"], tried["ref"]) == (f"Soon, {enquiry['number']}.", f"{answer}@2")
    assert refused(library.preview(answer, enquiry["id"], version=draft)) == (409, "answer_not_approved")
    assert refused(library.preview(answer, enquiry["id"], "agent-london")) == (404, "not_found")
    assert refused(library.preview("ans_none", enquiry["id"])) == (404, "not_found")
    assert [world.events(it) for it in (enquiry["id"], answer)] == before
    assert messages(world, enquiry["id"], library.token("lead-east")) == []
