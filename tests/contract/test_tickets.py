"""What every store of tickets promises: whole writes under a version, and lists that can be paged."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.aws.ledger import Ledger
from chalicelib.kernel.calls import Replayed
from chalicelib.kernel.errors import Changed
from chalicelib.sla.clocks import Extension, Pause
from chalicelib.tickets.model import (
    Capacity,
    ClockFacts,
    Kind,
    Need,
    Notice,
    Reason,
    Relation,
    Representative,
    Severity,
    SupportNeeds,
    Ticket,
    Tie,
    Wait,
)
from tests.builders import CHINA, DECISION, id_of, link_after, make_message, make_ticket, stamp
from tests.contract.lists import added
from tests.fakes import MemoryTickets
from tests.world import START

HOUR = timedelta(hours=1)


WHOLE = make_ticket(
    owner="agent-east",
    backup="lead-east",
    severity=Severity.CRITICAL,
    priority="urgent",
    topic="fees",
    product="card",
    about_unit="london",
    about_staff="agent-london",
    clocks=(
        replace(
            DECISION,
            pauses=(Pause("mediation", START, START + HOUR), Pause("external_appraisal", START + 2 * HOUR)),
            extensions=(Extension("complex", 30, START + HOUR),),
            warned=(50, 75),
        ),
        ClockFacts(CHINA, "cn.nfra.review", "CN", START, met_at=START + HOUR, about="task"),
        ClockFacts(CHINA, "cn.nfra.review_window", "CN", START, stopped_at=START + HOUR),
    ),
    notices=(Notice("acknowledgement", "complaint_received", "customer", START, 2, {"answer_by": "2026-12-08"}),),
    process={"media": True, "classification": {"cause": "fees", "codes": {"cn@1": ["0101"]}}},
    moves_on={"decision:3.delivered": "delivered"},
    waits=(Wait(Reason.CUSTOMER, START, START + HOUR, "agent-east"), Wait(Reason.MEDIATION, START, None, "lead-east")),
    needs=SupportNeeds((Need.HEARING, Need.SIGHT), START, date(2027, 11, 23)),
    people=(Representative("cus_wang", Capacity.HEIR, "5e" * 32, "agent-east", START, START + HOUR),),
    ties=(Tie(Relation.SPLIT_FROM, id_of(9)),),
    update_asked_at=START,
    suspected_at=START - HOUR,
    group=id_of(8),
    flags=("repeated", "late"),
    due_at=START + HOUR,
    desk_due=START + 2 * HOUR,
)


@pytest.mark.parametrize(
    "ticket",
    [
        WHOLE,
        make_ticket(kind=Kind.ENQUIRY, owner="", regimes=(), calendar=""),
        make_ticket(open=False, status="closed", closed_at=START + HOUR),
    ],
    ids=["with everything", "with nothing", "closed"],
)
def test_what_was_written_is_found_as_it_was(tickets: Any, ticket: Ticket) -> None:
    added(tickets, ticket)

    assert tickets.get(ticket.id) == ticket


def test_what_a_kind_keeps_comes_back_as_plain_data(tickets: Any) -> None:
    kept = {"decision": {"at": START, "rights": ("right.review",), "redress": None}, "paid": {"on": date(2026, 12, 1)}}
    added(tickets, make_ticket(process=kept))

    assert tickets.get(id_of(1)).process == {
        "decision": {"at": "2026-11-23T02:00:00.000Z", "rights": ["right.review"]},
        "paid": {"on": "2026-12-01"},
    }


def test_what_is_not_there_and_what_is_no_id_is_nothing(tickets: Any) -> None:
    added(tickets, make_ticket())

    assert tickets.get(id_of(1, hours=1)) is None, "another ticket, though it has the number"
    assert tickets.get(id_of(2)) is None
    assert tickets.get("no-id") is None


def test_a_number_is_given_once(tickets: Any) -> None:
    added(tickets, make_ticket())

    with pytest.raises(Changed):
        added(tickets, make_ticket(id=id_of(1, hours=1), subject="Another"))
    assert tickets.get(id_of(1)).subject == "Card fee"


def test_who_read_an_older_version_cannot_write(tickets: Any) -> None:
    added(tickets, make_ticket())
    tickets.write([make_ticket(version=2, owner="lead-east")], set(), [], None)

    with pytest.raises(Changed):
        tickets.write([make_ticket(version=2, owner="agent-east-2")], set(), [], None)
    assert tickets.get(id_of(1)).owner == "lead-east"


def test_what_is_not_there_cannot_be_changed(tickets: Any) -> None:
    with pytest.raises(Changed):
        tickets.write([make_ticket(version=2)], set(), [], None)


def test_several_are_written_together_or_not_at_all(tickets: Any) -> None:
    one, two = make_ticket(1), make_ticket(2)
    added(tickets, one, two)
    tickets.write([replace(two, version=2, topic="first")], set(), [], None)
    records, _ = link_after(one.id)

    with pytest.raises(Changed):
        tickets.write(
            [replace(one, version=2, topic="x"), replace(two, version=2, topic="y"), make_ticket(3)],
            {id_of(3)},
            records,
            None,
            [(one.id, make_message())],
        )

    assert tickets.get(one.id).topic == ""
    assert tickets.get(two.id).topic == "first"
    assert tickets.get(id_of(3)) is None
    assert tickets.messages(one.id, 10, None).items == ()


def test_a_ticket_its_records_and_its_messages_are_one_write(tickets: Any) -> None:
    records, _ = link_after(id_of(1))
    tickets.write([make_ticket()], {id_of(1)}, records, None, [(id_of(1), make_message())])
    ledger = tickets.ledger if isinstance(tickets, MemoryTickets) else Ledger(tickets._tables)

    assert list(ledger.chain(id_of(1))) == records
    assert tickets.messages(id_of(1), 10, None).items == (make_message(),)


def test_the_same_call_again_is_told_what_was_answered(tickets: Any) -> None:
    tickets.write([make_ticket()], {id_of(1)}, [], stamp())

    with pytest.raises(Replayed) as told:
        tickets.write([make_ticket(2)], {id_of(2)}, [], stamp())
    assert json.loads(told.value.reply.body) == {"said": "so"}
    assert tickets.get(id_of(2)) is None


def test_a_call_that_changed_nothing_is_remembered_too(tickets: Any) -> None:
    tickets.remember(None)
    tickets.remember(stamp())

    with pytest.raises(Replayed):
        tickets.remember(stamp())


def test_a_message_is_said_once(tickets: Any) -> None:
    tickets.write([make_ticket()], {id_of(1)}, [], None, [(id_of(1), make_message())])

    with pytest.raises(Changed):
        tickets.write([make_ticket(version=2)], set(), [], None, [(id_of(1), make_message(body="otherwise"))])
