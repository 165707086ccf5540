"""Words for asking for codes and typing them, with nothing around."""

from datetime import timedelta

import pytest

from chalicelib.kernel.actors import ANONYMOUS, Actor
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Refusal
from chalicelib.verification.codes.model import Purpose, Verification
from tests.code_fakes import Vault
from tests.world import START


def call(after: float = 0, address: str = "192.0.2.1", device: str = "", actor: Actor = ANONYMOUS) -> Call:
    return Call(actor, START + timedelta(seconds=after), "request", "api", address=address, device=device)


def ask(vault: Vault, phone: str, call: Call) -> Verification:
    return vault.codes.start(Purpose.SIGN_IN, phone, "en", None, call)


def prove(vault: Vault, phone: str, call: Call) -> None:
    sent = ask(vault, phone, call)
    vault.codes.check(vault.handle(sent), vault.sent(sent), None, call)


def refused(vault: Vault, phone: str, call: Call) -> Refusal:
    with pytest.raises(Refusal) as found:
        ask(vault, phone, call)
    return found.value
