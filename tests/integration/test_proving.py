"""Another phone number, over HTTP: more than a session, the warning that was read, and who is signed in afterwards."""

from tests.integration.trusting import granted
from tests.world import LI, World

NEW = "+8613900139000"
SHOWN = {"id": "new-phone", "version": 1, "dwell": 9}


def test_a_session_alone_changes_no_number_and_the_answer_names_what_would_do(world: World) -> None:
    token = world.sign_in(LI)

    # Before anybody looks at what was sent.
    answer = world.ask("POST", "/v1/me/phone", {"grant": ""}, token)
    assert (answer.status, answer.code) == (403, "step_up_needed")
    assert (answer.body["acceptable"], answer.body["level"], answer.body["within"]) == (["step_up"], 2, 600)


def test_a_number_is_changed_by_who_proves_to_hold_both(world: World) -> None:
    elsewhere, token = world.sign_in(LI), world.sign_in(LI)
    before = world.ask("GET", "/v1/me", token=token).body["id"]
    proved = world.ask("POST", "/v1/sessions/current/step-up", {"grant": granted(world, LI, "step_up")}, token)
    assert (proved.status, proved.body["level"]) == (200, 2)

    asked = world.ask("POST", "/v1/verifications", {"purpose": "change_phone", "phone": NEW}).body
    assert asked["warning"]["id"] == "new-phone"
    grant = granted(world, NEW, "change_phone")
    hasty = {"grant": grant, "warning_acknowledged": SHOWN | {"dwell": 1}}
    assert world.ask("POST", "/v1/me/phone", hasty, token).status == 422
    changed = world.ask("POST", "/v1/me/phone", {"grant": grant, "warning_acknowledged": SHOWN}, token)
    assert (changed.status, changed.body["phone_ends"]) == (200, "9000"), changed.text

    assert world.ask("GET", "/v1/me", token=elsewhere).status == 401
    assert world.ask("GET", "/v1/me", token=token).status == 200
    assert [sent.template for sent in world.provider.to(LI)][-1] == "phone_changing"
    assert world.ask("GET", "/v1/me", token=world.sign_in(NEW)).body["id"] == before
    assert world.ask("GET", "/v1/me", token=world.sign_in(LI)).body["id"] != before
