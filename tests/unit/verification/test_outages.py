"""Providers that take nothing: passed over, and undone where nobody takes it."""

import pytest

from chalicelib.kernel.errors import NotFound, Unavailable
from chalicelib.verification.codes.model import Status, TooManyCodes
from tests.code_fakes import Vault
from tests.unit.verification.going import ONCE, call, digits, kept, opened, phone, reach, start, typed, ways


@pytest.fixture
def vault() -> Vault:
    return opened()


def test_a_provider_that_is_away_is_passed_over_while_the_caller_waits_and_counts_once(vault: Vault) -> None:
    vault.provider.away = True
    sent = start(vault)

    assert (ways(vault, sent), kept(vault, sent).sends) == (["twilio"], 1)
    assert len(vault.store.gates.counted[phone(vault)].times) == 1
    assert typed(vault, sent, digits(vault, "twilio", f"{sent.id}_1"), 5).status is Status.APPROVED


def test_where_no_text_is_taken_the_phone_is_called_and_the_call_is_paid(vault: Vault) -> None:
    vault.provider.away = vault.others["twilio"].away = True
    sent = start(vault)

    assert ways(vault, sent) == ["aws-voice"]
    assert sum(day.spent for day in vault.store.gates.spent.values()) == 5 + 40
    assert typed(vault, sent, digits(vault, "aws-voice", f"{sent.id}_1"), 5).status is Status.APPROVED


def test_after_an_outage_the_very_same_call_is_carried_out(vault: Vault) -> None:
    for provider in vault.ways.values():
        provider.away = True
    with pytest.raises(Unavailable):
        start(vault, once=ONCE)
    (gone,) = vault.store.kept.values()
    assert gone.status is Status.UNSENT
    assert vault.store.ledger.answers == {}
    with pytest.raises(NotFound):
        vault.codes.check(vault.handle(gone), "123456", None, call())
    with pytest.raises(NotFound):
        vault.codes.resend(vault.handle(gone), call(60))

    for provider in vault.ways.values():
        provider.away = False
    assert start(vault, once=ONCE).id != gone.id
    assert len(vault.provider.sent) == 1


def test_an_outage_closes_no_prefix_and_costs_nothing_but_does_not_let_providers_be_tried_without_end(
    vault: Vault,
) -> None:
    vault.store.gates.open = reach("aws", "aws-voice")
    vault.provider.away = vault.others["aws-voice"].away = True
    for _ in range(3):
        with pytest.raises(Unavailable):
            start(vault)

    prefix = vault.store.gates.counted["prefix#8613800"]
    assert (prefix.times, prefix.count) == ((), 0)
    assert [(day.spent, day.texts["86"]) for day in vault.store.gates.spent.values()] == [(0, 0)]
    with pytest.raises(TooManyCodes):
        start(vault)
    assert len(vault.provider.asked) == 3


def test_another_code_that_nobody_took_leaves_the_one_before_good(vault: Vault) -> None:
    vault.store.gates.open = reach("aws")
    sent = start(vault)
    first = vault.sent(sent)
    vault.provider.away = True
    with pytest.raises(Unavailable):
        vault.codes.resend(vault.handle(sent), call(30))

    assert kept(vault, sent).sends == 1
    assert typed(vault, sent, first, 40).status is Status.APPROVED
