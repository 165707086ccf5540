"""Sending: claimed before, confirmed after; one word once, and no claim is kept for a provider that is away."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kernel.errors import Changed, Unavailable
from chalicelib.notifications import policy
from chalicelib.notifications.model import Status, Text
from chalicelib.notifications.service.sending import NobodyThere
from chalicelib.tickets.model import Ticket
from tests.office import Office
from tests.world import LI, START

MINUTE = timedelta(minutes=1)


def words(ticket: Ticket) -> list[Any]:
    return [ticket.word(notice) for notice in ticket.notices]


def tell(office: Office, ticket: Ticket, **but: Any) -> str:
    told = [word | but for word in words(ticket)]
    return office.services.sending.tell(ticket.id, told, office.call("system:notifications"))


def text(office: Office) -> Text:
    (found,) = (one for one in office.texts.kept.values() if isinstance(one, Text))
    return found


def resume(office: Office) -> str:
    return office.services.sending.resume(text(office).id, office.call("system:notifications"))


def test_a_word_goes_out_in_the_customer_s_language_with_number_and_link(office: Office) -> None:
    ticket = office.complaint()
    assert tell(office, ticket) == "sent"

    (sent,) = office.provider.to(LI)
    assert ticket.number in sent.body
    assert "/v1/status/" in sent.body
    assert text(office).status is Status.SENT
    assert office.events(text(office).id) == ["text.started", "text.sent"]
    assert LI not in str(list(office.ledger.chain(text(office).id)))


def test_however_often_it_is_asked_for_it_is_sent_once(office: Office) -> None:
    ticket = office.complaint()
    for _ in range(3):
        tell(office, ticket)

    assert len(office.provider.asked) == 1
    assert office.tally.since(START, START) == {"sent": 1, "delivered": 0, "failed": 0}


def test_who_asks_again_has_not_heard_and_is_told_again_without_another_text(office: Office) -> None:
    ticket = office.complaint()
    tell(office, ticket)
    tell(office, ticket, tries=2)

    assert office.events(text(office).id) == ["text.started", "text.sent", "text.started"]
    assert len(office.provider.asked) == 1


def test_word_that_is_owed_no_longer_is_not_begun(office: Office) -> None:
    ticket = office.complaint()
    office.changed(ticket.id, notices=())

    assert tell(office, ticket) == "stale"
    assert office.provider.asked == []
    assert office.texts.kept == {}


def test_word_for_a_level_goes_to_everybody_who_fills_it_by_mail(office: Office) -> None:
    ticket = office.complaint()
    office.register("agent-east-2", roles=office.people.staff("lead-east").roles)

    tell(office, ticket, to="lead", template="case_assigned")
    assert {sent.to for sent in office.provider.sent.values()} == {
        "lead-east@dutydesk.test",
        "agent-east-2@dutydesk.test",
    }
    assert all(sent.subject for sent in office.provider.sent.values())
    assert office.tally.since(START, START)["sent"] == 0, "only texts are counted"


def test_where_there_is_nobody_to_tell_it_is_not_lost_in_silence(office: Office) -> None:
    with pytest.raises(NobodyThere):
        tell(office, office.complaint(), customer="cus_none")


def test_a_provider_that_is_away_is_asked_again_when_the_claim_has_run_out(office: Office) -> None:
    office.provider.away = True
    ticket = office.complaint()
    assert tell(office, ticket) == "provider_away"
    assert resume(office) == "busy"
    assert (text(office).claimed_until, text(office).due_at) == (START + MINUTE, START + MINUTE)

    office.now += MINUTE
    office.provider.away = False
    assert resume(office) == "sent"
    assert resume(office) == "settled"
    assert (text(office).tries, len(office.provider.sent)) == (2, 1)


def test_a_worker_that_died_after_sending_sends_under_the_same_id_again(office: Office) -> None:
    save = office.texts.save
    office.texts.save = lambda *_: (_ for _ in ()).throw(Unavailable())  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        tell(office, office.complaint())
    office.texts.save = save  # type: ignore[method-assign]
    office.now += MINUTE

    assert resume(office) == "sent"
    assert len(office.provider.asked) == 2
    assert len(office.provider.sent) == 1, "our id is the provider's key"


def test_of_two_workers_one_sends(office: Office) -> None:
    office.provider.away = True
    tell(office, office.complaint())
    office.provider.away = False
    office.now += MINUTE
    read = office.texts.text

    def overtaken(id_: str) -> Text | None:
        found = read(id_)
        office.texts.text = read  # type: ignore[method-assign]
        assert resume(office) == "sent"
        return found

    office.texts.text = overtaken  # type: ignore[method-assign]
    assert resume(office) in ("busy", "settled")
    assert len(office.provider.sent) == 1


def test_after_twelve_tries_it_has_failed(office: Office) -> None:
    office.provider.away = True
    tell(office, office.complaint())
    outcomes = []
    while text(office).status is Status.SENDING:
        office.now += timedelta(hours=2)
        outcomes.append(resume(office))

    assert outcomes == ["provider_away"] * (policy.TRIES - 1) + ["failed"]
    assert office.events(text(office).id)[-1] == "text.failed"


def test_who_is_gone_when_it_is_sent_gets_nothing_and_it_has_failed(office: Office) -> None:
    office.provider.away = True
    ticket = office.complaint()
    tell(office, ticket, to="lead")
    office.register("lead-east", active=False)
    office.provider.away = False
    office.now += MINUTE

    assert resume(office) == "failed"
    assert office.provider.sent == {}


def test_a_receipt_that_was_quicker_than_we_knows_better(office: Office) -> None:
    def quicker(*given: Any) -> str:
        kept = text(office)
        office.texts.kept[kept.id] = replace(kept, status=Status.DELIVERED, version=kept.version + 1)
        return "provider-1"

    office.provider.text = quicker  # type: ignore[method-assign]
    assert tell(office, office.complaint()) == "overtaken"
    assert text(office).status is Status.DELIVERED


def test_what_is_not_there_is_settled(office: Office) -> None:
    assert office.services.sending.resume("msg_none", office.call("system")) == "settled"
    assert office.services.sending.tell("tkt_1", [], office.call("system")) == "nothing"


def test_a_word_said_again_while_somebody_else_writes_comes_back(office: Office) -> None:
    ticket = office.complaint()
    tell(office, ticket)
    office.texts.save = lambda *_: (_ for _ in ()).throw(Changed())  # type: ignore[method-assign]

    with pytest.raises(Changed):
        tell(office, ticket, tries=2)
