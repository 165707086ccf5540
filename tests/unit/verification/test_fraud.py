"""Fraud: a report closes what it is about at once, and a word is genuine for one phone and for a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.actors import ANONYMOUS, Actor, Role
from chalicelib.kernel.calls import Call
from chalicelib.kernel.errors import Changed, Forbidden, NotFound, PhoneInvalid
from chalicelib.kernel.events import Record
from chalicelib.kernel.ids import ALPHABET
from chalicelib.kernel.wording import Wording
from chalicelib.verification.codes.model import Purpose, SmsUnavailable
from chalicelib.verification.codes.service import Hardening
from chalicelib.verification.fraud import policy
from chalicelib.verification.fraud.model import Channel, Kind, Outcome, Told, TooManyChecks, Word
from chalicelib.verification.fraud.service import Reporting, Words
from tests.architecture.sources import ROOT
from tests.code_fakes import Vault
from tests.fakes import MemoryReports
from tests.world import LI, REACH, SMITH, START

DEVICE = "li's phone"


class OneCustomer:
    """Li alone is a customer."""

    def found_by_phone(self, phone: str) -> str:
        return "cus_li" if phone == LI else ""

    def phone_of(self, customer: str) -> str:
        return LI if customer == "cus_li" else ""


class Bank:
    """Codes, reports and words over stores in memory."""

    def __init__(self) -> None:
        self.vault = Vault()
        self.vault.store.gates.open = REACH
        self.store = MemoryReports(self.vault.store.gates)
        self.shut: list[tuple[str, str]] = []
        self.reporting = Reporting(self.store, self.vault.keys, OneCustomer(), Hardening(self.vault.codes.gate), self)
        self.words = Words(self.store, self.vault.keys)

    def shut_out(self, customer: str, but: str, _: Call) -> tuple[Sequence[Any], Sequence[Record], int]:
        self.shut.append((customer, but))
        return (), (), 2

    def code(self, phone: str = LI, after: timedelta = timedelta(), device: str = "") -> Any:
        return self.vault.codes.start(Purpose.SIGN_IN, phone, "en", None, call(after=after, device=device))


def call(role: Role | None = None, id_: str = "cus_li", after: timedelta = timedelta(), **where: str) -> Call:
    actor = Actor(id_, frozenset({role}), "east") if role else ANONYMOUS
    return Call(
        actor, START + after, "r", "api", address=where.get("address", "192.0.2.9"), device=where.get("device", "")
    )


LI_HERSELF, AGENT = call(Role.CUSTOMER), call(Role.AGENT, "agent-east")


@pytest.fixture
def bank() -> Bank:
    return Bank()


def test_a_number_that_was_taken_is_closed_to_codes_at_once_and_for_a_week(bank: Bank) -> None:
    assert bank.code()
    report = bank.reporting.tell(Told(Kind.SIM_TAKEN), LI_HERSELF)

    week = timedelta(days=7)
    assert report.hardened_until == START + week
    with pytest.raises(SmsUnavailable) as refused:
        bank.code()
    assert "branch" in refused.value.facts["alternatives"]  # type: ignore[operator]
    assert bank.code(SMITH)
    assert bank.code(after=week)
    assert bank.store.ledger.events(report.id) == ["fraud.reported"]


def test_staff_take_a_report_for_a_customer_and_for_nobody_else(bank: Bank) -> None:
    assert bank.reporting.log(Told(Kind.ACCOUNT_USED), LI, AGENT).customer == "cus_li"
    with pytest.raises(SmsUnavailable):
        bank.code()
    with pytest.raises(NotFound):
        bank.reporting.log(Told(Kind.SIM_TAKEN), SMITH, AGENT)
    with pytest.raises(Forbidden):
        bank.reporting.log(Told(Kind.SIM_TAKEN), LI, LI_HERSELF)
    with pytest.raises(Forbidden):
        bank.reporting.tell(Told(Kind.SIM_TAKEN), AGENT)


@pytest.mark.parametrize("kind", Kind)
def test_where_somebody_else_may_be_in_every_session_ends_but_that_of_who_says_so(bank: Bank, kind: Kind) -> None:
    ends = 2 if kind in (Kind.SIM_TAKEN, Kind.DEVICE_LOST, Kind.ACCOUNT_USED) else 0
    mine = replace(LI_HERSELF, actor=replace(LI_HERSELF.actor, session="ses_mine"))
    assert bank.reporting.tell(Told(kind), mine).sessions_ended == ends
    assert bank.reporting.log(Told(kind), LI, AGENT).sessions_ended == ends
    assert bank.shut == ([("cus_li", "ses_mine"), ("cus_li", "")] if ends else [])


def test_a_lost_device_gets_no_codes_whoevers_they_are(bank: Bank) -> None:
    bank.reporting.tell(Told(Kind.DEVICE_LOST, device=DEVICE), LI_HERSELF)

    for phone in (LI, SMITH):
        with pytest.raises(SmsUnavailable):
            bank.code(phone, device=DEVICE)
    assert bank.code(device="another")


def test_what_is_closed_longer_stays_so_and_what_is_reported_again_is_closed_on(bank: Bank) -> None:
    bank.reporting.tell(Told(Kind.SIM_TAKEN), LI_HERSELF)
    bank.reporting.tell(Told(Kind.ACCOUNT_USED), LI_HERSELF)
    (closing,) = bank.vault.store.gates.closed.values()
    assert (closing.until, closing.version) == (START + timedelta(days=7), 1)

    bank.reporting.tell(Told(Kind.SIM_TAKEN), call(Role.CUSTOMER, after=timedelta(days=1)))
    (closing,) = bank.vault.store.gates.closed.values()
    assert (closing.until, closing.version) == (START + timedelta(days=8), 2)


def test_neither_phone_nor_device_nor_number_stands_in_what_is_recorded(bank: Bank) -> None:
    told = Told(Kind.ACCOUNT_USED, SMITH, DEVICE, "He called from +447400123456.")
    bank.reporting.tell(told, LI_HERSELF)

    chains = str([list(bank.store.ledger.chain(subject)) for subject in bank.store.ledger.chains])
    assert "fraud.reported" in chains
    assert not [secret for secret in (LI[3:], SMITH[3:], DEVICE, "He called") if secret in chains]
    assert LI not in str(bank.vault.store.gates.closed)


def test_a_report_and_what_it_closes_are_kept_together_and_tried_again(bank: Bank) -> None:
    read = bank.vault.store.gates.closing

    def overtaken(name: str) -> Any:
        bank.vault.store.gates.closing = read  # type: ignore[method-assign]
        found = read(name)
        bank.reporting.tell(Told(Kind.ACCOUNT_USED), LI_HERSELF)
        return found

    bank.vault.store.gates.closing = overtaken  # type: ignore[method-assign]
    bank.reporting.tell(Told(Kind.SIM_TAKEN), LI_HERSELF)
    (closing,) = bank.vault.store.gates.closed.values()
    assert (closing.until, closing.version) == (START + timedelta(days=7), 2)
    assert len(bank.store.reports) == 2


def test_a_word_is_genuine_for_the_phone_it_was_given_for_and_for_a_time(bank: Bank) -> None:
    word = bank.words.issue(Channel.CALL, LI, AGENT)
    text = bank.words.text_of(word.id)

    good = ask(bank, text)
    assert (good.outcome, good.word.unit if good.word else "") == (Outcome.GENUINE, "east")
    assert ask(bank, text.lower().replace("-", " ")).outcome is Outcome.GENUINE
    assert ask(bank, text, SMITH).outcome is Outcome.NOT_YOURS
    assert ask(bank, text, after=policy.LIVES[Channel.CALL] - timedelta(seconds=1)).outcome is Outcome.GENUINE
    assert ask(bank, text, after=policy.LIVES[Channel.CALL]).outcome is Outcome.EXPIRED
    assert bank.store.ledger.events(word.id) == ["word.issued", *["word.checked"] * 5]


def test_a_slip_is_told_from_a_word_we_never_gave(bank: Bank) -> None:
    text = bank.words.text_of(bank.words.issue(Channel.DESK, LI, AGENT).id)
    for place in (0, 3, 5, 8):
        other = ALPHABET[(ALPHABET.index(text[place]) + 1) % 31]
        slip = text[:place] + other + text[place + 1 :]
        assert ask(bank, slip, address=str(place)).outcome is Outcome.MISTYPED
    for nonsense in ("", "1234", "我们银行", "A" * 30):
        assert ask(bank, nonsense, SMITH).outcome is Outcome.MISTYPED
    assert ask(bank, policy.spelled("f" * 64), address="else").outcome is Outcome.UNKNOWN


def test_staff_alone_give_words_and_no_word_stands_in_the_store(bank: Bank) -> None:
    with pytest.raises(Forbidden):
        bank.words.issue(Channel.CALL, LI, LI_HERSELF)
    with pytest.raises(PhoneInvalid):
        bank.words.issue(Channel.CALL, "12", AGENT)
    word = bank.words.issue(Channel.SMS, LI, AGENT)
    said = bank.words.text_of(word.id)

    kept = str(bank.store.words) + str(list(bank.store.ledger.chain(word.id)))
    assert said not in kept
    assert said.replace("-", "") not in kept
    assert LI not in kept


def test_two_words_that_read_alike_are_never_given(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "spelled", lambda _: "0000-0000")
    bank.words.issue(Channel.CALL, LI, AGENT)

    with pytest.raises(Changed):
        bank.words.issue(Channel.CALL, SMITH, AGENT)


def test_words_are_asked_about_so_often_and_no_more(bank: Bank) -> None:
    for number in range(10):
        ask(bank, "wrong", address=f"a{number}")
    with pytest.raises(TooManyChecks) as refused:
        ask(bank, "wrong", address="a new one")
    assert refused.value.facts["retry_after"] == 3600

    for number in range(20):
        ask(bank, "wrong", f"+8613800138{100 + number}", address="one")
    with pytest.raises(TooManyChecks):
        ask(bank, "wrong", "+8613800138200", address="one")
    assert ask(bank, "wrong", "+8613800138200", address="another").outcome is Outcome.MISTYPED


def test_a_number_that_was_reported_is_told_of_for_a_month(bank: Bank) -> None:
    text = bank.words.text_of(bank.words.issue(Channel.SMS, LI, AGENT).id)
    assert not ask(bank, text, number=SMITH).reported
    bank.reporting.tell(Told(Kind.IMPERSONATION, SMITH), LI_HERSELF)

    assert ask(bank, text, number=SMITH).reported
    assert not ask(bank, text, number=LI).reported
    assert not ask(bank, text, number=SMITH, after=timedelta(days=30)).reported
    assert bank.code(), "whoever was called has done nothing"


def test_every_outcome_is_put_into_words_in_both_languages() -> None:
    wording = Wording(ROOT / "chalicelib" / "verification" / "fraud" / "texts")

    for language in ("en", "zh-CN"):
        assert set(wording._of(language)) == set(Outcome)
        assert len({wording.words(outcome, language, {}) for outcome in Outcome}) == len(Outcome)


def ask(
    bank: Bank, word: str, phone: str = LI, after: timedelta = timedelta(), address: str = "192.0.2.1", number: str = ""
) -> Any:
    return bank.words.check(word, phone, number, call(after=after, address=address))


def test_a_word_is_what_it_was_when_it_is_made_again() -> None:
    bank = Bank()
    word = bank.words.issue(Channel.CALL, LI, AGENT)

    assert isinstance(word, Word)
    assert bank.words.text_of(word.id) == bank.words.text_of(replace(word).id)
