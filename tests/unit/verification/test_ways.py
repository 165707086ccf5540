"""A code that does not arrive goes another way: the same code, one verification, one lifetime, the same limits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.kernel.delivery import Delivery
from chalicelib.kernel.money import Money
from chalicelib.verification.codes.model import (
    CodeExpired,
    CodeUsed,
    Purpose,
    Status,
    TooManyCodes,
    Transaction,
    named,
)
from tests.code_fakes import Vault
from tests.unit.verification.going import (
    ORDER,
    PATIENCE,
    call,
    digits,
    kept,
    opened,
    reach,
    start,
    typed,
    ways,
    worker,
)
from tests.world import LI, START


@pytest.fixture
def vault() -> Vault:
    return opened()


def test_where_nothing_is_heard_the_same_code_goes_the_next_way_and_then_is_spoken(vault: Vault) -> None:
    sent = start(vault)
    assert kept(vault, sent).due_at == START + timedelta(seconds=PATIENCE)
    assert vault.following.go_on(sent.id, worker(PATIENCE - 1)) == "early"
    assert vault.following.go_on(sent.id, worker(PATIENCE)) == "went_on"
    assert vault.following.go_on(sent.id, worker(2 * PATIENCE)) == "went_on"

    assert ways(vault, sent) == list(ORDER)
    codes = [digits(vault, way, f"{sent.id}_{number}") for number, way in enumerate(ORDER, 1)]
    assert len(set(codes)) == 1
    assert (kept(vault, sent).expires_at, kept(vault, sent).due_at) == (sent.expires_at, None)
    assert typed(vault, sent, codes[2], 3 * PATIENCE).status is Status.APPROVED
    with pytest.raises(CodeUsed):
        typed(vault, sent, codes[0], 3 * PATIENCE)
    told = vault.store.ledger.bodies(sent.id, "verification.rerouted")
    assert [(body["way"], body["because"]) for body in told] == [("twilio", "silent"), ("aws-voice", "silent")]


def test_a_late_receipt_or_a_right_code_ends_it(vault: Vault) -> None:
    arrived, used = start(vault), vault.codes.start(Purpose.SIGN_IN, LI, "en", None, call())
    assert vault.hearing.heard(f"{arrived.id}_1", Delivery.DELIVERED, worker(5)) == "delivered"
    typed(vault, used, vault.sent(used), 5)

    for sent in (arrived, used):
        assert kept(vault, sent).due_at is None
        assert vault.following.go_on(sent.id, worker(600)) == "settled"
        assert ways(vault, sent) == ["aws"]


def test_what_the_provider_says_has_failed_goes_on_at_once_whatever_the_patience(vault: Vault) -> None:
    vault.store.gates.open = reach(patience=0)
    sent = start(vault)
    assert kept(vault, sent).due_at is None
    assert vault.hearing.heard(f"{sent.id}_1", Delivery.FAILED, worker(3)) == "failed"
    assert vault.following.go_on(sent.id, worker(3)) == "went_on"

    assert ways(vault, sent) == ["aws", "twilio"]
    assert vault.store.ledger.bodies(sent.id, "verification.rerouted")[0]["because"] == "failed"
    assert vault.hearing.heard(f"{sent.id}_1", Delivery.DELIVERED, worker(4)) == "nothing_new"
    assert vault.hearing.heard(f"{sent.id}_1", Delivery.FAILED, worker(4)) == "nothing_new"
    assert kept(vault, sent).due_at is None, "old news of an old text moves nothing"


def test_another_code_takes_the_other_provider(vault: Vault) -> None:
    sent = start(vault)
    vault.codes.resend(vault.handle(sent), call(30))
    again = vault.codes.resend(vault.handle(sent), call(90))

    assert ways(vault, again) == ["aws", "twilio", "aws"]
    assert digits(vault, "aws", f"{sent.id}_3") != digits(vault, "aws", f"{sent.id}_1")


def test_three_texts_are_the_most_whoever_asked_for_them(vault: Vault) -> None:
    vault.store.gates.open = reach("aws", "twilio", "sns", "aws-voice")
    sent = start(vault)
    for after in (PATIENCE, 2 * PATIENCE):
        assert vault.following.go_on(sent.id, worker(after)) == "went_on"
    vault.hearing.heard(f"{sent.id}_3", Delivery.FAILED, worker(100))

    assert vault.following.go_on(sent.id, worker(100)) == "stuck_no_way"
    assert vault.following.go_on(sent.id, worker(101)) == "settled"
    with pytest.raises(TooManyCodes):
        vault.codes.resend(vault.handle(sent), call(500))
    assert kept(vault, sent).sends == 3


def test_a_limit_stops_it_as_it_stops_everybody(vault: Vault) -> None:
    sent, *_ = [start(vault) for _ in range(3)]

    assert vault.following.go_on(sent.id, worker(PATIENCE)) == "stuck_refused"
    assert ways(vault, sent) == ["aws"]
    assert typed(vault, sent, vault.sent(sent), 60).status is Status.APPROVED


def test_what_has_expired_goes_nowhere(vault: Vault) -> None:
    sent = start(vault)

    assert vault.following.go_on(sent.id, worker(600)) == "stuck_late"
    with pytest.raises(CodeExpired):
        typed(vault, sent, vault.sent(sent), 600)


@pytest.mark.parametrize("order", [("aws",), ("sns", "twilio")])
def test_nobody_waits_for_news_that_cannot_come_or_would_change_nothing(vault: Vault, order: tuple[str, ...]) -> None:
    vault.store.gates.open = reach(*order)

    assert kept(vault, start(vault)).due_at is None


def test_a_country_has_an_order_of_its_own(vault: Vault) -> None:
    china = replace(reach().destinations["86"], ways=("twilio", "aws"))
    vault.store.gates.open = replace(reach(), destinations={"86": china})

    assert ways(vault, start(vault)) == ["twilio"]


def test_a_call_says_what_it_confirms(vault: Vault) -> None:
    vault.store.gates.open = reach("aws", "aws-voice")
    sent = start(vault, Transaction(Money(5000, "JPY"), "Wang Wei"))
    vault.following.go_on(sent.id, worker(PATIENCE))

    body = vault.others["aws-voice"].sent[f"{sent.id}_2"].body
    assert "confirm JPY 5,000 to Wang Wei" in body
    assert digits(vault, "aws-voice", f"{sent.id}_2") == vault.codes.code_of(kept(vault, sent))


def test_the_code_stands_nowhere_and_follows_from_key_and_seed(vault: Vault) -> None:
    sent = start(vault)
    code, stored = vault.sent(sent), kept(vault, sent)

    assert code not in str(stored)
    assert code not in str(list(vault.store.ledger.chain(sent.id)))
    assert code == vault.codes.code_of(stored)
    others = {vault.codes.code_of(replace(stored, seed=f"{n:032x}")) for n in range(50)}
    assert len(others) > 45


def test_whose_text_it_is_follows_from_its_name() -> None:
    assert named("ver_01M8323B80SXA2NPGKBVHYVJXY_12") == ("ver_01M8323B80SXA2NPGKBVHYVJXY", 12)
    for other in ("msg_01M8323B80SXA2NPGKBVHYVJXY", "ver_1", "ver_1_", "ver_1_x", "ver_1_１", "ver_1_123", ""):
        assert named(other) is None


def test_news_of_what_there_is_not_is_unmatched(vault: Vault) -> None:
    sent = start(vault)

    assert vault.hearing.heard("ver_01M8323B80SXA2NPGKBVHYVJXY_1", Delivery.FAILED, worker(1)) == "unmatched"
    assert vault.hearing.heard(f"{sent.id}_2", Delivery.FAILED, worker(1)) == "unmatched"
    assert vault.hearing.heard(f"{sent.id}_0", Delivery.FAILED, worker(1)) == "unmatched"
    assert vault.hearing.heard("msg_01M8323B80SXA2NPGKBVHYVJXY", Delivery.FAILED, worker(1)) == ""
