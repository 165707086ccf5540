"""What every provider of signals promises: words we know, or none; an outage, or none; and nothing else, ever."""

import json
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.aws import clients
from chalicelib.aws.numbers import NobodyKnows, TestSignals, TwilioLookup
from chalicelib.aws.twilio import Account
from chalicelib.kernel.errors import Unavailable
from chalicelib.verification.signals.model import NOTHING, Signal, understood
from tests.fakes import FakeNumbers
from tests.unit.aws.stub import Stub
from tests.world import LI, SMITH, START

SINCE = START - timedelta(days=7)
ACCOUNT = {"account": "AC1", "key": "SK1", "secret": "s", "token": "t"}
SWAPPED = {"sim_swap": "recent", "call_diversion": "on", "line_type": "voip"}


def looked_up(**fields: Any) -> bytes:
    """Give what Lookup answers of a number of which everything is known."""
    told: dict[str, Any] = {
        "phone_number": LI,
        "valid": True,
        "sim_swap": {"last_sim_swap": {"last_sim_swap_date": "2026-11-22T10:18:50Z", "swapped_in_period": True}},
        "call_forwarding": {"call_forwarding_enabled": True, "error_code": None},
        "line_type_intelligence": {"type": "nonFixedVoip", "error_code": None},
    }
    return json.dumps(told | fields).encode()


class Wire:
    """Twilio's end of the line: knows Li's number, fails for Smith's."""

    def __init__(self, answer: bytes | Exception = b"", trouble: Exception | None = None) -> None:
        self.asked: list[urllib.request.Request] = []
        self._answer, self._trouble = answer or looked_up(), trouble or OSError("down")

    def __call__(self, request: urllib.request.Request, timeout: float) -> bytes:
        assert timeout <= 2, "a customer waits for it"
        self.asked.append(request)
        if "447400123456" in request.full_url:
            raise self._trouble
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    monkeypatch.setattr(clients, "secrets", lambda: Stub({"SecretString": json.dumps(ACCOUNT)}))
    return Account("secret")


class OfSmithAway(FakeNumbers):
    """The fake of unit tests, which is away for one number."""

    def signals(self, phone: str, since: Any) -> Any:
        self.away = phone == SMITH
        return super().signals(phone, since)


MAKE: dict[str, Callable[[Account], Any]] = {
    "fake": lambda _: OfSmithAway({LI: SWAPPED}),
    "told": lambda _: TestSignals({LI: SWAPPED, SMITH: {"away": ""}}),
    "twilio": lambda account: TwilioLookup(account, Wire()),
    "nobody": lambda _: NobodyKnows(),
}


@pytest.mark.parametrize("name", MAKE)
def test_what_is_known_is_said_in_words_of_the_model(name: str, account: Account) -> None:
    numbers = MAKE[name](account)
    told = numbers.signals(LI, SINCE)

    assert set(told) <= {str(signal) for signal in Signal}
    assert {signal.value: value for signal, value in understood(told).items()} == (
        {signal.value: "unknown" for signal in NOTHING} if name == "nobody" else SWAPPED
    )
    assert bool(numbers.name) is (name != "nobody"), "without a name nobody is asked, and nothing stored"


@pytest.mark.parametrize("name", [name for name in MAKE if name != "nobody"])
def test_an_outage_is_unavailable_and_nothing_else(name: str, account: Account) -> None:
    with pytest.raises(Unavailable):
        MAKE[name](account).signals(SMITH, SINCE)


def test_words_nobody_knows_are_unknown() -> None:
    assert understood({"sim_swap": "perhaps", "weather": "fine"}) == NOTHING


def test_lookup_is_asked_for_all_of_it_at_once_under_the_account_s_key(account: Account) -> None:
    wire = Wire()
    TwilioLookup(account, wire).signals(LI, SINCE)

    (asked,) = wire.asked
    fields = "sim_swap%2Ccall_forwarding%2Cline_type_intelligence"
    assert asked.full_url == f"https://lookups.twilio.com/v2/PhoneNumbers/%2B8613800138000?Fields={fields}"
    assert asked.get_header("Authorization", "").startswith("Basic ")
    assert asked.get_method() == "GET"


@pytest.mark.parametrize(
    ("field", "told", "signal", "value"),
    [
        ("sim_swap", {"last_sim_swap": {"last_sim_swap_date": "2026-11-01T00:00:00Z"}}, "sim_swap", "none"),
        ("sim_swap", {"last_sim_swap": {"swapped_in_period": False}}, "sim_swap", "none"),
        ("sim_swap", {"last_sim_swap": {"swapped_in_period": True}}, "sim_swap", "recent"),
        ("sim_swap", {"last_sim_swap": None}, "sim_swap", "unknown"),
        ("sim_swap", {"last_sim_swap": {"swapped_in_period": "yes"}}, "sim_swap", "unknown"),
        ("sim_swap", {"last_sim_swap": {"swapped_in_period": True}, "error_code": 60607}, "sim_swap", "unknown"),
        ("sim_swap", None, "sim_swap", "unknown"),
        ("call_forwarding", {"call_forwarding_enabled": False}, "call_diversion", "off"),
        ("call_forwarding", {"call_forwarding_status": "true"}, "call_diversion", "on"),
        ("call_forwarding", {"call_forwarding_enabled": None}, "call_diversion", "unknown"),
        ("call_forwarding", {"error_code": 60617}, "call_diversion", "unknown"),
        ("line_type_intelligence", {"type": "mobile"}, "line_type", "mobile"),
        ("line_type_intelligence", {"type": "tollFree"}, "line_type", "toll"),
        ("line_type_intelligence", {"type": "satellite"}, "line_type", "unknown"),
        ("line_type_intelligence", None, "line_type", "unknown"),
    ],
)
def test_each_field_is_read_by_itself(account: Account, field: str, told: Any, signal: str, value: str) -> None:
    found = TwilioLookup(account, Wire(looked_up(**{field: told}))).signals(LI, SINCE)

    assert found[signal] == value
    assert sum(known != SWAPPED[name] for name, known in found.items()) == (value != SWAPPED[signal])


@pytest.mark.parametrize(
    "answer",
    [
        OSError("down"),
        TimeoutError(),
        b"<html>",
        b"[]",
        b"null",
        looked_up(sim_swap="x"),
        looked_up(sim_swap={"last_sim_swap": {"last_sim_swap_date": "yesterday"}}),
    ],
)
def test_whatever_lookup_says_that_cannot_be_read_is_an_outage(account: Account, answer: Any) -> None:
    with pytest.raises(Unavailable):
        TwilioLookup(account, Wire(answer)).signals(LI, SINCE)


def test_without_an_account_lookup_is_away() -> None:
    with pytest.raises(Unavailable):
        TwilioLookup(Account(""), Wire()).signals(LI, SINCE)
