"""Words for codes that go several ways, with nothing around."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.kernel import phone as phones
from chalicelib.kernel.actors import ANONYMOUS, system
from chalicelib.kernel.calls import Call, Once, Reply
from chalicelib.verification.codes.model import Purpose, Reach, Transaction, Verification
from tests.code_fakes import Vault
from tests.fakes import FakeProvider
from tests.world import LI, REACH, START

PATIENCE = 45
ORDER = ("aws", "twilio", "aws-voice")
ONCE = Once("key", "body")


def reach(*ways: str, patience: int = PATIENCE) -> Reach:
    china = replace(REACH.destinations["86"], voice_price=40)
    return replace(REACH, ways=ways or ORDER, patience=patience, destinations={**REACH.destinations, "86": china})


def call(after: float = 0, once: Once | None = None) -> Call:
    """Make a call by somebody, so many seconds after the first."""
    keyed = {"once": once, "answer": lambda _: Reply(202, "{}")} if once else {}
    return Call(ANONYMOUS, START + timedelta(seconds=after), "r", "api", address="192.0.2.1", **keyed)  # type: ignore[arg-type]


def worker(after: float) -> Call:
    return Call(system("notifications"), START + timedelta(seconds=after), "r", "queue")


def opened() -> Vault:
    """Give everything of codes, with every provider there."""
    found = Vault(others={name: FakeProvider() for name in ("twilio", "sns", "aws-voice", "twilio-voice")})
    found.store.gates.open = reach()
    return found


def start(vault: Vault, transaction: Transaction | None = None, once: Once | None = None) -> Verification:
    return vault.codes.start(Purpose.STEP_UP, LI, "en", transaction, call(once=once))


def kept(vault: Vault, sent: Verification) -> Verification:
    return vault.store.kept[sent.id]


def ways(vault: Vault, sent: Verification) -> list[str]:
    return [one.way for one in kept(vault, sent).sent]


def digits(vault: Vault, way: str, text: str) -> str:
    """Read a code as it was sent or spoken by a way."""
    body = vault.ways[way].sent[text].body
    spoken = body.partition("is: ")[2].partition(".")[0].replace(", ", "")
    return spoken or next(word for word in body.split() if word.isdigit())


def typed(vault: Vault, sent: Verification, code: str, after: float) -> Verification:
    return vault.codes.check(vault.handle(sent), code, None, call(after))


def phone(vault: Vault) -> str:
    gate = vault.codes.gate
    return gate.asked(phones.read(LI), gate.source(call()), 1, START).phone
