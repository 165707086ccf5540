"""What every store of tickets promises of its lists: in order, page by page, and nothing for those it is about."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.tickets.model import Kind, Visibility
from tests.builders import id_of, make_message, make_ticket
from tests.contract.lists import added, walked
from tests.world import START

HOUR = timedelta(hours=1)


def test_messages_come_oldest_first_and_page_by_page(tickets: Any) -> None:
    said = [make_message(n, visibility=Visibility.INTERNAL if n % 2 else Visibility.PUBLIC) for n in range(1, 8)]
    added(tickets, make_ticket(), make_ticket(2))
    for number, message in enumerate(reversed(said), 2):
        tickets.write([make_ticket(version=number)], set(), [], None, [(id_of(1), message)])
    tickets.write([make_ticket(2, version=2)], set(), [], None, [(id_of(2), make_message(8))])

    assert len(tickets.messages(id_of(1), 3, None).items) == 3
    assert walked(lambda start: tickets.messages(id_of(1), 3, start)) == said
    assert walked(lambda start: tickets.messages(id_of(3), 3, start)) == []


def test_a_customer_s_tickets_come_newest_first_with_what_they_are_like(tickets: Any) -> None:
    own = [make_ticket(n, id=id_of(n, hours=n), product="card", topic="fees") for n in range(1, 6)]
    over = make_ticket(6, id=id_of(6, hours=6), open=False, closed_at=START, desk_due=START)
    added(tickets, *own, over, make_ticket(7, customer_id="cus_wang"))

    rows = walked(lambda start: tickets.of_customer("cus_li", 2, start))

    assert [row.id for row in rows] == [ticket.id for ticket in (over, *reversed(own))]
    assert (rows[0].open, rows[0].due_at, rows[1].open) == (False, None, True)
    assert {(row.product, row.topic) for row in rows[1:]} == {("card", "fees")}
    assert len({row.text for row in rows}) == 1, "all say the same"
    assert (rows[1].number, rows[1].unit, rows[1].subject) == (own[-1].number, "east", "Card fee")


def test_the_same_words_are_told_from_others(tickets: Any) -> None:
    added(tickets, make_ticket(1), make_ticket(2, body="Something else."))

    one, two = tickets.of_customer("cus_li", 10, None).items
    assert one.text != two.text


def test_a_unit_s_tickets_come_nearest_due_first_and_those_without_last(tickets: Any) -> None:
    dues = {1: 3 * HOUR, 2: HOUR, 3: None, 4: 2 * HOUR}
    added(tickets, *(make_ticket(n, desk_due=START + due if due else None) for n, due in dues.items()))
    added(tickets, make_ticket(5, unit="london"), make_ticket(6, open=False, closed_at=START))

    rows = walked(lambda start: tickets.of_desk("east", True, {}, "lead-east", 2, start))

    assert [row.id for row in rows] == [id_of(n) for n in (2, 4, 1, 3)]
    assert [row.due_at for row in rows] == [START + HOUR, START + 2 * HOUR, START + 3 * HOUR, None]
    assert {(row.owner, row.channel, row.priority) for row in rows} == {("agent-east", "app", "normal")}


def test_who_is_complained_about_does_not_see_it_in_the_queue(tickets: Any) -> None:
    added(tickets, make_ticket(1, about_staff="lead-east"), make_ticket(2, about_staff="agent-east"), make_ticket(3))

    def seen_by(reader: str) -> set[str]:
        return {row.id for row in walked(lambda start: tickets.of_desk("east", True, {}, reader, 1, start))}

    assert seen_by("lead-east") == {id_of(2), id_of(3)}
    assert seen_by("agent-east") == {id_of(1), id_of(3)}
    assert seen_by("") == {id_of(1), id_of(2), id_of(3)}


@pytest.mark.parametrize(
    ("where", "numbers"),
    [
        ({"owner": "lead-east"}, {2, 4}),
        ({"owner": "lead-east", "status": "decided"}, {4}),
        ({"kind": "enquiry"}, {3}),
        ({"owner": "nobody"}, set()),
    ],
)
def test_a_queue_can_be_narrowed(tickets: Any, where: dict[str, str], numbers: set[int]) -> None:
    added(
        tickets,
        make_ticket(1),
        make_ticket(2, owner="lead-east"),
        make_ticket(3, kind=Kind.ENQUIRY),
        make_ticket(4, owner="lead-east", status="decided"),
    )

    rows = walked(lambda start: tickets.of_desk("east", True, where, "", 2, start))
    assert {row.id for row in rows} == {id_of(n) for n in numbers}


def test_closed_tickets_have_a_queue_of_their_own_in_the_order_of_their_closing(tickets: Any) -> None:
    added(tickets, *(make_ticket(n, open=False, closed_at=START + n * HOUR, desk_due=START) for n in (3, 1, 2)))

    rows = walked(lambda start: tickets.of_desk("east", False, {}, "", 2, start))
    assert [(row.id, row.due_at) for row in rows] == [(id_of(n), None) for n in (1, 2, 3)]


def test_complaints_of_one_cause_come_oldest_first_and_those_of_another_not_at_all(tickets: Any) -> None:
    together = [make_ticket(n, id=id_of(n, hours=n), group=id_of(1)) for n in (1, 2, 3)]
    over = make_ticket(4, id=id_of(4, hours=4), group=id_of(1), open=False, closed_at=START, desk_due=START)
    added(tickets, over, *reversed(together), make_ticket(5, group=id_of(5)), make_ticket(6))

    rows = walked(lambda start: tickets.of_group(id_of(1), 2, start))

    assert [row.id for row in rows] == [ticket.id for ticket in (*together, over)]
    assert [(row.open, row.due_at, row.owner) for row in rows[2:]] == [
        (True, None, "agent-east"),
        (False, None, "agent-east"),
    ]
    assert walked(lambda start: tickets.of_group(id_of(9), 2, start)) == []


def test_reports_see_outlines_of_what_is_open(tickets: Any) -> None:
    outline = {"product": "card", "missed": ["cn.nfra.decision"], "extensions": 2}
    added(
        tickets, make_ticket(1, desk_due=START + HOUR, outline=outline), make_ticket(2), make_ticket(3, unit="london")
    )

    lines = {line["id"]: line for line in walked(lambda start: tickets.lines("east", None, start))}

    assert set(lines) == {id_of(1), id_of(2)}
    assert lines[id_of(1)] == {
        "id": id_of(1),
        "kind": "complaint",
        "status": "received",
        "unit": "east",
        "channel": "app",
        "received_at": START,
        "due_at": START + HOUR,
        "closed_at": None,
        **outline,
    }


def test_reports_see_what_was_closed_from_one_instant_to_before_another(tickets: Any) -> None:
    added(tickets, *(make_ticket(n, open=False, closed_at=START + n * HOUR) for n in range(1, 6)), make_ticket(6))

    lines = walked(lambda start: tickets.lines("east", (START + 2 * HOUR, START + 4 * HOUR), start))

    assert [(line["id"], line["closed_at"]) for line in lines] == [(id_of(n), START + n * HOUR) for n in (2, 3)]


def test_loads_count_what_is_open_by_owner_and_what_is_written_at_once(tickets: Any) -> None:
    added(tickets, make_ticket(1), make_ticket(2), make_ticket(3, owner="lead-east"), make_ticket(4, owner=""))
    added(tickets, make_ticket(5, open=False, closed_at=START), make_ticket(6, unit="london"))
    assert {who: n for who, n in tickets.loads("east").items() if n} == {"agent-east": 2, "lead-east": 1}

    tickets.write([make_ticket(1, version=2, owner="lead-east")], set(), [], None)
    tickets.write([make_ticket(2, version=2, open=False, closed_at=START)], set(), [], None)
    tickets.write([make_ticket(3, version=2, unit="hq", owner="head-hq")], set(), [], None)
    added(tickets, make_ticket(7, owner="agent-east-2"))

    assert {who: n for who, n in tickets.loads("east").items() if n} == {"lead-east": 1, "agent-east-2": 1}
