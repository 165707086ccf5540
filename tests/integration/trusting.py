"""A customer who minds who is signed in as them, who calls them, and by which number they are known."""

from tests.integration.counting import Ledgered
from tests.world import LI, SMITH, World


def own_sessions(counted: Ledgered, customer: str) -> None:
    """Somebody looks at their sessions, ends one, and then all others."""
    world, ask = counted.world, counted.ask
    spare = world.sign_in()
    ask("GET", "/v1/sessions", token=customer)
    ask("DELETE", f"/v1/sessions/{world.ask('GET', '/v1/me', token=spare).body['session_id']}", token=customer)
    world.sign_in()
    ask("DELETE", "/v1/sessions", token=customer)


def proving(counted: Ledgered) -> None:
    """Somebody proves once more who they are, and changes their number."""
    world, ask, old, new = counted.world, counted.ask, "+8613500135000", "+8613600136000"
    token = world.sign_in(old)
    ask("POST", "/v1/sessions/current/step-up", {"grant": granted(world, old, "step_up")}, token)
    shown = {"id": "new-phone", "version": 1, "dwell": 9}
    ask("POST", "/v1/me/phone", {"grant": granted(world, new, "change_phone"), "warning_acknowledged": shown}, token)
    ask("GET", "/v1/warnings/callback")


def granted(world: World, phone: str, purpose: str) -> str:
    """Prove to hold a phone, for a purpose."""
    world.forgive()
    id_ = world.ask("POST", "/v1/verifications", {"purpose": purpose, "phone": phone}).body["id"]
    return str(world.ask("POST", f"/v1/verifications/{id_}/check", {"code": world.code(phone)}).body["grant"])


def against_fraud(counted: Ledgered, customer: str) -> None:
    """Somebody reports who called them, and asks whether it was us."""
    ask, lead = counted.ask, counted.world.staff("lead-east")
    ask("POST", "/v1/fraud-reports", {"kind": "impersonation", "number": SMITH}, customer)
    ask("POST", "/v1/desk/fraud-reports", {"kind": "code_asked", "phone": LI}, lead)
    word = ask("POST", "/v1/desk/words", {"channel": "call", "phone": LI}, lead)["word"]
    ask("POST", "/v1/words/check", {"word": word, "phone": LI, "number": SMITH})


def sure(world: World) -> str:
    """Sign Li in and let her prove it once more: nothing is refused for want of that."""
    token = world.sign_in(LI)
    proof = {"grant": granted(world, LI, "step_up")}
    assert world.ask("POST", "/v1/sessions/current/step-up", proof, token).status == 200
    return token
