"""Documents over HTTP: somebody is served for what was seen, and no number is left anywhere (S11)."""

import logging
from typing import Any

import pytest

from tests.integration.halls import CARD, IDENTITY, SEEN, VAULT, Hall, open_vault
from tests.integration.visits import done, refused
from tests.world import World

NUMBER = "310101199001011234"


@pytest.fixture
def vault(world: World, hall: Hall) -> Hall:
    open_vault(world)
    return hall


def look(hall: Hall, visit: dict[str, Any], **but: Any) -> dict[str, Any]:
    return dict(done(hall.step(visit, "document", IDENTITY | but)))


def second(hall: Hall, visit: dict[str, Any], **but: Any) -> dict[str, Any]:
    token = hall.world.staff("agent-east")
    return dict(done(hall.step(visit, "document/second", IDENTITY | but, token)))


def test_who_was_looked_at_before_is_served_without_looking_again(hall: Hall) -> None:
    visit = hall.walk_in(CARD)
    hall.called(visit)
    assert refused(hall.step(visit, "serve", {})) == (409, "document_needed")

    assert look(hall, visit)["outcome"] == "verified"
    served = done(hall.step(visit, "serve", {}))

    assert served["document"] == {"kind": "id_card", "matches": True}


def test_where_two_have_to_look_one_is_not_enough_whoever_says_so(vault: Hall) -> None:
    visit = vault.walk_in(VAULT)
    vault.called(visit)
    for body in ({}, {"document": SEEN}):
        assert refused(vault.step(visit, "serve", body)) == (409, "document_needed")
    assert look(vault, visit)["outcome"] == "awaiting_second"
    assert refused(vault.step(visit, "serve", {})) == (409, "document_needed")
    assert refused(vault.step(visit, "document/second", IDENTITY)) == (403, "conflict_of_interest")

    assert second(vault, visit)["by_two"] is True

    assert done(vault.step(visit, "serve", {}))["status"] == "serving"


def test_what_the_clerk_says_does_not_fit_is_not_made_good_by_what_was_seen_before(hall: Hall) -> None:
    visit = hall.walk_in(CARD)
    look(hall, visit)
    hall.called(visit)

    assert refused(hall.step(visit, "serve", {"document": SEEN | {"matches": False}})) == (409, "document_needed")


def test_a_visit_of_another_day_or_that_is_over_has_no_document_to_look_at(hall: Hall) -> None:
    visit = hall.walk_in(CARD)
    hall.served(visit)

    assert refused(hall.step(visit, "document", IDENTITY)) == (409, "not_allowed_now")
    assert refused(hall.step({"id": "apt_none"}, "document", IDENTITY)) == (404, "not_found")


def test_no_number_is_left_in_tables_records_answers_or_logs(
    world: World, hall: Hall, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    visit = hall.walk_in(CARD)
    answer = hall.step(visit, "document", IDENTITY | {"number": NUMBER}, Idempotency_Key="k")
    hall.step(visit, "document", IDENTITY | {"number": f"{NUMBER}?"})

    tables = ("verification", "records", "idempotency", "appointments")
    left = "".join(str(world.items(table)) for table in tables) + answer.text + caplog.text
    assert NUMBER not in left + "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "but",
    [{"number": "1"}, {"number": "a<b>cd"}, {"kind": "library"}, {"expires_on": "soon"}, {"picture": "data:"}],
)
def test_what_is_no_document_is_refused(hall: Hall, but: dict[str, Any]) -> None:
    assert hall.step(hall.walk_in(CARD), "document", IDENTITY | but).code == "invalid"
